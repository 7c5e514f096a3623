"""Days as people write them. A column's order of day and month is worked out from the whole column, never
guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from osler.adapters.transcripts.layouts.layout import heading

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?\Z")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:[T ,].*)?\Z")
_DAY_NAME_YEAR = re.compile(
    r"(?:\w+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?[-\s]+([^\W\d_]+)\.?,?[-\s]+(\d{4}|\d{2})\b"
)
_NAME_DAY_YEAR = re.compile(r"(?:\w+day,?\s+)?([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?\Z")
MOST_CHARACTERS = 60
_SPREADSHEET_EPOCH = date(1899, 12, 30)

_NAMES = {
    1: "january jan januar janner janvier janv enero ene gennaio gen",
    2: "february feb februar fevrier fevr febrero febbraio",
    3: "march mar marz mars marzo mrz",
    4: "april apr avril avr abril abr aprile",
    5: "may mai mayo maggio mag",
    6: "june jun juni juin junio giugno giu",
    7: "july jul juli juillet juil julio luglio lug",
    8: "august aug aout agosto ago",
    9: "september sep sept septembre septiembre settembre set",
    10: "october oct oktober okt octobre octubre ottobre ott",
    11: "november nov novembre noviembre",
    12: "december dec dezember dez decembre diciembre dic dicembre",
}
MONTHS = {name: month for month, names in _NAMES.items() for name in names.split()}


class DateUnclear(ValueError):
    """Day and month could be either; ``order`` must be told."""


def order_of(texts: Iterable[str]) -> str:
    """What a column says of the order of day and month in dates such as 3/4/2025.

    ``"mdy"`` or ``"dmy"`` where some date can only be read so, ``"mixed"`` where both occur, ``"unclear"``
    where none decides, ``""`` where there is no such date. Dates with dots are day first everywhere and say
    nothing.
    """
    is_asked, firsts, seconds = False, False, False
    for text in texts:
        match = _NUMERIC.match(text.strip())
        if match is None or match.group(2) == ".":
            continue
        first, second = int(match.group(1)), int(match.group(3))
        firsts = firsts or first > 12
        seconds = seconds or second > 12
        is_asked = is_asked or (first != second and first <= 12 and second <= 12)
    if firsts and seconds:
        return "mixed"
    if firsts or seconds:
        return "dmy" if firsts else "mdy"
    return "unclear" if is_asked else ""


def read_date(text: str, order: str, as_of: date) -> date | None:
    """The day a text names, or ``None``. Raises ``DateUnclear`` where only ``order`` could tell and does not.

    Two-digit years are the last hundred years before the end of the year of ``as_of``. A bare number in the
    range of a spreadsheet's day count is that day.
    """
    text = text.strip()
    if len(text) > MOST_CHARACTERS:
        return None
    try:
        return _numeric(text, order, as_of) or _named(text, as_of) or _serial(text)
    except DateUnclear:
        raise
    except (ValueError, OverflowError):
        return None


def _numeric(text: str, order: str, as_of: date) -> date | None:
    if match := _ISO.match(text) or _COMPACT.match(text):
        year, month, day = (int(part) for part in match.groups())
        return date(year, month, day)
    if match := _NUMERIC.match(text):
        first, second = int(match.group(1)), int(match.group(3))
        year = _year(match.group(4), as_of)
        if match.group(2) == "." or first > 12:
            return date(year, second, first)
        if second > 12 or first == second:
            return date(year, first, second)
        if order not in ("mdy", "dmy"):
            raise DateUnclear(text)
        return date(year, first, second) if order == "mdy" else date(year, second, first)
    return None


def _named(text: str, as_of: date) -> date | None:
    if match := _DAY_NAME_YEAR.match(text):
        day, name, year = match.groups()
    elif match := _NAME_DAY_YEAR.match(text):
        name, day, year = match.groups()
    else:
        return None
    month = MONTHS.get(heading(name))
    return None if month is None else date(_year(year, as_of), month, int(day))


def _serial(text: str) -> date | None:
    return _SPREADSHEET_EPOCH + timedelta(days=int(float(text))) if _SERIAL.match(text) else None


def _year(text: str, as_of: date) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    century = as_of.year // 100 * 100
    return century + year if century + year <= as_of.year else century - 100 + year
