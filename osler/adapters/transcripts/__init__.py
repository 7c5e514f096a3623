"""Transcripts from elsewhere: a file in, rows that are understood or refused with their reasons out.

The way of a file: ``read_table`` (bytes → lines of text cells, nothing executed) → ``propose`` (which column
is which: a known layout, a reading confirmed earlier, or a guess to be confirmed) → ``read_rows``
(activities with exact amounts, notes and refusals) → ``find_twins`` (what is there already). ``templates``
writes Osler's own layout. Nothing here knows Django, a database or today's date; remarks are codes with
values, worded by whoever shows them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

MOST_BYTES = 20_000_000
MOST_LINES = 20_000
MOST_CELLS = 2_000_000
MOST_COLUMNS = 500
EXAMPLE_MARK = "(example: replace or delete this line)"
"""Stands in the title of the template's example, which is never imported."""


class Remark(NamedTuple):
    """Something to tell the person: a stable code and the values its sentence needs."""

    code: str
    values: tuple[str, ...] = ()


class FileRefused(Exception):
    """The file cannot be read at all; ``remark`` says why."""

    def __init__(self, code: str, *values: str) -> None:
        super().__init__(code, *values)
        self.remark = Remark(code, values)


class Line(NamedTuple):
    """One line of a table: its number in the file as a person would count it, and its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of one worksheet, or of a whole text file (``name`` is then empty). Blank lines are left
    out.
    """

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file that was read. ``kind`` is ``text`` or ``workbook``; encoding and delimiter belong to the
    first.
    """

    kind: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How the columns of one sheet are read.

    ``roles`` gives each column one of ``columns.ROLES``, ``credit:<code>``, ``topic:<slug>``, or ``""`` for
    ignored. ``header_line`` is the number of the line with the headings, 0 where there is none.
    ``date_order`` is ``mdy``, ``dmy`` or ``""`` (to be worked out from the whole column). ``credit_type``,
    ``format`` and ``provider`` hold where no column says it; ``type_words`` tells what a text in the
    credit-type column means.
    """

    roles: tuple[str, ...]
    sheet: int = 0
    header_line: int = 0
    date_order: str = ""
    credit_type: str = ""
    format: str = ""
    provider: str = ""
    type_words: tuple[tuple[str, str], ...] = ()
    layout: str = ""

    def as_data(self) -> dict[str, object]:
        """JSON for keeping; ``from_data`` reads it back."""
        found: dict[str, object] = {name: getattr(self, name) for name in self.__slots__}
        return {**found, "roles": list(self.roles), "type_words": [list(pair) for pair in self.type_words]}

    @classmethod
    def from_data(cls, data: dict[str, object]) -> Mapping:
        """The mapping that ``as_data`` wrote; missing keys take their defaults."""
        roles, words = data.get("roles"), data.get("type_words")
        texts = ("date_order", "credit_type", "format", "provider", "layout")
        numbers = ("sheet", "header_line")
        return cls(
            roles=tuple(str(role) for role in roles) if isinstance(roles, list) else (),
            type_words=tuple((str(a), str(b)) for a, b in words) if isinstance(words, list) else (),
            **{name: str(data.get(name) or "") for name in texts},  # type: ignore[arg-type]
            **{name: int(str(data.get(name) or 0)) for name in numbers},  # type: ignore[arg-type]
        )


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One activity as the file tells it, from one line or several (``lines``).

    Amounts and topic shares are pairs of code and ticks. ``reasons`` not empty means refused; the fields then
    hold what was understood. ``notes`` are things taken for granted that a person may want to check.
    """

    lines: tuple[int, ...]
    cells: tuple[str, ...]
    title: str = ""
    provider: str = ""
    completed: date | None = None
    format: str = "other"
    amounts: tuple[tuple[str, int], ...] = ()
    topics: tuple[tuple[str, int], ...] = ()
    note: str = ""
    tags: tuple[str, ...] = ()
    key: str = ""
    activity: str = ""
    reasons: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = field(default=())


def read_table(content: bytes, filename: str = "") -> Table:
    """The lines of an uploaded file, recognised by its bytes and never by its name.

    Raises ``FileRefused`` for anything that is no table: an executable renamed to .csv, a PDF, a protected or
    old workbook, a bomb, more than ``MOST_BYTES``, ``MOST_LINES`` or ``MOST_CELLS``, or nothing at all.
    """
    from osler.adapters.transcripts import delimited, disguise, workbook

    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise FileRefused("empty-file")
    if len(content) > MOST_BYTES:
        raise FileRefused("too-large", str(MOST_BYTES // 1_000_000))
    disguise.refuse_disguised(content)
    if content.startswith(b"PK\x03\x04"):
        return workbook.read_workbook(content)
    return delimited.read_delimited(content)
