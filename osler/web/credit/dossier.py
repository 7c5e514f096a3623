"""The audit dossier of one credential: made at once where it is small, by a job where it is large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from osler.adapters.live import import_room
from osler.apps.credit.actions.prepared import prepare_file, progress_text, set_order
from osler.apps.credit.queries.documents import DocumentLost
from osler.apps.credit.queries.prepared import (
    certificates_by_record,
    prepared_by_key,
    prepared_bytes,
    prepared_files,
)
from osler.apps.requirements.queries.dossier import cycles_to_show
from osler.core.credit.refusal import Refusal
from osler.web.credit.dossier_paper import Dossier
from osler.web.credit.downloads import PDF, file_response
from osler.web.credit.share_form import cycle_words
from osler.web.design.toasts import say
from osler.web.people.reader import actor_of, live_url, now, person_of, today_of

if TYPE_CHECKING:
    from osler.apps.credit.models import PreparedFile

PAGES_AT_ONCE = 12


@login_required
@require_http_methods(["GET", "POST"])
def dossier(request: HttpRequest, key: str) -> HttpResponse:
    """What the dossier of a credential will hold, for the cycle that is chosen; POST makes it."""
    person = person_of(request)
    cycles = cycles_to_show(person, today_of(person))
    offered = [one for one in cycles.offered if one.standing.held.key == key]
    if not any(one.held.key == key for one in cycles.found.standings):
        raise Http404
    asked = request.POST.get("cycle") or request.GET.get("cycle", "")
    chosen = next((one for one in offered if one.code == asked), offered[0] if offered else None)
    found = None
    if chosen is not None:
        found = Dossier(person, cycles.assessed(chosen), certificates_by_record(person), now())
        if request.method == "POST":
            return _make(request, found)
    context = {
        "standing": next(one for one in cycles.found.standings if one.held.key == key),
        "cycles": [(one.code, cycle_words(one), one is chosen) for one in offered],
        "chosen": chosen,
        "dossier": found,
        "is_large": found is not None and found.pages_enclosed > PAGES_AT_ONCE,
    }
    return render(request, "credit/dossier.html", context)


def _make(request: HttpRequest, found: Dossier) -> HttpResponse:
    person, order = found.person, found.order()
    if found.pages_enclosed <= PAGES_AT_ONCE:
        return file_response(set_order(order, person), PDF, order.filename)
    file = prepare_file(person=person, kind="dossier", order=order, by=actor_of(request), at=now())
    if isinstance(file, Refusal):
        say(request, file.sentence, level=messages.ERROR)
        return redirect(request.path)
    return redirect("credit:file", file.key)


def file_or_404(request: HttpRequest, key: str) -> PreparedFile:
    """The person's own file; somebody else's, or one that is gone, does not exist for them."""
    file = prepared_by_key(person_of(request), key, now())
    if file is None:
        raise Http404
    return file


@login_required
@require_GET
def files(request: HttpRequest) -> HttpResponse:
    """Files that were made for the person, for as long as they are kept."""
    return render(
        request, "credit/files.html", {"files": list(prepared_files(person_of(request), now())[:50])}
    )


@login_required
@require_GET
def file(request: HttpRequest, key: str) -> HttpResponse:
    """One file: how far it is, and then the way to it."""
    one = file_or_404(request, key)
    context = {
        "file": one,
        "progress_key": f"file-{one.key}",
        "live_url": live_url(import_room(one.key)) if one.state == "making" else "",
        "text": progress_text(one.done, one.steps),
    }
    return render(request, "credit/file.html", context)


@login_required
@require_GET
def download(request: HttpRequest, key: str) -> HttpResponse:
    """The file itself."""
    one = file_or_404(request, key)
    if one.state != "ready":
        return redirect("credit:file", key)
    try:
        return file_response(prepared_bytes(one), PDF, one.filename)
    except DocumentLost:
        say(request, _("The file is no longer there. Ask for it once more."), level=messages.ERROR)
        return redirect("credit:files")
