"""Days in running text, in English, German, French, Spanish and Italian, alone and as ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from osler.adapters.documents.fields.choice import folded
from osler.adapters.transcripts.dates import MONTHS

_MONTH = "|".join(sorted((re.escape(name) for name in MONTHS), key=len, reverse=True))
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th|er|\.|o|a)?"
_UNTIL = r"\s*(?:-|–|—|to|through|thru|and|&|bis|au|al|et|y|e)\s*"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_B = r"(?<![\w/])"

_PATTERNS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(_B + pattern)
    for pattern in (
        # 2022-08-19
        r"(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)",
        # 30 August - 2 September 2022
        _DAY.format("d1")
        + rf"\s+(?:de\s+)?(?P<n1>{_MONTH})\.?{_UNTIL}"
        + _DAY.format("d")
        + rf"\s+(?:de\s+)?(?P<n>{_MONTH})\.?,?\s+(?:de\s+|del\s+)?{_YEAR}",
        # 19-21 August 2022, 19. August 2022, 19 de agosto de 2022, 19-Aug-2022, 19th day of August, 2022
        rf"(?:{_DAY.format('d1')}{_UNTIL})?"
        + _DAY.format("d")
        + rf"[\s-]+(?:de\s+|day\s+of\s+)?(?P<n>{_MONTH})\.?,?[\s-]+(?:de\s+|del\s+)?{_YEAR}",
        # August 30 - September 2, 2022; August 19-21, 2022; August 19, 2022
        rf"(?P<n1>{_MONTH})\.?\s+{_DAY.format('d1')}{_UNTIL}(?P<n>{_MONTH})\.?\s+{_DAY.format('d')},?\s+{_YEAR}",
        rf"(?P<n>{_MONTH})\.?\s+(?:{_DAY.format('d1')}{_UNTIL})?{_DAY.format('d')},?\s+{_YEAR}",
        # 03/04/2022, 3.4.2022, 03-04-22
        r"(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d|\d\d)(?![\d/])",
    )
)
_JOINT = re.compile(r"\s*(?:-|–|—|to|through|until|bis|au|al|and)\s*\Z")
OLDEST = 1950


@dataclass(frozen=True, slots=True)
class Day:
    """A day or range found in a text: the readings of its last day, and where it stands.

    Several ``readings``: day and month could be either. ``is_plain``: the year has four figures.
    """

    start: int
    end: int
    readings: tuple[date, ...]
    first: date | None = None
    is_plain: bool = True

    @property
    def last(self) -> date:
        """The last day, by its first reading."""
        return self.readings[0]


def days_in(text: str, latest_year: int) -> list[Day]:
    """Every day of the text, in order; two days joined by a dash or "to" are one range."""
    small = folded(text)
    found: list[Day] = []
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(small):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            day = _day(match, latest_year)
            if day is not None:
                taken.append(match.span())
                found.append(day)
    return list(_joined(sorted(found, key=lambda day: day.start), small))


def _joined(days: list[Day], text: str) -> Iterator[Day]:
    held: Day | None = None
    for day in days:
        if held is not None and _JOINT.match(text[held.end : day.start]) and held.last <= day.last:
            held = Day(
                held.start, day.end, day.readings, held.first or held.last, held.is_plain and day.is_plain
            )
            continue
        if held is not None:
            yield held
        held = day
    if held is not None:
        yield held


def _day(match: re.Match[str], latest_year: int) -> Day | None:
    said = match.groupdict()
    try:
        if said.get("a"):
            return _numeric(match, latest_year)
        year = int(said["year"])
        month = int(said["m"]) if said.get("m") else MONTHS[said["n"]]
        last = date(year, month, int(said["d"]))
        first = None
        if said.get("d1"):
            month = MONTHS[said["n1"]] if said.get("n1") else month
            first = date(year, month, int(said["d1"]))
            if first > last:
                first = first.replace(year=year - 1)
    except (ValueError, KeyError):
        return None
    return Day(match.start(), match.end(), (last,), first) if year >= OLDEST else None


def _numeric(match: re.Match[str], latest_year: int) -> Day | None:
    one, other, year = int(match["a"]), int(match["b"]), int(match["y"])
    is_plain = len(match["y"]) == 4
    if not is_plain:
        year += latest_year // 100 * 100
        year -= 100 if year > latest_year + 1 else 0
    # Month first is how most certificates of this kind are written; it is only offered first.
    orders = [(other, one)] if match["sep"] == "." else [(one, other), (other, one)]
    readings = dict.fromkeys(day for month, day_of in orders if (day := _date(year, month, day_of)))
    return Day(match.start(), match.end(), tuple(readings), None, is_plain) if readings else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= OLDEST else None
    except ValueError:
        return None
