"""The reader's side of a link: one calm page, its PDF and, where the holder lets them, certificates.

No account is asked for and none is looked at. Nothing of the reader is kept: an opening is a time. A link
that was taken back, has ended or never was answers alike.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from osler.adapters.typesetting import typesetter
from osler.apps.credit.actions.sharing import note_opening
from osler.apps.credit.queries.documents import DocumentLost, document_bytes
from osler.apps.credit.queries.sharing import link_of_token
from osler.web.credit.downloads import MOST_ON_PAPER, PDF, file_response
from osler.web.credit.papers import shared_document
from osler.web.credit.shared_view import SharedView, shared_view
from osler.web.people.reader import now
from osler.web.people.too_many import too_many

PAGE_SIZE = 50
LIMITS = {"opened_link": "60/m/ip"}
QUIET = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}

Shown = Callable[..., HttpResponse]


def by_link(view: Shown) -> Shown:
    """A view of what an open link shows; a limit on tries, and headers that keep the address to itself."""

    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        if not ratelimit.consume(request, app="osler", action="opened_link", config=LIMITS, limit_get=True):
            response = too_many(request)
        else:
            link = link_of_token(token, now())
            response = view(request, shared_view(link), token, **kwargs) if link else closed(request)
        for name, value in QUIET.items():
            response[name] = value
        return response

    return shown


def closed(request: HttpRequest) -> HttpResponse:
    """The same page for a link that has ended, was taken back or never was."""
    return render(request, "credit/opened_closed.html", status=404)


@by_link
def page(request: HttpRequest, view: SharedView, token: str) -> HttpResponse:
    """What was earned, by whom, from whom."""
    if request.method == "GET" and "page" not in request.GET:
        note_opening(link=view.link, what="page", at=now())
    records = Paginator(view.rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "view": view,
        "page": records,
        "records": view.shown(list(records)),
        "count": records.paginator.count,
        "token": token,
    }
    return render(request, "credit/opened.html", context)


@by_link
def pdf(request: HttpRequest, view: SharedView, token: str) -> HttpResponse:
    """The same as a PDF."""
    if view.rows.count() > MOST_ON_PAPER:
        return HttpResponse(_("This is too long for one PDF. Read it on the page."), status=413)
    content = typesetter().pdf(shared_document(view, made_at=now()))
    note_opening(link=view.link, what="pdf", at=now())
    return file_response(content, PDF, f"continuing-education-{view.as_of.isoformat()}.pdf")


@by_link
def certificate(request: HttpRequest, view: SharedView, token: str, key: str) -> HttpResponse:
    """One certificate that the link reaches, as it was kept."""
    document = view.certificate(key)
    if document is None:
        return closed(request)
    try:
        content = document_bytes(document)
    except DocumentLost:
        return closed(request)
    note_opening(link=view.link, what="certificate", at=now())
    ending = document.filename.rpartition(".")[2].lower()
    name = f"certificate-{key}.{ending if ending.isalnum() and len(ending) < 6 else 'pdf'}"
    return file_response(content, document.media_type, name)
