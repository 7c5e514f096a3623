"""Requirement sets for adding a credential: searched by name, and only the questions that matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, utils

from osler.apps.people.queries import clinician_of
from osler.apps.requirements.queries.questions import asked_facts
from osler.core.rules.evaluate import assess
from osler.core.rules.record import NO_FACTS, Credential, FactValue, Portfolio
from osler.core.rules.requirement import RequirementSet
from osler.requirement_sets.loader import load_sets
from osler.requirement_sets.vocabulary import AskedFact

if TYPE_CHECKING:
    from osler.apps.people.models import Person

LIKE_ENOUGH = 75


@dataclass(frozen=True, slots=True)
class OfferedSet:
    """A requirement set somebody may add. ``is_for_you``: profession and degree fit, as far as they are
    stated.
    """

    rules: RequirementSet
    is_for_you: bool
    score: float

    @property
    def id(self) -> str:
        return self.rules.id


def requirement_set(set_id: str) -> RequirementSet | None:
    """The requirement set with this id, or ``None``."""
    return load_sets().get(set_id)


def sets_offered(
    search: str = "", profession: str | None = None, degree: str | None = None, *, most: int = 50
) -> tuple[OfferedSet, ...]:
    """Sets whose name, authority, region or id is like ``search``, best first; those that fit the person
    before others.

    Without a search all sets are offered, by country and name.
    """
    found = []
    for rules in load_sets().values():
        score = _likeness(search, rules) if search.strip() else 100.0
        if score >= LIKE_ENOUGH:
            found.append(OfferedSet(rules, _fits(rules, profession, degree), score))
    found.sort(key=lambda one: (not one.is_for_you, -round(one.score / 5), one.rules.country, one.rules.name))
    return tuple(found[:most])


def _fits(rules: RequirementSet, profession: str | None, degree: str | None) -> bool:
    return (not profession or not rules.professions or profession in rules.professions) and (
        not degree or not rules.degrees or degree in rules.degrees
    )


REGIONS = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DC": "District of Columbia", "DE": "Delaware", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "IA": "Iowa", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "KS": "Kansas",
    "KY": "Kentucky", "LA": "Louisiana", "MA": "Massachusetts", "MD": "Maryland", "ME": "Maine",
    "MI": "Michigan", "MN": "Minnesota", "MO": "Missouri", "MS": "Mississippi", "MT": "Montana",
    "NC": "North Carolina", "ND": "North Dakota", "NE": "Nebraska", "NH": "New Hampshire", "NJ": "New Jersey",
    "NM": "New Mexico", "NV": "Nevada", "NY": "New York", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
    "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VA": "Virginia", "VT": "Vermont", "WA": "Washington",
    "WI": "Wisconsin", "WV": "West Virginia", "WY": "Wyoming",
}  # fmt: skip
"""Names of the states of the US, by which people search."""


def _likeness(search: str, rules: RequirementSet) -> float:
    """0 to 100: how well the word that fits worst fits; the beginning of a word fits fully."""
    region = REGIONS.get(rules.region, "") if rules.country == "US" else ""
    text = utils.default_process(
        f"{rules.name} {rules.authority} {rules.id} {rules.region} {region} {rules.kind}"
    )
    words, asked = text.split(), utils.default_process(search).split()
    likeness = [max(_like(one, word) for word in words) for one in asked]
    return min(likeness) if likeness else 0.0


def _like(asked: str, word: str) -> float:
    return 100.0 if word.startswith(asked) else float(fuzz.ratio(asked, word))


def facts_asked(
    rules: RequirementSet,
    person: Person,
    *,
    as_of: date,
    issued: date | None = None,
    expires: date | None = None,
    facts: Mapping[str, FactValue] = NO_FACTS,
    optional: bool = False,
) -> tuple[AskedFact, ...]:
    """The questions that decide whether parts of a set bind this person, and no others.

    Worked out as if the credential were held already; ``facts`` are answers given on the page but not yet
    kept. ``optional`` adds those that could only make the answer better (waivers).
    """
    credential = Credential(rules.id, issued=issued, expires=expires, facts=facts)
    portfolio = Portfolio(clinician_of(person), (credential,))
    answer = assess(portfolio, {rules.id: rules}, as_of).credentials[0]
    return asked_facts(answer.questions, optional=optional)
