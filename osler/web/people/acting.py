"""The door for assistants: whom they act for is checked at every request, and how far they may go.

The session keeps only the key of a delegation. Whether it is in force is asked of the database each time, so
that taking it back is felt at the next request.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from osler.apps.people import actions
from osler.apps.people.permissions import reaches
from osler.apps.people.queries import acting_delegation
from osler.web.design.toasts import say
from osler.web.people.reach import Needs, need_of
from osler.web.people.reader import actor_of, now

if TYPE_CHECKING:
    from django.urls import ResolverMatch

    from osler.apps.people.models import Delegation

SESSION_KEY = "acting_for"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class ActingFor:
    """Middleware: sets ``request.acting``, the delegation under which this request is made, or ``None``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.acting = None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        # Who has no session acts for nobody, and their request must not start one.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or SESSION_KEY not in request.session:
            return None
        if not request.user.is_authenticated:
            return None
        found = acting_delegation(assistant=actor_of(request), key=request.session[SESSION_KEY], at=now())
        if found is None:
            return _fall_back(request)
        request.acting = found  # type: ignore[attr-defined]
        match = request.resolver_match
        if match is not None:
            _admit(request, found, match)
        return None


def _fall_back(request: HttpRequest) -> HttpResponse | None:
    """Back to one's own papers. What was sent for somebody else is never done to them."""
    request.session.pop(SESSION_KEY, None)
    rotate_token(request)
    is_safe = request.method in SAFE_METHODS
    sentence = _("You can no longer act for them: the right was taken back, or its last day is over.")
    if not is_safe:
        sentence = f"{sentence} {_('Nothing was changed.')}"
    say(request, f"{sentence} {_('These are your own pages.')}", level=messages.WARNING)
    return None if is_safe else redirect("/")


def _admit(request: HttpRequest, held: Delegation, match: ResolverMatch) -> None:
    need = need_of(match, changes=request.method not in SAFE_METHODS)
    if need is Needs.NOTHING:
        return
    if need is Needs.OWNER:
        raise PermissionDenied(
            _(
                "This page belongs to an account, and you are acting for %(person)s. Go back to your own "
                "pages to open yours; theirs is theirs alone."
            )
            % {"person": held.person}
        )
    if not reaches(held.scope, need.value):
        raise PermissionDenied(
            _("%(person)s has not given you the right to do this. Nothing was changed.")
            % {"person": held.person}
        )


@login_required
@require_POST
def start(request: HttpRequest, key: str) -> HttpResponse:
    """From now on the pages show the papers of the person who gave this right."""
    found = acting_delegation(assistant=actor_of(request), key=key, at=now())
    if found is None:
        raise Http404
    request.session[SESSION_KEY] = found.key
    # A form that was open before this moment was meant for other papers: it is refused.
    rotate_token(request)
    actions.note_acting(delegation=found, by=actor_of(request), at=now())
    return redirect("/")


@login_required
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Back to one's own papers."""
    if request.session.pop(SESSION_KEY, None):
        rotate_token(request)
        say(request, _("These are your own pages again."))
    return redirect("/")
