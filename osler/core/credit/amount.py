"""Exact amounts of credit as whole ticks; a binary float never touches a number someone's licence hangs on.

One unit (an hour, a credit, a point, an activity) is ``TICKS`` ticks. The number is chosen so that four
decimal places, thirds, ninths and minutes of an hour are all whole: 90,000 = 2⁴ · 3² · 5⁴.
"""

from __future__ import annotations

import re
from fractions import Fraction

TICKS = 90_000
"""Ticks in one unit of credit."""

MOST_UNITS = 100_000
"""No single amount is larger than this many units; a larger one is a slip of the keyboard."""

_DECIMAL = re.compile(r"\+?(\d{1,9})(?:\.(\d{1,9}))?\Z", re.ASCII)


class AmountError(ValueError):
    """The text is not an amount; ``str(error)`` says what was expected."""


def parse_amount(text: str) -> int:
    """Ticks for a decimal text such as ``"6"``, ``"0.25"`` or ``"17.7500"``.

    Zero is an amount. Signs other than ``+``, exponents, infinities, separators, more than four
    significant decimal places and anything over ``MOST_UNITS`` raise ``AmountError``.
    """
    match = _DECIMAL.match(text.strip())
    if match is None:
        raise AmountError("expected a number such as 6 or 0.25")
    whole, places = match.group(1), (match.group(2) or "").rstrip("0")
    if len(places) > 4:
        raise AmountError("expected at most four decimal places")
    if int(whole) > MOST_UNITS:
        raise AmountError(f"expected at most {MOST_UNITS}")
    return int(whole) * TICKS + int(places.ljust(4, "0") or "0") * (TICKS // 10_000)


def amount_text(ticks: int) -> str:
    """The shortest decimal text of an amount: ``"50"``, ``"17.75"``; at most four places, rounded down."""
    sign = "-" if ticks < 0 else ""
    whole, rest = divmod(abs(ticks), TICKS)
    if not rest:
        return f"{sign}{whole}"
    places = f"{rest * 10_000 // TICKS:04d}".rstrip("0")
    return f"{sign}{whole}.{places}" if places else f"{sign}{whole}"


def ticks_of(units: int | Fraction) -> int:
    """Ticks for a whole or fractional number of units; a remainder under one tick is dropped."""
    return int(units * TICKS)


def round_down(ticks: int, step: int) -> int:
    """The largest multiple of ``step`` not above ``ticks``; a step of 0 leaves the amount alone."""
    return ticks - ticks % step if step else ticks


def round_nearest(ticks: int, step: int) -> int:
    """The nearest multiple of ``step``, halves upwards; a step of 0 leaves the amount alone."""
    return (ticks + step // 2) // step * step if step else ticks
