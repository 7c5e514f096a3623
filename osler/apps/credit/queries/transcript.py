"""The transcript: searched, filtered, sorted and paged in the database, with its totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from osler.apps.credit.models import Record, RecordAmount

if TYPE_CHECKING:
    from osler.apps.people.models import Person

SORTS: Mapping[str, tuple[str, ...]] = {
    "completed": ("completed_on", "id"),
    "-completed": ("-completed_on", "-id"),
    "title": ("title", "id"),
    "-title": ("-title", "-id"),
    "provider": ("provider", "-completed_on", "-id"),
    "-provider": ("-provider", "-completed_on", "-id"),
    "format": ("format", "-completed_on", "-id"),
    "-format": ("-format", "-completed_on", "-id"),
    "amount": ("most_ticks", "-completed_on", "-id"),
    "-amount": ("-most_ticks", "-completed_on", "-id"),
    "added": ("added_at", "id"),
    "-added": ("-added_at", "-id"),
}
"""What the address of a page may ask to sort by, and what it means."""


@dataclass(frozen=True, slots=True)
class TranscriptFilters:
    """Which records to show; empty fields say nothing. Days lie inside; ``year`` is the year of
    completion.
    """

    credit_type: str = ""
    format: str = ""
    topic: str = ""
    source: str = ""
    import_key: str = ""
    year: int | None = None
    completed_from: date | None = None
    completed_until: date | None = None


@dataclass(frozen=True, slots=True)
class TotalOfType:
    """The sum of one credit type: how many records carry it, and their ticks."""

    credit_type: str
    records: int
    ticks: int


@dataclass(frozen=True, slots=True)
class TotalOfYear:
    """The sums of one year of completion, by credit type."""

    year: int
    totals: tuple[TotalOfType, ...]


@dataclass(frozen=True, slots=True)
class TranscriptPage:
    """One page of a transcript. ``records`` come with their amounts and topics; ``totals`` are of all
    found.
    """

    records: tuple[Record, ...]
    count: int
    page: int
    pages: int
    totals: tuple[TotalOfType, ...] = field(default=())


def transcript_rows(
    person: Person, *, search: str = "", filters: TranscriptFilters | None = None, sort: str = "-completed"
) -> QuerySet[Record]:
    """All matching records, sorted, with amounts and topics prefetched; for exports. Unknown sorts are
    newest first.

    Every word of ``search`` must occur in title, provider or note.
    """
    rows = _found(person, search, filters or TranscriptFilters())
    if sort.endswith("amount"):
        rows = rows.annotate(most_ticks=Max("amounts__ticks"))
    return rows.order_by(*SORTS.get(sort, SORTS["-completed"])).prefetch_related("amounts", "topics")


def transcript(
    person: Person,
    *,
    search: str = "",
    filters: TranscriptFilters | None = None,
    sort: str = "-completed",
    page: int = 1,
    page_size: int = 50,
) -> TranscriptPage:
    """One page of the transcript, five queries whatever its length. A page beyond the last is the last."""
    rows = transcript_rows(person, search=search, filters=filters, sort=sort)
    count = rows.count()
    pages = max(1, -(-count // page_size))
    page = min(max(1, page), pages)
    return TranscriptPage(
        records=tuple(rows[(page - 1) * page_size : page * page_size]),
        count=count,
        page=page,
        pages=pages,
        totals=totals_by_type(person, search=search, filters=filters),
    )


def totals_by_type(
    person: Person, *, search: str = "", filters: TranscriptFilters | None = None
) -> tuple[TotalOfType, ...]:
    """What the matching records add up to, by credit type, largest first. Added up by the database."""
    found = _found(person, search, filters or TranscriptFilters())
    rows = (
        RecordAmount.objects.filter(record__in=found.order_by().values("pk"))
        .values("credit_type")
        .annotate(records=Count("record"), total=Sum("ticks"))
        .order_by("-total", "credit_type")
    )
    return tuple(TotalOfType(row["credit_type"], row["records"], row["total"]) for row in rows)


def totals_by_year(person: Person) -> tuple[TotalOfYear, ...]:
    """The sums of every year of completion, newest year first. One query."""
    rows = (
        RecordAmount.objects.filter(record__person=person, record__removed_at=None)
        .values("credit_type", year=ExtractYear("record__completed_on"))
        .annotate(records=Count("record"), total=Sum("ticks"))
        .order_by("-year", "-total", "credit_type")
    )
    years: dict[int, list[TotalOfType]] = {}
    for row in rows:
        total = TotalOfType(row["credit_type"], row["records"], row["total"])
        years.setdefault(row["year"], []).append(total)
    return tuple(TotalOfYear(year, tuple(totals)) for year, totals in years.items())


def record_by_key(person: Person, key: str) -> Record | None:
    """One record of this person by its public key, also if removed; never anybody else's."""
    return Record.objects.filter(person=person, key=key).prefetch_related("amounts", "topics").first()


def _found(person: Person, search: str, filters: TranscriptFilters) -> QuerySet[Record]:
    rows = Record.objects.filter(person=person, removed_at=None)
    for word in search.split()[:10]:
        rows = rows.filter(Q(title__icontains=word) | Q(provider__icontains=word) | Q(note__icontains=word))
    if filters.credit_type:
        rows = rows.filter(
            pk__in=RecordAmount.objects.filter(credit_type=filters.credit_type).values("record")
        )
    if filters.topic:
        rows = rows.filter(topics__topic=filters.topic)
    wanted = {
        "format": filters.format,
        "source": filters.source,
        "came_with__key": filters.import_key,
        "completed_on__year": filters.year,
        "completed_on__gte": filters.completed_from,
        "completed_on__lte": filters.completed_until,
    }
    return rows.filter(**{name: value for name, value in wanted.items() if value})
