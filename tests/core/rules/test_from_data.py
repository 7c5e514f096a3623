"""What is kept beside an answer, and the answer itself, come back as they were written."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from osler.core.rules.answer import CredentialAnswer, RequirementAnswer
from osler.core.rules.as_data import credential_data
from osler.core.rules.from_data import (
    credential_from_data,
    record_data,
    record_from_data,
    references_from_data,
)
from osler.core.rules.record import CreditRecord
from osler.core.rules.requirement import CarryOver, Match, Reference, Requirement
from tests.core.rules.asking import accept, answers, ask, cap, hours, record, rules
from tests.core.rules.test_properties import records, requirements

LAW = Reference("law", "Board Act", "https://board.example/act", "2025", date(2025, 1, 2))
RULE = Reference("rule", "Rule 7", "", "", None)
HELD = [
    record("a", "2024-08-01", 6, topics={"pain": 2}),
    record("b", "2025-01-10", 4.5, tags=["web"], format="journal"),
    record("c", "2023-03-01", 3),
]


def written_and_read(
    asked: Sequence[Requirement], held: Sequence[CreditRecord], **rest: object
) -> tuple[CredentialAnswer, CredentialAnswer]:
    """An answer, and the same after it has been text."""
    found = answers(*asked, records=held, **rest)  # type: ignore[arg-type]
    told = replace(rules(asked), references=(LAW, RULE))
    data = json.loads(json.dumps(credential_data(found, told)))
    back = credential_from_data(data, {each.id: each for each in held})
    assert credential_data(back, told) == data
    return found, back


def test_a_record_comes_back_to_the_tick() -> None:
    kept = CreditRecord(
        id="a",
        completed=date(2025, 2, 28),
        credits=(("AMA_PRA_1", 30_001),),
        title="Pain",
        provider="Society",
        format="live",
        topics=(("pain-management", 7),),
        tags=frozenset({"post-test"}),
    )
    assert record_from_data("a", json.loads(json.dumps(record_data(kept)))) == kept


@given(records())
def test_any_record_comes_back(held: list[CreditRecord]) -> None:
    for each in held:
        assert record_from_data(each.id, record_data(each)) == each


def test_an_answer_comes_back_with_its_records_and_reasons() -> None:
    found, back = written_and_read([ask(12, caps=(cap(2, formats=["journal"]),))], HELD)
    one, other = found.requirements[0], back.requirements[0]
    assert (back.requirement_set, back.status, back.cycle, back.version) == (
        found.requirement_set,
        found.status,
        found.cycle,
        found.version,
    )
    assert tuple(other.counted_records) == tuple(one.counted_records)
    assert tuple(other.not_counted) == tuple(one.not_counted)
    assert {each.record.id for each in other.not_counted} == {"b", "c"}
    assert (other.required, other.counted, other.remaining) == (hours(12), hours(8), hours(4))
    assert (other.due, other.window, other.is_on_pace) == (one.due, one.window, one.is_on_pace)


def test_hours_brought_over_still_say_from_where() -> None:
    carries = ask(20, carry_over=CarryOver(hours(3), Match(), frozenset()))
    _, back = written_and_read([carries], [*HELD, record("d", "2024-05-01", 30)])
    assert any(each.via for each in back.requirements[0].counted_records)


def test_stretches_ways_and_questions_come_back() -> None:
    ways = ask(
        None,
        "either",
        ways=(ask(2, "pain", accepts=accept(topics=["pain"])), ask(9, "ethics", applies_when="prescribes")),
    )
    found, back = written_and_read([ask(5, "yearly", window="each 12 months of the cycle"), ways], HELD)
    assert back.requirements[0].periods == found.requirements[0].periods
    assert [way.id for way in back.requirements[1].ways] == ["pain", "ethics"]
    open_, back = written_and_read([ask(90, applies_when="prescribes")], HELD)
    assert open_.questions
    assert back.questions == open_.questions


def test_what_nobody_could_say_comes_back_as_not_said() -> None:
    _, back = written_and_read([ask(5)], HELD, issued=None, expires=None)
    assert back.cycle is None
    only = back.requirements[0]
    assert (only.due, only.window, only.expected, only.lapses_on) == (None, None, None, None)
    before = answers(ask(5), as_of="1999-01-01", expires="1999-12-31")
    data = credential_data(before, rules([ask(5)]))
    again = credential_from_data(data, {})
    assert (again.version, again.because) == (None, before.because)


def test_every_reference_is_told_once_in_its_order() -> None:
    inner = ask(2, "pain", references=("rule", "law"))
    asked = [ask(None, "either", ways=(inner,), references=("law",)), ask(5, references=("law", "rule"))]
    data = credential_data(answers(*asked), replace(rules(asked), references=(LAW, RULE)))
    assert references_from_data(data) == (LAW, RULE)
    assert references_from_data({"requirements": []}) == ()


def test_a_line_of_a_record_that_is_not_kept_is_an_error() -> None:
    data = credential_data(answers(ask(5), records=HELD), rules([ask(5)]))
    with pytest.raises(KeyError):
        credential_from_data(data, {})


@given(requirements(), records())
@settings(max_examples=60)
def test_any_answer_is_the_same_data_when_read_back(asked: Requirement, held: list[CreditRecord]) -> None:
    found, back = written_and_read([asked], held)
    one, other = found.requirements[0], back.requirements[0]
    assert _amounts(other) == _amounts(one)


def _amounts(one: RequirementAnswer) -> tuple[object, ...]:
    return one.status, one.due, one.window, one.is_late, one.lapses_on, one.is_on_pace, len(one.not_counted)
