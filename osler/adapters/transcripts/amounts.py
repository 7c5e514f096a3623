"""Amounts of credit as people write them: 1.5, 1,5, 1.5 credits, 90 min, AMA_PRA_1 6; ANCC 6."""

from __future__ import annotations

import re

from osler.core.credit.amount import AmountError, parse_amount

_NUMBER = re.compile(r"([\d.,' ]*\d)\s*([^\d]*)\Z")
_UNITS = re.compile(
    r"(?:(?:contact )?hours?|credits?|credit\(s\)|hrs?|h|points?|pts?|units?|cme|ce|ceus?"
    r"|std|stunden|punkte)?\.?\Z",
    re.I,
)
_MINUTES = re.compile(r"(?:min|mins|minutes?|minuten)\.?\Z", re.I)
_GROUPED = re.compile(r"\d{1,3}(?:[, ']\d{3})+(?:\.\d+)?\Z")
_PART = re.compile(r"\s*(.*?)[\s:=]+([\d.,]+)\s*[^\d;|]*\Z")


class AmountUnclear(ValueError):
    """1,250 is twelve hundred and fifty here and one and a quarter there."""


MOST_CHARACTERS = 60
MOST_OF_A_LIST = 1_000


def read_amount(text: str) -> int:
    """Ticks of an amount. A decimal comma is read where it cannot be a thousands separator; minutes are
    sixtieths.

    Raises ``AmountUnclear`` where it can be both, ``core.credit.amount.AmountError`` for anything else.
    """
    match = _NUMBER.match(text.strip()) if len(text) <= MOST_CHARACTERS else None
    if match is None or not (_UNITS.match(match.group(2)) or _MINUTES.match(match.group(2))):
        raise AmountError("expected a number such as 6 or 0.25")
    ticks = parse_amount(_decimal(match.group(1)))
    if _MINUTES.match(match.group(2)):
        return ticks // 60
    return ticks


def _decimal(number: str) -> str:
    if "," not in number:
        return number.replace("'", "").replace(" ", "") if _GROUPED.match(number) else number
    if number.count(",") == 1 and "." not in number:
        whole, places = number.split(",")
        if len(places) != 3:
            return f"{whole}.{places}"
        if whole.strip("0"):
            raise AmountUnclear(number)
        return f"0.{places}"
    return number.replace(",", "") if _GROUPED.match(number) else number


def read_pairs(text: str) -> list[tuple[str, str]]:
    """The parts of a text such as ``AMA_PRA_1 6; ANCC 6``: name and amount, the amount ``""`` where there
    is none.
    """
    found = []
    for part in re.split(r"[;|\n]", text[:MOST_OF_A_LIST]):
        if not part.strip():
            continue
        match = _PART.match(part)
        found.append((match.group(1), match.group(2)) if match and match.group(1) else (part.strip(), ""))
    return found
