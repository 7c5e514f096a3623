"""The search box: a person's own credentials and records, and the requirement sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from osler.apps.credit.queries import transcript_rows
from osler.apps.people.queries import credentials_held
from osler.apps.requirements.queries.assessment import CredentialStanding, assessment_of
from osler.apps.requirements.queries.offered import OfferedSet, requirement_set, sets_offered
from osler.core.rules.answer import RequirementAnswer, Status

if TYPE_CHECKING:
    from datetime import date

    from osler.apps.credit.models import Record
    from osler.apps.people.models import HeldCredential, Person


@dataclass(frozen=True, slots=True)
class FoundSet:
    """A held credential that matches, with the name and authority of its set."""

    held: HeldCredential
    name: str
    authority: str


@dataclass(frozen=True, slots=True)
class FoundRequirement:
    """One requirement of a held credential that matches, with how it stands."""

    standing: CredentialStanding
    answer: RequirementAnswer


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
    requirements: tuple[FoundRequirement, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.credentials or self.records or self.sets or self.requirements)


def search(person: Person, text: str, *, as_of: date, most: int = 20) -> Found:
    """Everything of the person's own, what their credentials ask as of a day, and every requirement set, in
    which all words occur. At most ten queries.
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
    asked = requirements_found(person, text, as_of)
    return Found(text, tuple(credentials), tuple(rows[:most]), rows.count(), sets, asked)


def requirements_found(person: Person, text: str, as_of: date) -> tuple[FoundRequirement, ...]:
    """The requirements of all credentials held in whose words, topics or sources all words of ``text`` occur.

    What is open comes first; what is not asked of the person is left out.
    """
    words = text.casefold().split()[:10]
    if not words:
        return ()
    found = [
        FoundRequirement(standing, answer)
        for standing in assessment_of(person, as_of).standings
        for answer in standing.answer.requirements
        if answer.status is not Status.NOT_APPLICABLE and _matches(words, answer, standing)
    ]
    return tuple(sorted(found, key=lambda one: one.answer.status.rank))


def _matches(words: list[str], answer: RequirementAnswer, standing: CredentialStanding) -> bool:
    """Whether all words occur, and not all of them in the credential's name alone."""
    references = {one.id: one.title for one in standing.rules.references}
    titles = [references.get(name, "") for name in answer.references]
    ways = [f"{way.title} {way.says}" for way in answer.ways]
    own = " ".join((answer.title, answer.id.replace("-", " "), answer.says, *titles, *ways)).casefold()
    name = standing.name.casefold()
    return any(word in own for word in words if word not in name) and all(
        word in own or word in name for word in words
    )
