"""When somebody is reminded: distances before due days, at an hour of their own day.

Plain values in and out. A moment is ``(days, at)``: so many days before a due day, at a point in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

WEEK = 7


class Moment(NamedTuple):
    """A reminder of one due day, ``days`` before it, to be sent at ``at``."""

    at: datetime
    due: date
    days: int


def at_hour(day: date, hour: int, zone: str) -> datetime:
    """That hour of that day where the person is, in UTC; an hour the clocks skip is the one after it."""
    local = datetime.combine(day, time(hour), ZoneInfo(zone))
    return local.astimezone(UTC)


def moments(due_days: Iterable[date], distances: Iterable[int], hour: int, zone: str) -> list[Moment]:
    """Every reminder of these due days, in the order of time."""
    chosen = tuple(set(distances))
    found = [
        Moment(at_hour(due - timedelta(days=days), hour, zone), due, days)
        for due in set(due_days)
        for days in chosen
        if due.toordinal() > days
    ]
    return sorted(found)


def next_moment(
    due_days: Iterable[date], distances: Iterable[int], hour: int, zone: str, *, after: datetime
) -> datetime | None:
    """The first reminder later than ``after``; ``None`` where none is left."""
    return next((one.at for one in moments(due_days, distances, hour, zone) if one.at > after), None)


def reached(
    due_days: Iterable[date],
    distances: Iterable[int],
    hour: int,
    zone: str,
    *,
    after: datetime,
    until: datetime,
) -> dict[date, int]:
    """The due days of which a reminder fell between ``after`` and ``until``, each with its shortest distance.

    However many fell while nobody looked, each due day is there once; one that has passed is not.
    """
    today = until.astimezone(ZoneInfo(zone)).date()
    found: dict[date, int] = {}
    for one in moments(due_days, distances, hour, zone):
        if after < one.at <= until and one.due >= today:
            found[one.due] = min(one.days, found.get(one.due, one.days))
    return found


def next_weekly(weekday: int, hour: int, zone: str, *, after: datetime) -> datetime:
    """The first time later than ``after`` that it is this weekday (Monday is 0) and hour where the person
    is.
    """
    day = after.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)
    while True:
        if day.weekday() == weekday % WEEK:
            found = at_hour(day, hour, zone)
            if found > after:
                return found
        day += timedelta(days=1)
