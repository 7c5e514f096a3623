"""Certificates: adding files, confirming what was read, giving the files back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from osler.adapters.documents.kinds import ENDINGS
from osler.adapters.live import person_room
from osler.apps.credit import actions
from osler.apps.credit.queries import record_by_key, totals_by_type
from osler.apps.credit.queries.document_words import remark_sentence
from osler.apps.credit.queries.documents import (
    DocumentLost,
    ReadDocument,
    document_by_key,
    document_bytes,
    documents_of,
    documents_to_confirm,
    inbound_token,
    next_to_confirm,
    page_picture,
    reading_of_document,
    records_like,
    waiting_count,
)
from osler.apps.requirements.queries import assessment_of
from osler.core.credit.refusal import Refusal
from osler.web.credit.document_address import address_of_token
from osler.web.credit.document_form import DocumentForm
from osler.web.credit.document_marks import other_name, shown_pages
from osler.web.credit.document_upload import CertificatesForm, keep_all
from osler.web.credit.same_as import Like, to_ask_about
from osler.web.design.toasts import say
from osler.web.people.reader import actor_of, live_url, now, person_of, today_of
from osler.web.requirements.changes import told

if TYPE_CHECKING:
    from osler.apps.credit.models import Document, Record

PAGE_SIZE = 50
# A file from outside is never part of a page of ours: it is saved, and runs nothing if opened all the same.
LOCKED_AWAY = "default-src 'none'; sandbox"
_UNSAFE = re.compile(r"[^\w .()-]+")


@login_required
@require_http_methods(["GET", "POST"])
def certificates(request: HttpRequest) -> HttpResponse:
    """Everything to confirm and everything kept; takes new files, several at once."""
    person = person_of(request)
    form = CertificatesForm(request.POST, request.FILES) if request.method == "POST" else CertificatesForm()
    if request.method == "POST" and form.is_valid():
        kept = keep_all(request, form.cleaned_data["certificates"])
        if len(kept) == 1 and kept[0].record is None:
            return redirect("credit:document", kept[0].key)
        if kept:
            return redirect("credit:documents")
    search = request.GET.get("search", "").strip()[:100]
    found = documents_of(person, search=search).exclude(record=None)
    context = {
        "form": form,
        "waiting": documents_to_confirm(person)[:200],
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "search": search,
        "address": address_of_token(inbound_token(person)),
        "takes_mail": bool(settings.OSLER_INBOUND_DOMAIN),
    }
    return render(request, "credit/documents.html", context)


def document_or_404(request: HttpRequest, key: str) -> Document:
    """The person's own document with this key; somebody else's does not exist for them."""
    found = document_by_key(person_of(request), key)
    if found is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "POST"])
def document(request: HttpRequest, key: str) -> HttpResponse:
    """One document wherever it stands: being read, to confirm, refused, or with its record."""
    found = document_or_404(request, key)
    if found.removed_at is not None or found.is_refused:
        read = reading_of_document(found)
        sentences = [remark_sentence(one) for one in read.remarks]
        return render(request, "credit/document_over.html", {"document": found, "sentences": sentences})
    if found.record is not None:
        return redirect("credit:record-page", found.record.key)
    if found.is_being_read and "by_hand" not in request.GET and request.method == "GET":
        return _reading(request, found)
    return _confirming(request, found)


def _reading(request: HttpRequest, found: Document) -> HttpResponse:
    if request.headers.get("HX-Request"):
        # Still at work: nothing to swap, so that the progress on the page stays.
        return HttpResponse(status=204)
    context = {
        "document": found,
        "pages": shown_pages(reading_of_document(found)),
        "progress_key": f"document-{found.key}",
        "page_count": min(found.pages or 1, 10),
        "live_url": live_url(person_room(found.person_id)),
    }
    return render(request, "credit/document_reading.html", context)


def _confirming(request: HttpRequest, found: Document) -> HttpResponse:
    person, read = person_of(request), reading_of_document(found)
    own = [total.credit_type for total in totals_by_type(person)]
    form = DocumentForm(request.POST if request.method == "POST" else None, read=read, own_types=own)
    same_as: list[Like] = []
    if request.method == "POST" and form.is_valid():
        same_as = to_ask_about(request, form.draft, f"document:{found.key}")
    if request.method == "POST" and form.is_valid() and not same_as:
        before = assessment_of(person, today_of(person))
        made = actions.confirm_document(
            document=found, draft=form.draft, by=actor_of(request), at=now(), has_more="more" in request.POST
        )
        if not isinstance(made, Refusal):
            changed = told(before, assessment_of(person, today_of(person)))
            text = _("“%(title)s” was added with its certificate.") % {"title": made.title}
            back = reverse("credit:record-remove", args=[made.key])
            say(request, " ".join(filter(None, (text, changed))), undo_url=back)
            return _onwards(request, found, made)
        form.add_error(None, made.sentence)
    context = _context(request, found, read, form)
    context |= {"same_as": same_as, "goes_on": "more" if "more" in request.POST else ""}
    if same_as:
        context["alike"] = []
    return render(request, "credit/document.html", context)


def _onwards(request: HttpRequest, found: Document, made: Record) -> HttpResponse:
    """To the next document of the queue, or to the record where it was the last."""
    following = next_to_confirm(person_of(request), after=found)
    if following is None:
        return redirect("credit:record-page", made.key)
    return redirect("credit:document", following.key)


def _context(request: HttpRequest, found: Document, read: ReadDocument, form: DocumentForm) -> dict[str, Any]:
    person = person_of(request)
    number = read.proposal("number")
    return {
        "document": found,
        "form": form,
        "pages": shown_pages(read),
        "remarks": [remark_sentence(one) for one in read.remarks],
        "has_several": any(one.code == "several-activities" for one in read.remarks),
        "other_name": other_name(read, person.family_name),
        "number": number.best if number is not None else None,
        "following": next_to_confirm(person, after=found),
        "waiting_count": waiting_count(person),
        "alike": records_like(person, read),
    }


@login_required
@require_GET
def file(request: HttpRequest, key: str) -> HttpResponse:
    """The file as it was added, always as a download."""
    found = document_or_404(request, key)
    try:
        content = document_bytes(found)
    except DocumentLost as lost:
        say(request, lost.sentence, level=messages.ERROR)
        return redirect("credit:documents")
    return downloaded(found, content)


def downloaded(found: Document, content: bytes) -> HttpResponse:
    """The bytes under a harmless name and with the ending of what they are; nothing in them runs."""
    stem = _UNSAFE.sub("_", found.filename.rsplit(".", 1)[0]).strip(" .")[:100] or _("certificate")
    answer = HttpResponse(content, content_type=found.media_type)
    ending = ENDINGS.get(found.media_type, "bin")
    ascii_name = stem.encode("ascii", "replace").decode().replace("?", "_")
    answer["Content-Disposition"] = f'attachment; filename="{ascii_name}.{ending}"'
    answer["Content-Security-Policy"] = LOCKED_AWAY
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_GET
def picture(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The picture of one page, which Osler drew itself."""
    found = document_or_404(request, key)
    try:
        content = page_picture(found, number) if found.removed_at is None else None
    except DocumentLost:
        content = None
    if content is None:
        raise Http404
    answer = HttpResponse(content, content_type="image/webp")
    answer["Content-Security-Policy"] = LOCKED_AWAY
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


@login_required
@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Takes a document away; the toast brings it back."""
    found = document_or_404(request, key)
    following = next_to_confirm(person_of(request), after=found) if found.record is None else None
    removed = actions.remove_document(document=found, by=actor_of(request), at=now())
    if isinstance(removed, Refusal):
        say(request, removed.sentence, level=messages.ERROR)
        return redirect("credit:documents")
    text = _("“%(name)s” was removed.") % {"name": found.filename}
    say(request, text, undo_url=reverse("credit:document-restore", args=[key]))
    if found.record is not None:
        return redirect("credit:record-page", found.record.key)
    return redirect("credit:document", following.key) if following else redirect("credit:documents")


@login_required
@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Brings a removed document back."""
    found = document_or_404(request, key)
    back = actions.restore_document(document=found, by=actor_of(request), at=now())
    if isinstance(back, Refusal):
        say(request, back.sentence, level=messages.ERROR)
        return redirect("credit:documents")
    say(request, _("The certificate is back."))
    return redirect("credit:document", key)


@login_required
@require_POST
def attach(request: HttpRequest, key: str) -> HttpResponse:
    """Keeps a document with a record that is there already."""
    found = document_or_404(request, key)
    record = record_by_key(person_of(request), request.POST.get("record", "")[:40])
    if record is None:
        raise Http404
    done = actions.attach_document(document=found, record=record, by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
        return redirect("credit:document", key)
    say(request, _("The certificate is kept with “%(title)s”.") % {"title": record.title})
    return _onwards(request, found, record)


@login_required
@require_POST
def add_to_record(request: HttpRequest, key: str) -> HttpResponse:
    """Keeps new files with a record."""
    record = record_by_key(person_of(request), key)
    if record is None:
        raise Http404
    form = CertificatesForm(request.POST, request.FILES)
    if form.is_valid():
        kept = keep_all(request, form.cleaned_data["certificates"], record=record)
        if kept:
            text = ngettext("%(n)s file is kept with it.", "%(n)s files are kept with it.", len(kept))
            say(request, text % {"n": len(kept)})
    else:
        say(request, str(form.errors["certificates"][0]), level=messages.ERROR)
    return redirect("credit:record-page", key)
