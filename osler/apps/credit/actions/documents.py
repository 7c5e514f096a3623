"""The life of a certificate: kept, read, confirmed as a record, attached, removed and brought back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from osler.adapters.documents import DocumentRefused, Reading, Remark
from osler.adapters.documents.data import proposal_data
from osler.adapters.documents.kinds import media_type_of
from osler.adapters.documents.reader import read_document
from osler.apps.audit import actions as audit
from osler.apps.credit import permissions, signals
from osler.apps.credit.actions.document_progress import tell_done, tell_page
from osler.apps.credit.actions.drafts import RecordDraft, checked
from osler.apps.credit.actions.writing import state_of_draft, tell_records_changed, write_drafts
from osler.apps.credit.models import Document, DocumentReading, Record
from osler.apps.credit.queries.document_files import (
    delete_files,
    document_bytes,
    file_name,
    picture_name,
    store,
)
from osler.apps.credit.queries.document_words import refusal_of_document
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import Person

__all__ = [
    "Kept",
    "attach_document",
    "confirm_document",
    "keep_document",
    "read_kept_document",
    "remove_document",
    "restore_document",
]


@dataclass(frozen=True, slots=True)
class Kept:
    """A document that came in. ``is_new`` is false where the very same file was there already."""

    document: Document
    is_new: bool


def keep_document(
    *,
    person: Person,
    content: bytes,
    filename: str,
    by: Person | None,
    at: datetime,
    media_type: str = "",
    came_by: str = Document.CameBy.UPLOAD,
    said_sender: str = "",
    record: Record | None = None,
) -> Kept | Refusal:
    """Keeps a certificate and reads what is text in it at once; pictures are read by a job.

    What it is shows in its bytes; ``media_type`` is given only for text out of a mail. With ``record`` it is
    attached and not read. The same file again is answered with the document that is there. A file that cannot
    be read is refused with its reason, and nothing of it stays.
    """
    refusal = permissions.may_keep_transcript(by=by, person=person, at=at)
    if refusal is None and record is not None:
        refusal = permissions.may_change_record(by=by, record=record, at=at)
    if refusal is not None:
        return refusal
    most = settings.UPLOAD_MAX_BYTES
    if len(content) > most:
        return refusal_of_document(Remark("too-large", (str(most // 1_000_000),)))
    sha256 = hashlib.sha256(content).hexdigest()
    known = _known(person, sha256, record)
    if known is not None:
        return Kept(known, is_new=False)
    try:
        kind = media_type or media_type_of(content)
        reading = read_document(content, as_of=at.date(), media_type=kind, may_look=False)
    except DocumentRefused as refused:
        return refusal_of_document(refused.remark)
    with transaction.atomic():
        Document.objects.filter(person=person, sha256=sha256, state=Document.State.REFUSED).delete()
        made = Document.objects.create(
            person=person,
            record=record,
            sha256=sha256,
            bytes_count=len(content),
            media_type=kind,
            filename=_plain_name(filename),
            pages=reading.pages_count,
            state=_first_state(record, reading),
            came_by=came_by,
            said_sender=said_sender[:320],
            added_at=at,
        )
        _write_reading(made, reading, at)
        # The row first: a file without a row would stay for ever.
        store(file_name(person.pk, sha256), content)
        _log(made, "keep-document", by=by, at=at, after=_state_of(made))
        if made.state == Document.State.READING:
            signals.document_to_be_read.send(sender=Document, document_id=made.pk, at=at)
    return Kept(made, is_new=True)


def _first_state(record: Record | None, reading: Reading) -> str:
    if record is not None:
        return Document.State.ATTACHED
    return Document.State.READING if reading.needs_sight else Document.State.TO_CONFIRM


def _known(person: Person, sha256: str, record: Record | None) -> Document | None:
    """The same file, where keeping it once more would say nothing new."""
    rows = Document.objects.filter(person=person, sha256=sha256, removed_at=None)
    rows = rows.exclude(state=Document.State.REFUSED)
    if record is not None:
        return rows.filter(record=record).first()
    return rows.order_by("record_id").last()


def _plain_name(filename: str) -> str:
    name = PurePosixPath(filename.replace("\\", "/")).name
    printable = "".join(letter for letter in name if letter.isprintable())
    return printable.strip()[:200] or _("certificate")


def read_kept_document(*, document_id: int, at: datetime) -> Document | None:
    """Finds the words in the pictures of a kept document; a job, which may run twice.

    What turns out to be unreadable is refused: its bytes are deleted and the reason stays for the person.
    """
    document = Document.objects.filter(pk=document_id, state=Document.State.READING).first()
    if document is None:
        return None
    try:
        reading = read_document(
            document_bytes(document),
            as_of=at.date(),
            media_type=document.media_type,
            tell=lambda page, pages: tell_page(document, page, pages),
        )
    except DocumentRefused as refused:
        return _refuse(document, refused.remark, at)
    with transaction.atomic():
        kept = Document.objects.select_for_update().get(pk=document.pk)
        if kept.state != Document.State.READING:
            return kept
        kept.state, kept.pages = Document.State.TO_CONFIRM, reading.pages_count
        kept.save(update_fields=["state", "pages"])
        _write_reading(kept, replace(reading, needs_sight=False), at)
        transaction.on_commit(lambda: tell_done(kept))
    return kept


def _refuse(document: Document, remark: Remark, at: datetime) -> Document:
    with transaction.atomic():
        kept = Document.objects.select_for_update().get(pk=document.pk)
        kept.state = Document.State.REFUSED
        kept.save(update_fields=["state"])
        DocumentReading.objects.update_or_create(
            document=kept,
            defaults={
                "remarks": [[remark.code, list(remark.values)]],
                "proposals": [],
                "pages": [],
                "read_at": at,
            },
        )
        if (
            not Document.objects.filter(person_id=kept.person_id, sha256=kept.sha256)
            .exclude(pk=kept.pk)
            .exists()
        ):
            transaction.on_commit(lambda: delete_files(kept.person_id, kept.sha256, kept.pages or 0))
        transaction.on_commit(lambda: tell_done(kept))
    return kept


def _write_reading(document: Document, reading: Reading, at: datetime) -> None:
    DocumentReading.objects.update_or_create(
        document=document,
        defaults={
            "proposals": [proposal_data(one) for one in reading.proposals],
            "pages": [[one.number, round(one.width, 1), round(one.height, 1)] for one in reading.pages],
            "remarks": [[one.code, list(one.values)] for one in reading.remarks],
            "read_at": at,
        },
    )
    for size in reading.pages:
        if size.picture:
            store(picture_name(document.person_id, document.sha256, size.number), size.picture)


def confirm_document(
    *, document: Document, draft: RecordDraft, by: Person | None, at: datetime, has_more: bool = False
) -> Record | Refusal:
    """Makes a record of what the person confirmed, with the document attached to it.

    ``has_more``: the file lists further activities, so it stays to be confirmed for the next one too.
    """
    refusal = permissions.may_keep_transcript(by=by, person=document.person, at=at)
    if refusal is not None:
        return refusal
    sound = checked(draft, at)
    if isinstance(sound, Refusal):
        return sound
    with transaction.atomic():
        kept = Document.objects.select_for_update().select_related("person").get(pk=document.pk)
        if kept.record_id is not None or kept.removed_at is not None:
            return Refusal("document-done", _("This certificate has been confirmed or removed already."))
        [record] = write_drafts([sound], person_id=kept.person_id, at=at)
        record.source = Record.Source.DOCUMENT
        record.save(update_fields=["source"])
        audit.record(
            verb="add-record",
            subject=record,
            by=by,
            at=at,
            on_behalf_of=kept.person,
            after={**state_of_draft(sound), "document": kept.sha256},
        )
        _attach(kept, record, by=by, at=at)
        if has_more:
            _once_more(kept, at)
        tell_records_changed(kept.person_id, at)
    return record


def attach_document(
    *, document: Document, record: Record, by: Person | None, at: datetime
) -> Document | Refusal:
    """Keeps the document with a record that is there already."""
    refusal = permissions.may_change_record(by=by, record=record, at=at)
    if refusal is None and document.person_id != record.person_id:
        refusal = Refusal("not-yours", _("This certificate belongs to somebody else."))
    if refusal is not None:
        return refusal
    with transaction.atomic():
        kept = Document.objects.select_for_update().select_related("person").get(pk=document.pk)
        if kept.record_id not in (None, record.pk) or kept.removed_at is not None:
            return Refusal("document-done", _("This certificate has been confirmed or removed already."))
        twin = record.documents.filter(sha256=kept.sha256, removed_at=None).exclude(pk=kept.pk).first()
        if twin is not None:
            kept.removed_at = at
            kept.save(update_fields=["removed_at"])
            return twin
        _attach(kept, record, by=by, at=at)
    return kept


def _attach(kept: Document, record: Record, *, by: Person | None, at: datetime) -> None:
    before = _state_of(kept)
    kept.record, kept.state = record, Document.State.ATTACHED
    kept.save(update_fields=["record", "state"])
    _log(kept, "attach-document", by=by, at=at, before=before, after=_state_of(kept))


def _once_more(kept: Document, at: datetime) -> None:
    """A second row for the same bytes, to be confirmed for the next activity of the file."""
    reading = DocumentReading.objects.filter(document=kept).first()
    again = Document.objects.create(
        person_id=kept.person_id,
        sha256=kept.sha256,
        bytes_count=kept.bytes_count,
        media_type=kept.media_type,
        filename=kept.filename,
        pages=kept.pages,
        state=Document.State.TO_CONFIRM,
        came_by=kept.came_by,
        said_sender=kept.said_sender,
        added_at=at,
    )
    if reading is not None:
        DocumentReading.objects.create(
            document=again,
            proposals=reading.proposals,
            pages=reading.pages,
            remarks=reading.remarks,
            read_at=reading.read_at,
        )


def remove_document(*, document: Document, by: Person | None, at: datetime) -> Document | Refusal:
    """Takes a document away from the person's papers; ``restore_document`` brings it back."""
    return _moved(document, "remove-document", at, by=by, at=at)


def restore_document(*, document: Document, by: Person | None, at: datetime) -> Document | Refusal:
    """Undoes ``remove_document``."""
    return _moved(document, "restore-document", None, by=by, at=at)


def _moved(
    document: Document, verb: str, removed_at: datetime | None, *, by: Person | None, at: datetime
) -> Document | Refusal:
    refusal = permissions.may_keep_transcript(by=by, person=document.person, at=at)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        kept = Document.objects.select_for_update(of=("self",)).select_related("person").get(pk=document.pk)
        if (kept.removed_at is None) == (removed_at is None):
            return kept
        twins = Document.objects.filter(
            person_id=kept.person_id, sha256=kept.sha256, record=kept.record_id, removed_at=None
        )
        if removed_at is None and twins.exists():
            return Refusal("known-document", _("The same file has been added again in the meantime."))
        before = _state_of(kept)
        kept.removed_at = removed_at
        kept.save(update_fields=["removed_at"])
        _log(kept, verb, by=by, at=at, before=before, after=_state_of(kept))
    return kept


def _state_of(document: Document) -> dict[str, object]:
    """What the log keeps of a document: never its contents."""
    return {
        "filename": document.filename,
        "sha256": document.sha256,
        "record": None if document.record is None else document.record.key,
        "removed_at": None if document.removed_at is None else document.removed_at.isoformat(),
    }


def _log(
    document: Document,
    verb: str,
    *,
    by: Person | None,
    at: datetime,
    before: dict[str, object] | None = None,
    after: dict[str, object],
) -> None:
    audit.record(
        verb=verb, subject=document, by=by, at=at, on_behalf_of=document.person, before=before, after=after
    )
