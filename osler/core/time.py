"""Half-open periods of days, steps of whole months, and the ages of things.

A period is ``[start, end)``: the day ``end`` lies outside. People and statutes name the last day *inside*
("expires 30 June"); ``Period.last_day`` is that day.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
_SHORT_OF_A_MONTH = 3


def add_months(day: date, months: int) -> date:
    """The same day of the month ``months`` later (or earlier), or that month's last day where it has no
    such day.

    Years outside 1 to 9999 raise ``OverflowError``.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"{months} months from {day} lie outside the calendar")
    if day.day > 28:
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    return date(year, month + 1, day.day)


def months_before_end(end: date, months: int) -> date:
    """The start of the ``months`` months that end, half-open, at ``end``.

    Counted from the last day inside where that day closes its month, so that two years to the end of
    February begin on 1 March whatever the leap years between.
    """
    last = end - ONE_DAY
    if end.day == 1:
        return add_months(end, -months)
    return add_months(last, -months) + ONE_DAY


def whole_months(start: date, end: date) -> int:
    """How many whole months fit from ``start`` to ``end``; zero if ``end`` is not later."""
    if end <= start:
        return 0
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from ``start`` up to but not including ``end``."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    @classmethod
    def ending_on(cls, last_day: date, months: int) -> Period:
        """The ``months`` months whose last day inside is ``last_day``."""
        end = last_day + ONE_DAY
        return cls(months_before_end(end, months), end)

    @property
    def last_day(self) -> date:
        return self.end - ONE_DAY

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day < self.end

    def previous(self, months: int) -> Period:
        """The period of ``months`` months that ends where this one starts."""
        return Period(months_before_end(self.start, months), self.start)

    def elapsed(self, day: date) -> tuple[int, int]:
        """Days gone by at the close of ``day`` and days in all, the first never above the second."""
        gone = (day - self.start).days + 1
        return max(0, min(gone, self.days)), self.days

    def split(self, months: int, *, step: int | None = None) -> tuple[Period, ...]:
        """The whole stretches of ``months`` inside this period, each beginning ``step`` (default
        ``months``) after the last.
        """
        step = step or months
        found = []
        for n in range(0, 12 * 100, step):
            start, end = add_months(self.start, n), add_months(self.start, n + months)
            if end > self.end:
                if (end - self.end).days > _SHORT_OF_A_MONTH:
                    break
                # A period counted back from the 28th to 30th begins on the 1st where a month is too short for
                # its day; the last stretch then closes with the period.
                end = self.end
            found.append(Period(start, end))
        return tuple(found)
