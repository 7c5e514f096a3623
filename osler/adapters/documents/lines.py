"""From words to lines: crooked scans made level, words put into rows, rows parted at wide gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, tan
from statistics import median

from osler.adapters.documents import Box, Page, Word, around

LEAST_SURE = 30
"""What Tesseract is less sure of is a speck or a seal, unless it is a figure."""
MOST_SLANT = 0.12


@dataclass(frozen=True, slots=True)
class Line:
    """Words that follow each other on one row. ``box`` is level, unlike those of the words of a crooked scan.

    ``row`` is the same for the parts of one row.
    """

    page: int
    row: int
    words: tuple[Word, ...]
    box: Box

    @property
    def text(self) -> str:
        """The words with blanks between them."""
        return " ".join(word.text for word in self.words)

    @property
    def height(self) -> float:
        """How tall its letters are, tall enough for comparing lines."""
        return self.box.height


@dataclass(frozen=True, slots=True)
class _Placed:
    word: Word
    box: Box


def lines_of(page: Page) -> list[Line]:
    """The lines of a page, row by row from the top, each row from the left."""
    words = [word for word in page.words if _is_word(word)]
    placed = _level(words)
    found: list[Line] = []
    for number, row in enumerate(_rows(placed)):
        for part in _parts(row, is_seen=page.is_seen):
            box = around([one.box for one in part])
            found.append(Line(page.number, number, tuple(one.word for one in part), box))
    return found


def _is_word(word: Word) -> bool:
    return word.sure >= LEAST_SURE or any(letter.isdigit() for letter in word.text)


def _level(words: Sequence[Word]) -> list[_Placed]:
    slant = _slant(words)
    if abs(slant) < 0.002:
        return [_Placed(word, word.box) for word in words]
    turned = []
    for word in words:
        down = word.box.left * tan(slant)
        box = Box(word.box.left, word.box.top - down, word.box.right, word.box.bottom - down)
        turned.append(_Placed(word, box))
    return turned


def _slant(words: Sequence[Word]) -> float:
    """The angle of the seen lines: the middle one of all lines that are long enough to tell."""
    lines: dict[int, list[Word]] = {}
    for word in words:
        if word.line >= 0:
            lines.setdefault(word.line, []).append(word)
    angles = []
    for line in lines.values():
        first, last = line[0].box, line[-1].box
        if last.left - first.left > 120 and len(line) > 2:
            angle = atan2(last.bottom - first.bottom, last.left - first.left)
            if abs(angle) < MOST_SLANT:
                angles.append(angle)
    return median(angles) if len(angles) >= 3 else 0.0


def _rows(placed: Iterable[_Placed]) -> list[list[_Placed]]:
    rows: list[list[_Placed]] = []
    for one in sorted(placed, key=lambda each: (each.box.middle, each.box.left)):
        home = next((row for row in reversed(rows[-4:]) if _is_level(row, one)), None)
        if home is None:
            rows.append([one])
        else:
            home.append(one)
    rows.sort(key=lambda row: median(each.box.middle for each in row))
    return [sorted(row, key=lambda each: each.box.left) for row in rows]


def _is_level(row: Sequence[_Placed], one: _Placed) -> bool:
    near = min(row, key=lambda each: abs(each.box.left - one.box.left))
    least = min(near.box.height, one.box.height)
    return abs(near.box.middle - one.box.middle) < max(least * 0.55, 2.0)


def _parts(row: Sequence[_Placed], *, is_seen: bool) -> list[list[_Placed]]:
    heights = sorted(one.box.height for one in row)
    usual = heights[len(heights) // 2] * (1.25 if is_seen else 1.0)
    parts: list[list[_Placed]] = [[row[0]]]
    for before, one in pairwise(row):
        if one.box.left - before.box.right > max(usual * 1.5, 13):
            parts.append([])
        parts[-1].append(one)
    return parts
