"""Adding a credential: first whose it is, then only what its answer depends on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from osler.apps.people import actions as people
from osler.apps.people.queries import credentials_held
from osler.apps.requirements import actions
from osler.apps.requirements.queries import facts_asked, requirement_set, sets_offered
from osler.core.credit.refusal import Refusal
from osler.core.rules.requirement import RequirementSet
from osler.requirement_sets.vocabulary import AskedFact
from osler.web.design.toasts import say
from osler.web.people.reader import actor_of, now, person_of, today_of
from osler.web.requirements.fact_form import FactForm, day_field

if TYPE_CHECKING:
    from osler.apps.people.models import HeldCredential, Person

YEAR = timedelta(days=365)


class NewCredentialForm(forms.Form):
    """The dates are asked for where the answer needs them."""

    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Only to tell it from others you hold."),
    )
    issued_on = day_field(gettext_lazy("First issued on"), required=False)
    expires_on = day_field(
        gettext_lazy("Expires on"),
        required=False,
        help_text=gettext_lazy("The last day it is valid, as it stands on the licence or certificate."),
    )

    def __init__(self, *args: object, needed: frozenset[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["issued_on"].required = "issued" in needed
        self.fields["expires_on"].required = "expires" in needed


@login_required
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Which authority and which credential: searched by name."""
    person = person_of(request)
    text = request.GET.get("q", "").strip()[:200]
    offered = sets_offered(text, person.profession or None, person.degree or None)
    context = {
        "text": text,
        "offered": [one for one in offered if one.is_for_you],
        "others": [one for one in offered if not one.is_for_you],
        "held": {one.requirement_set for one in credentials_held(person)},
    }
    return render(request, "requirements/add_choose.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, set_id: str) -> HttpResponse:
    """Number, dates and the few questions whose answers could change what is asked."""
    rules, person = requirement_set(set_id), person_of(request)
    if rules is None:
        raise Http404
    needed, questions = needed_for(rules, person)
    data = request.POST if request.method == "POST" else None
    form = NewCredentialForm(data, needed=needed, initial=_dates_given(request))
    fact_forms = [FactForm(fact, data, required=False) for fact in questions]
    are_valid = data is not None and all([form.is_valid(), *(one.is_valid() for one in fact_forms)])
    if are_valid:
        held = people.add_credential(
            person=person, requirement_set=rules.id, **form.cleaned_data, by=actor_of(request), at=now()
        )
        if not isinstance(held, Refusal):
            refused = _keep(fact_forms, held, person, actor_of(request))
            say(request, _("Added. This is where you stand.") if not refused else refused.sentence)
            return redirect("requirements:credential", held.key)
        form.add_error(None, held.sentence)
    context = {"rules": rules, "form": form, "fact_forms": fact_forms}
    return render(request, "requirements/add.html", context)


def _dates_given(request: HttpRequest) -> dict[str, date]:
    """Days that the address proposes, as "what if" does; what is no day is left out."""
    found = {}
    for name in ("issued_on", "expires_on"):
        try:
            found[name] = date.fromisoformat(request.GET.get(name, ""))
        except ValueError:
            continue
    return found


def needed_for(rules: RequirementSet, person: Person) -> tuple[frozenset[str], list[AskedFact]]:
    """The dates that are needed, and the questions that could change the answer.

    Asked with no dates, and once more as for a holder of many years in the middle of a cycle, because some
    questions only show when the cycle is known.
    """
    today = today_of(person)
    bare = facts_asked(rules, person, as_of=today)
    dated = facts_asked(rules, person, as_of=today, issued=_long_ago(today), expires=today + YEAR)
    found = {fact.id: fact for fact in (*bare, *dated)}
    dates = frozenset(found) & {"issued", "expires"}
    return dates, [fact for name, fact in found.items() if name not in dates]


def _long_ago(today: date) -> date:
    return today - 9 * YEAR


def _keep(forms_given: list[FactForm], held: HeldCredential, person: Person, by: Person) -> Refusal | None:
    """Keeps every answer that was given; the first refusal stops, and the rest is asked on the next page."""
    for form in forms_given:
        if form.answer is None:
            continue
        # Each answer may have changed the profile in another row, so the person is read anew.
        person.refresh_from_db()
        refused = actions.answer_question(
            person=person,
            name=form.fact.id,
            value=form.answer,
            credential=_whose(form, held),
            by=by,
            at=now(),
        )
        if refused is not None:
            return refused
    return None


def _whose(form: FactForm, held: HeldCredential) -> HeldCredential | None:
    """A date of the credential belongs to it; everything else is true of the person."""
    return held if form.fact.id in ("issued", "expires") else None
