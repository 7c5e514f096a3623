"""The way in: a token in the Authorization header, its right, its share of the minute, its answers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from osler.api.problems import Problem, refused
from osler.apps.people.actions.tokens import Answer, answer_once, use_token
from osler.apps.people.queries.tokens import ASKED_IN_A_MINUTE, token_of_secret
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import AccessToken, Person

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
KEY_HEADER = "Idempotency-Key"
MOST_KEY_CHARACTERS = 100


def now() -> datetime:
    """The moment of a request, in UTC."""
    return timezone.now()


class ByToken(HttpBearer):
    """Only by token: a session or a cookie opens nothing here, so no page of others can act through one."""

    def __call__(self, request: HttpRequest) -> AccessToken:
        scheme, _blank, secret = request.headers.get("Authorization", "").partition(" ")
        found = token_of_secret(secret.strip(), now()) if scheme.lower() == "bearer" else None
        if found is None:
            raise Problem(
                401,
                "no-token",
                _("Send a token that is neither expired nor revoked: Authorization: Bearer osler_…"),
                headers={"WWW-Authenticate": 'Bearer realm="Osler"'},
            )
        wait = use_token(token=found, at=now())
        if wait:
            sentence = _("A token is answered %(most)d times a minute. Ask again in %(wait)d seconds.")
            raise Problem(
                429,
                "too-many",
                sentence % {"most": ASKED_IN_A_MINUTE, "wait": wait},
                headers={"Retry-After": str(wait)},
            )
        if request.method not in SAFE_METHODS and found.scope != "record":
            sentence = _("This token may only read. Make one that may record, and nothing was changed.")
            raise Problem(403, "scope", sentence)
        return found

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Never asked: ``__call__`` does it all."""
        raise NotImplementedError


def token_of(request: HttpRequest) -> AccessToken:
    """The token that opened the door."""
    return cast("AccessToken", request.auth)  # type: ignore[attr-defined]


def person_of(request: HttpRequest) -> Person:
    """Whose papers the token opens, and who acts by it."""
    return token_of(request).person


def via_of(request: HttpRequest) -> str:
    """What the log says of the way: the token by its name and public key."""
    token = token_of(request)
    return f"token “{token.name}” ({token.key})"


def once(request: HttpRequest, act: Callable[[], tuple[int, dict[str, Any]]]) -> HttpResponse:
    """Does what was asked, or gives the answer again where the same was asked under the same key."""

    def answer() -> Answer:
        try:
            status, data = act()
        except Problem as problem:
            return Answer(problem.status, json.dumps(problem.data, ensure_ascii=False))
        return Answer(status, json.dumps(data, ensure_ascii=False))

    key = request.headers.get(KEY_HEADER, "").strip()
    if not key:
        return _response(answer())
    if len(key) > MOST_KEY_CHARACTERS or not key.isprintable():
        raise Problem(400, "key", _("An idempotency key has at most 100 printable characters."))
    asked = f"{request.method} {request.get_full_path()}\n".encode() + request.body
    given = answer_once(
        token=token_of(request),
        idempotency_key=key,
        question_sha256=hashlib.sha256(asked).hexdigest(),
        answer=answer,
        at=now(),
    )
    if isinstance(given, Refusal):
        raise refused(given)
    return _response(given)


def _response(given: Answer) -> HttpResponse:
    kind = "application/json" if given.status < 400 else "application/problem+json"
    answer = HttpResponse(given.body, status=given.status, content_type=kind)
    if given.is_again:
        answer.headers["Idempotent-Replayed"] = "true"
    return answer
