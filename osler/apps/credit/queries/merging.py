"""Records that look like one activity, those that were made one, and where each came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from osler.apps.credit.models import CalendarEvent, Distinction, Import, ImportRow, Merge, Record
from osler.apps.credit.queries.portfolio import record_value, records_for_portfolio
from osler.core.credit.sameness import (
    NEAR_DAYS,
    Activity,
    Difference,
    Likeness,
    differences,
    likeness,
    suspects,
)
from osler.core.rules.record import CreditRecord
from osler.core.time import ONE_DAY

if TYPE_CHECKING:
    from osler.apps.people.models import Person

MOST_MERGED_DEEP = 50
MOST_LIKE = 5


@dataclass(frozen=True, slots=True)
class SuspectedPair:
    """Two records that look like one activity. ``first`` is the older row; it is the one that stays."""

    first: Record
    second: Record
    like: Likeness
    differences: tuple[Difference, ...]

    @property
    def is_plain(self) -> bool:
        """Surely one activity, and nothing is left to choose."""
        return self.like.is_certain and not any(one.must_choose for one in self.differences)


@dataclass(frozen=True, slots=True)
class RecordSource:
    """One way in which a record came. ``kind`` is a source of ``Record``; ``name`` the file, the calendar or
    the token; ``import_key`` and ``line`` lead to the file's line. ``record`` is the row that came so.
    """

    kind: str
    name: str
    import_key: str
    line: int | None
    at: datetime
    record: Record


def origin_of(source: str, came_with_id: int | None, detail: str, key: str) -> str:
    """The one source a record came in, as ``core.credit.sameness`` takes it; empty where it was typed."""
    if source == Record.Source.MANUAL:
        return ""
    if came_with_id is not None:
        return f"import:{came_with_id}"
    return f"{source}:{detail or key}"


def activity_of(record: Record) -> Activity:
    """One row as something to compare; free of queries where amounts and topics are prefetched."""
    origin = origin_of(record.source, record.came_with_id, record.source_detail, record.key)
    return _activity(record_value(record), record.note, origin)


def _activity(value: CreditRecord, note: str, origin: str) -> Activity:
    return Activity(
        id=value.id,
        title=value.title,
        provider=value.provider,
        completed=value.completed,
        amounts=value.credits,
        format=value.format,
        topics=value.topics,
        tags=value.tags,
        note=note,
        origin=origin,
    )


def suspected_keys(person: Person) -> list[tuple[str, str]]:
    """The keys of all pairs that look like one, newest day first. Five queries, whatever their number."""
    origins = {
        key: origin_of(source, came_with_id, detail, key)
        for key, source, came_with_id, detail in Record.objects.filter(person=person, removed_at=None)
        .exclude(source=Record.Source.MANUAL)
        .values_list("key", "source", "came_with_id", "source_detail")
    }
    activities = (
        _activity(value, "", origins.get(value.id, "")) for value in records_for_portfolio(person.pk)
    )
    return [(str(one.id), str(other.id)) for one, other, _like in suspects(activities, _apart(person))]


def _apart(person: Person) -> set[frozenset[object]]:
    said = Distinction.objects.filter(person=person)
    return {frozenset(pair) for pair in said.values_list("first__key", "second__key")}


def suspected_pairs(person: Person, keys: Iterable[tuple[str, str]]) -> list[SuspectedPair]:
    """The pairs with these keys, as ``suspected_keys`` gave them, with what they say differently."""
    keys = list(keys)
    rows = _rows(person).filter(key__in={key for pair in keys for key in pair})
    found = {row.key: row for row in rows}
    pairs = (pair_of(found[one], found[other]) for one, other in keys if one in found and other in found)
    return [pair for pair in pairs if pair is not None]


def _rows(person: Person) -> QuerySet[Record]:
    rows = Record.objects.filter(person=person, removed_at=None)
    return rows.select_related("came_with").prefetch_related("amounts", "topics")


def pair_of(one: Record, other: Record) -> SuspectedPair | None:
    """The two as a pair, whichever was named first; ``None`` where they do not look like one."""
    first, second = sorted((one, other), key=lambda row: row.pk)
    left, right = activity_of(first), activity_of(second)
    like = likeness(left, right)
    return None if like is None else SuspectedPair(first, second, like, differences(left, right))


def pair_by_keys(person: Person, one: str, other: str) -> SuspectedPair | None:
    """Two of this person's records that the person calls one, also where they do not look like it."""
    rows = {row.key: row for row in _rows(person).filter(key__in=(one, other))}
    if len(rows) != 2:
        return None
    first, second = sorted(rows.values(), key=lambda row: row.pk)
    left, right = activity_of(first), activity_of(second)
    like = likeness(left, right) or Likeness(False, ())
    return SuspectedPair(first, second, like, differences(left, right))


def twins_of(record: Record) -> list[SuspectedPair]:
    """What looks like the same activity as one record. Four queries; none for a removed record."""
    if record.removed_at is not None:
        return []
    window = (record.completed_on - ONE_DAY * NEAR_DAYS, record.completed_on + ONE_DAY * NEAR_DAYS)
    rows = _rows(record.person).filter(completed_on__range=window).exclude(pk=record.pk)
    pairs = [pair for row in rows if (pair := pair_of(record, row)) is not None]
    if not pairs:
        return []
    apart = set(
        Distinction.objects.filter(Q(first=record) | Q(second=record)).values_list("first_id", "second_id")
    )
    return [pair for pair in pairs if (pair.first.pk, pair.second.pk) not in apart]


def records_like_activity(person: Person, activity: Activity) -> list[Record]:
    """Which of the person's records look like an activity that is about to be added. Four queries."""
    window = (activity.completed - ONE_DAY * NEAR_DAYS, activity.completed + ONE_DAY * NEAR_DAYS)
    rows = _rows(person).filter(completed_on__range=window).order_by("-completed_on", "id")
    return [row for row in rows if likeness(activity_of(row), activity) is not None][:MOST_LIKE]


def merges_of(person: Person) -> QuerySet[Merge]:
    """What was made one and can be taken apart, newest first."""
    return Merge.objects.filter(person=person, undone_at=None).select_related("kept", "absorbed")


def merge_by_key(person: Person, key: str) -> Merge | None:
    """One merging of this person by its public key; never anybody else's."""
    return Merge.objects.filter(person=person, key=key).select_related("kept", "absorbed").first()


def merges_into(record: Record) -> list[Merge]:
    """The mergings one record is made of, newest first."""
    return list(Merge.objects.filter(kept=record, undone_at=None).select_related("absorbed", "kept"))


def sources_of(record: Record) -> list[RecordSource]:
    """Every way in which a record came, its own first: those of records merged into it, files that listed it
    again, calendars in which it was recognised.
    """
    rows = [record, *_absorbed(record)]
    found = [
        RecordSource(
            row.source,
            row.came_with.filename if row.came_with else row.source_detail,
            row.came_with.key if row.came_with else "",
            row.came_from_line,
            row.added_at,
            row,
        )
        for row in rows
    ]
    by_id = {row.pk: row for row in rows}
    again = ImportRow.objects.filter(
        twin__in=by_id, state=ImportRow.State.DUPLICATE, came_with__status=Import.Status.ADDED
    ).select_related("came_with")
    found += [
        RecordSource(
            Record.Source.IMPORT,
            one.came_with.filename,
            one.came_with.key,
            one.line,
            one.came_with.started_at,
            by_id[one.twin_id or 0],
        )
        for one in again
    ]
    events = CalendarEvent.objects.filter(record__in=by_id, state=CalendarEvent.State.MATCHED).select_related(
        "calendar"
    )
    found += [
        RecordSource(
            Record.Source.CALENDAR, one.calendar.name, "", None, one.seen_at, by_id[one.record_id or 0]
        )
        for one in events
    ]
    return found


def _absorbed(record: Record) -> list[Record]:
    """The records that are part of this one, and theirs."""
    found: list[Record] = []
    wave = [record.pk]
    while wave and len(found) < MOST_MERGED_DEEP:
        rows = list(Record.objects.filter(merged_into__in=wave).select_related("came_with").order_by("id"))
        found += rows
        wave = [row.pk for row in rows]
    return found


def kept_keys(person_id: int) -> Mapping[str, str]:
    """For the key of every record that is part of another now, the key of the one that stands for it."""
    rows = Record.objects.filter(person_id=person_id).exclude(merged_into=None)
    into = dict(rows.values_list("key", "merged_into__key"))
    found = {}
    for key in into:
        last, steps = key, 0
        while last in into and steps < MOST_MERGED_DEEP:
            last, steps = into[last], steps + 1
        found[key] = last
    return found
