"""Due days as an iCalendar feed (RFC 5545): all-day events with alarms, equal bytes for equal events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

REFRESH = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One all-day event. ``uid`` stays the same as long as it is the same duty, wherever its day moves.

    ``alarms`` are the days before it on which the calendar tells of it.
    """

    uid: str
    day: date
    title: str
    text: str = ""
    url: str = ""
    alarms: tuple[int, ...] = ()


def written_calendar(days: Sequence[CalendarDay], *, name: str, language: str, changed_at: datetime) -> bytes:
    """The feed; ``changed_at`` is when its content last changed, so that reading again gives equal bytes."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Osler//Due days//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for day in sorted(days, key=lambda one: (one.day, one.uid)):
        calendar.add_component(_event(day, changed_at))
    content: bytes = calendar.to_ical()
    return content


def _event(day: CalendarDay, changed_at: datetime) -> Event:
    event = Event()
    event.add("uid", day.uid)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("dtstart", day.day)
    event.add("dtend", day.day + timedelta(days=1))
    event.add("summary", day.title)
    if day.text:
        event.add("description", day.text)
    if day.url:
        event.add("url", day.url)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    for before in sorted(set(day.alarms), reverse=True):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", day.title)
        alarm.add("trigger", -timedelta(days=before))
        event.add_component(alarm)
    return event
