"""Answering one question, in place or on a page of its own, and taking the answer back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from osler.apps.people import actions as people
from osler.apps.people.queries import credential_held, fact_value, facts_stated
from osler.apps.requirements import actions
from osler.apps.requirements.queries import OF_THE_CREDENTIAL, asked_fact, assessment_of
from osler.core.credit.refusal import Refusal
from osler.core.rules.record import FactValue
from osler.web.design.toasts import say
from osler.web.people.reader import actor_of, now, person_of, today_of, way_back
from osler.web.requirements.changes import told
from osler.web.requirements.fact_form import FactForm, first_value

if TYPE_CHECKING:
    from osler.apps.people.models import HeldCredential, Person


MOST_TOGETHER = 12


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, name: str) -> HttpResponse:
    """The question with its form; the answer leads back to where it was asked, with what it changed."""
    fact, person = asked_fact(name), person_of(request)
    if fact is None:
        raise Http404
    credential = _credential(request, person, name)
    data = request.POST if request.method == "POST" else None
    form = FactForm(fact, data, initial=first_value(fact, _stated(person, fact.id)))
    if data is not None and form.is_valid() and form.answer is not None:
        before = assessment_of(person, today_of(person))
        refused = actions.answer_question(
            person=person,
            name=fact.id,
            value=form.answer,
            credential=credential,
            by=actor_of(request),
            at=now(),
        )
        if refused is None:
            person.refresh_from_db()
            changed = told(before, assessment_of(person, today_of(person)))
            say(request, " ".join(filter(None, (_("Noted."), changed or _("It changes no answer.")))))
            return redirect(way_back(request, reverse("requirements:home")))
        form.add_error(None, refused.sentence)
    context = {
        "fact": fact,
        "form": form,
        "credential_key": credential.key if credential else "",
        "next": way_back(request, reverse("requirements:home")),
        "waiting": _waiting(person, fact.id),
    }
    return render(request, "requirements/question.html", context)


def _credential(request: HttpRequest, person: Person, name: str) -> HeldCredential | None:
    """The credential whose date is asked for; a question of the person needs none."""
    if name not in OF_THE_CREDENTIAL:
        return None
    key = request.POST.get("credential") or request.GET.get("credential") or ""
    held = credential_held(person, key)
    if held is None:
        raise Http404
    return held


def _stated(person: Person, name: str) -> FactValue | None:
    found = facts_stated(person).filter(credential=None, name=name).first()
    return None if found is None else fact_value(found)


def _waiting(person: Person, name: str) -> list[str]:
    """Which credentials wait for the answer, by name."""
    found = assessment_of(person, today_of(person)).questions
    return [standing.name for one in found if one.fact.id == name for standing in one.standings]


@login_required
@require_POST
def answer_together(request: HttpRequest) -> HttpResponse:
    """Several questions that decide the same, answered in one act; "none" is no to all of them."""
    person, at = person_of(request), now()
    before = assessment_of(person, today_of(person))
    answers = _answers(request)
    refused = None
    for name, value in answers.items():
        refused = refused or actions.answer_question(
            person=person, name=name, value=value, by=actor_of(request), at=at
        )
    if refused is not None:
        say(request, refused.sentence, level=messages.ERROR)
    elif not answers:
        say(request, _("Nothing was answered. Choose yes or no for at least one."), level=messages.ERROR)
    else:
        changed = told(before, assessment_of(person, today_of(person)))
        say(request, " ".join(filter(None, (_("Noted."), changed or _("It changes no answer.")))))
    return redirect(way_back(request, reverse("requirements:home")))


def _answers(request: HttpRequest) -> dict[str, FactValue]:
    """The facts answered in one form; those left open are not among them."""
    found: dict[str, FactValue] = {}
    for name in request.POST.getlist("fact")[:MOST_TOGETHER]:
        fact = asked_fact(name)
        if fact is None or fact.kind != "yes-no":
            continue
        form = FactForm(fact, request.POST, required=False)
        if "none" in request.POST:
            found[fact.id] = False
        elif form.is_valid() and form.answer is not None:
            found[fact.id] = form.answer
    return found


@login_required
@require_POST
def withdraw(request: HttpRequest, name: str) -> HttpResponse:
    """The answer is taken back: the fact is unknown again."""
    person = person_of(request)
    key = request.POST.get("credential", "")
    credential = credential_held(person, key) if key else None
    if key and credential is None:
        raise Http404
    before = assessment_of(person, today_of(person))
    refused = people.withdraw_fact(
        person=person, name=name, credential=credential, by=actor_of(request), at=now()
    )
    if isinstance(refused, Refusal):
        say(request, refused.sentence, level=messages.ERROR)
    else:
        changed = told(before, assessment_of(person, today_of(person)))
        say(request, " ".join(filter(None, (_("Your answer was taken back."), changed))))
    return redirect(way_back(request, reverse("people:profile")))
