"""The days on which an event is repeated (RFC 5545, RRULE), walked day by day inside a window.

Days, weeks, months and years with INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS and WKST.
Whatever else a rule asks for (hours, minutes, weeks of the year) is not repeated: the first event stands
alone.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
MOST_DAYS = 40_000
"""No rule is walked further from its first day than this: a little over a hundred years."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of repetition. ``by_day`` are pairs of a number (0 for every) and a weekday, Monday 0."""

    freq: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    by_day: tuple[tuple[int, int], ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    week_start: int = 0


def read_rule(parts: Mapping[str, Sequence[str]], until: date | None) -> Rule | None:
    """The rule of the parts of an RRULE (upper case, texts), or ``None`` where it is not understood."""
    freq = "".join(parts.get("FREQ", ())).upper()
    if freq not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY") or set(parts) - KNOWN:
        return None
    try:
        count = [int(one) for one in parts.get("COUNT", ())]
        return Rule(
            freq=freq,
            interval=max(1, int("".join(parts.get("INTERVAL", ("1",))))),
            count=count[0] if count else None,
            until=until,
            by_day=tuple(_weekday(one) for one in parts.get("BYDAY", ())),
            by_month_day=tuple(int(one) for one in parts.get("BYMONTHDAY", ())),
            by_month=tuple(int(one) for one in parts.get("BYMONTH", ())),
            by_set_pos=tuple(int(one) for one in parts.get("BYSETPOS", ())),
            week_start=WEEKDAYS.index("".join(parts.get("WKST", ("MO",))).upper()),
        )
    except ValueError:
        return None


def _weekday(text: str) -> tuple[int, int]:
    number = text[:-2].strip()
    return (int(number) if number else 0), WEEKDAYS.index(text[-2:].upper())


def days_of(rule: Rule, first: date, until: date, since: date | None = None) -> Iterator[date]:
    """The days of the rule from ``first``, itself included, up to and with ``until``.

    Where nothing is counted, days long before ``since`` are passed over; else at most ``MOST_DAYS`` are
    walked.
    """
    given = 0
    last = min(until, rule.until or until)
    if rule.count is not None:
        last = min(last, first + timedelta(days=min(MOST_DAYS, (date.max - first).days)))
    begin = first if since is None or rule.count is not None else max(first, since)
    for period in _periods(rule, first, begin, last):
        for day in _chosen(rule, [day for day in period if _fits(rule, day, first)]):
            if day < first:
                continue
            if day > last or (rule.count is not None and given >= rule.count):
                return
            given += 1
            yield day


def _periods(rule: Rule, first: date, begin: date, last: date) -> Iterator[list[date]]:
    """The days of every period that the interval meets from ``begin`` on; a rule chooses within one."""
    gone = (begin - first).days
    if rule.freq == "DAILY":
        for step in range(gone - gone % rule.interval, (last - first).days + 1, rule.interval):
            yield [first + timedelta(days=step)]
        return
    if rule.freq == "WEEKLY":
        start = first - timedelta(days=(first.weekday() - rule.week_start) % 7)
        start += timedelta(days=max(0, gone - gone % (7 * rule.interval)))
        while start <= last:
            yield [start + timedelta(days=n) for n in range(7)]
            start += timedelta(days=7 * rule.interval)
        return
    months = rule.interval if rule.freq == "MONTHLY" else 12 * rule.interval
    index = first.year * 12 + (first.month - 1 if rule.freq == "MONTHLY" else 0)
    gone = begin.year * 12 + begin.month - 1 - index
    index += max(0, gone - gone % months)
    while date(index // 12, index % 12 + 1, 1) <= last:
        length = 1 if rule.freq == "MONTHLY" else 12
        yield [day for n in range(length) for day in _month((index + n) // 12, (index + n) % 12 + 1)]
        index += months


def _month(year: int, month: int) -> list[date]:
    return [date(year, month, day + 1) for day in range(calendar.monthrange(year, month)[1])]


def _fits(rule: Rule, day: date, first: date) -> bool:
    if rule.by_month and day.month not in rule.by_month:
        return False
    if rule.by_month_day and not _on_month_day(rule, day):
        return False
    if rule.by_day:
        return any(_on_weekday(rule, day, number, weekday) for number, weekday in rule.by_day)
    if rule.by_month_day or rule.freq == "DAILY":
        return True
    if rule.freq == "WEEKLY":
        return day.weekday() == first.weekday()
    if rule.freq == "YEARLY" and not rule.by_month:
        return (day.month, day.day) == (first.month, first.day)
    return day.day == first.day


def _on_month_day(rule: Rule, day: date) -> bool:
    length = calendar.monthrange(day.year, day.month)[1]
    return day.day in rule.by_month_day or day.day - length - 1 in rule.by_month_day


def _on_weekday(rule: Rule, day: date, number: int, weekday: int) -> bool:
    if day.weekday() != weekday:
        return False
    if not number or rule.freq in ("DAILY", "WEEKLY"):
        return True
    if rule.freq == "YEARLY" and not rule.by_month:
        place, length = day.timetuple().tm_yday, 366 if calendar.isleap(day.year) else 365
    else:
        place, length = day.day, calendar.monthrange(day.year, day.month)[1]
    return number in ((place - 1) // 7 + 1, -((length - place) // 7 + 1))


def _chosen(rule: Rule, days: list[date]) -> list[date]:
    if not rule.by_set_pos:
        return days
    places = {n - 1 if n > 0 else len(days) + n for n in rule.by_set_pos}
    return [day for n, day in enumerate(days) if n in places]
