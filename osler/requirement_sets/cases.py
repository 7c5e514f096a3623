"""Worked cases: a person, their credit, and the answer that the rule gives, thought out by hand.

``run_case`` puts one to the evaluator and says in words where the two part. Only what a case
writes is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from importlib.resources.abc import Traversable
from pathlib import Path

from osler.core.credit.amount import amount_text
from osler.core.rules.answer import CredentialAnswer, Reason, RequirementAnswer, Status
from osler.core.rules.evaluate import assess
from osler.core.rules.record import Clinician, Credential, CreditRecord, Portfolio
from osler.core.rules.requirement import Requirement, RequirementSet
from osler.requirement_sets.loader import shown_name
from osler.requirement_sets.nodes import Node, Scalar, Table
from osler.requirement_sets.person_reader import PersonReader
from osler.requirement_sets.reading import Reading
from osler.requirement_sets.record_reader import RecordReader
from osler.requirement_sets.vocabulary import PORTFOLIO_QUESTIONS, load_vocabulary, read_document

CASE_KEYS = ("name", "as_of", "clinician", "credential", "credits", "expect")
EXPECT_KEYS = ("status", "cycle", "requirements", "questions")
REQUIREMENT_KEYS = ("status", "required", "counted", "remaining", "due", "counted_records", "not_counted")
_STATUSES = tuple(status.value for status in Status)
_REASONS = tuple(reason.value for reason in Reason)


@dataclass(frozen=True, slots=True)
class ExpectedRequirement:
    """What a case says of one requirement; amounts are ticks and ``None`` is not compared."""

    status: str | None = None
    required: int | None = None
    counted: int | None = None
    remaining: int | None = None
    due: date | None = None
    counted_records: Mapping[str, int] = field(default_factory=dict)
    not_counted: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """One worked case. ``questions`` are the facts asked, optional ones with a trailing ``?``."""

    name: str
    line: int
    as_of: date
    portfolio: Portfolio
    status: str | None = None
    start: date | None = None
    end: date | None = None
    requirements: Mapping[str, ExpectedRequirement] = field(default_factory=dict)
    questions: tuple[str, ...] | None = None


def load_cases(place: Path | Traversable, rules: RequirementSet) -> tuple[Case, ...]:
    """The cases in one file; ``TextFaults`` holds everything wrong with it."""
    return read_cases(place.read_bytes(), shown_name(place), rules)


def read_cases(text: str | bytes, file: str, rules: RequirementSet) -> tuple[Case, ...]:
    """The cases that a text states for a set."""
    return _CaseReader(Reading(read_document(text, file), file), rules).read()


class _CaseReader:
    def __init__(self, reading: Reading, rules: RequirementSet) -> None:
        self.reading, self.rules = reading, rules
        vocabulary = load_vocabulary()
        self.people = PersonReader(reading, vocabulary, (rules.id,), None)
        self.records = RecordReader(reading, vocabulary, None)

    def read(self) -> tuple[Case, ...]:
        reading = self.reading
        known = ("requirement_set", "cases")
        fields = reading.fields(reading.root, "a file of cases", known, required=known)
        if "requirement_set" in fields:
            reading.word(fields["requirement_set"], "requirement set", (self.rules.id,))
        cases = tuple(
            case
            for node in (reading.items(fields["cases"], "cases") if "cases" in fields else [])
            if (case := self._case(node)) is not None
        )
        reading.finish()
        return cases

    def _case(self, node: Node) -> Case | None:
        reading = self.reading
        fields = reading.fields(node, "a case", CASE_KEYS, required=("name", "as_of", "expect"))
        clinician = self.people.clinician(fields["clinician"]) if "clinician" in fields else Clinician()
        if clinician.profession is None and len(self.rules.professions) == 1:
            # Every case of a physicians' set is about a physician; saying so each time helps nobody.
            clinician = replace(clinician, profession=self.rules.professions[0])
        held: Credential | None = Credential(self.rules.id)
        if "credential" in fields:
            held = self.people.credential(fields["credential"], self.rules.id)
        records = tuple(self._records(fields["credits"])) if "credits" in fields else ()
        expect = (
            reading.fields(fields["expect"], "what a case expects", EXPECT_KEYS) if "expect" in fields else {}
        )
        name = reading.text(fields["name"]) if "name" in fields else None
        as_of = reading.day(fields["as_of"]) if "as_of" in fields else None
        start, end = self._cycle(expect.get("cycle"))
        status = reading.word(expect["status"], "status", _STATUSES) if "status" in expect else None
        requirements = self._requirements(expect["requirements"]) if "requirements" in expect else {}
        questions = self._questions(expect.get("questions"))
        if name is None or as_of is None or held is None:
            return None
        portfolio = Portfolio(clinician, (held,), records)
        return Case(name, node.line, as_of, portfolio, status, start, end, requirements, questions)

    # -- credit ----------------------------------------------------------------------------------------------

    def _records(self, node: Node) -> Iterator[CreditRecord]:
        seen: set[str] = set()
        for number, item in enumerate(self.reading.items(node, "credit records"), 1):
            record = self.records.record(item, default_id=f"r{number}", more_keys=("repeat",))
            if record is None:
                continue
            if record.id in seen:
                self.reading.fault(item, f"the id {record.id} is taken")
            seen.add(record.id)
            yield from self._repeated(item, record)

    def _repeated(self, node: Node, record: CreditRecord) -> Iterator[CreditRecord]:
        entries = node.entries if isinstance(node, Table) else {}
        if "repeat" not in entries:
            # A title of its own, so that two bare records of one day are not taken for one activity.
            yield record if record.title else replace(record, title=record.id)
            return
        known = ("count", "every_days")
        fields = self.reading.fields(entries["repeat"][1], "repeat", known, required=known)
        if len(fields) < len(known):
            return
        count = self.reading.whole(fields["count"], 1, 2000) or 0
        step = self.reading.whole(fields["every_days"], 0, 3660) or 0
        for number in range(count):
            name = f"{record.id}-{number + 1}"
            day = record.completed + timedelta(days=step * number)
            yield replace(record, id=name, completed=day, title=record.title or name)

    # -- what is expected ------------------------------------------------------------------------------------

    def _cycle(self, node: Node | None) -> tuple[date | None, date | None]:
        if node is None:
            return None, None
        fields = self.reading.fields(node, "a cycle", ("start", "end"))
        start = self.reading.day(fields["start"]) if "start" in fields else None
        return start, self.reading.day(fields["end"]) if "end" in fields else None

    def _questions(self, node: Node | None) -> tuple[str, ...] | None:
        if node is None:
            return None
        known = load_vocabulary().facts
        asked = []
        for item in self.reading.items(node, "facts"):
            text = self.reading.text(item)
            if text is not None and text.removesuffix("?") not in (*known, *PORTFOLIO_QUESTIONS):
                self.reading.unknown(item, text, "fact", known)
            elif text is not None:
                asked.append(text)
        return tuple(sorted(asked))

    def _requirements(self, node: Node) -> Mapping[str, ExpectedRequirement]:
        known = sorted({name for version in self.rules.versions for name in ids_of(version.requirements)})
        found: dict[str, ExpectedRequirement] = {}
        for key, value in self.reading.entries(node, "requirements by id"):
            if key.text not in known:
                self.reading.unknown(key, key.text, "requirement", known)
            found[key.text] = self._requirement(value)
        return found

    def _requirement(self, node: Node) -> ExpectedRequirement:
        reading = self.reading
        fields = reading.fields(node, "an expected requirement", REQUIREMENT_KEYS)
        amounts = {
            key: reading.amount(fields[key]) for key in ("required", "counted", "remaining") if key in fields
        }
        return ExpectedRequirement(
            status=reading.word(fields["status"], "status", _STATUSES) if "status" in fields else None,
            due=reading.day(fields["due"]) if "due" in fields else None,
            counted_records={
                key.text: reading.amount(value) or 0
                for key, value in self._entries(fields.get("counted_records"), "amounts by record")
            },
            not_counted={
                key.text: reading.word(value, "reason", _REASONS) or ""
                for key, value in self._entries(fields.get("not_counted"), "reasons by record")
            },
            **amounts,
        )

    def _entries(self, node: Node | None, what: str) -> Iterator[tuple[Scalar, Node]]:
        if node is not None:
            yield from self.reading.entries(node, what)


def ids_of(requirements: tuple[Requirement, ...]) -> Iterator[str]:
    """Every id among requirements, their ways and their variants' ways."""
    for requirement in requirements:
        yield requirement.id
        yield from ids_of(requirement.ways)
        for _, variant in requirement.variants:
            yield from ids_of(variant.ways)


# -- running -------------------------------------------------------------------------------------------------


def run_case(case: Case, rules: RequirementSet) -> list[str]:
    """Where the evaluator's answer differs from the case, in words; empty when they agree."""
    answer = assess(case.portfolio, {rules.id: rules}, case.as_of).credentials[0]
    return [*_whole(case, answer), *_parts(case, answer), *_asked(case, answer)]


def _whole(case: Case, answer: CredentialAnswer) -> Iterator[str]:
    if case.status not in (None, answer.status.value):
        because = f" ({answer.because})" if answer.because else ""
        yield f"status: expected {case.status}, found {answer.status.value}{because}"
    start = answer.cycle.start if answer.cycle else None
    end = answer.cycle.last_day if answer.cycle else None
    if case.start not in (None, start):
        yield f"cycle start: expected {case.start}, found {start}"
    if case.end not in (None, end):
        yield f"cycle end: expected {case.end}, found {end}"


def _parts(case: Case, answer: CredentialAnswer) -> Iterator[str]:
    found = {part.id: part for part in _flat(answer.requirements)}
    for name, expected in case.requirements.items():
        if name not in found:
            yield f"{name}: not in the answer"
        else:
            yield from (f"{name}: {difference}" for difference in _differences(expected, found[name]))


def _flat(parts: tuple[RequirementAnswer, ...]) -> Iterator[RequirementAnswer]:
    for part in parts:
        yield part
        yield from _flat(part.ways)


def _differences(expected: ExpectedRequirement, found: RequirementAnswer) -> Iterator[str]:
    if expected.status not in (None, found.status.value):
        because = f" ({found.because})" if found.because else ""
        yield f"status: expected {expected.status}, found {found.status.value}{because}"
    for name in ("required", "counted", "remaining"):
        wanted, given = getattr(expected, name), getattr(found, name)
        if wanted is not None and wanted != given:
            yield f"{name}: expected {amount_text(wanted)}, found {_amount(given)}"
    if expected.due not in (None, found.due):
        yield f"due: expected {expected.due}, found {found.due}"
    counted: dict[str, int] = {}
    for each in found.counted_records:
        counted[each.record.id] = counted.get(each.record.id, 0) + each.ticks
    for record, ticks in expected.counted_records.items():
        if counted.get(record) != ticks:
            yield f"{record}: expected {amount_text(ticks)} to count, found {_amount(counted.get(record))}"
    for record, reason in expected.not_counted.items():
        reasons = sorted({part.reason.value for part in found.not_counted if part.record.id == record})
        if reason not in reasons:
            yield f"{record}: expected not to count as {reason}, found {', '.join(reasons) or 'no reason'}"


def _amount(ticks: int | None) -> str:
    return "nothing" if ticks is None else amount_text(ticks)


def _asked(case: Case, answer: CredentialAnswer) -> Iterator[str]:
    asked = sorted(f"{each.fact}?" if each.is_optional else each.fact for each in answer.questions)
    if case.questions is not None and list(case.questions) != asked:
        yield f"questions: expected {', '.join(case.questions) or 'none'}, found {', '.join(asked) or 'none'}"
