"""Short words for tests of the language: hours, records, requirements, and one credential's answer."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from osler.core.credit.amount import amount_text, parse_amount
from osler.core.rules.answer import CredentialAnswer, RequirementAnswer
from osler.core.rules.condition import Condition, parse_condition
from osler.core.rules.evaluate import assess_credential
from osler.core.rules.index import RecordIndex
from osler.core.rules.record import Clinician, Credential, CreditRecord, FactValue
from osler.core.rules.requirement import (
    Accept,
    Cap,
    CycleRule,
    Equivalence,
    Match,
    Percent,
    Rate,
    Relief,
    Requirement,
    RequirementSet,
    Version,
)
from osler.core.rules.window import parse_due, parse_window

AS_OF = date(2025, 7, 1)
EXPIRES = date(2026, 6, 30)
ISSUED = date(2018, 6, 30)
"""The running cycle of two years is 2024-07-01 to 2026-06-30, and ends in the fourth renewal."""


def day(text: str) -> date:
    return date.fromisoformat(text)


def hours(amount: str | int | float) -> int:
    return parse_amount(str(amount))


def record(
    record_id: str,
    completed: str,
    amount: str | int | float | Mapping[str, str | int | float],
    *,
    topics: Mapping[str, str | int | float] | None = None,
    tags: Iterable[str] = (),
    **rest: Any,
) -> CreditRecord:
    """A record; a bare amount is AMA PRA Category 1."""
    amounts = amount if isinstance(amount, Mapping) else {"AMA_PRA_1": amount}
    return CreditRecord(
        id=record_id,
        completed=day(completed),
        credits=tuple((code, hours(number)) for code, number in amounts.items()),
        topics=tuple((topic, hours(number)) for topic, number in (topics or {}).items()),
        tags=frozenset(tags),
        **rest,
    )


def match(**fields: Iterable[str]) -> Match:
    return Match(**{name: frozenset(values) for name, values in fields.items()})


def accept(
    *,
    rates: Sequence[Rate] = (),
    at_least_each: str | int | float = 0,
    own_specialties: bool = False,
    not_hours_on: Iterable[str] = (),
    completed_from: str = "",
    completed_until: str = "",
    no_repeats: bool = False,
    since_issue: bool = False,
    **fields: Iterable[str],
) -> Accept:
    return Accept(
        match=match(**fields),
        own_specialties=own_specialties,
        not_hours_on=frozenset(not_hours_on),
        rates=tuple(rates),
        completed_from=day(completed_from) if completed_from else None,
        completed_until=day(completed_until) if completed_until else None,
        no_repeats=no_repeats,
        at_least_each=hours(at_least_each),
        since_issue=since_issue,
    )


def cap(at_most: str | int | float | Percent, *, id: str = "cap", per: str = "window", **fields: Any) -> Cap:  # noqa: A002
    most = at_most if isinstance(at_most, Percent) else hours(at_most)
    return Cap(id, match(**fields), most, per)


def share(percent: int, of: str = "", measure: str = "required") -> Percent:
    return Percent(Fraction(percent, 100), of, measure)


def when(text: str) -> Condition:
    return parse_condition(text)


def ask(
    at_least: str | int | float | Percent | None = None,
    id: str = "total",  # noqa: A002
    *,
    window: str = "cycle",
    due: str = "",
    applies_when: str = "",
    accepts: Accept | None = None,
    **rest: Any,
) -> Requirement:
    """A requirement; ``at_least`` in units or a share."""
    amount = at_least if at_least is None or isinstance(at_least, Percent) else hours(at_least)
    return Requirement(
        id=id,
        title=id,
        at_least=amount,
        window=parse_window(window),
        due=parse_due(due) if due else None,
        applies_when=when(applies_when) if applies_when else None,
        accept=accepts or Accept(),
        **rest,
    )


def relief(text: str, **rest: Any) -> Relief:
    return Relief(when(text), **rest)


def equivalence(text: str, *, covers: Iterable[str] = (), excepted: Iterable[str] = ()) -> Equivalence:
    return Equivalence("equal", "Certified", when(text), frozenset(covers), frozenset(excepted))


EXPIRY = CycleRule("expiry", 24, 24)


def rules(
    requirements: Iterable[Requirement],
    equivalences: Iterable[Equivalence] = (),
    cycle: CycleRule = EXPIRY,
    effective: str = "2000-01-01",
) -> RequirementSet:
    version = Version(day(effective), tuple(requirements), tuple(equivalences))
    return RequirementSet("xx", "Example", "Board", "US", "licence", cycle, (version,), ())


def answers(
    *requirements: Requirement,
    records: Iterable[CreditRecord] = (),
    as_of: date | str = AS_OF,
    issued: date | str | None = ISSUED,
    expires: date | str | None = EXPIRES,
    facts: Mapping[str, FactValue] | None = None,
    equivalences: Iterable[Equivalence] = (),
    cycle: CycleRule = EXPIRY,
    **person: Any,
) -> CredentialAnswer:
    """The answer of a credential whose set asks these requirements."""
    clinician = Clinician(facts=dict(facts or {}), **person)
    held = Credential("xx", issued=_maybe(issued), expires=_maybe(expires))
    index = RecordIndex(records, clinician.specialties or ())
    asked = rules(requirements, equivalences, cycle)
    return assess_credential(asked, held, clinician, index, _maybe(as_of) or AS_OF)


def answer(requirement: Requirement, **rest: Any) -> RequirementAnswer:
    """The answer of a set that asks one thing."""
    return answers(requirement, **rest).requirements[0]


def part(found: CredentialAnswer, requirement_id: str) -> RequirementAnswer:
    return next(each for each in found.requirements if each.id == requirement_id)


def counted(found: RequirementAnswer) -> dict[str, str]:
    """The records that count, each with its amount."""
    amounts: dict[str, int] = {}
    for item in found.counted_records:
        amounts[item.record.id] = amounts.get(item.record.id, 0) + item.ticks
    return {record_id: amount_text(ticks) for record_id, ticks in amounts.items()}


def refused(found: RequirementAnswer) -> dict[str, str]:
    """The records, or parts of them, that do not count, each with its reason."""
    return {item.record.id: item.reason.value for item in found.not_counted}


def asked(found: CredentialAnswer | RequirementAnswer) -> list[str]:
    """The facts asked; optional ones with a question mark behind."""
    return sorted(question.fact + "?" * question.is_optional for question in found.questions)


def number(value: int) -> Decimal:
    return Decimal(value)


def _maybe(value: date | str | None) -> date | None:
    return day(value) if isinstance(value, str) else value
