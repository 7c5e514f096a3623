"""One page on which a person decides what they are told, when, and where their calendar is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from osler.apps.messages import actions
from osler.apps.messages.queries import DISTANCES_OFFERED, Kind, Wishes, kinds, wishes_of
from osler.apps.requirements import actions as requirements
from osler.apps.requirements.queries.watches import feed_of, feed_token
from osler.core.credit.refusal import Refusal
from osler.web.design.toasts import say
from osler.web.messages.moments import moment_text
from osler.web.people.reader import actor_of, now, person_of

if TYPE_CHECKING:
    from osler.apps.people.models import Person
    from osler.apps.requirements.models import CalendarFeed

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


class PreferencesForm(forms.Form):
    """Kinds that are on, distances, weekday and hour."""

    on = forms.MultipleChoiceField(
        label=gettext_lazy("Tell me by e-mail"), required=False, widget=forms.CheckboxSelectMultiple
    )
    distances = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Remind me before a due date"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("While something is missing. With none ticked, no reminder is sent."),
    )
    digest_weekday = forms.TypedChoiceField(
        label=gettext_lazy("Day of the weekly digest"), coerce=int, choices=list(WEEKDAYS.items())
    )
    hour = forms.TypedChoiceField(label=gettext_lazy("Time of day"), coerce=int, choices=HOURS)

    def __init__(self, data: Any, *, wishes: Wishes, zone: str) -> None:
        listed = [kind for kind in kinds() if kind.is_listed]
        initial = {
            "on": [kind.name for kind in listed if wishes.wants(kind.name)],
            "distances": wishes.distances,
            "digest_weekday": wishes.digest_weekday,
            "hour": wishes.hour,
        }
        super().__init__(data, initial=initial)
        offered = sorted({*DISTANCES_OFFERED, *wishes.distances}, reverse=True)
        choices = {
            "on": [(kind.name, _said(kind)) for kind in listed],
            "distances": [(days, _days(days)) for days in offered],
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]
        self.fields["hour"].help_text = _("Where you are: %(zone)s.") % {"zone": zone.replace("_", " ")}


def _said(kind: Kind) -> SafeString:
    return format_html("<span><strong>{}</strong><small>{}</small></span>", kind.label, kind.tells)


def _days(days: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


@login_required
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Every choice on one page."""
    person = person_of(request)
    wishes = wishes_of(person.pk)
    posted = request.POST if request.method == "POST" else None
    form = PreferencesForm(posted, wishes=wishes, zone=person.time_zone)
    if posted is not None and form.is_valid():
        kept = _keep(form, person, actor_of(request), wishes)
        if not isinstance(kept, Refusal):
            say(request, _("Saved."))
            return redirect("messages:preferences")
        form.add_error(None, kept.sentence)
    context = {"form": form, "person": person, **_calendar(person)}
    return render(request, "messages/preferences.html", context)


def _keep(form: PreferencesForm, person: Person, by: Person, wishes: Wishes) -> Wishes | Refusal:
    said = form.cleaned_data
    listed = {kind.name for kind in kinds() if kind.is_listed}
    # What the page does not list stays as it is.
    off = (wishes.off - listed) | (listed - set(said["on"]))
    return actions.choose_messages(
        person=person,
        off=off,
        distances=said["distances"],
        digest_weekday=said["digest_weekday"],
        hour=said["hour"],
        by=by,
        at=now(),
    )


def _calendar(person: Person) -> dict[str, object]:
    feed = feed_of(person)
    if feed is None:
        return {"calendar_url": ""}
    url = calendar_url(feed)
    read = moment_text(feed.read_at, person.time_zone) if feed.read_at else ""
    return {"calendar_url": url, "webcal_url": f"webcal://{url.partition('://')[2]}", "calendar_read": read}


def calendar_url(feed: CalendarFeed) -> str:
    """The whole secret address of a calendar."""
    return actions.address("messages:calendar", feed_token(feed))


@login_required
@require_POST
def test(request: HttpRequest) -> HttpResponse:
    """Sends a letter that shows whether messages arrive."""
    person = person_of(request)
    sent = actions.send_test(person=person, by=actor_of(request), at=now())
    if isinstance(sent, Refusal):
        say(request, sent.sentence, level=notices.WARNING)
    else:
        say(request, _("A test is on its way to %(address)s.") % {"address": person.email})
    return redirect("messages:preferences")


@login_required
@require_POST
def renew_calendar(request: HttpRequest) -> HttpResponse:
    """Makes the calendar address, or another one in place of it."""
    done = requirements.renew_calendar(person=person_of(request), by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=notices.ERROR)
    else:
        say(request, _("Your calendar has a new address. An older one no longer works."))
    return redirect("messages:preferences")


@login_required
@require_POST
def end_calendar(request: HttpRequest) -> HttpResponse:
    """Ends the calendar address."""
    refusal = requirements.end_calendar(person=person_of(request), by=actor_of(request), at=now())
    if refusal is not None:
        say(request, refusal.sentence, level=notices.ERROR)
    else:
        say(request, _("The calendar address no longer works."))
    return redirect("messages:preferences")
