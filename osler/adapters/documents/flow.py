"""The lines of all pages in the order in which they are read, as one text that remembers its places.

Lines are parted by line breaks, the parts of one row by tabulators; every finder of a field searches this
text
and asks it where a match stands on the page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from osler.adapters.documents import Page, Place, Word, around
from osler.adapters.documents.lines import Line, lines_of

GUTTER = 14
ALIGNED = 0.6
LEAST_OF_A_COLUMN = 3
PROSE = 4.5
"""Words a line from which two columns side by side are texts, not labels with their values."""


@dataclass(frozen=True, slots=True)
class _Run:
    start: int
    word: Word
    line: int


class Flow:
    """The text of a document: ``text``, its ``lines`` with their starts, and the place of any part of it."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.lines: list[Line] = []
        self.starts: list[int] = []
        self._runs: list[_Run] = []
        self.is_seen = any(page.is_seen for page in pages)
        parts: list[str] = []
        length = 0
        for page in pages:
            for line in in_reading_order(lines_of(page)):
                gap = self._gap_before(line)
                parts.append(gap)
                length += len(gap)
                self.starts.append(length)
                at = length
                for word in line.words:
                    self._runs.append(_Run(at, word, len(self.lines)))
                    at += len(word.text) + 1
                parts.append(line.text)
                length += len(line.text)
                self.lines.append(line)
        self.text = "".join(parts)
        self._at = [run.start for run in self._runs]
        # Without the language's own data, letters with marks are read as others, and nobody notices.
        self.is_foreign_scan = self.is_seen and not _is_english(self.text)

    def _gap_before(self, line: Line) -> str:
        if not self.lines:
            return ""
        before = self.lines[-1]
        return "\t" if (before.page, before.row) == (line.page, line.row) else "\n"

    def words(self, start: int, end: int) -> list[Word]:
        """The words that reach into a part of the text."""
        return [run.word for run in self._reaching(start, end)]

    def _reaching(self, start: int, end: int) -> list[_Run]:
        first = max(bisect_right(self._at, start) - 1, 0)
        last = bisect_right(self._at, max(end - 1, start))
        return [run for run in self._runs[first:last] if run.start + len(run.word.text) > start]

    def place(self, start: int, end: int) -> Place:
        """Where a part of the text stands: its first page, and its words."""
        runs = self._reaching(start, end)
        page = self.lines[runs[0].line].page
        boxes = [run.word.box for run in runs if self.lines[run.line].page == page]
        return Place(page, around(boxes), " ".join(run.word.text for run in runs))

    def line_at(self, position: int) -> int:
        """The number of the line that a position of the text lies in."""
        return max(bisect_right(self.starts, position) - 1, 0)

    def end_of(self, number: int) -> int:
        """Where a line ends in the text."""
        return self.starts[number] + len(self.lines[number].text)

    def sureness(self, start: int, end: int) -> int:
        """How sure the least sure word of a part is, 100 for text."""
        return min((word.sure for word in self.words(start, end)), default=0)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around a part: from the last full stop or label before it to the next one after it."""
        before = [match.end() for match in _STOP.finditer(self.text, max(0, start - 600), start)]
        after = _STOP.search(self.text, end, end + 600)
        return (before[-1] if before else max(0, start - 600)), (after.start() + 1 if after else end + 600)


_ENGLISH = frozenset(("the", "and", "of", "for", "this", "has", "in", "to", "is", "that", "by"))
_OTHERS = frozenset(
    (
        "und",
        "der",
        "die",
        "das",
        "mit",
        "von",
        "dass",
        "wurde",
        "le",
        "la",
        "les",
        "et",
        "de",
        "du",
        "des",
        "une",
        "el",
        "los",
        "y",
        "en",
        "por",
        "para",
        "il",
        "di",
    )
)


def _is_english(text: str) -> bool:
    words = text.lower().split()
    return sum(word in _ENGLISH for word in words) >= sum(word in _OTHERS for word in words)


# A full stop ends a sentence before a capital letter; abbreviations such as "Cat. 1" and "M.D." do not.
_STOP = re.compile(r"(?<![A-Z])(?<!\bDr)(?<!\bCat)(?<!\bNo)(?<!\bSt)[.!?][”\"’)]?\s+(?=[A-Z“\"])|\n\s*\n")


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """Columns one after the other where the page has columns of text; forms and tables row by row."""
    found: list[Line] = []
    band: list[list[Line]] = []
    for row in _rows(lines):
        kept = next(
            (at for at in range(len(band)) if _gutter(_joined([*band[at:], row])) is not None), len(band)
        )
        found.extend(_in_columns(_joined(band[:kept])))
        band = [*band[kept:], row]
    found.extend(_in_columns(_joined(band)))
    return found


def _joined(rows: Sequence[Sequence[Line]]) -> list[Line]:
    return [line for row in rows for line in row]


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    rows: dict[int, list[Line]] = {}
    for line in lines:
        rows.setdefault(line.row, []).append(line)
    return list(rows.values())


def _in_columns(lines: list[Line]) -> list[Line]:
    gutter = _gutter(lines)
    if gutter is None:
        return lines
    left = [line for line in lines if line.box.right <= gutter]
    right = [line for line in lines if line.box.left >= gutter]
    if len(left) < LEAST_OF_A_COLUMN or len(right) < LEAST_OF_A_COLUMN:
        return lines
    shared = {line.row for line in left} & {line.row for line in right}
    is_prose = min(_words_a_line(left), _words_a_line(right)) >= PROSE
    if not is_prose and len(shared) >= ALIGNED * min(
        len({one.row for one in left}), len({one.row for one in right})
    ):
        return lines
    return [*_in_columns(left), *_in_columns(right)]


def _words_a_line(lines: Sequence[Line]) -> float:
    return sum(len(line.words) for line in lines) / len(lines)


def _gutter(lines: Sequence[Line]) -> float | None:
    """The middle of the widest strip that no line crosses, with lines on both of its sides."""
    edges = sorted((line.box.left, line.box.right) for line in lines)
    best: tuple[float, float] | None = None
    reach = edges[0][1] if edges else 0.0
    for left, right in edges[1:]:
        if left - reach >= GUTTER and (best is None or left - reach > best[0]):
            best = (left - reach, (left + reach) / 2)
        reach = max(reach, right)
    return None if best is None else best[1]
