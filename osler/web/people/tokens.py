"""Tokens for programs: made, shown once, revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from osler.apps.people.actions.tokens import make_token, revoke_token
from osler.apps.people.queries.tokens import is_good, token_by_key, tokens_of
from osler.core.credit.refusal import Refusal
from osler.web.design.toasts import say
from osler.web.people.reader import actor_of, now, person_of

if TYPE_CHECKING:
    from osler.apps.people.models import AccessToken

SCOPES = {"read": gettext_lazy("Read only"), "record": gettext_lazy("Read and record")}
DAYS = (
    ("30", gettext_lazy("30 days")),
    ("90", gettext_lazy("90 days")),
    ("365", gettext_lazy("One year")),
)


class TokenForm(forms.Form):
    """What the token is for, what it may do, and how long it lasts."""

    name = forms.CharField(
        label=gettext_lazy("What is it for?"),
        max_length=80,
        help_text=gettext_lazy("The program’s name: it stands beside every record it adds."),
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("What may it do?"),
        choices=[
            ("read", gettext_lazy("Read only: records, credentials and where they stand")),
            ("record", gettext_lazy("Read and record: also add, change and remove records")),
        ],
        widget=forms.RadioSelect,
        initial="read",
    )
    days = forms.ChoiceField(label=gettext_lazy("How long?"), choices=DAYS, initial="90")


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """All tokens and a form for one more; the answer to the form is the only page with the secret."""
    person, secret = person_of(request), ""
    form = TokenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = make_token(
            person=person,
            name=said["name"],
            scope=said["scope"],
            days=int(said["days"]),
            by=actor_of(request),
            at=now(),
        )
        if isinstance(made, Refusal):
            form.add_error(None, made.sentence)
        else:
            form, secret = TokenForm(), made.secret
    rows = [(one, SCOPES[one.scope], _state(one)) for one in tokens_of(person)[:200]]
    context = {"form": form, "secret": secret, "rows": rows}
    return render(request, "people/tokens.html", context)


def _state(token: AccessToken) -> tuple[str, str]:
    """The status mark of a token, and its word."""
    if token.revoked_at is not None:
        return "not-applicable", _("Revoked")
    return ("met", _("In use")) if is_good(token, now()) else ("not-applicable", _("Expired"))


@login_required
@require_POST
def revoke(request: HttpRequest, key: str) -> HttpResponse:
    """The token is answered no more."""
    found = token_by_key(person_of(request), key)
    if found is None:
        raise Http404
    done = revoke_token(token=found, by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
    else:
        say(request, _("“%(name)s” is answered no more. What it recorded stays.") % {"name": done.name})
    return redirect("people:tokens")
