"""Where the cycle, its renewals, the windows and the due dates lie for one credential.

Nothing here knows today: the day of the question comes in. What cannot be worked out because the person
has not said something is a ``Missing`` with the name of the fact, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from osler.core.rules.record import Clinician, Credential
from osler.core.rules.requirement import CycleRule
from osler.core.rules.window import Clock, Due, Moment, Window
from osler.core.time import ONE_DAY, Period, add_months, months_before_end, whole_months

EVER = Period(date.min, date.max)


@dataclass(frozen=True, slots=True)
class Missing:
    """The fact without which this cannot be said."""

    fact: str


@dataclass(slots=True)
class Schedule:
    """The running cycle: its earning window, its last day, the step between renewals and, where known, the
    issue.
    """

    as_of: date
    period: Period
    step: int
    issued: date | None
    last_day: date = field(init=False)
    _ordinal: int | None = None

    def __post_init__(self) -> None:
        self.last_day = self.period.end - ONE_DAY

    def renewal(self, n: int) -> date | Missing:
        """The last day before the ``n``-th renewal; the first is the earliest later than the issue."""
        ordinal = self.ordinal()
        if ordinal is None:
            return Missing("issued")
        return self._shifted(n - ordinal)

    def ordinal(self) -> int | None:
        """Which renewal the running cycle ends in, counted from the issue; ``None`` while that is not
        known.
        """
        if self._ordinal is None and self.issued is not None:
            self._ordinal = self._counted(self.issued)
        return self._ordinal

    def _counted(self, issued: date) -> int:
        count = max(1, whole_months(issued, self.last_day) // self.step)
        while count > 1 and self._shifted(1 - count) <= issued:
            count -= 1
        while self._shifted(-count) > issued:
            count += 1
        return count

    def _shifted(self, renewals: int) -> date:
        return months_before_end(self.period.end, -renewals * self.step) - ONE_DAY

    def first_renewal_from(self, day: date) -> date:
        """The earliest renewal on or after ``day`` (and later than the issue, where that is known)."""
        shift = -(whole_months(day, self.last_day) // self.step) if self.last_day >= day else 0
        while self._shifted(shift) < day or (self.issued is not None and self._shifted(shift) <= self.issued):
            shift += 1
        while self._shifted(shift - 1) >= day and (
            self.issued is None or self._shifted(shift - 1) > self.issued
        ):
            shift -= 1
        return self._shifted(shift)


def schedule(
    rule: CycleRule, credential: Credential, clinician: Clinician, as_of: date
) -> Schedule | Missing:
    """The cycle that the credential's own ``expires`` ends, or else the one the rule derives for
    ``as_of``.
    """
    if credential.expires is not None:
        return _ending(credential.expires, rule, credential, as_of)
    if rule.anchor == "issue":
        return _since_issue(rule, credential, as_of)
    if rule.anchor == "fixed" or (rule.anchor in ("birthday", "birth-month") and rule.renews_every == 12):
        return _by_the_year(rule, credential, clinician, as_of)
    last: date | Missing = Missing("expires")
    if rule.anchor == "calendar":
        last = _calendar_end(rule, credential, as_of)
    elif rule.anchor == "rolling":
        last = as_of
    return last if isinstance(last, Missing) else _ending(last, rule, credential, as_of)


def _ending(last_day: date, rule: CycleRule, credential: Credential, as_of: date) -> Schedule:
    return Schedule(as_of, Period.ending_on(last_day, rule.months), rule.renews_every, credential.issued)


def _calendar_end(rule: CycleRule, credential: Credential, as_of: date) -> date | Missing:
    years = rule.renews_every // 12
    if years == 1:
        return date(as_of.year, 12, 31)
    if credential.issued is None:
        return Missing("issued")
    first = credential.issued.year + (credential.issued.timetuple().tm_yday > 1)
    blocks = max(0, as_of.year - first) // years
    return date(first + (blocks + 1) * years - 1, 12, 31)


def _since_issue(rule: CycleRule, credential: Credential, as_of: date) -> Schedule | Missing:
    """Both ends are counted from the issue itself, so that no short month opens a gap between two cycles."""
    issued = credential.issued
    if issued is None:
        return Missing("issued")
    ends = (whole_months(issued, as_of) // rule.renews_every + 1) * rule.renews_every
    period = Period(add_months(issued, ends - rule.months), add_months(issued, ends))
    return Schedule(as_of, period, rule.renews_every, issued)


def _by_the_year(
    rule: CycleRule, credential: Credential, clinician: Clinician, as_of: date
) -> Schedule | Missing:
    """A cycle that closes on one day of the year, and opens the day after it closed so many years before."""
    if rule.anchor == "fixed":
        years, year = max(1, rule.renews_every // 12), rule.year
        if years > 1 and year is None:
            return Missing("expires")
        month, day = rule.month, rule.day
    elif clinician.birth_date is None:
        return Missing("birth-date")
    else:
        years, year = 1, None
        month = clinician.birth_date.month
        day = clinician.birth_date.day if rule.anchor == "birthday" else 31

    def closes(year: int) -> date:
        month_end = add_months(date(year, month, 1), 1) - ONE_DAY
        return month_end.replace(day=min(day, month_end.day))

    ends = as_of.year if closes(as_of.year) >= as_of else as_of.year + 1
    if year is not None:
        ends += (year - ends) % years
    last = closes(ends)
    if rule.months % 12:
        return _ending(last, rule, credential, as_of)
    period = Period(closes(ends - rule.months // 12) + ONE_DAY, last + ONE_DAY)
    return Schedule(as_of, period, rule.renews_every, credential.issued)


def due_date(due: Due, at: Schedule | Missing, issued: date | None, as_of: date) -> date | Missing:
    """The day a due phrase stands for, or the fact it still needs."""
    if due.parts:
        days = [due_date(part, at, issued, as_of) for part in due.parts]
        known = [day for day in days if not isinstance(day, Missing)]
        if len(known) < len(days):
            return next(day for day in days if isinstance(day, Missing))
        return min(known) if due.moment is Moment.SOONER else max(known)
    if due.moment is Moment.NOW:
        return as_of
    if due.moment is Moment.DATE and due.day is not None:
        return due.day
    if due.moment is Moment.AFTER_ISSUE:
        return Missing("issued") if issued is None else add_months(issued, due.number)
    if isinstance(at, Missing):
        return at
    if due.moment is Moment.RENEWAL:
        return at.renewal(due.number)
    if due.moment is Moment.RENEWAL_FROM and due.day is not None:
        return at.first_renewal_from(due.day)
    return at.last_day


def windows(window: Window, at: Schedule | Missing, as_of: date) -> tuple[tuple[Period, ...], date | Missing]:
    """The stretches in which credit counts and the day by which, unless the requirement names another, it
    is due.
    """
    clock = window.clock
    if clock in (Clock.ONCE, Clock.EVERY_MONTHS):
        return (EVER,), at if isinstance(at, Missing) else at.last_day
    if clock is Clock.LAST:
        due = at if isinstance(at, Missing) else at.last_day
        return (Period.ending_on(as_of, window.length),), due
    if isinstance(at, Missing):
        return (), at
    if clock is Clock.CYCLE:
        return (at.period,), at.last_day
    if clock is Clock.BEFORE_EXPIRY:
        return (Period.ending_on(at.last_day, window.length),), at.last_day
    if clock is Clock.NTH_CYCLE:
        ordinal = at.ordinal()
        if ordinal is None:
            return (), Missing("issued")
        beyond = max(0, ordinal - window.first)
        due = at.renewal(window.first + -(-beyond // window.length) * window.length)
        if isinstance(due, Missing):
            return (), due
        return (Period.ending_on(due, window.length * at.step),), due
    if clock is Clock.CALENDAR_YEARS:
        first = at.period.start.year + (at.period.start.timetuple().tm_yday > 1)
        years = range(first, at.period.end.year)
        return tuple(Period(date(year, 1, 1), date(year + 1, 1, 1)) for year in years), at.last_day
    step = 12 if clock is Clock.ANY else window.length
    return at.period.split(window.length, step=step), at.last_day
