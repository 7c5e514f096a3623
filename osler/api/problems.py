"""What is answered instead: problem details (RFC 9457), with a sentence on what happened and what to do."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from osler.core.credit.refusal import Refusal

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "The request cannot be read",
    401: "No valid token",
    403: "The token may not do this",
    404: "There is no such thing",
    405: "This cannot be done here",
    409: "It stands against what is there",
    410: "It is gone",
    413: "The request is too large",
    422: "What was sent cannot be taken",
    429: "Too many requests",
    500: "Something broke",
}


class Problem(Exception):
    """Ends a request with a problem; ``more`` are further members, ``headers`` go with it."""

    def __init__(
        self, status: int, rule: str, detail: str, *, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(rule)
        self.status, self.rule, self.detail = status, rule, detail
        self.headers, self.more = dict(headers or {}), more

    @property
    def data(self) -> dict[str, Any]:
        """The problem as JSON."""
        return {
            "type": f"urn:osler:problem:{self.rule}",
            "title": TITLES.get(self.status, TITLES[400]),
            "status": self.status,
            "detail": self.detail,
            **self.more,
        }

    def response(self) -> HttpResponse:
        """The problem as an answer."""
        content = json.dumps(self.data, ensure_ascii=False)
        answer = HttpResponse(content, status=self.status, content_type=MEDIA_TYPE, headers=self.headers)
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer


FORBIDDEN_RULES = {"not-yours", "right-missing"}
CONFLICT_RULES = {"merged", "gone", "other-question"}


def refused(refusal: Refusal) -> Problem:
    """A refusal of an action as a problem, its sentence unchanged."""
    status = 403 if refusal.rule in FORBIDDEN_RULES else 409 if refusal.rule in CONFLICT_RULES else 422
    return Problem(status, refusal.rule, refusal.sentence)


def pointers(errors: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Where in the request each fault lies (RFC 6901, or the name of a parameter), and what is wrong."""
    found = []
    for error in errors:
        place = [str(part) for part in error.get("loc", ())]
        where, rest = (place[0], place[1:]) if place else ("", [])
        # Ninja names the argument of the function before the fields of the body.
        path = "/".join(rest[1:]) if where == "body" else "/".join(rest)
        name = "pointer" if where == "body" else "parameter"
        found.append({name: f"/{path}" if where == "body" else path, "detail": str(error.get("msg", ""))})
    return found


def speak_in_problems(api: NinjaAPI) -> None:
    """Every way in which a request can fail answers with a problem."""

    def problem(request: HttpRequest, error: Problem) -> HttpResponse:
        return error.response()

    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        sentence = _("Some of what was sent is missing or has the wrong form. Nothing was changed.")
        return Problem(422, "invalid", sentence, errors=pointers(error.errors)).response()

    def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
        sentence = _("The body is no JSON. Nothing was changed.")
        return Problem(error.status_code, "unreadable", sentence).response()

    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return Problem(404, "not-found", _("There is nothing at this address for this token.")).response()

    def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
        return Problem(413, "too-large", _("Send at most 5 MB, and at most 500 records at once.")).response()

    api.exception_handler(Problem)(problem)
    api.exception_handler(ValidationError)(invalid)
    api.exception_handler(HttpError)(unreadable)
    api.exception_handler(Http404)(missing)
    api.exception_handler(RequestDataTooBig)(too_large)


View = Callable[..., HttpResponse]


def with_problems(view: View) -> View:
    """A view of the framework whose "method not allowed" is a problem too."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        response = view(request, *args, **named)
        if response.status_code != 405:
            return response
        allowed = response.headers.get("Allow", "")
        sentence = _("%(method)s is not answered here.") % {"method": request.method}
        return Problem(405, "method", sentence, headers={"Allow": allowed}).response()

    return answer


@csrf_exempt
def unknown(request: HttpRequest, path: str = "") -> HttpResponse:
    """Any address that is none."""
    return Problem(
        404, "not-found", _("There is no such address. See /api/v1/docs for those there are.")
    ).response()
