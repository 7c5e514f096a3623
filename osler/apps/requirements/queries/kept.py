"""What is kept of an answer, how it is read back, and what today would say otherwise."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from osler.apps.people.queries import read_fact, write_fact
from osler.apps.requirements.models import ClosedCycle, StruckCycle
from osler.apps.requirements.packing import text_of
from osler.apps.requirements.queries.assessment import CredentialStanding, PersonAssessment
from osler.core.rules.answer import CredentialAnswer, RequirementAnswer
from osler.core.rules.as_data import credential_data
from osler.core.rules.from_data import (
    credential_from_data,
    record_data,
    record_from_data,
    references_from_data,
)
from osler.core.rules.record import Credential, CreditRecord, FactValue
from osler.core.rules.requirement import Reference, RequirementSet
from osler.requirement_sets.description import fact_names
from osler.requirement_sets.loader import load_sets

if TYPE_CHECKING:
    from osler.apps.people.models import Person


@cache
def set_hash(set_id: str) -> str:
    """The SHA-256 of a set's file: two answers with the same one were worked out by the same words."""
    return hashlib.sha256(load_sets().place(set_id).read_bytes()).hexdigest()


def content_of(
    found: PersonAssessment,
    standing: CredentialStanding,
    value: Credential,
    answer: CredentialAnswer,
    as_of: date,
) -> dict[str, Any]:
    """Everything that is kept of an answer, as JSON: the answer, its records, the facts and dates it rests
    on, and the rules it was worked out with.
    """
    clinician, rules = found.portfolio.clinician, standing.rules
    named = set(_names(rules, answer))
    stated = {**clinician.facts, **value.facts}
    facts = {name: list(write_fact(fact)) for name, fact in sorted(stated.items()) if name in named}
    profile = {
        "profession": clinician.profession,
        "degree": clinician.degree,
        "specialties": None if clinician.specialties is None else list(clinician.specialties),
        "birth_date": _text(clinician.birth_date),
    }
    return {
        "format": 1,
        "as_of": as_of.isoformat(),
        "answer": credential_data(answer, rules),
        "records": {
            record.id: record_data(record) for part in answer.requirements for record in _records(part)
        },
        "facts": facts,
        "profile": profile,
        "credential": {
            "number": value.number,
            "issued": _text(value.issued),
            "expires": _text(value.expires),
        },
        "rules": {
            "id": rules.id,
            "version": _text(answer.version),
            "sha256": set_hash(rules.id),
            "checked": _text(rules.checked),
        },
    }


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _names(rules: RequirementSet, answer: CredentialAnswer) -> Iterator[str]:
    """The facts that the version used asks about: nothing else of the person is kept."""
    for version in rules.versions:
        if version.effective == answer.version:
            for requirement in version.requirements:
                yield from fact_names(requirement)
            for equivalence in version.equivalences:
                yield from equivalence.when.names


def _records(part: RequirementAnswer) -> Iterator[CreditRecord]:
    yield from (one.record for one in part.counted_records)
    yield from (one.record for one in part.not_counted)
    for way in part.ways:
        yield from _records(way)


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What was kept of one cycle, as values again."""

    row: ClosedCycle
    content: Mapping[str, Any]
    answer: CredentialAnswer
    references: tuple[Reference, ...]
    records: Mapping[str, CreditRecord]
    facts: Mapping[str, FactValue]

    @property
    def checked(self) -> date | None:
        """The day on which the rules had been checked by then."""
        text = self.content["rules"]["checked"]
        return None if text is None else date.fromisoformat(text)


def kept_answer(row: ClosedCycle) -> KeptAnswer:
    """The kept answer of a row; ``ValueError`` where it is not what was kept."""
    content = row.content
    records = {key: record_from_data(key, data) for key, data in content["records"].items()}
    return KeptAnswer(
        row=row,
        content=content,
        answer=credential_from_data(content["answer"], records),
        references=references_from_data(content["answer"]),
        records=records,
        facts={name: read_fact(kind, text) for name, (kind, text) in content["facts"].items()},
    )


def kept_texts(person: Person) -> Iterator[tuple[str, bytes]]:
    """Every answer kept of a person's cycles as JSON, byte for byte as it was kept, each with a file name.

    Those of a cycle that they struck are among them and say so in their names.
    """
    struck = set(
        StruckCycle.objects.filter(person=person, brought_back_at=None).values_list(
            "credential_id", "last_on"
        )
    )
    rows = ClosedCycle.objects.filter(person=person).select_related("credential")
    for row in rows.iterator(chunk_size=20):
        credential = row.credential
        name = f"{credential.requirement_set}-{credential.key}-{row.last_on.isoformat()}-{row.number}"
        name += "-struck.json" if (row.credential_id, row.last_on) in struck else ".json"
        yield name, text_of(bytes(row.packed))


# -- the difference ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RequirementChange:
    """A requirement that today's answer puts otherwise; ``None`` where one of the two does not ask it."""

    before: RequirementAnswer | None
    after: RequirementAnswer | None

    @property
    def title(self) -> str:
        shown = self.after or self.before
        return shown.title if shown is not None else ""


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that is not what it was when the cycle closed."""

    record: CreditRecord
    deed: Literal["added", "changed", "removed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """What today's records, facts and rules would say otherwise of a kept cycle."""

    requirements: tuple[RequirementChange, ...]
    records: tuple[RecordChange, ...]
    facts: tuple[str, ...]
    are_rules_other: bool

    @property
    def is_answer_same(self) -> bool:
        return not self.requirements


def difference(kept: KeptAnswer, now: Mapping[str, Any], answer: CredentialAnswer) -> Difference:
    """What changed since. ``now`` is today's ``content_of`` for the same cycle and day, of ``answer``."""
    return Difference(
        requirements=tuple(_requirements(kept, now, answer)),
        records=tuple(_record_changes(kept, now, answer)),
        facts=tuple(_fact_changes(kept.content, now)),
        are_rules_other=kept.content["rules"]["sha256"] != now["rules"]["sha256"],
    )


def _requirements(
    kept: KeptAnswer, now: Mapping[str, Any], answer: CredentialAnswer
) -> Iterator[RequirementChange]:
    before = {one.id: one for one in kept.answer.requirements}
    after = {one.id: one for one in answer.requirements}
    told = [_told(content["answer"]["requirements"]) for content in (kept.content, now)]
    for name in dict.fromkeys((*before, *after)):
        if told[0].get(name) != told[1].get(name):
            yield RequirementChange(before.get(name), after.get(name))


def _told(parts: Sequence[Mapping[str, Any]]) -> dict[str, tuple[Any, ...]]:
    """What a reader would call the answer: how it stands and by how much, not in which words."""
    return {one["id"]: (one["status"], one["counted"], one["required"]) for one in parts}


def _record_changes(
    kept: KeptAnswer, now: Mapping[str, Any], answer: CredentialAnswer
) -> Iterator[RecordChange]:
    then: Mapping[str, Any] = kept.content["records"]
    today: Mapping[str, Any] = now["records"]
    mattered = _counted(kept.answer) | _counted(answer)
    period = answer.cycle or kept.answer.cycle
    for key in dict.fromkeys((*then, *today)):
        if then.get(key) == today.get(key):
            continue
        record = record_from_data(key, today.get(key) or then[key])
        if key in mattered or (period is not None and record.completed in period):
            yield RecordChange(
                record, "added" if key not in then else "removed" if key not in today else "changed"
            )


def _counted(answer: CredentialAnswer) -> set[str]:
    return {one.record.id for part in answer.requirements for one in part.counted_records}


def _fact_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """Names of what was stated otherwise then: facts, the profile, and the day of issue."""
    for group in ("facts", "profile"):
        one, other = before[group], after[group]
        yield from (name for name in sorted({*one, *other}) if one.get(name) != other.get(name))
    if before["credential"]["issued"] != after["credential"]["issued"]:
        yield "issued"
