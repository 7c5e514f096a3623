"""What a person records again and again, so that a form can begin with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from osler.apps.credit.models import Record

if TYPE_CHECKING:
    from osler.apps.people.models import Person

LOOKED_AT = 60
AGAIN = 4


@dataclass(frozen=True, slots=True)
class Habits:
    """The record added last; those worth repeating, one of each title, repeated ones first; known names."""

    latest: Record | None
    again: tuple[Record, ...]
    titles: tuple[str, ...]
    providers: tuple[str, ...]


def habits_of(person: Person) -> Habits:
    """Out of the records added last by the person, two queries."""
    rows = Record.objects.filter(person=person, removed_at=None).exclude(source=Record.Source.IMPORT)
    recent = list(rows.prefetch_related("amounts").order_by("-added_at", "-id")[:LOOKED_AT])
    times: dict[str, int] = {}
    first: dict[str, Record] = {}
    for record in recent:
        times[record.title] = times.get(record.title, 0) + 1
        first.setdefault(record.title, record)
    again = sorted(first.values(), key=lambda record: -times[record.title])[:AGAIN]
    return Habits(
        latest=recent[0] if recent else None,
        again=tuple(again),
        titles=tuple(first),
        providers=tuple(dict.fromkeys(record.provider for record in recent if record.provider)),
    )
