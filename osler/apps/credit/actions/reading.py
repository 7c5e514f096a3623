"""From an uploaded table to the rows of an import."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from osler.adapters.transcripts import Mapping, ReadRow, Remark, Table
from osler.adapters.transcripts.identity import Known, Twin, find_twins
from osler.adapters.transcripts.rows import read_rows
from osler.apps.credit.actions.drafts import RecordDraft
from osler.apps.credit.models import Import, ImportRow, Record
from osler.apps.credit.queries import record_value, records_for_portfolio
from osler.apps.credit.queries.merging import kept_keys
from osler.apps.credit.queries.wording import stored
from osler.apps.people.queries import credentials_held

ROWS_AT_ONCE = 1000


def rows_of(
    table: Table,
    mapping: Mapping,
    came_with: Import,
    at: datetime,
    tell: Callable[[int], None] | None = None,
) -> list[ImportRow]:
    """Every row the mapping gives, with its state: new, there already, looks like one, or refused. Not
    saved. ``tell`` hears now and then how many lines are read.
    """
    numbers = credentials_held(came_with.person).exclude(number="").values_list("number", flat=True)
    read = read_rows(table, mapping, as_of=at.date(), own_numbers=list(numbers), tell=tell)
    sound = [row for row in read if not row.reasons]
    twins = iter(_twins(sound, came_with.person_id))
    keys = _keys_of_twins(came_with.person_id)
    return [_row(row, None if row.reasons else next(twins), keys, came_with) for row in read]


def known_activities(person_id: int) -> list[Known]:
    """The person's records as things to compare with; their ids are public keys.

    A record that is part of another is known too, by the key of the one that stands for it.
    """
    found = [
        Known(record.id, record.provider, record.title, record.completed, record.credits)
        for record in records_for_portfolio(person_id)
    ]
    into = kept_keys(person_id)
    parts = Record.objects.filter(person_id=person_id, key__in=into).prefetch_related("amounts")
    return found + [
        Known(into[row.key], row.provider, row.title, row.completed_on, record_value(row).credits)
        for row in (parts.prefetch_related("topics") if into else ())
    ]


def _twins(rows: Sequence[ReadRow], person_id: int) -> list[Twin | None]:
    asked = [
        # A line is known by its number, a record by its key: an int never meets a str.
        Known(row.lines[0], row.provider, row.title, row.completed, row.amounts)
        for row in rows
        if row.completed is not None
    ]
    return find_twins(asked, known_activities(person_id))


def _keys_of_twins(person_id: int) -> dict[str, tuple[int, str]]:
    rows = Record.objects.filter(person_id=person_id, removed_at=None).values_list("key", "id", "title")
    return {key: (pk, title) for key, pk, title in rows}


def _row(row: ReadRow, twin: Twin | None, keys: dict[str, tuple[int, str]], came_with: Import) -> ImportRow:
    made = ImportRow(
        came_with=came_with,
        line=row.lines[0],
        lines=list(row.lines),
        state=ImportRow.State.REFUSED if row.reasons else ImportRow.State.NEW,
        values=row_values(row),
        cells=list(row.cells),
        reasons=stored(row.reasons),
        notes=stored(row.notes),
    )
    if twin is None:
        return made
    made.state = ImportRow.State.DUPLICATE if twin.is_certain else ImportRow.State.LIKELY_DUPLICATE
    if isinstance(twin.id, int):
        made.twin_line = twin.id
        remark = Remark("same-as-line" if twin.is_certain else "like-line", (str(twin.id),))
    else:
        made.twin_id, title = keys[str(twin.id)]
        remark = Remark("same-as-record") if twin.is_certain else Remark("like-record", (title,))
    made.reasons = stored([remark])
    return made


def row_values(row: ReadRow) -> dict[str, object]:
    """What was understood of a row, as JSON; ``draft_of`` makes a draft of it."""
    return {
        "title": row.title,
        "provider": row.provider,
        "completed": row.completed.isoformat() if row.completed else None,
        "format": row.format,
        "amounts": [list(pair) for pair in row.amounts],
        "topics": [list(pair) for pair in row.topics],
        "note": row.note,
        "tags": list(row.tags),
        "key": row.key,
    }


def draft_of(row: ImportRow) -> RecordDraft:
    """The draft of a row that was not refused."""
    values = row.values
    return RecordDraft(
        title=values["title"],
        completed_on=date.fromisoformat(values["completed"]),
        amounts=tuple((code, ticks) for code, ticks in values["amounts"]),
        provider=values["provider"],
        format=values["format"],
        topics=tuple((topic, ticks) for topic, ticks in values["topics"]),
        note=values["note"],
        tags=tuple(values["tags"]),
        key=values["key"],
    )
