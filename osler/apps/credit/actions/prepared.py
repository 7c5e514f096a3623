"""Documents with certificates in them: made at once where they are small, by a job where they are large.

Whoever asks brings the document already worded, with the place of each certificate; here its bytes are
fetched, made into pages and set. A job's file is kept for a week and sealed as certificates are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from osler.adapters.live import LiveEvent, import_room, publish
from osler.adapters.typesetting import Block, Document, Heading, Picture, Words, typesetter
from osler.adapters.typesetting.as_data import document_data, document_from_data
from osler.adapters.typesetting.enclosed import CannotBeShown, pages_of
from osler.apps.audit import actions as audit
from osler.apps.credit import permissions
from osler.apps.credit.models import Document as Certificate
from osler.apps.credit.models import PreparedFile
from osler.apps.credit.queries.document_files import DocumentLost, document_bytes, store
from osler.apps.credit.queries.prepared import prepared_name
from osler.apps.credit.signals import file_asked
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import Person

KEPT_DAYS = 7
MOST_MAKING = 3


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One certificate in a document: its heading, the anchor that page numbers point to, and its words.

    ``alternative`` is read before the words of the page; ``lost`` stands where the file cannot be shown, and
    ``more`` with ``{pages}`` where it has more pages than are shown.
    """

    heading: str
    anchor: str
    detail: str
    certificate_key: str
    alternative: str
    lost: str
    more: str


@dataclass(frozen=True, slots=True)
class Order:
    """A document and the certificates that follow it, in order."""

    document: Document
    enclosures: tuple[Enclosure, ...]
    filename: str


def set_order(order: Order, person: Person, tell: Callable[[int], None] | None = None) -> bytes:
    """The PDF with every certificate in it. ``tell`` hears how many certificates are in place."""
    keys = [one.certificate_key for one in order.enclosures]
    rows = Certificate.objects.filter(person=person, key__in=keys, removed_at=None)
    certificates = {one.key: one for one in rows}
    blocks: list[Block] = list(order.document.blocks)
    for number, one in enumerate(order.enclosures, 1):
        blocks += _enclosed(one, certificates.get(one.certificate_key))
        if tell is not None:
            tell(number)
    return typesetter().pdf(replace(order.document, blocks=tuple(blocks)))


def _enclosed(one: Enclosure, certificate: Certificate | None) -> Iterator[Block]:
    yield Heading(one.heading, 3, one.anchor, on_new_page=True)
    yield Words(one.detail, "quiet")
    try:
        if certificate is None:
            raise CannotBeShown(one.certificate_key)
        content = document_bytes(certificate)
        if certificate.media_type == "text/plain":
            yield from (Words(line) for line in content.decode(errors="replace").splitlines() if line.strip())
            return
        pages, count = pages_of(content, certificate.media_type)
    except (CannotBeShown, DocumentLost):
        yield Words(one.lost, "note")
        return
    for page in pages:
        yield Picture(page.picture, "jpg", " ".join(filter(None, (one.alternative, page.words))))
    if count > len(pages):
        yield Words(one.more.replace("{pages}", str(count - len(pages))), "note")


def prepare_file(
    *, person: Person, kind: str, order: Order, by: Person | None, at: datetime
) -> PreparedFile | Refusal:
    """A file that a job makes: the row at once, the bytes when ``write_prepared`` has run."""
    refusal = permissions.may_read(by=by, person=person, at=at)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        making = PreparedFile.objects.filter(
            person=person, state=PreparedFile.State.MAKING, gone_after__gt=at
        ).count()
        if making >= MOST_MAKING:
            sentence = _("%(n)d files are being made for you. Wait until one of them is ready.")
            return Refusal("too-many", sentence % {"n": making})
        file = PreparedFile.objects.create(
            person=person,
            kind=kind,
            asked={
                "document": document_data(order.document),
                "enclosures": [asdict(one) for one in order.enclosures],
            },
            filename=order.filename,
            steps=len(order.enclosures) + 1,
            asked_at=at,
            gone_after=at + timedelta(days=KEPT_DAYS),
        )
        audit.record(
            verb="prepare-file",
            subject=file,
            by=by,
            at=at,
            on_behalf_of=person,
            after={"kind": kind, "filename": order.filename},
        )
        file_asked.send(sender=PreparedFile, file_id=file.pk, at=at)
    return file


def write_prepared(*, file_id: int, at: datetime) -> None:
    """Makes a file that was asked for; one that is made already is left alone. Drops those that are gone."""
    file = PreparedFile.objects.select_related("person").filter(pk=file_id).first()
    if file is None or file.state != PreparedFile.State.MAKING:
        return
    order = _order_of(file.asked, file.filename)

    def tell(done: int) -> None:
        PreparedFile.objects.filter(pk=file_id).update(done=done)
        _publish(file, done)

    try:
        content = set_order(order, file.person, tell)
    except Exception:
        PreparedFile.objects.filter(pk=file_id).update(state=PreparedFile.State.FAILED, asked={})
        _publish(file, file.steps, is_done=True)
        raise
    store(prepared_name(file), content)
    with transaction.atomic():
        PreparedFile.objects.filter(pk=file_id).update(
            state=PreparedFile.State.READY, done=file.steps, bytes_count=len(content), asked={}
        )
        transaction.on_commit(lambda: _publish(file, file.steps, is_done=True))
    drop_old_files(at=at)


def drop_old_files(*, at: datetime) -> int:
    """Takes away files whose week is over; how many."""
    gone = list(PreparedFile.objects.filter(gone_after__lte=at).defer("asked")[:500])
    for file in gone:
        default_storage.delete(prepared_name(file))
    PreparedFile.objects.filter(pk__in=[file.pk for file in gone]).delete()
    return len(gone)


def _order_of(asked: dict[str, Any], filename: str) -> Order:
    enclosures = tuple(Enclosure(**one) for one in asked["enclosures"])
    return Order(document_from_data(asked["document"]), enclosures, filename)


def progress_text(done: int, steps: int) -> str:
    """How far a file is, in words."""
    if done >= steps - 1:
        return _("All certificates are in place; now the pages are set")
    return _("%(done)d of %(steps)d certificates in place") % {"done": done, "steps": steps - 1}


def _publish(file: PreparedFile, done: int, *, is_done: bool = False) -> None:
    told = {
        "key": f"file-{file.key}",
        "value": done,
        "maximum": file.steps,
        "text": progress_text(done, file.steps),
        "is_done": is_done,
    }
    publish(LiveEvent(import_room(file.key), "progress", json.dumps(told)))
