"""The link under every mail: switches that kind of message off, and on again, without signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from osler.apps.messages import actions
from osler.apps.messages.queries import wishes_of
from osler.core.credit.refusal import Refusal
from osler.web.people.reader import now

TEMPLATE = "messages/switch.html"


# The signed link is the right to do this, and mail programs press it without a page of ours (RFC 8058).
@csrf_exempt
@require_http_methods(["GET", "POST"])
def off(request: HttpRequest, token: str) -> HttpResponse:
    """A look asks before anything is changed, for mail filters open every link; a press switches off."""
    if request.method == "POST":
        return _switched(request, token, is_on=False)
    found = actions.person_and_kind(token)
    if isinstance(found, Refusal):
        return _refused(request, found)
    person, kind = found
    return _page(request, token, kind, is_on=wishes_of(person.pk).wants(kind.name), is_done=False)


@csrf_exempt
@require_POST
def on(request: HttpRequest, token: str) -> HttpResponse:
    """Takes it back."""
    return _switched(request, token, is_on=True)


def _switched(request: HttpRequest, token: str, *, is_on: bool) -> HttpResponse:
    done = actions.switch_kind(token=token, is_on=is_on, at=now())
    if isinstance(done, Refusal):
        return _refused(request, done)
    return _page(request, token, done[1], is_on=is_on, is_done=True)


def _page(request: HttpRequest, token: str, kind: object, *, is_on: bool, is_done: bool) -> HttpResponse:
    context = {"token": token, "kind": kind, "is_on": is_on, "is_done": is_done}
    response = render(request, TEMPLATE, context)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return render(request, TEMPLATE, {"refusal": refusal}, status=404)
