"""One credential in one cycle, as somebody else may read it: which cycles there are, and the answer for each.

A dossier and a shared page are about a cycle, not about today. The running one is answered as the pages
answer it; one that was kept when it closed stands as it was kept; another one of the past is worked out for
its last day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from osler.apps.requirements.queries.assessment import CredentialStanding, PersonAssessment, assessment_of
from osler.apps.requirements.queries.cycles import (
    CycleStanding,
    Place,
    answer_in,
    closed_cycles,
    credential_value_of,
    cycles_of_credential,
)
from osler.apps.requirements.queries.kept import kept_answer
from osler.core.rules.answer import CredentialAnswer, RequirementAnswer
from osler.core.rules.record import CreditRecord, FactValue
from osler.core.rules.requirement import Reference
from osler.core.rules.schedule import Missing
from osler.core.time import Period

if TYPE_CHECKING:
    from osler.apps.people.models import Person

MOST_PAST = 3
"""So many cycles of the past are offered; what is older is no auditor's business any more."""


@dataclass(frozen=True, slots=True)
class CycleOffered:
    """One cycle of one credential that can be shown to others."""

    standing: CredentialStanding
    period: Period
    is_running: bool

    @property
    def code(self) -> str:
        """What stands for it in a form: the credential's key and the cycle's first day."""
        return f"{self.standing.held.key}:{self.period.start.isoformat()}"


@dataclass(frozen=True, slots=True)
class AssessedCycle:
    """The answer for one cycle. ``checked`` is the day its rules were last checked, where they were."""

    standing: CredentialStanding
    period: Period
    as_of: date
    answer: CredentialAnswer
    references: tuple[Reference, ...]
    facts: Mapping[str, FactValue]
    checked: date | None
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class PersonCycles:
    """All cycles of a person that can be shown to others, by credential, the newest first."""

    found: PersonAssessment
    offered: tuple[CycleOffered, ...]
    _standings: Mapping[str, CycleStanding]

    def offer(self, code: str) -> CycleOffered | None:
        """The cycle a form's code stands for."""
        return next((one for one in self.offered if one.code == code), None)

    def assessed(self, offer: CycleOffered) -> AssessedCycle:
        """The answer for one of the cycles offered. At most one query, for a kept one."""
        standing, period = offer.standing, offer.period
        value = credential_value_of(self.found, standing.held.key)
        facts = {**self.found.portfolio.clinician.facts, **value.facts}
        one = self._standings[offer.code]
        if one.kept is not None:
            kept = kept_answer(one.kept)
            return AssessedCycle(
                standing=standing,
                period=period,
                as_of=date.fromisoformat(kept.content["as_of"]),
                answer=kept.answer,
                references=kept.references,
                facts=kept.facts,
                checked=kept.checked,
                is_kept=True,
            )
        answer = one.answer or answer_in(self.found, standing, period)
        as_of = min(period.last_day, self.found.as_of)
        references, checked = standing.rules.references, standing.rules.checked
        return AssessedCycle(standing, period, as_of, answer, references, facts, checked)


def cycles_to_show(person: Person, today: date) -> PersonCycles:
    """The running cycle of every credential and those of the past about which something is known. Six
    queries.
    """
    found = assessment_of(person, today)
    kept = list(closed_cycles(person))
    offered: list[CycleOffered] = []
    standings: dict[str, CycleStanding] = {}
    for standing in found.standings:
        rows = [row for row in kept if row.credential_id == standing.held.pk]
        laid = cycles_of_credential(found, standing, rows)
        if isinstance(laid, Missing):
            continue
        past = MOST_PAST
        for one in reversed(laid.all):
            is_past = one.place is Place.PAST
            if one.place is Place.AHEAD or (is_past and (not past or not (one.kept or one.answer))):
                continue
            past -= is_past
            offer = CycleOffered(standing, one.period, not is_past)
            offered.append(offer)
            standings[offer.code] = one
    return PersonCycles(found, tuple(offered), standings)


def counted_records(answer: CredentialAnswer) -> tuple[CreditRecord, ...]:
    """Every record that counts toward any requirement, each once, in the order of the requirements."""
    found: dict[str, CreditRecord] = {}
    for requirement in answer.requirements:
        for part in with_ways(requirement):
            for one in part.counted_records:
                if one.ticks:
                    found.setdefault(one.record.id, one.record)
    return tuple(found.values())


def counted_keys(answer: CredentialAnswer) -> tuple[str, ...]:
    """The public keys of the records that count."""
    return tuple(record.id for record in counted_records(answer))


def with_ways(requirement: RequirementAnswer) -> Iterator[RequirementAnswer]:
    """A requirement and, below it, the ways to meet it."""
    yield requirement
    for way in requirement.ways:
        yield from with_ways(way)
