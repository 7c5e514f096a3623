"""From a calendar's bytes to past events, each repetition by itself, cancelled ones left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from osler.adapters.calendars import MOST_EVENTS, CalendarRefused, Event
from osler.adapters.calendars.lines import Component, Line, read_components
from osler.adapters.calendars.repetition import MOST_DAYS, days_of, read_rule

_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?\Z")
_LENGTH = re.compile(
    r"[+]?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?\Z"
)
_OFFSET = re.compile(r"([+-])(\d{2})(\d{2})")
MOST_TITLE, MOST_NAME, MOST_UID = 300, 200, 300
ONE_DAY = timedelta(days=1)
LONGEST = timedelta(days=31)
MOST_WALKED = 4_000_000
"""Days that may be counted from the beginning of rules; a file made to keep us counting is refused."""


@dataclass(frozen=True, slots=True)
class _Moment:
    """A moment as written: whole days have no clock; the zone is that of the place."""

    at: datetime
    is_day: bool

    @property
    def utc(self) -> datetime:
        return self.at.astimezone(UTC)


def read_events(content: bytes, *, since: date, until: datetime, zone: str) -> list[Event]:
    """The events that ended after the start of ``since`` and by ``until``, oldest first.

    ``zone`` is where events happen whose file does not say it. Raises ``CalendarRefused``: ``no-calendar``,
    ``too-large``, ``too-many``.
    """
    root = read_components(content)
    found: dict[tuple[str, str], Event] = {}
    for whole in root.parts:
        home = _zone(whole.text("X-WR-TIMEZONE"), {}) or ZoneInfo(zone)
        zones = {part.text("TZID"): part for part in whole.parts if part.name == "VTIMEZONE"}
        events = [part for part in whole.parts if part.name == "VEVENT"]
        reader = _Reader(home, zones, since, until)
        instead = {reader.place(event) for event in events if event.first("RECURRENCE-ID")}
        for event in events:
            for one in reader.events(event, instead):
                found[one.uid, one.occurrence] = one
                if len(found) > MOST_EVENTS:
                    raise CalendarRefused("too-many", str(MOST_EVENTS))
    return sorted(found.values(), key=lambda one: (one.starts_at, one.uid))


@dataclass(slots=True)
class _Reader:
    home: tzinfo
    zones: dict[str, Component]
    since: date
    until: datetime
    walked: int = 0

    def place(self, event: Component) -> tuple[str, str]:
        """Which repetition of which event this one stands for."""
        line = event.first("RECURRENCE-ID")
        moment = self.moment(line) if line else None
        return _uid(event), _stamp(moment) if moment else ""

    def events(self, event: Component, instead: set[tuple[str, str]]) -> Iterator[Event]:
        """The event's repetitions within the window; those that another event stands for are left to it."""
        start_line, uid = event.first("DTSTART"), _uid(event)
        start = self.moment(start_line) if start_line else None
        if start is None or not uid or event.text("STATUS").upper() == "CANCELLED":
            return
        length = self.length(event, start)
        is_instead = event.first("RECURRENCE-ID") is not None
        is_repeated = bool(event.first("RRULE") or event.first("RDATE"))
        for moment in self.repetitions(event, start) if is_repeated and not is_instead else (start,):
            occurrence = self.place(event)[1] if is_instead else _stamp(moment) if is_repeated else ""
            if not is_instead and (uid, occurrence) in instead:
                continue
            made = self.event(event, uid, occurrence, moment, length)
            if made is not None:
                yield made

    def repetitions(self, event: Component, start: _Moment) -> list[_Moment]:
        left_out = {_stamp(one) for one in self.moments(event, "EXDATE", start)}
        found = {_stamp(start): start}
        line = event.first("RRULE")
        if line is not None:
            for day in self.days(line, start):
                moment = _Moment(datetime.combine(day, start.at.time(), start.at.tzinfo), start.is_day)
                found[_stamp(moment)] = moment
        for moment in self.moments(event, "RDATE", start):
            found[_stamp(moment)] = moment
        return [moment for stamp, moment in found.items() if stamp not in left_out]

    def days(self, line: Line, start: _Moment) -> Iterator[date]:
        pairs = (part.partition("=") for part in line.value.upper().split(";"))
        parts = {name.strip(): value.split(",") for name, _equals, value in pairs if name.strip()}
        end = self.moment(Line("".join(parts.get("UNTIL", ())), {})) if "UNTIL" in parts else None
        last = None
        if end is not None:
            last = end.at.date() if end.is_day else end.at.astimezone(start.at.tzinfo).date()
        rule = read_rule(parts, last)
        if rule is None:
            return iter(())
        first, until_day = start.at.date(), self.until.date() + ONE_DAY
        if rule.count is not None:
            self.walked += min(MOST_DAYS, max(0, (until_day - first).days))
        if self.walked > MOST_WALKED:
            raise CalendarRefused("too-many", str(MOST_EVENTS))
        return days_of(rule, first, until_day, since=self.since - LONGEST)

    def moments(self, event: Component, name: str, start: _Moment) -> Iterator[_Moment]:
        for line in event.lines.get(name, ()):
            for value in line.value.split(","):
                moment = self.moment(Line(value.partition("/")[0], line.parameters))
                if moment is not None and moment.is_day and not start.is_day:
                    # A bare day leaves out that day's event, whatever its hour.
                    at = datetime.combine(moment.at.date(), start.at.time(), start.at.tzinfo)
                    moment = _Moment(at, False)
                if moment is not None:
                    yield moment

    def moment(self, line: Line) -> _Moment | None:
        match = _STAMP.match(line.value.strip())
        if match is None:
            return None
        year, month, day = (int(part) for part in match.groups()[:3])
        try:
            if match.group(4) is None:
                return _Moment(datetime(year, month, day, tzinfo=self.home), True)
            hours, minutes, seconds = (int(part) for part in match.groups()[3:6])
            # A minute of 61 seconds happens; a leap second ends with the minute before it.
            clock = time(hours, minutes, min(seconds, 59))
            zone = UTC if match.group(7) else self.zone(line.parameters.get("TZID", ""))
            return _Moment(datetime.combine(date(year, month, day), clock, zone), False)
        except (ValueError, OverflowError):
            return None

    def zone(self, name: str) -> tzinfo:
        return _zone(name, self.zones) or self.home

    def length(self, event: Component, start: _Moment) -> timedelta:
        line, said = event.first("DTEND"), event.text("DURATION")
        end = self.moment(line) if line else None
        found = timedelta(0)
        if end is not None:
            found = end.utc - start.utc
        elif match := _LENGTH.match(said):
            weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
            found = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
        elif start.is_day:
            found = ONE_DAY
        return max(timedelta(0), min(found, LONGEST))

    def event(
        self, event: Component, uid: str, occurrence: str, moment: _Moment, length: timedelta
    ) -> Event | None:
        # What ends at midnight was held on the day before.
        begins = moment.utc
        ends = begins + length
        where = self.home if moment.at.tzinfo is UTC else moment.at.tzinfo
        last = (ends - timedelta(seconds=1) if length else ends).astimezone(where).date()
        if last < self.since or ends > self.until:
            return None
        organiser = event.first("ORGANIZER")
        named = (organiser.parameters.get("CN") or organiser.value.partition(":")[2]) if organiser else ""
        kinds = (kind.strip() for line in event.lines.get("CATEGORIES", ()) for kind in line.text.split(","))
        return Event(
            uid=uid,
            occurrence=occurrence,
            title=event.text("SUMMARY")[:MOST_TITLE],
            organiser=named[:MOST_NAME],
            location=event.text("LOCATION")[:MOST_TITLE],
            categories=tuple(kind for kind in kinds if kind),
            starts_at=begins,
            ends_at=ends,
            held_on=last,
            minutes=0 if moment.is_day else int(length.total_seconds()) // 60,
        )


def _uid(event: Component) -> str:
    return event.text("UID")[:MOST_UID]


def _stamp(moment: _Moment) -> str:
    return moment.at.strftime("%Y%m%d") if moment.is_day else moment.utc.strftime("%Y%m%dT%H%M%SZ")


def _zone(name: str, zones: dict[str, Component]) -> tzinfo | None:
    """A time zone by the name a file gives it: an IANA name, a longer one that ends so, one of Windows', or
    the standard offset that the file itself describes.
    """
    found = _known_zone(name.strip()) if name else None
    if found is not None or name not in zones:
        return found
    described = zones[name]
    known = _known_zone(described.text("X-LIC-LOCATION"))
    if known is not None:
        return known
    for part in described.parts:
        match = _OFFSET.match(part.text("TZOFFSETTO")) if part.name == "STANDARD" else None
        if match:
            minutes = int(match.group(2)) * 60 + int(match.group(3))
            if minutes < 24 * 60:
                return timezone(timedelta(minutes=-minutes if match.group(1) == "-" else minutes))
    return None


@cache
def _known_zone(name: str) -> tzinfo | None:
    parts = name.strip("/").split("/")
    for place in (name, WINDOWS_TO_OLSON.get(name, ""), "/".join(parts[-2:]), "/".join(parts[-3:])):
        try:
            if place and not place.startswith("/"):
                return ZoneInfo(place)
        except (KeyError, ValueError, OSError):
            continue
    return None
