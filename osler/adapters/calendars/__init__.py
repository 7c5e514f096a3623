"""Calendars from elsewhere: an address or a file in, past events out, each repetition by itself.

``fetch`` brings the bytes (``fetching``: only from public addresses, bounded in time and size),
``read_events`` reads them (``reading``, RFC 5545), ``Filters`` tells education from the rest. Nothing here
knows Django, a database or today's date; refusals are codes, worded by whoever shows them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

MOST_BYTES = 5_000_000
MOST_EVENTS = 20_000
"""Neither a calendar nor what its repetitions give may hold more."""


class CalendarRefused(Exception):
    """The calendar cannot be had or read; ``code`` says why, ``values`` what its sentence needs."""

    def __init__(self, code: str, *values: str) -> None:
        super().__init__(code, *values)
        self.code, self.values = code, values


@dataclass(frozen=True, slots=True)
class Event:
    """One event, or one repetition of one (``occurrence``). ``held_on`` is the day it ended where it took
    place; ``minutes`` is 0 where it lasts whole days.
    """

    uid: str
    occurrence: str
    title: str
    organiser: str
    location: str
    categories: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    held_on: date
    minutes: int


@dataclass(frozen=True, slots=True)
class Filters:
    """Which events are education: all (``everything``), or those with one of the words in title or place, one
    of the organisers, or one of the categories. Case aside.
    """

    everything: bool = False
    words: tuple[str, ...] = ()
    organisers: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    def take(self, event: Event) -> bool:
        """Whether the event is education by these filters."""
        if self.everything:
            return True
        text = f"{event.title} {event.location}".casefold()
        organiser = event.organiser.casefold()
        kinds = {one.casefold() for one in event.categories}
        return (
            any(word.casefold() in text for word in self.words)
            or any(one.casefold() in organiser for one in self.organisers)
            or any(one.casefold() in kinds for one in self.categories)
        )

    def as_data(self) -> dict[str, object]:
        """JSON for keeping; ``from_data`` reads it back."""
        lists = {name: list(getattr(self, name)) for name in ("words", "organisers", "categories")}
        return {"everything": self.everything, **lists}

    @classmethod
    def from_data(cls, data: dict[str, object]) -> Filters:
        """The filters that ``as_data`` wrote; missing keys are empty."""

        def texts(name: str) -> tuple[str, ...]:
            found = data.get(name)
            return tuple(str(one) for one in found) if isinstance(found, list) else ()

        return cls(bool(data.get("everything")), texts("words"), texts("organisers"), texts("categories"))


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered. ``is_unchanged``: the same as under ``etag``, and nothing was sent."""

    content: bytes = field(repr=False)
    etag: str = ""
    is_unchanged: bool = False


class CalendarFetcher(Protocol):
    """Brings a calendar from its address. Raises ``CalendarRefused``."""

    def fetch(self, url: str, etag: str = "") -> Fetched: ...


_fetcher: CalendarFetcher | None = None


def connect(fetcher: CalendarFetcher | None) -> CalendarFetcher | None:
    """Chooses who brings calendars from now on, and returns who did before; ``None`` is the real one."""
    global _fetcher
    before, _fetcher = _fetcher, fetcher
    return before


def fetch(url: str, etag: str = "") -> Fetched:
    """The calendar at an address. Raises ``CalendarRefused``."""
    from osler.adapters.calendars.fetching import WebFetcher

    return (_fetcher or WebFetcher()).fetch(url, etag)
