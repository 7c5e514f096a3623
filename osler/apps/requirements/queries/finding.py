"""The search box: a person's own credentials and records, and the requirement sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from osler.apps.credit.queries import transcript_rows
from osler.apps.people.queries import credentials_held
from osler.apps.requirements.queries.offered import OfferedSet, requirement_set, sets_offered

if TYPE_CHECKING:
    from osler.apps.credit.models import Record
    from osler.apps.people.models import HeldCredential, Person


@dataclass(frozen=True, slots=True)
class FoundSet:
    """A held credential that matches, with the name and authority of its set."""

    held: HeldCredential
    name: str
    authority: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, best first. ``records_count`` counts all records that match, also those not
    listed.
    """

    text: str
    credentials: tuple[FoundSet, ...]
    records: tuple[Record, ...]
    records_count: int
    sets: tuple[OfferedSet, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.credentials or self.records or self.sets)


def search(person: Person, text: str, *, most: int = 20) -> Found:
    """Everything of the person's own, and every requirement set, in which all words occur. At most five
    queries.
    """
    words = text.casefold().split()[:10]
    if not words:
        return Found(text, (), (), 0, ())
    sets = sets_offered(text, person.profession or None, person.degree or None, most=most)
    matching = {one.id for one in sets}
    credentials = []
    for held in credentials_held(person):
        rules = requirement_set(held.requirement_set)
        name = held.name or (rules.name if rules else held.requirement_set)
        authority = rules.authority if rules else ""
        shown = f"{name} {authority} {held.number} {held.requirement_set}".casefold()
        if held.requirement_set in matching or all(word in shown for word in words):
            credentials.append(FoundSet(held, name, authority))
    rows = transcript_rows(person, search=text)
    return Found(text, tuple(credentials), tuple(rows[:most]), rows.count(), sets)
