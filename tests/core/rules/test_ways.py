"""Several ways, documents, shares of other requirements, and what is asked in addition."""

from datetime import date

import pytest

from osler.core.credit.amount import amount_text
from osler.core.rules.answer import RequirementAnswer, Status
from osler.core.rules.requirement import CycleRule, Requirement
from tests.core.rules.asking import (
    accept,
    answer,
    answers,
    ask,
    asked,
    cap,
    counted,
    day,
    hours,
    number,
    part,
    record,
    refused,
    relief,
    share,
    when,
)

TEN = [record("a", "2025-01-01", 10)]


def stands(found: RequirementAnswer) -> tuple[str, str | None, str]:
    required = None if found.required is None else amount_text(found.required)
    return found.status.value, required, amount_text(found.counted)


# -- ways


def test_any_of_is_met_by_one() -> None:
    found = answer(ask(id="pain", ways=(ask(20, "one"), ask(10, "other"))), records=TEN)
    assert (found.id, stands(found)) == ("pain", ("met", "10", "10"))
    assert [way.status.value for way in found.ways] == ["short", "met"]


def test_any_of_shows_the_way_that_is_nearest() -> None:
    found = answer(ask(id="pain", ways=(ask(40, "far"), ask(20, "near"), ask(30, "middle"))), records=TEN)
    assert stands(found) == ("short", "20", "10")


def test_any_of_is_due_when_its_last_open_way_is_due() -> None:
    ways = (ask(20, "one", window="once", due="2025-12-31"), ask(20, "two", window="once", due="2026-03-31"))
    assert answer(ask(ways=ways)).due == day("2026-03-31")
    passed = (
        ask(20, "one", window="once", due="2024-12-31"),
        ask(20, "two", window="once", due="2026-03-31"),
    )
    found = answer(ask(ways=passed))
    assert (found.status.value, found.due) == ("short", day("2026-03-31"))


def test_all_of_is_as_far_as_its_worst_and_due_with_the_first_that_is_open() -> None:
    ways = (
        ask(10, "done", window="once", due="2025-03-01"),
        ask(20, "later", window="once", due="2026-03-31"),
        ask(20, "sooner", window="once", due="2025-12-31"),
    )
    found = answer(ask(ways=ways, ways_needed=3), records=TEN)
    assert (found.status.value, found.due) == ("short", day("2025-12-31"))
    met = answer(ask(ways=ways[:1] * 2, ways_needed=2), records=TEN)
    assert met.status is Status.MET
    passed = (*ways, ask(20, "missed", window="once", due="2024-12-31"))
    found = answer(ask(ways=passed, ways_needed=4), records=TEN)
    assert (found.status.value, found.due) == ("overdue", day("2024-12-31"))


def test_some_of_needs_so_many() -> None:
    def some(*amounts: int) -> RequirementAnswer:
        return answer(ask(ways=tuple(ask(n, f"w{n}") for n in amounts), ways_needed=2), records=TEN)

    assert some(5, 20, 10).status is Status.MET
    found = some(5, 20, 40)
    assert stands(found) == ("short", "20", "10")


def test_a_way_that_does_not_apply_is_no_way() -> None:
    ways = (ask(20, "one", applies_when="a"), ask(10, "two"), ask(30, "three"))
    facts = {"a": False}
    assert answer(ask(ways=ways), facts=facts, records=TEN).status is Status.MET
    assert answer(ask(ways=ways[:1] * 2), facts=facts).status is Status.NOT_APPLICABLE
    assert answer(ask(ways=ways, ways_needed=3), facts=facts, records=TEN).status is Status.SHORT
    assert answer(ask(ways=ways[:2], ways_needed=2), facts=facts, records=TEN).status is Status.MET
    assert answer(ask(ways=ways, ways_needed=2), facts=facts, records=TEN).status is Status.SHORT


def test_an_unknown_way_is_asked_only_where_it_could_help() -> None:
    course = ask(id="course", holds="b")
    assert asked(answer(ask(ways=(course, ask(10, "hours"))), records=TEN)) == []
    found = answer(ask(ways=(course, ask(20, "hours"))), records=TEN)
    assert (found.status.value, asked(found)) == ("unknown", ["b"])
    both = answer(ask(ways=(course, ask(20, "hours")), ways_needed=2), records=TEN)
    assert (both.status.value, asked(both)) == ("short", ["b"])


def test_a_waived_way_waives_and_a_met_one_is_met() -> None:
    free = ask(20, "free", relief=(relief("a"),))
    assert answer(ask(ways=(free, ask(30, "hours"))), facts={"a": True}, records=TEN).status is Status.WAIVED
    two_of_three = ask(ways=(free, ask(10, "hours"), ask(90, "more")), ways_needed=2)
    assert answer(two_of_three, facts={"a": True}, records=TEN).status is Status.MET
    found = answer(ask(ways=(free, ask(10, "hours")), ways_needed=2), facts={"a": True}, records=TEN)
    assert found.status is Status.MET


def test_ways_may_have_ways() -> None:
    inner = ask(id="inner", ways=(ask(10, "x"), ask(40, "y")), ways_needed=2)
    found = answer(ask(ways=(inner, ask(30, "z"))), records=TEN)
    assert (found.status.value, found.ways[0].status.value) == ("short", "short")


def test_what_lapses_first_of_all_is_when_all_lapse() -> None:
    def last(months: int) -> Requirement:
        return ask(10, f"last-{months}", window=f"last {months} months")

    found = answer(ask(ways=(last(60), last(12)), ways_needed=2), records=TEN)
    assert (found.status, found.lapses_on) == (Status.MET, day("2026-01-01"))


# -- facts and documents


@pytest.mark.parametrize(
    ("value", "status", "questions"),
    [
        (True, "met", []),
        (False, "short", []),
        (None, "unknown", ["course"]),
        (date(2024, 7, 1), "met", []),
        (date(2024, 6, 30), "short", []),
        (date(2025, 7, 1), "met", []),
        (date(2025, 7, 2), "short", []),
    ],
)
def test_a_document_is_a_fact_with_a_date_in_the_window(
    value: bool | date | None, status: str, questions: list[str]
) -> None:
    found = answer(ask(id="course", holds="course"), facts={} if value is None else {"course": value})
    assert (found.status.value, asked(found), found.due) == (status, questions, day("2026-06-30"))


@pytest.mark.parametrize(
    ("value", "status", "due"),
    [
        (date(2023, 7, 2), "met", "2025-07-02"),
        (date(2023, 7, 1), "met", "2025-07-01"),
        (date(2023, 6, 30), "overdue", "2025-06-30"),
        (False, "short", "2026-06-30"),
    ],
)
def test_a_document_to_be_renewed(value: bool | date, status: str, due: str) -> None:
    course = ask(id="course", holds="course", window="every 24 months")
    found = answer(course, facts={"course": value})
    assert (found.status.value, found.due) == (status, day(due))


def test_a_document_to_be_renewed_needs_its_day() -> None:
    course = ask(id="course", holds="course", window="every 24 months")
    assert asked(answer(course, facts={"course": True})) == ["course"]
    unbounded = answer(course, facts={"course": date(2025, 1, 1)}, expires=None)
    assert unbounded.status is Status.MET


def test_a_document_of_an_unknown_window_is_not_guessed() -> None:
    course = ask(id="course", holds="course")
    found = answer(course, facts={"course": date(2010, 1, 1)}, expires=None)
    assert (found.status.value, asked(found)) == ("unknown", ["expires"])
    assert asked(answer(course, facts={"course": False}, expires=None)) == ["expires"]
    assert answer(course, facts={"course": True}, expires=None).status is Status.MET
    assert asked(answer(course, expires=None)) == ["course"]


def test_a_document_obtained_too_late_counts_and_says_so() -> None:
    course = ask(id="course", holds="course", window="once", due="2020-12-31")
    late = answer(course, facts={"course": date(2021, 1, 1)})
    assert (late.status, late.is_late, late.because) == (Status.MET, True, "stated for 2021-01-01")
    assert not answer(course, facts={"course": date(2020, 12, 31)}).is_late
    assert answer(course, facts={"course": False}).status is Status.OVERDUE


def test_a_document_asked_at_all_times_has_no_day_left() -> None:
    course = ask(id="course", holds="course", due="now")
    assert answer(course, facts={"course": False}).status is Status.OVERDUE


# -- shares of other requirements


def test_a_share_of_what_is_asked_and_of_what_was_earned() -> None:
    asks = (ask(share(40, "total"), "asked"), ask(share(40, "total", "earned"), "earned"), ask(50))
    found = answers(*asks, records=TEN)
    assert part(found, "asked").required == hours(20)
    assert part(found, "earned").required == hours(4)


def test_a_share_of_an_unknown_amount_is_unknown() -> None:
    total = ask(variants=((when("a"), ask(20)), (None, ask(40))))
    topic = ask(share(50, "total"), "geriatrics", accepts=accept(topics=["geriatrics"]))
    held = [record("g", "2025-01-01", 15, topics={"geriatrics": 15})]
    found = part(answers(total, topic, records=held), "geriatrics")
    assert (found.status.value, found.required, asked(found)) == ("unknown", None, ["a"])
    much = [record("g", "2025-01-01", 30, topics={"geriatrics": 30})]
    assert part(answers(total, topic, records=much), "geriatrics").status is Status.MET


def test_a_cap_that_is_a_share_of_an_unknown_amount_is_unknown() -> None:
    total = ask(variants=((when("a"), ask(20)), (None, ask(40))))
    core = ask(15, "core", caps=(cap(share(50, "total")),))
    found = part(answers(total, core, records=[record("g", "2025-01-01", 15)]), "core")
    assert (found.status.value, asked(found)) == ("unknown", ["a"])
    few = part(answers(total, core, records=[record("g", "2025-01-01", 9)]), "core")
    assert (few.status.value, asked(few)) == ("short", [])


def test_a_share_of_what_does_not_apply_does_not_apply() -> None:
    found = answers(ask(20, applies_when="a"), ask(share(50, "total"), "half"), facts={"a": False})
    assert part(found, "half").status is Status.NOT_APPLICABLE


# -- in addition


def beside(*hours_on_topic: float, total: float = 10) -> tuple[RequirementAnswer, RequirementAnswer]:
    records = [
        record(f"p{n}", f"2025-0{n}-01", amount, topics={"pain": amount})
        for n, amount in enumerate(hours_on_topic, 1)
    ]
    pain = ask(4, "pain", accepts=accept(topics=["pain"]), in_addition_to=("total",))
    found = answers(ask(total), pain, records=[*records, record("g", "2025-06-01", 6)])
    return part(found, "pain"), part(found, "total")


def test_hours_asked_in_addition_do_not_count_twice() -> None:
    pain, total = beside(4)
    assert (stands(pain), stands(total)) == (("met", "4", "4"), ("short", "10", "6"))
    assert refused(total) == {"p1": "counted-elsewhere"}
    assert total.not_counted[0].detail == "these hours count toward pain, which is asked in addition"


def test_hours_above_what_is_asked_in_addition_count() -> None:
    pain, total = beside(3, 3)
    assert (pain.counted, total.counted) == (hours(6), hours(8))
    assert beside(2)[1].counted == hours(6)


def test_in_addition_holds_inside_a_variant_and_only_there() -> None:
    pain = ask(
        id="pain",
        variants=(
            (when("on-top"), ask(4, "pain", accepts=accept(topics=["pain"]), in_addition_to=("total",))),
            (None, ask(4, "pain", accepts=accept(topics=["pain"]))),
        ),
    )
    held = [record("p", "2025-01-01", 4, topics={"pain": 4}), record("g", "2025-06-01", 6)]
    on_top = answers(ask(10), pain, records=held, facts={"on-top": True})
    inside = answers(ask(10), pain, records=held, facts={"on-top": False})
    assert part(on_top, "total").counted == hours(6)
    assert part(inside, "total").counted == hours(10)


def test_in_addition_holds_for_ways() -> None:
    ways = (ask(4, "p", accepts=accept(topics=["pain"])), ask(9, "e", accepts=accept(topics=["ethics"])))
    held = [record("p", "2025-01-01", 4, topics={"pain": 4}), record("g", "2025-06-01", 6)]
    found = answers(ask(10), ask(id="extra", ways=ways, in_addition_to=("total",)), records=held)
    assert part(found, "total").counted == hours(6)


def test_what_may_be_asked_in_addition_leaves_the_rest_open() -> None:
    pain = ask(6, "pain", accepts=accept(topics=["pain"]), in_addition_to=("total",), applies_when="a")
    held = [record("p", "2025-01-01", 4, topics={"pain": 4}), record("g", "2025-06-01", 6)]
    found = part(answers(ask(10), pain, records=held), "total")
    assert (found.status.value, asked(found)) == ("unknown", ["a"])
    short = part(answers(ask(5), pain, records=held), "total")
    assert (short.status.value, asked(short)) == ("met", [])


def test_what_is_waived_takes_no_hours() -> None:
    pain = ask(6, "pain", accepts=accept(topics=["pain"]), in_addition_to=("total",), relief=(relief("a"),))
    held = [record("p", "2025-01-01", 4, topics={"pain": 4})]
    assert part(answers(ask(10), pain, records=held, facts={"a": True}), "total").counted == hours(4)


# -- what is missing


def test_nothing_is_guessed_without_a_cycle() -> None:
    found = answers(ask(10), records=TEN, expires=None)
    assert (found.status.value, found.cycle, asked(found)) == ("unknown", None, ["expires"])
    assert part(found, "total").questions[0].needed_by == ("total",)


def test_a_number_is_a_fact() -> None:
    assert answer(ask(10, applies_when="share > 25"), facts={"share": number(26)}).status is Status.SHORT


def test_a_rolling_cycle_needs_nothing() -> None:
    found = answers(ask(10), records=TEN, expires=None, issued=None, cycle=CycleRule("rolling", 12, 12))
    assert (found.status.value, counted(found.requirements[0])) == ("met", {"a": "10"})
