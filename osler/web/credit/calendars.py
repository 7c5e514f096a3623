"""Calendars as a source: added, filtered once, their events confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from osler.adapters.calendars import MOST_BYTES, Filters
from osler.apps.credit.actions import calendars as actions
from osler.apps.credit.queries import record_by_key, totals_by_type
from osler.apps.credit.queries.calendars import (
    Proposal,
    calendar_by_key,
    events_of,
    filters_of,
    proposals,
    trouble_sentence,
)
from osler.apps.requirements.queries import assessment_of
from osler.core.credit.amount import TICKS, amount_text
from osler.core.credit.refusal import Refusal
from osler.web.credit.record_form import AmountField
from osler.web.credit.words import format_choices, type_groups
from osler.web.design.toasts import say
from osler.web.people.reader import actor_of, now, person_of, today_of
from osler.web.requirements.changes import told

if TYPE_CHECKING:
    from osler.apps.credit.models import CalendarEvent, CalendarSource

PAGE_SIZE = 50


class CalendarForm(forms.Form):
    """An address or a file."""

    name = forms.CharField(label=gettext_lazy("What do you call it?"), max_length=120, required=False)
    url = forms.CharField(
        label=gettext_lazy("Address of the calendar"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Begins with https:// or webcal://. It is asked again twice a day."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file (.ics)"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".ics,.ical,text/calendar"}),
    )

    def clean(self) -> dict[str, Any] | None:
        """One of the two, and not a file that is too large to be read."""
        said = super().clean() or self.cleaned_data
        file = said.get("file")
        if bool(said.get("url")) == bool(file) and "url" not in self.errors:
            raise forms.ValidationError(_("Give an address, or choose a file."))
        if file and file.size > MOST_BYTES:
            self.add_error("file", _("The calendar is larger than 5 MB. Share a smaller one."))
        return said


class FiltersForm(forms.Form):
    """Which events are education."""

    everything = forms.BooleanField(
        label=gettext_lazy("Every event: this calendar holds my education only"), required=False
    )
    words = forms.CharField(
        label=gettext_lazy("Words in the title or the place"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Separated by commas, such as: grand rounds, CME, tumor board"),
    )
    organisers = forms.CharField(
        label=gettext_lazy("Organisers"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("A part of the name or the address, such as @hospital.example"),
    )
    categories = forms.CharField(label=gettext_lazy("Categories"), required=False, max_length=400)

    @property
    def filters(self) -> Filters:
        said = self.cleaned_data
        lists = {name: _listed(said[name]) for name in ("words", "organisers", "categories")}
        return Filters(everything=said["everything"], **lists)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


class ConfirmForm(forms.Form):
    """What the ticked events gave; the type is asked, never assumed."""

    credit_type = forms.ChoiceField(label=gettext_lazy("Whose credit did they give?"))
    amount = AmountField(
        label=gettext_lazy("How much each?"),
        required=False,
        help_text=gettext_lazy("Left empty: an hour for each hour it lasted."),
    )
    format = forms.ChoiceField(label=gettext_lazy("Format"), initial="live")

    def __init__(self, *args: Any, own_types: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credit_type"].choices = type_groups(own_types)  # type: ignore[attr-defined]
        self.fields["format"].choices = format_choices()  # type: ignore[attr-defined]


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Adds a calendar; nothing is proposed before the person says which events are education."""
    form = (
        CalendarForm(request.POST or None, request.FILES or None)
        if request.method == "POST"
        else CalendarForm()
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        file = said.get("file")
        made = actions.add_calendar(
            person=person_of(request),
            name=said["name"] or (file.name if file else ""),
            url=said["url"],
            content=file.read() if file else b"",
            by=actor_of(request),
            at=now(),
        )
        if not isinstance(made, Refusal):
            return redirect("credit:calendar-choose", made.key)
        form.add_error("url" if said["url"] else "file", made.sentence)
    return render(request, "credit/calendar_new.html", {"form": form})


def calendar_or_404(request: HttpRequest, key: str) -> CalendarSource:
    """The person's own calendar; somebody else's does not exist for them."""
    found = calendar_by_key(person_of(request), key)
    if found is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, key: str) -> HttpResponse:
    """Which of its events are education, said once and changed at will."""
    source = calendar_or_404(request, key)
    filters = filters_of(source)
    lists = {name: ", ".join(getattr(filters, name)) for name in ("words", "organisers", "categories")}
    first: dict[str, object] = {**lists, "everything": filters.everything}
    form = FiltersForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        done = actions.choose_events(source=source, filters=form.filters, by=actor_of(request), at=now())
        if not isinstance(done, Refusal):
            return redirect("credit:calendar", key)
        form.add_error(None, done.sentence)
    return render(request, "credit/calendar_choose.html", {"source": source, "form": form})


@login_required
@require_GET
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """The events that wait to be confirmed."""
    source = calendar_or_404(request, key)
    if source.chosen_at is None:
        return redirect("credit:calendar-choose", key)
    return _shown(request, source, _confirm_form(request))


def _confirm_form(request: HttpRequest, data: Any = None) -> ConfirmForm:
    own = [total.credit_type for total in totals_by_type(person_of(request))]
    return ConfirmForm(data, own_types=own)


def _shown(request: HttpRequest, source: CalendarSource, form: ConfirmForm) -> HttpResponse:
    page = Paginator(events_of(source, states=("proposed",)), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(one, _length(one.event)) for one in proposals(source, list(page.object_list))]
    context = {
        "source": source,
        "form": form,
        "page": page,
        "rows": rows,
        "alike": sum(1 for one, _text in rows if one.record),
        "left_out": events_of(source, states=("left-out",))[:PAGE_SIZE],
        "trouble": trouble_sentence(source.trouble),
        "ticked": request.POST.getlist("event"),
    }
    return render(request, "credit/calendar.html", context)


def _length(event: CalendarEvent) -> str:
    """How long it lasted, in hours; empty where the calendar does not say."""
    return amount_text(event.minutes * TICKS // 60) if event.minutes else ""


def _chosen(request: HttpRequest, source: CalendarSource, states: tuple[str, ...]) -> list[CalendarEvent]:
    ids = [int(v) for v in request.POST.getlist("event") if v.isascii() and v.isdigit() and len(v) < 19]
    return list(events_of(source, states=states).filter(pk__in=ids))


@login_required
@require_POST
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """The ticked events become records."""
    source, person = calendar_or_404(request, key), person_of(request)
    form, chosen = _confirm_form(request, request.POST), _chosen(request, source, ("proposed",))
    if not chosen:
        form.add_error(None, _("Tick the events you attended."))
    elif form.is_valid() and form.cleaned_data["amount"] is None and not all(one.minutes for one in chosen):
        form.add_error(
            "amount", _("The calendar does not say how long some of them lasted. State the amount.")
        )
    if not form.is_valid() or form.errors:
        return _shown(request, source, form)
    before = assessment_of(person, today_of(person))
    done = actions.confirm_events(
        source=source, confirmations=_confirmations(form, chosen), by=actor_of(request), at=now()
    )
    if isinstance(done, Refusal):
        form.add_error(None, done.sentence)
        return _shown(request, source, form)
    text = ngettext("%(n)d record was added.", "%(n)d records were added.", len(done)) % {"n": len(done)}
    effect = told(before, assessment_of(person, today_of(person)))
    say(request, " ".join(filter(None, (text, effect))))
    return redirect("credit:calendar", key)


def _confirmations(form: ConfirmForm, chosen: list[CalendarEvent]) -> list[actions.Confirmation]:
    said = form.cleaned_data
    found = []
    for one in chosen:
        ticks = said["amount"] if said["amount"] is not None else one.minutes * TICKS // 60
        found.append(actions.Confirmation(one, ((said["credit_type"], ticks),), said["format"]))
    return found


@login_required
@require_POST
def match(request: HttpRequest, key: str) -> HttpResponse:
    """The ticked events that look like a record are that record; nothing is added."""
    source, person = calendar_or_404(request, key), person_of(request)
    found: list[Proposal] = proposals(source, _chosen(request, source, ("proposed",)))
    pairs = {}
    for one in found:
        record = record_by_key(person, one.record.id) if one.record else None
        if record is not None:
            pairs[one.event.pk] = record
    done = actions.match_events(source=source, pairs=pairs, by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
    else:
        text = ngettext("%(n)d event is a record you have.", "%(n)d events are records you have.", done)
        say(request, f"{text % {'n': done}} {_('Nothing was added.')}")
    return redirect("credit:calendar", key)


@login_required
@require_POST
def leave_out(request: HttpRequest, key: str) -> HttpResponse:
    """The ticked events are not proposed again."""
    source = calendar_or_404(request, key)
    ids = [one.pk for one in _chosen(request, source, ("proposed",))]
    done = actions.leave_out_events(source=source, events=ids, by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
    else:
        text = ngettext("%(n)d event was left out.", "%(n)d events were left out.", done) % {"n": done}
        say(request, f"{text} {_('Below they can be brought back.')}")
    return redirect("credit:calendar", key)


@login_required
@require_POST
def again(request: HttpRequest, key: str) -> HttpResponse:
    """Events that were left out are proposed again."""
    source = calendar_or_404(request, key)
    ids = [one.pk for one in _chosen(request, source, ("left-out",))]
    done = actions.propose_again(source=source, events=ids, by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
    return redirect("credit:calendar", key)


@login_required
@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """The calendar is read no more; the records that came from it stay."""
    done = actions.remove_calendar(source=calendar_or_404(request, key), by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
        return redirect("credit:calendar", key)
    say(request, _("The calendar is read no more. The records that came from it stay."))
    return redirect(reverse("credit:sources"))
