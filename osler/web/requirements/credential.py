"""One credential: its page, changing its number and dates, removing it and bringing it back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from osler.adapters.live import person_room
from osler.apps.people import actions as people
from osler.apps.people.queries import credential_held
from osler.apps.requirements import actions
from osler.apps.requirements.queries import (
    CredentialCycles,
    PersonAssessment,
    assessment_of,
    requirement_set,
    struck_cycles,
)
from osler.core.credit.refusal import Refusal
from osler.core.rules.record import FactValue
from osler.requirement_sets.checker import is_stale
from osler.web.design.amounts import day_text
from osler.web.design.toasts import say
from osler.web.people.reader import actor_of, live_url, now, person_of, today_of
from osler.web.requirements.asking import asked, together
from osler.web.requirements.changes import told
from osler.web.requirements.chart import chart
from osler.web.requirements.cycle_forms import RenewForm
from osler.web.requirements.cycle_rows import known_cycles, listed
from osler.web.requirements.explanation import Shown, explained
from osler.web.requirements.fact_form import day_field
from osler.web.requirements.findings import Finding
from osler.web.requirements.plain_words import stated

if TYPE_CHECKING:
    from osler.apps.people.models import HeldCredential


class CredentialForm(forms.Form):
    """Number, dates and the holder's own name for a credential.

    A later last day is either a renewal or a correction. ``why`` is asked only then, and it decides whether
    the cycle until now is kept as it was assessed.
    """

    RENEWED, CORRECTED = "renewed", "corrected"

    number = forms.CharField(label=gettext_lazy("Number"), max_length=60, required=False)
    issued_on = day_field(gettext_lazy("First issued on"), required=False)
    expires_on = day_field(
        gettext_lazy("Expires on"),
        required=False,
        help_text=gettext_lazy("The last day it is valid, as it stands on the licence or certificate."),
    )
    name = forms.CharField(
        label=gettext_lazy("Your own name for it"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Shown instead of the official name."),
    )
    why = forms.ChoiceField(
        label=gettext_lazy("Why is the last day a later one?"),
        choices=[
            (RENEWED, gettext_lazy("It was renewed: keep the cycle until now as it was assessed")),
            (CORRECTED, gettext_lazy("The day I had entered was wrong")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, before: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = before

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        until = found.get("expires_on")
        if self.before is None or until is None or until <= self.before:
            found["why"] = ""
        elif not found.get("why") and "why" not in self.errors:
            self.add_error("why", _("Say whether it was renewed. Nothing is saved yet."))
        return found

    @property
    def shown(self) -> list[BoundField]:
        """The fields of the page: why, only once it is asked."""
        is_asked = self.is_bound and ("why" in self.errors or bool(self.data.get("why")))
        self.fields["why"].required = is_asked
        return [field for field in self if field.name != "why" or is_asked]


@login_required
@require_GET
def credential(request: HttpRequest, key: str) -> HttpResponse:
    """The whole explanation of one credential."""
    person = person_of(request)
    # A cycle that ended while nobody looked is kept before anything else is told of it.
    actions.close_ended_cycles(person_id=person.pk, at=now())
    found = assessment_of(person, today_of(person))
    standing = found.standing(key)
    if standing is None:
        raise Http404
    finding = Finding(standing, found.as_of)
    cycles = known_cycles(found, person, key)
    answer = standing.answer
    facts = stated(found.portfolio.clinician, _own_facts(found, key))
    questions = asked(found, key)
    return render(
        request,
        "requirements/credential.html",
        {
            "finding": finding,
            "rules": standing.rules,
            "held": standing.held,
            "answer": answer,
            "lead": _lead(finding),
            "chart": chart(finding),
            "requirements": list(
                explained(
                    answer.requirements,
                    standing.rules,
                    facts,
                    found.as_of,
                    finding.last_day,
                    version=answer.version,
                    shown=Shown(request.GET.get("open", ""), request.GET.get("all", "")),
                )
            ),
            "cycles": listed(found, cycles) if cycles else None,
            "struck": struck_cycles(standing.held),
            "is_waiting": cycles is not None and cycles.is_waiting,
            "renew_form": renew_form(cycles),
            "renews_until": cycles.renews_until if cycles else None,
            "questions": together([one for one in questions if not one.is_optional]),
            "optional_questions": [one for one in questions if one.is_optional],
            "is_stale": is_stale(standing.rules, found.as_of),
            "today": found.as_of,
            "live_url": live_url(person_room(person.pk)),
        },
    )


def renew_form(cycles: CredentialCycles | None) -> RenewForm | None:
    """Until when it was renewed, with the day the rule leads to; only where an expiry ends the cycle."""
    if cycles is None or cycles.value.expires is None or cycles.renews_until is None:
        return None
    return RenewForm(initial={"until": cycles.renews_until})


def _own_facts(found: PersonAssessment, key: str) -> dict[str, FactValue]:
    for standing, credential in zip(found.standings, found.portfolio.credentials, strict=True):
        if standing.held.key == key:
            return dict(credential.facts)
    return {}


def _lead(finding: Finding) -> str:
    answer, held = finding.standing.answer, finding.standing.held
    parts = [finding.standing.rules.authority, held.number]
    if answer.cycle is not None:
        days = {"start": day_text(answer.cycle.start), "end": day_text(answer.cycle.last_day)}
        parts.append(_("cycle %(start)s to %(end)s") % days)
    return " · ".join(filter(None, parts))


def held_or_404(request: HttpRequest, key: str) -> HeldCredential:
    """The person's own credential with this key; somebody else's does not exist for them."""
    held = credential_held(person_of(request), key)
    if held is None:
        raise Http404
    return held


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Number, dates and name of a credential."""
    held, person = held_or_404(request, key), person_of(request)
    first = {name: getattr(held, name, "") for name in CredentialForm.base_fields}
    data = request.POST if request.method == "POST" else None
    form = CredentialForm(data, initial=first, before=held.expires_on)
    if request.method == "POST" and form.is_valid():
        before = assessment_of(person, today_of(person))
        done = _changed(request, held, dict(form.cleaned_data))
        if isinstance(done, Refusal):
            form.add_error(None, done.sentence)
        else:
            changed = told(before, assessment_of(person, today_of(person)))
            say(request, " ".join(filter(None, (_("Saved."), changed))))
            return redirect("requirements:credential", key)
    context = {"form": form, "held": held, "rules": requirement_set(held.requirement_set)}
    return render(request, "requirements/credential_change.html", context)


def _changed(request: HttpRequest, held: HeldCredential, given: dict[str, Any]) -> HeldCredential | Refusal:
    """A correction, or the renewal that it was said to be."""
    by, at = actor_of(request), now()
    if given.pop("why") != CredentialForm.RENEWED:
        return people.change_credential(credential=held, **given, by=by, at=at)
    until = given.pop("expires_on")
    details = actions.Details(**given)
    return actions.renew_credential(credential=held, until=until, details=details, by=by, at=at)


@login_required
@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Takes a credential off every page; the toast brings it back."""
    held = held_or_404(request, key)
    done = people.remove_credential(credential=held, by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
        return redirect("requirements:credential", key)
    rules = requirement_set(held.requirement_set)
    name = held.name or (rules.name if rules else held.requirement_set)
    back = reverse("requirements:credential-restore", args=[key])
    say(request, _("“%(name)s” was removed. Your records stay.") % {"name": name}, undo_url=back)
    return redirect("requirements:home")


@login_required
@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Brings a removed credential back as it was."""
    held = held_or_404(request, key)
    done = people.restore_credential(credential=held, by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
        return redirect("requirements:home")
    say(request, _("The credential is back."))
    return redirect("requirements:credential", key)
