"""Rows for drafts: the one place where records, amounts and topics are written."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from osler.apps.credit import signals
from osler.apps.credit.actions.drafts import BY_HAND, Origin, RecordDraft
from osler.apps.credit.models import Import, Record, RecordAmount, RecordTopic
from osler.apps.credit.models.record import new_key
from osler.core.credit.amount import amount_text

ROWS_AT_ONCE = 1000


def tell_records_changed(person_id: int, at: datetime) -> None:
    """Sends ``records_changed`` once the transaction is through."""
    transaction.on_commit(lambda: signals.records_changed.send(sender=Record, person_id=person_id, at=at))


def write_drafts(
    drafts: Sequence[RecordDraft],
    *,
    person_id: int,
    at: datetime,
    came_with: Import | None = None,
    lines: Sequence[int] = (),
    origin: Origin = BY_HAND,
) -> list[Record]:
    """Records for checked drafts, in their order; a draft's own key is kept while it is free.

    ``lines`` are the lines of the import's file, one per draft.
    """
    wanted = {draft.key for draft in drafts if draft.key}
    taken = set(Record.objects.filter(person_id=person_id, key__in=wanted).values_list("key", flat=True))
    records = []
    for draft in drafts:
        key = draft.key if draft.key and draft.key not in taken else new_key()
        taken.add(key)
        records.append(_record(draft, key, person_id, at, came_with, origin))
    for record, line in zip(records, lines, strict=False):
        record.came_from_line = line
    Record.objects.bulk_create(records, batch_size=ROWS_AT_ONCE)
    pairs = list(zip(records, drafts, strict=True))
    RecordAmount.objects.bulk_create(_amounts(pairs), batch_size=ROWS_AT_ONCE)
    RecordTopic.objects.bulk_create(_topics(pairs), batch_size=ROWS_AT_ONCE)
    return records


def replace_parts(record: Record, draft: RecordDraft) -> None:
    """The amounts and topics of a record are those of the draft from now on."""
    record.amounts.all().delete()
    record.topics.all().delete()
    RecordAmount.objects.bulk_create(_amounts([(record, draft)]))
    RecordTopic.objects.bulk_create(_topics([(record, draft)]))


def fill(record: Record, draft: RecordDraft) -> Record:
    """Sets the fields of a record from a draft; amounts and topics are rows of their own."""
    record.title, record.provider = draft.title, draft.provider
    record.completed_on, record.format = draft.completed_on, draft.format
    record.note, record.tags = draft.note, " ".join(draft.tags)
    return record


def state_of_draft(draft: RecordDraft) -> dict[str, object]:
    """What the log keeps of a record just added, in the form of ``state_of``."""
    return {
        "title": draft.title,
        "provider": draft.provider,
        "completed_on": draft.completed_on.isoformat(),
        "format": draft.format,
        "note": draft.note,
        "tags": list(draft.tags),
        "credits": {code: amount_text(ticks) for code, ticks in draft.amounts},
        "topics": {topic: amount_text(ticks) for topic, ticks in draft.topics},
        "removed_at": None,
    }


def state_of(record: Record) -> dict[str, object]:
    """What the log keeps of a record: readable, amounts as decimal texts."""
    return {
        "title": record.title,
        "provider": record.provider,
        "completed_on": record.completed_on.isoformat(),
        "format": record.format,
        "note": record.note,
        "tags": record.tag_list,
        "credits": {part.credit_type: amount_text(part.ticks) for part in record.amounts.all()},
        "topics": {part.topic: amount_text(part.ticks) for part in record.topics.all()},
        "removed_at": None if record.removed_at is None else record.removed_at.isoformat(),
    }


def _record(
    draft: RecordDraft, key: str, person_id: int, at: datetime, came_with: Import | None, origin: Origin
) -> Record:
    source = origin.source if came_with is None else Record.Source.IMPORT
    record = Record(key=key, person_id=person_id, source=source, came_with=came_with, added_at=at)
    record.source_detail = origin.detail[:200]
    return fill(record, draft)


def _amounts(pairs: Sequence[tuple[Record, RecordDraft]]) -> list[RecordAmount]:
    return [
        RecordAmount(record=record, credit_type=code, ticks=ticks)
        for record, draft in pairs
        for code, ticks in draft.amounts
    ]


def _topics(pairs: Sequence[tuple[Record, RecordDraft]]) -> list[RecordTopic]:
    return [
        RecordTopic(record=record, topic=topic, ticks=ticks)
        for record, draft in pairs
        for topic, ticks in draft.topics
    ]
