"""The personal mail address for certificates, and the door for mail gateways."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from osler.apps.credit import actions
from osler.core.credit.refusal import Refusal
from osler.web.design.toasts import say
from osler.web.people.reader import actor_of, now, person_of

STATUSES = {
    "no-such-address": 404,
    "too-large": 413,
    "no-domain": 503,
    "automatic": 202,
    "nothing-to-read": 422,
}


def address_of_token(token: str) -> str:
    """The whole address; empty where there is no token or no domain."""
    domain = settings.OSLER_INBOUND_DOMAIN
    return f"record+{token}@{domain}" if token and domain else ""


@login_required
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """A new address; the old one is answered no more."""
    done = actions.renew_address(person=person_of(request), by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
    else:
        say(request, _("Your address is %(address)s.") % {"address": address_of_token(done.token)})
    return redirect("credit:documents")


@login_required
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """No address any more."""
    done = actions.revoke_address(person=person_of(request), by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
    else:
        say(request, _("The address is closed. Mail to it is dropped."))
    return redirect("credit:documents")


@csrf_exempt
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """One raw message from a mail gateway that knows the secret; the answer says what became of it."""
    secret = settings.OSLER_INBOUND_SECRET
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if not secret or not secrets.compare_digest(given.encode(), secret.encode()):
        return JsonResponse({"error": "not-allowed"}, status=403)
    most = settings.UPLOAD_MAX_BYTES * 3 // 2 + 1_000_000
    length = request.headers.get("Content-Length", "")
    if not length.isdigit() or int(length) > most:
        return JsonResponse({"error": "too-large"}, status=413)
    # Read from the stream: a mail is larger than what a form may be.
    raw = request.read(most + 1)
    recipient = request.GET.get("recipient", "")[:320]
    done = actions.receive_mail(raw=raw, at=now(), recipients=[recipient] if recipient else [])
    if isinstance(done, Refusal):
        answer = {"error": done.rule, "sentence": done.sentence}
        return JsonResponse(answer, status=STATUSES.get(done.rule, 422))
    return JsonResponse({"documents": len(done.documents), "refused": list(done.refused)}, status=201)
