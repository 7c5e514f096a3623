"""Telling open pages that something changed: the port, its message, and the way in.

A context publishes after commit: `publish(LiveEvent(person_room(person.pk), "standing"))`. The event says
*that* something changed, not what; the page then asks for the part it shows. Pages listen for "standing" (the
answer of a person changed) and "progress" (JSON: key, value, maximum, text, is_done). Live events are a
courtesy: the database is the truth, a lost event costs a stale page, and a failing publisher never fails the
act it reports.
"""

import json
import logging
import re
from dataclasses import dataclass
from typing import Protocol

ROOM_FORM = re.compile(r"[a-z]+:[A-Za-z0-9_-]{1,64}")
NAME_FORM = re.compile(r"[a-z][a-z0-9-]{0,40}")
MAX_DATA_BYTES = 16_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LiveEvent:
    """One event for everyone who listens in a room.

    `room` is "<kind>:<id>", `name` a lower-case word with hyphens, `data` any text up to 16,000 bytes
    of UTF-8 (JSON by habit). Raises ValueError for anything else.
    """

    room: str
    name: str
    data: str = ""

    def __post_init__(self) -> None:
        if not ROOM_FORM.fullmatch(self.room):
            raise ValueError(f"Not a room: {self.room!r}.")
        if not NAME_FORM.fullmatch(self.name):
            raise ValueError(f"Not an event's name: {self.name!r}.")
        if len(self.data.encode()) > MAX_DATA_BYTES:
            raise ValueError(f"An event carries at most {MAX_DATA_BYTES} bytes.")

    def as_json(self) -> str:
        """The form in which events travel between processes."""
        return json.dumps({"room": self.room, "name": self.name, "data": self.data})

    @classmethod
    def from_json(cls, text: str | bytes) -> "LiveEvent":
        """Reads what `as_json` wrote. Raises ValueError for anything else."""
        found = json.loads(text)
        if not isinstance(found, dict) or set(found) != {"room", "name", "data"}:
            raise ValueError("Not a live event.")
        if not all(isinstance(value, str) for value in found.values()):
            raise ValueError("Not a live event.")
        return cls(**found)


class LivePublisher(Protocol):
    """Carries an event to the process that holds the open streams. Raises OSError where it cannot."""

    def publish(self, event: LiveEvent) -> None: ...


class NoPublisher:
    """What holds until one is connected: events go nowhere."""

    def publish(self, event: LiveEvent) -> None:
        log.debug("No live process: %s in %s is dropped.", event.name, event.room)


_publisher: LivePublisher = NoPublisher()


def connect(publisher: LivePublisher) -> LivePublisher:
    """Chooses who carries events from now on, and returns who did before. Called where the house is wired."""
    global _publisher
    before, _publisher = _publisher, publisher
    return before


def publish(event: LiveEvent) -> None:
    """Sends an event through the connected publisher; a failure is logged and goes no further."""
    try:
        _publisher.publish(event)
    except OSError as error:
        log.warning("Live event %s in %s was not sent: %s", event.name, event.room, error)


def person_room(person_id: int) -> str:
    """Where everything that concerns one signed-in person is announced."""
    return f"person:{person_id}"


def import_room(import_id: int | str) -> str:
    """Where the progress of one transcript import is announced."""
    return f"import:{import_id}"
