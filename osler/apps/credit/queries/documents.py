"""A person's certificates: to confirm, kept with their records, and what was read from each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from osler.adapters.documents import PageSize, Proposal, Remark
from osler.adapters.documents.data import proposals_from, remarks_from
from osler.apps.credit.models import Document, DocumentReading, InboundAddress, Record
from osler.apps.credit.queries.document_files import DocumentLost, document_bytes, page_picture

if TYPE_CHECKING:
    from osler.apps.people.models import Person

__all__ = [
    "DocumentLost",
    "ReadDocument",
    "document_by_key",
    "document_bytes",
    "documents_of",
    "documents_of_record",
    "documents_to_confirm",
    "inbound_token",
    "next_to_confirm",
    "page_picture",
    "reading_of_document",
    "records_like",
    "waiting_count",
]
MOST_ALIKE = 5
LOOSE = (Document.State.READING, Document.State.TO_CONFIRM, Document.State.REFUSED)


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What was read from a document, as values."""

    proposals: tuple[Proposal, ...] = ()
    pages: tuple[PageSize, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def proposal(self, field: str, kind: str = "") -> Proposal | None:
        """The proposal of a field, of a credit type or topic where ``kind`` names one."""
        for one in self.proposals:
            if one.field == field and (not kind or one.best.kind == kind):
                return one
        return None

    def all_of(self, field: str) -> list[Proposal]:
        """Every proposal of a field: amounts by type, topics."""
        return [one for one in self.proposals if one.field == field]


def documents_of(person: Person, *, search: str = "") -> QuerySet[Document]:
    """Everything the person keeps, newest first, with the records they prove; removed ones are left out.

    Every word of ``search`` must occur in the file's name or in the title or provider of its record.
    """
    rows = Document.objects.filter(person=person, removed_at=None).select_related("record")
    for word in search.split()[:10]:
        rows = rows.filter(
            Q(filename__icontains=word)
            | Q(record__title__icontains=word)
            | Q(record__provider__icontains=word)
        )
    return rows


def records_like(person: Person, read: ReadDocument) -> list[Record]:
    """Records of the days that were read, which the document may belong to; at most a handful."""
    completed = read.proposal("completed")
    days = [] if completed is None else [date.fromisoformat(one.value) for one in completed.candidates]
    rows = Record.objects.filter(person=person, removed_at=None, completed_on__in=days)
    return (
        list(rows.exclude(documents__removed_at=None, documents__isnull=False)[:MOST_ALIKE]) if days else []
    )


def documents_to_confirm(person: Person) -> QuerySet[Document]:
    """Documents that prove no record yet, oldest first: being read, to confirm, or refused with a reason."""
    return Document.objects.filter(person=person, removed_at=None, state__in=LOOSE).order_by("added_at", "id")


def next_to_confirm(person: Person, *, after: Document | None = None) -> Document | None:
    """The document that comes next in the queue, from the beginning again at its end."""
    rows = documents_to_confirm(person).exclude(state=Document.State.REFUSED)
    if after is None:
        return rows.first()
    others = rows.exclude(pk=after.pk)
    return others.filter(added_at__gte=after.added_at, pk__gt=after.pk).first() or others.first()


def waiting_count(person: Person) -> int:
    """How many documents can be confirmed."""
    return documents_to_confirm(person).exclude(state=Document.State.REFUSED).count()


def document_by_key(person: Person, key: str) -> Document | None:
    """One document of this person, also a removed one; never anybody else's."""
    return Document.objects.filter(person=person, key=key).select_related("record", "person").first()


def documents_of_record(record: Record) -> Sequence[Document]:
    """The certificates of a record, oldest first."""
    return list(record.documents.filter(removed_at=None).order_by("added_at", "id"))


def reading_of_document(document: Document) -> ReadDocument:
    """What was read from it; nothing where it was not read yet."""
    row = DocumentReading.objects.filter(document=document).first()
    if row is None:
        return ReadDocument()
    return ReadDocument(
        proposals=proposals_from(row.proposals),
        pages=tuple(
            PageSize(int(number), float(width), float(height)) for number, width, height in row.pages
        ),
        remarks=remarks_from(row.remarks),
    )


def inbound_token(person: Person) -> str:
    """The token of the person's open mail address; empty where there is none."""
    row = InboundAddress.objects.filter(person=person, revoked_at=None).first()
    return "" if row is None else row.token
