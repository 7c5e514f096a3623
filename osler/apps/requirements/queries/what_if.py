"""Where a person would stand if something were otherwise: worked out beside the answer, and never kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, cast

from osler.apps.requirements.queries.assessment import CredentialStanding, PersonAssessment, questions_of
from osler.apps.requirements.queries.cycles import answer_in
from osler.core.rules.answer import CredentialAnswer
from osler.core.rules.cycles import first_end_from
from osler.core.rules.evaluate import assess
from osler.core.rules.record import NO_FACTS, Clinician, Credential, CreditRecord, FactValue, Portfolio
from osler.core.rules.schedule import Missing, schedule
from osler.requirement_sets.loader import load_sets

if TYPE_CHECKING:
    from osler.apps.people.models import HeldCredential

PLANNED = "planned-"
"""How the ids of planned records begin: no record has such a key."""

SUPPOSED = "supposed-"
"""How the keys of credentials begin that are only supposed."""


@dataclass(frozen=True, slots=True)
class Supposition:
    """What is otherwise. ``None`` and empty mean: as it is.

    ``facts`` replace what was stated, ``dropped`` are keys of credentials held, ``planned`` records whose ids
    begin with ``PLANNED``. Without ``as_of`` the day is today, or the last day of what is planned.
    """

    as_of: date | None = None
    profession: str | None = None
    degree: str | None = None
    specialties: tuple[str, ...] | None = None
    facts: Mapping[str, FactValue] = field(default_factory=lambda: NO_FACTS)
    added: tuple[Credential, ...] = ()
    dropped: frozenset[str] = frozenset()
    planned: tuple[CreditRecord, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self == Supposition()

    def day(self, today: date) -> date:
        """The day for which it is asked."""
        return self.as_of or max([today, *(record.completed for record in self.planned)])


@dataclass(frozen=True, slots=True)
class SupposedCredential:
    """Stands where pages expect a held credential, for one that nobody holds."""

    key: str
    requirement_set: str
    number: str = ""
    name: str = ""
    issued_on: date | None = None
    expires_on: date | None = None
    pk: None = None


@dataclass(frozen=True, slots=True)
class Supposed:
    """The answer beside today's.

    ``by_time`` is what the day alone would bring, without anything else supposed. ``renewed`` holds, by key,
    the expiry assumed for a credential whose cycle ends before the day; ``closing`` how that cycle would end.
    """

    before: PersonAssessment
    after: PersonAssessment
    by_time: PersonAssessment
    renewed: Mapping[str, date]
    closing: Mapping[str, CredentialAnswer]


def suppose(before: PersonAssessment, supposition: Supposition) -> Supposed:
    """Today's answer and the supposed one. Asks nothing of the database and writes nothing."""
    day = supposition.day(before.as_of)
    clinician = _clinician(before.portfolio.clinician, supposition)
    rows = [
        (standing.held, _with_facts(value, supposition))
        for standing, value in zip(before.standings, before.portfolio.credentials, strict=True)
        if standing.held.key not in supposition.dropped
    ]
    rows += [(_supposed(n, value), value) for n, value in enumerate(supposition.added)]
    records = (*before.portfolio.credits, *supposition.planned)
    as_they_are = _answered(before, rows, clinician, records, day)
    rolled, renewed = _rolled_on(rows, clinician, day)
    after = _answered(before, rolled, clinician, records, day) if renewed else as_they_are
    closing = {
        standing.held.key: answer_in(after, standing, ended)
        for standing in as_they_are.standings
        if standing.held.key in renewed and (ended := standing.answer.cycle) is not None
    }
    return Supposed(before, after, _by_time(before, day), renewed, closing)


def _by_time(before: PersonAssessment, day: date) -> PersonAssessment:
    if day == before.as_of:
        return before
    pairs = zip(before.standings, before.portfolio.credentials, strict=True)
    rows = [(standing.held, value) for standing, value in pairs]
    clinician = before.portfolio.clinician
    rolled, _renewed = _rolled_on(rows, clinician, day)
    return _answered(before, rolled, clinician, before.portfolio.credits, day)


def _clinician(clinician: Clinician, supposition: Supposition) -> Clinician:
    return replace(
        clinician,
        profession=supposition.profession or clinician.profession,
        degree=supposition.degree or clinician.degree,
        specialties=clinician.specialties if supposition.specialties is None else supposition.specialties,
        facts={**clinician.facts, **supposition.facts},
    )


def _with_facts(value: Credential, supposition: Supposition) -> Credential:
    """A fact stated of the credential itself gives way to the supposed one as well."""
    other = {name: fact for name, fact in supposition.facts.items() if name in value.facts}
    return replace(value, facts={**value.facts, **other}) if other else value


def _supposed(n: int, value: Credential) -> HeldCredential:
    supposed = SupposedCredential(
        key=f"{SUPPOSED}{n}-{value.requirement_set}",
        requirement_set=value.requirement_set,
        issued_on=value.issued,
        expires_on=value.expires,
    )
    # Pages read its key, name and number; it is never handed to an action.
    return cast("HeldCredential", supposed)


Rows = list[tuple["HeldCredential", Credential]]


def _rolled_on(rows: Rows, clinician: Clinician, day: date) -> tuple[Rows, dict[str, date]]:
    """The credentials as if each whose cycle ends before the day had been renewed as its rule says."""
    found: Rows = []
    renewed: dict[str, date] = {}
    for held, value in rows:
        rule = load_sets()[value.requirement_set].cycle
        laid = schedule(rule, value, clinician, day)
        if value.expires is not None and not isinstance(laid, Missing) and laid.last_day < day:
            until = first_end_from(rule, value, clinician, laid.period, day)
            if until is not None and until >= day:
                renewed[held.key] = until
                value = replace(value, expires=until)
        found.append((held, value))
    return found, renewed


def _answered(
    before: PersonAssessment,
    rows: Rows,
    clinician: Clinician,
    records: tuple[CreditRecord, ...],
    day: date,
) -> PersonAssessment:
    sets = load_sets()
    portfolio = Portfolio(clinician, tuple(value for _held, value in rows), records)
    assessment = assess(portfolio, sets, day)
    standings = tuple(
        CredentialStanding(held, sets[held.requirement_set], answer)
        for (held, _value), answer in zip(rows, assessment.credentials, strict=True)
    )
    return PersonAssessment(
        as_of=day,
        portfolio=portfolio,
        assessment=assessment,
        standings=standings,
        questions=questions_of(assessment, standings),
        unbound=before.unbound,
    )
