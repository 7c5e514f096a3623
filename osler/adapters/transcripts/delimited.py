"""Text files: their encoding, what separates their cells, and lines that keep their numbers."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from osler.adapters.transcripts import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_LINES,
    FileRefused,
    Line,
    Sheet,
    Table,
)

DELIMITERS = (",", ";", "\t", "|")
MOST_CELL_CHARACTERS = 20_000
LINES_FOR_A_GUESS = 50
# Spreadsheets may say it themselves on the first line.
_TOLD = re.compile(r"\ufeff?sep=(.)\r?\n", re.I)


def read_delimited(content: bytes) -> Table:
    """The one sheet of a text file. Raises ``FileRefused``."""
    text, encoding = decoded(content)
    if "\x00" in text:
        raise FileRefused("not-text")
    delimiter = delimiter_of(text)
    lines = tuple(_lines(text, delimiter))
    if not lines:
        raise FileRefused("empty-file")
    return Table("text", (Sheet("", lines),), encoding, delimiter)


def decoded(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: a byte order mark decides, then UTF-8, then Windows-1252."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _decoded_as(content, encoding)
    # UTF-16 without a mark: in a table of mostly Latin letters every other byte is zero.
    head = content[:4000]
    if head.count(0) > len(head) // 4:
        is_little = head[1::2].count(0) > head[0::2].count(0)
        return _decoded_as(content, "utf-16-le" if is_little else "utf-16-be")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded_as(content, "cp1252")
    return _decoded_as(content, "utf-8")


def _decoded_as(content: bytes, encoding: str) -> tuple[str, str]:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise FileRefused("not-text") from None
    # Control characters in number mean bytes that only happen to decode.
    sample = text[:20_000]
    if sum(1 for c in sample if c < " " and c not in "\t\r\n\f") > len(sample) // 100:
        raise FileRefused("not-text")
    return text, encoding


def delimiter_of(text: str) -> str:
    """The delimiter with which most of the first lines have the same number of cells, more than one.

    Equal claims go to the one that makes more cells. A file without any has a single column: ``","``.
    """
    told = _TOLD.match(text)
    if told is not None:
        return told.group(1)
    sample = text[:200_000]
    best, best_claim = ",", (0, 0)
    for delimiter in DELIMITERS:
        rows = []
        try:
            for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
                rows.append(len(row))
                if len(rows) >= LINES_FOR_A_GUESS:
                    break
        except csv.Error:
            continue
        widths = Counter(width for width in rows if width > 1)
        if widths:
            width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
            if (count, width) > best_claim:
                best, best_claim = delimiter, (count, width)
    return best


def _lines(text: str, delimiter: str) -> list[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[Line] = []
    cells_in_all, first = 0, 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                if len(row) > MOST_COLUMNS:
                    raise FileRefused("too-many-columns", str(MOST_COLUMNS))
                found.append(Line(first, tuple(_cell(cell) for cell in row)))
                cells_in_all += len(row)
            # A quoted cell may hold line breaks; a row is named by the line on which it begins.
            first = reader.line_num + 1
            if len(found) > MOST_LINES or cells_in_all > MOST_CELLS:
                raise FileRefused("too-many-lines", str(MOST_LINES))
    except csv.Error:
        raise FileRefused("broken-quotes", str(first)) from None
    return found


def _cell(text: str) -> str:
    return " ".join(text[:MOST_CELL_CHARACTERS].split())
