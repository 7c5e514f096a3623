"""Imports as pages show them: what was read, what is left to say, what would be added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from osler.adapters.transcripts import FileRefused, Mapping, Table, read_table
from osler.adapters.transcripts.layouts import Layout, layout_by_id
from osler.apps.credit.models import Import, ImportRow, Record
from osler.apps.credit.queries.wording import recalled, sentence

if TYPE_CHECKING:
    from osler.apps.people.models import Person


@dataclass(frozen=True, slots=True)
class ImportRowShown:
    """One row for a page. ``amounts`` and ``topics`` are pairs of code and ticks; sentences are worded."""

    id: int
    line: int
    lines: tuple[int, ...]
    state: str
    title: str
    provider: str
    completed_on: date | None
    format: str
    amounts: tuple[tuple[str, int], ...]
    topics: tuple[tuple[str, int], ...]
    note: str
    tags: tuple[str, ...]
    cells: tuple[str, ...]
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    twin_key: str
    twin_line: int | None
    is_added: bool


@dataclass(frozen=True, slots=True)
class ImportPage:
    """An import with one page of its rows. ``counts`` are of all rows by state.

    ``added`` is how many of its records stand in the transcript; ``earlier`` an import of the very same file
    that was added before.
    """

    came_with: Import
    layout: Layout | None
    questions: tuple[tuple[str, str], ...]
    counts: dict[str, int]
    rows: tuple[ImportRowShown, ...]
    count: int
    page: int
    pages: int
    added: int
    earlier: Import | None


@dataclass(frozen=True, slots=True)
class SampleColumn:
    """One column for the page on which columns are confirmed: its heading, its role, its first cells."""

    number: int
    heading: str
    role: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """The start of a file: its sheets, where the headings stand, and its columns."""

    sheets: tuple[str, ...]
    sheet: int
    header_line: int
    columns: tuple[SampleColumn, ...]


def imports_of(person: Person) -> QuerySet[Import]:
    """A person's imports, newest first, discarded ones left out."""
    return Import.objects.filter(person=person).exclude(status=Import.Status.DISCARDED)


def import_by_key(person: Person, key: str) -> Import | None:
    """One import of this person by its public key; never anybody else's."""
    return Import.objects.filter(person=person, key=key).first()


def mapping_of(came_with: Import) -> Mapping:
    """How the columns of an import are read."""
    return Mapping.from_data(came_with.mapping)


def counts_of(came_with: Import) -> dict[str, int]:
    """How many rows are in each state; every state is there."""
    rows = (
        ImportRow.objects.filter(came_with=came_with).order_by().values("state").annotate(found=Count("id"))
    )
    found = {row["state"]: row["found"] for row in rows}
    return {state: found.get(state, 0) for state in ImportRow.State.values}


def import_page(came_with: Import, *, state: str = "", page: int = 1, page_size: int = 100) -> ImportPage:
    """The import and one page of its rows, all of them or those of one state. At most six queries."""
    counts = counts_of(came_with)
    rows = ImportRow.objects.filter(came_with=came_with).select_related("twin")
    if state:
        rows = rows.filter(state=state)
    count = counts.get(state, 0) if state else sum(counts.values())
    pages = max(1, -(-count // page_size))
    page = min(max(1, page), pages)
    return ImportPage(
        came_with=came_with,
        layout=layout_by_id(came_with.layout),
        questions=tuple((remark.code, sentence(remark)) for remark in recalled(came_with.questions)),
        counts=counts,
        rows=_shown_rows(came_with, list(rows[(page - 1) * page_size : page * page_size])),
        count=count,
        page=page,
        pages=pages,
        added=came_with.records.filter(removed_at=None).count(),
        earlier=Import.objects.filter(
            person=came_with.person_id, sha256=came_with.sha256, status=Import.Status.ADDED
        )
        .exclude(pk=came_with.pk)
        .first(),
    )


def _shown_rows(came_with: Import, rows: list[ImportRow]) -> tuple[ImportRowShown, ...]:
    records = Record.objects.filter(
        came_with=came_with, removed_at=None, came_from_line__in=[row.line for row in rows]
    )
    added = set(records.values_list("came_from_line", flat=True))
    return tuple(_shown(row, row.line in added) for row in rows)


def _shown(row: ImportRow, is_added: bool) -> ImportRowShown:
    values = row.values
    completed = values.get("completed")
    return ImportRowShown(
        id=row.pk,
        line=row.line,
        lines=tuple(row.lines),
        state=row.state,
        title=values.get("title", ""),
        provider=values.get("provider", ""),
        completed_on=date.fromisoformat(completed) if completed else None,
        format=values.get("format", "other"),
        amounts=tuple((code, ticks) for code, ticks in values.get("amounts", ())),
        topics=tuple((topic, ticks) for topic, ticks in values.get("topics", ())),
        note=values.get("note", ""),
        tags=tuple(values.get("tags", ())),
        cells=tuple(row.cells),
        reasons=tuple(sentence(remark) for remark in recalled(row.reasons)),
        notes=tuple(sentence(remark) for remark in recalled(row.notes)),
        twin_key=row.twin.key if row.twin else "",
        twin_line=row.twin_line,
        is_added=is_added,
    )


def table_of(came_with: Import) -> Table:
    """The file of an import, read again. Raises ``FileRefused`` only if what is stored was damaged."""
    return read_table(bytes(came_with.file.content), came_with.filename)


def sample_lines(came_with: Import, *, lines: int = 4) -> Sample | None:
    """The columns of the mapped sheet with their headings and first cells, for confirming them.

    ``None`` where the stored file can no longer be read.
    """
    try:
        table = table_of(came_with)
    except FileRefused:
        return None
    mapping = mapping_of(came_with)
    sheet = table.sheets[mapping.sheet]
    heads = next((line.cells for line in sheet.lines if line.number == mapping.header_line), ())
    body = [line.cells for line in sheet.lines if line.number > mapping.header_line]
    columns = tuple(
        SampleColumn(
            number=number,
            heading=heads[number] if number < len(heads) else "",
            role=role,
            examples=tuple(cells[number] for cells in body[:200] if number < len(cells) and cells[number])[
                :lines
            ],
        )
        for number, role in enumerate(mapping.roles)
    )
    return Sample(tuple(one.name for one in table.sheets), mapping.sheet, mapping.header_line, columns)
