"""Workbooks (.xlsx): checked as an archive before anything is unpacked; values only, no formula is run."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

from osler.adapters.transcripts import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_LINES,
    FileRefused,
    Line,
    Sheet,
    Table,
)

MOST_PARTS = 2_000
MOST_UNPACKED = 120_000_000
MOST_RATIO = 200
MOST_SHEETS = 40
MOST_CELL_CHARACTERS = 20_000
CHUNK = 1 << 20
_PLACE = re.compile(rb"""\br=["']([A-Z]{0,4})(\d{1,8})["']""")
_FORMULA = re.compile(rb"<f[ >/]")
_NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}

Cell = int | float | str | bool | date | time | datetime | timedelta


def read_workbook(content: bytes) -> Table:
    """The sheets of a workbook that hold anything. Raises ``FileRefused``."""
    _inspect(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            names = workbook.sheet_names[:MOST_SHEETS]
            sheets = [
                Sheet(name, _lines(workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)))
                for name in names
            ]
    except FileRefused:
        raise
    # A broken part may fail in the reader in any way it likes; for the person it is one broken workbook.
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile):
        raise FileRefused("broken-workbook") from None
    filled = tuple(sheet for sheet in sheets if sheet.lines)
    if not filled:
        raise FileRefused("empty-file")
    return Table("workbook", filled)


def formulas_in(content: bytes) -> int:
    """How many cells of a workbook that was read hold a formula; 0 for any other file.

    None is ever run: what counts is the value that was saved with it, which the person should know.
    """
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return 0
    found = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.infolist():
            if part.filename.startswith("xl/worksheets/"):
                with archive.open(part) as stream:
                    tail = b""
                    while piece := stream.read(CHUNK):
                        found += len(_FORMULA.findall(tail + piece))
                        tail = piece[-2:]
    return found


def _inspect(content: bytes) -> None:
    """Refuses archives that are no workbook, and workbooks made to exhaust whoever opens them."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if _NEEDED - names:
                raise FileRefused("archive")
            if any(part.flag_bits & 1 for part in parts):
                raise FileRefused("protected-workbook")
            if len(parts) > MOST_PARTS or len(names) != len(parts):
                raise FileRefused("bomb")
            _refuse_bomb(archive, parts)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError):
        raise FileRefused("broken-workbook") from None


def _refuse_bomb(archive: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> None:
    # What the archive says of its sizes may be a lie, so everything is unpacked once, in pieces, and counted.
    total = 0
    for part in parts:
        size, lowest, widest, tail = 0, 0, 0, b""
        is_sheet = part.filename.startswith("xl/worksheets/")
        with archive.open(part) as stream:
            while piece := stream.read(CHUNK):
                size += len(piece)
                total += len(piece)
                if total > MOST_UNPACKED or size > max(CHUNK, part.compress_size * MOST_RATIO):
                    raise FileRefused("bomb")
                if is_sheet:
                    row, column = _farthest(tail + piece)
                    lowest, widest, tail = max(lowest, row), max(widest, column), piece[-24:]
        # One cell at the far corner would make the reader lay out a billion empty ones.
        if lowest * widest > MOST_CELLS * 2 or widest > MOST_COLUMNS * 4:
            raise FileRefused("too-many-lines", str(MOST_LINES))


def _farthest(piece: bytes) -> tuple[int, int]:
    """The largest row and column named in a stretch of a sheet's XML."""
    row = column = 0
    for letters, digits in _PLACE.findall(piece):
        row = max(row, int(digits))
        if letters:
            number = 0
            for letter in letters:
                number = number * 26 + letter - 64
            column = max(column, number)
    return row, column


def _lines(rows: Sequence[Sequence[Cell]]) -> tuple[Line, ...]:
    if len(rows) > MOST_LINES * 2:
        raise FileRefused("too-many-lines", str(MOST_LINES))
    found = []
    for number, row in enumerate(rows, 1):
        cells = tuple(cell_text(cell) for cell in row)
        if any(cells):
            found.append(Line(number, cells))
    if len(found) > MOST_LINES:
        raise FileRefused("too-many-lines", str(MOST_LINES))
    return tuple(found)


def cell_text(cell: Cell) -> str:
    """A cell as a person would have typed it: days as ISO dates, numbers without binary dust."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        # Spreadsheets keep 17.1 as a binary fraction; six decimals are what anybody typed.
        return f"{cell:.6f}".rstrip("0").rstrip(".")
    return " ".join(str(cell)[:MOST_CELL_CHARACTERS].split())
