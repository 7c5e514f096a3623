"""Records as rules see them, read in as few steps as possible: every assessment begins here."""

from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter
from typing import Literal

from osler.adapters.transcripts.templates import Written, written_csv, written_workbook
from osler.apps.credit.models import Record, RecordAmount, RecordTopic
from osler.core.rules.record import CreditRecord

NO_TAGS: frozenset[str] = frozenset()
Pairs = dict[int, tuple[tuple[str, int], ...]]


def records_for_portfolio(person_id: int) -> tuple[CreditRecord, ...]:
    """All records of a person that are not removed, oldest first. Three queries, plain tuples all the way."""
    of_person = {"record__person_id": person_id, "record__removed_at": None}
    amounts = _pairs(RecordAmount, "credit_type", of_person)
    topics = _pairs(RecordTopic, "topic", of_person)
    rows = (
        Record.objects.filter(person_id=person_id, removed_at=None)
        .order_by("completed_on", "id")
        .values_list("id", "key", "completed_on", "title", "provider", "format", "tags")
    )
    return tuple(
        CreditRecord(
            id=key,
            completed=completed_on,
            credits=amounts.get(pk, ()),
            title=title,
            provider=provider,
            format=format_code,
            topics=topics.get(pk, ()),
            tags=frozenset(tags.split()) if tags else NO_TAGS,
        )
        for pk, key, completed_on, title, provider, format_code, tags in rows
    )


def _pairs(
    model: type[RecordAmount] | type[RecordTopic], name: str, of_person: dict[str, int | None]
) -> Pairs:
    rows = model._default_manager.filter(**of_person).order_by().values_list("record_id", name, "ticks")
    found: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for record_id, code, ticks in rows:
        found[record_id].append((code, ticks))
    return {
        record_id: tuple(pairs if len(pairs) == 1 else sorted(pairs, key=itemgetter(0)))
        for record_id, pairs in found.items()
    }


def record_value(record: Record) -> CreditRecord:
    """One row as rules see it; free of queries where amounts and topics are prefetched."""
    return CreditRecord(
        id=record.key,
        completed=record.completed_on,
        credits=tuple(sorted((part.credit_type, part.ticks) for part in record.amounts.all())),
        title=record.title,
        provider=record.provider,
        format=record.format,
        topics=tuple(sorted((part.topic, part.ticks) for part in record.topics.all())),
        tags=frozenset(record.tag_list),
    )


def transcript_file(rows: Iterable[Record], form: Literal["csv", "xlsx"]) -> bytes:
    """Records, as ``transcript_rows`` gives them, in Osler's own layout; uploading it adds nothing twice."""
    lines = [Written(record_value(row), row.note) for row in rows]
    return written_csv(lines) if form == "csv" else written_workbook(lines)
