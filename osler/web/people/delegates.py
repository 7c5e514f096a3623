"""Who may act for the person, and for whom the person may act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from osler.apps.people import actions
from osler.apps.people.queries import (
    delegation_by,
    delegations_by,
    delegations_held,
    delegations_offered,
    is_in_force,
)
from osler.core.credit.refusal import Refusal
from osler.web.design.toasts import say
from osler.web.people.account_mail import send_request
from osler.web.people.doors import is_open
from osler.web.people.reader import actor_of, now, person_of
from osler.web.requirements.fact_form import day_field

if TYPE_CHECKING:
    from osler.apps.people.models import Delegation, Person

SCOPES = (
    ("see", gettext_lazy("See only")),
    ("record", gettext_lazy("See, and keep the record")),
    ("all", gettext_lazy("Everything but the account")),
)
MEANINGS = {
    "see": gettext_lazy("every page and file, nothing can be changed"),
    "record": gettext_lazy("adds and changes activities, certificates and imports"),
    "all": gettext_lazy("also licences, answers, profile and goals"),
}


class RightsForm(forms.Form):
    """How far somebody's right reaches, and until when."""

    scope = forms.ChoiceField(
        label=gettext_lazy("What they may do"),
        choices=[(key, f"{label}: {MEANINGS[key]}") for key, label in SCOPES],
        widget=forms.RadioSelect,
        initial="record",
    )
    ends_on = day_field(
        gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Left open, it holds until one of you ends it."),
    )


class InviteForm(RightsForm):
    """Whom to ask."""

    address = forms.EmailField(label=gettext_lazy("Their e-mail address"), max_length=254)
    field_order = ("address", "scope", "ends_on")


@login_required
@require_http_methods(["GET", "POST"])
def delegates(request: HttpRequest) -> HttpResponse:
    """Everybody with a right, everybody asked, and a form to ask one more."""
    person = person_of(request)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not is_open(request, "invite_assistant"):
            form.add_error(
                None, _("You have asked many people within an hour. Wait a while; nothing was sent.")
            )
        else:
            made = actions.invite_assistant(
                person=person, **form.cleaned_data, by=actor_of(request), at=now()
            )
            if not isinstance(made, Refusal):
                _say_asked(request, made)
                return redirect("people:delegates")
            form.add_error(None, made.sentence)
    moment = now()
    context = {
        "form": form,
        "given": [(one, is_in_force(one, moment), dict(SCOPES)[one.scope]) for one in delegations_by(person)],
        "held": [(one, dict(SCOPES)[one.scope]) for one in delegations_held(person, moment)],
        "offered": [
            (one, dict(SCOPES)[one.scope], MEANINGS[one.scope]) for one in delegations_offered(person)
        ],
    }
    return render(request, "people/delegates.html", context)


def _say_asked(request: HttpRequest, made: Delegation) -> None:
    address = {"address": made.address}
    if send_request(made):
        say(request, _("%(address)s was asked by e-mail.") % address)
        return
    sentence = _(
        "The mail to %(address)s could not be sent. The request stands: they see it when they sign in with "
        "that address. Or take it back and ask again later."
    )
    say(request, sentence % address, level=messages.WARNING)


def _delegation_or_404(person: Person, key: str) -> Delegation:
    found = delegation_by(person, key)
    if found is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Other rights, another last day."""
    person = person_of(request)
    found = _delegation_or_404(person, key)
    if found.person_id != person.pk:
        raise Http404
    first = {"scope": found.scope, "ends_on": found.ends_on}
    form = RightsForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        done = actions.change_delegation(
            delegation=found, **form.cleaned_data, by=actor_of(request), at=now()
        )
        if not isinstance(done, Refusal):
            say(request, _("Saved. It holds from now on."))
            return redirect("people:delegates")
        form.add_error(None, done.sentence)
    return render(request, "people/delegate_change.html", {"form": form, "delegation": found})


@login_required
@require_POST
def end(request: HttpRequest, key: str) -> HttpResponse:
    """Takes a right back, or hands it back."""
    found = _delegation_or_404(person_of(request), key)
    done = actions.end_delegation(delegation=found, by=actor_of(request), at=now())
    return _told(request, done, _("Ended. It holds from this moment on."))


@login_required
@require_POST
def accept(request: HttpRequest, key: str) -> HttpResponse:
    """Says yes to acting for somebody."""
    found = _delegation_or_404(person_of(request), key)
    done = actions.accept_delegation(delegation=found, by=actor_of(request), at=now())
    return _told(
        request, done, _("You can act for %(person)s now, from the account menu.") % {"person": found.person}
    )


@login_required
@require_POST
def decline(request: HttpRequest, key: str) -> HttpResponse:
    """Says no."""
    found = _delegation_or_404(person_of(request), key)
    done = actions.decline_delegation(delegation=found, by=actor_of(request), at=now())
    return _told(request, done, _("Declined. %(person)s can ask again.") % {"person": found.person})


def _told(request: HttpRequest, done: object, sentence: str) -> HttpResponse:
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
    else:
        say(request, sentence)
    return redirect("people:delegates")
