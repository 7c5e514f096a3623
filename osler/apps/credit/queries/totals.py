"""What a transcript adds up to, and what it can be narrowed by; each in one query.

Credit types are never added together: several types of one record are the same hours in different currencies.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from django.db.models.functions import ExtractYear

from osler.apps.credit.models import Document, Record, RecordAmount, RecordTopic
from osler.apps.credit.queries.transcript import TotalOfType, TotalOfYear

if TYPE_CHECKING:
    from osler.apps.people.models import Person


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of some records: by type, largest first, and by year of completion, newest first.

    ``records`` counts the records themselves, ``first_year`` to ``last_year`` are the years they lie in.
    """

    by_type: tuple[TotalOfType, ...]
    by_year: tuple[TotalOfYear, ...]

    def of_type(self, code: str) -> tuple[tuple[int, int], ...]:
        """Ticks of one type year by year, oldest first; years without it between others are 0."""
        ticks = {
            year.year: sum(one.ticks for one in year.totals if one.credit_type == code)
            for year in self.by_year
        }
        held = [year for year, amount in ticks.items() if amount]
        if not held:
            return ()
        return tuple((year, ticks.get(year, 0)) for year in range(min(held), max(held) + 1))


@dataclass(frozen=True, slots=True)
class Facets:
    """What the records of a person can be narrowed by; sources with their names."""

    years: tuple[int, ...]
    formats: tuple[str, ...]
    providers: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]
    has_imports: bool


def totals_of(rows: QuerySet[Record]) -> Totals:
    """The sums of these records, added up by the database. One query."""
    found = (
        RecordAmount.objects.filter(record__in=rows.order_by().values("pk"))
        .values("credit_type", year=ExtractYear("record__completed_on"))
        .annotate(records=Count("record"), total=Sum("ticks"))
        .order_by("-year", "-total", "credit_type")
    )
    years: dict[int, list[TotalOfType]] = {}
    ticks: Counter[str] = Counter()
    records: Counter[str] = Counter()
    for row in found:
        code = row["credit_type"]
        years.setdefault(row["year"], []).append(TotalOfType(code, row["records"], row["total"]))
        ticks[code] += row["total"]
        records[code] += row["records"]
    by_type = [TotalOfType(code, records[code], total) for code, total in ticks.items()]
    by_type.sort(key=lambda one: (-one.ticks, one.credit_type))
    return Totals(tuple(by_type), tuple(TotalOfYear(year, tuple(totals)) for year, totals in years.items()))


def facets_of(person: Person, *, most_providers: int = 200) -> Facets:
    """The years, formats, providers and sources of a person's records. One query."""
    rows = (
        Record.objects.filter(person=person, removed_at=None)
        .order_by()
        .values_list("format", "provider", "source", ExtractYear("completed_on"))
        .annotate(found=Count("id"))
    )
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    years: set[int] = set()
    for form, provider, source, year, found in rows:
        for name, value in (("format", form), ("provider", provider), ("source", source)):
            counts[name][value] += found
        years.add(year)
    providers = [name for name, _found in counts["provider"].most_common(most_providers) if name]
    return Facets(
        years=tuple(sorted(years, reverse=True)),
        formats=tuple(counts["format"]),
        providers=tuple(sorted(providers, key=str.casefold)),
        sources=tuple((str(c), str(n)) for c, n in Record.Source.choices if counts["source"][str(c)]),
        has_imports=bool(counts["source"][Record.Source.IMPORT]),
    )


def topics_of_records(person: Person) -> tuple[str, ...]:
    """The topics a person's records name. One query."""
    rows = RecordTopic.objects.filter(record__person=person, record__removed_at=None).order_by()
    return tuple(rows.values_list("topic", flat=True).distinct())


def with_certificate(rows: QuerySet[Record], has_one: bool) -> QuerySet[Record]:
    """Those records that have, or have no, certificate kept with them."""
    kept = Document.objects.filter(record=OuterRef("pk"), removed_at=None, state=Document.State.ATTACHED)
    return rows.filter(Exists(kept) if has_one else ~Exists(kept))
