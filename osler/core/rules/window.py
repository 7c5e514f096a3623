"""When credit counts and by when it is due, written as it is read.

Windows: ``cycle`` · ``once`` · ``every 3 cycles`` (``from renewal 1``) · ``every 48 months`` ·
``each calendar year`` · ``each 12 months of the cycle`` · ``any 24 months of the cycle`` ·
``last 60 months`` · ``18 months before expiry``.

Due: ``cycle end`` · ``renewal 2`` · ``issue`` · ``12 months after issue`` · ``2025-12-31`` ·
``first renewal on or after 2023-06-27`` · ``now`` · ``sooner of A, B`` · ``later of A, B``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum


class WindowError(ValueError):
    """The text is not a window or a due date; ``str(error)`` lists what is."""


class Clock(Enum):
    """How a window lies in time."""

    CYCLE = "cycle"
    ONCE = "once"
    NTH_CYCLE = "nth-cycle"
    EVERY_MONTHS = "every-months"
    CALENDAR_YEARS = "calendar-years"
    EACH = "each"
    ANY = "any"
    LAST = "last"
    BEFORE_EXPIRY = "before-expiry"


@dataclass(frozen=True, slots=True)
class Window:
    """``length`` is in cycles for ``NTH_CYCLE`` and in months otherwise; ``first`` is the first renewal it
    is due at.
    """

    clock: Clock
    length: int = 0
    first: int = 0
    text: str = "cycle"


CYCLE = Window(Clock.CYCLE)

_WINDOWS: tuple[tuple[str, Clock], ...] = (
    (r"cycle|this cycle", Clock.CYCLE),
    (r"once|once ever", Clock.ONCE),
    (r"every (\d+) cycles(?: from renewal (\d+))?", Clock.NTH_CYCLE),
    (r"every (\d+) months", Clock.EVERY_MONTHS),
    (r"each calendar year", Clock.CALENDAR_YEARS),
    (r"each (\d+) months of the cycle", Clock.EACH),
    (r"any (\d+) months of the cycle", Clock.ANY),
    (r"last (\d+) months", Clock.LAST),
    (r"(\d+) months before expiry", Clock.BEFORE_EXPIRY),
)


def parse_window(text: str) -> Window:
    """The window a text stands for."""
    words = " ".join(text.lower().split())
    for pattern, clock in _WINDOWS:
        match = re.fullmatch(pattern, words)
        if match is None:
            continue
        numbers = [int(n) for n in match.groups() if n is not None]
        if any(not 1 <= n <= 1200 for n in numbers):
            raise WindowError(f"a window of {text!r} is not between 1 and 1200")
        length = numbers[0] if numbers else (12 if clock is Clock.CALENDAR_YEARS else 0)
        first = numbers[1] if len(numbers) > 1 else (length if clock is Clock.NTH_CYCLE else 0)
        return Window(clock, length, first, words)
    raise WindowError(
        f"{text!r} is no window; write cycle, once, every 3 cycles, every 48 months, each calendar year, "
        "each 12 months of the cycle, any 24 months of the cycle, last 60 months or 18 months before expiry"
    )


class Moment(Enum):
    """What a due date is measured from."""

    CYCLE_END = "cycle end"
    RENEWAL = "renewal"
    AFTER_ISSUE = "after issue"
    DATE = "date"
    RENEWAL_FROM = "first renewal on or after"
    NOW = "now"
    SOONER = "sooner of"
    LATER = "later of"


@dataclass(frozen=True, slots=True)
class Due:
    """One moment, or the sooner or later of several ``parts``."""

    moment: Moment
    number: int = 0
    day: date | None = None
    parts: tuple[Due, ...] = ()
    text: str = "cycle end"


CYCLE_END = Due(Moment.CYCLE_END)


def parse_due(text: str) -> Due:
    """The due date a text stands for."""
    words = " ".join(text.lower().split())
    for moment in (Moment.SOONER, Moment.LATER):
        if words.startswith(moment.value + " "):
            parts = tuple(parse_due(part) for part in words.removeprefix(moment.value).split(","))
            if len(parts) < 2:
                raise WindowError(f"{text!r} needs at least two dates, separated by a comma")
            return Due(moment, parts=parts, text=words)
    if words in ("cycle end", "now"):
        return Due(Moment(words), text=words)
    if words == "issue":
        return Due(Moment.AFTER_ISSUE, text=words)
    if match := re.fullmatch(r"renewal (\d+)|(\d+) months after issue", words):
        number = int(match[1] or match[2])
        if not 1 <= number <= 1200:
            raise WindowError(f"the number in {text!r} is not between 1 and 1200")
        return Due(Moment.RENEWAL if match[1] else Moment.AFTER_ISSUE, number, text=words)
    if match := re.fullmatch(r"(first renewal on or after )?(\d{4}-\d{2}-\d{2})", words):
        moment = Moment.RENEWAL_FROM if match[1] else Moment.DATE
        try:
            return Due(moment, day=date.fromisoformat(match[2]), text=words)
        except ValueError as error:
            raise WindowError(f"{match[2]} is not a day of the calendar") from error
    raise WindowError(
        f"{text!r} is no due date; write cycle end, renewal 2, issue, 12 months after issue, 2025-12-31, "
        "first renewal on or after 2023-06-27, now, sooner of A, B or later of A, B"
    )
