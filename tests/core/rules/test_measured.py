"""Windows that look back, return, slide and split; what comes from elsewhere; when it lapses."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.core.credit.amount import amount_text
from osler.core.rules.answer import RequirementAnswer, Status
from osler.core.rules.record import CreditRecord
from osler.core.rules.requirement import CarryOver, CycleRule, Spill
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
    match,
    part,
    record,
    refused,
)


def stands(found: RequirementAnswer) -> tuple[str, str]:
    return found.status.value, amount_text(found.counted)


# -- due and late


def test_on_the_due_day_there_is_still_time() -> None:
    assert answer(ask(10), as_of="2026-06-30").status is Status.SHORT
    assert answer(ask(10), as_of="2026-07-01").status is Status.OVERDUE
    assert answer(ask(10, due="now")).status is Status.OVERDUE


def test_what_was_done_late_is_met_and_says_so() -> None:
    once = ask(2, window="once", due="12 months after issue")
    on_time = [record("a", "2019-06-30", 2)]
    late = [record("a", "2019-06-30", 1), record("b", "2019-07-01", 1)]
    assert not answer(once, records=on_time).is_late
    assert (answer(once, records=late).status, answer(once, records=late).is_late) == (Status.MET, True)
    assert answer(once).status is Status.OVERDUE


def test_the_pace_is_the_even_share_of_the_days_gone() -> None:
    found = answer(ask(73), as_of="2025-06-30")
    assert (found.expected, found.is_on_pace) == (hours(73) * 365 // 730, False)
    assert answer(ask(73), as_of="2024-01-01").expected == 0
    assert answer(ask(73), as_of="2027-01-01").expected == hours(73)
    ahead = answer(ask(73), as_of="2025-06-30", records=[record("a", "2025-01-01", 40)])
    assert ahead.is_on_pace


# -- carry-over


def carried(
    *records: CreditRecord, most: float = 48, as_of: str = "2025-07-01", **rest: object
) -> RequirementAnswer:
    rule = CarryOver(hours(most), **rest)  # type: ignore[arg-type]
    return answer(ask(50, carry_over=rule), records=records, as_of=as_of)


def test_the_excess_of_the_cycle_before_counts() -> None:
    found = carried(
        record("a", "2023-01-01", 40), record("b", "2024-01-01", 30), record("c", "2025-01-01", 5)
    )
    assert (found.counted, counted(found)) == (hours(25), {"b": "20", "c": "5"})
    assert found.counted_records[0].via == "carried over from the cycle to 2024-06-30"
    assert [(item.record.id, item.ticks) for item in found.not_counted] == [
        ("a", hours(40)),
        ("b", hours(10)),
    ]
    assert set(refused(found).values()) == {"outside-window"}


def test_carry_over_is_limited_in_amount_and_kind() -> None:
    assert carried(record("a", "2024-01-01", 150)).counted == hours(48)
    kinds = {"match": match(credits=["AMA_PRA_1"])}
    held = (record("a", "2023-01-01", 55), record("b", "2024-01-01", {"ANCC": 20}))
    assert counted(carried(*held, **kinds)) == {"a": "25"}
    assert carried(record("a", "2024-01-01", 50)).counted == 0
    pain = record("a", "2024-01-01", 60, topics={"pain": 55})
    assert carried(pain, not_hours_on=frozenset(["pain"])).counted == hours(5)


def test_nothing_is_carried_from_before_the_issue_or_from_days_to_come() -> None:
    rule = CarryOver(hours(48))
    held = [record("a", "2024-01-01", 80)]
    assert answer(ask(50, carry_over=rule), records=held, issued="2024-07-01").counted == 0
    ahead = carried(record("a", "2024-01-01", 60), record("b", "2024-06-01", 20), as_of="2024-03-01")
    assert (counted(ahead), refused(ahead)["b"]) == ({"a": "10"}, "after-as-of")
    assert answer(ask(50, window="once", carry_over=rule), records=held, expires=None).counted == hours(80)


def test_only_the_excess_of_one_cycle_is_carried() -> None:
    assert carried(record("a", "2021-01-01", 100)).counted == 0


# -- spill-over


def test_what_another_requirement_holds_too_much_fills_this_one() -> None:
    assessed = ask(10, "assessed", accepts=accept(tags=["assessed"]))
    rest = ask(20, "rest", accepts=accept(not_tags=["assessed"]), spill=Spill("assessed", hours(4)))
    held = [
        record("a", "2025-01-01", 12, tags=["assessed"]),
        record("b", "2025-02-01", 3, tags=["assessed"]),
        record("c", "2025-03-01", 2),
    ]
    found = part(answers(rest, assessed, records=held), "rest")
    assert (found.counted, counted(found)) == (hours(6), {"a": "1", "b": "3", "c": "2"})
    assert [(item.record.id, item.ticks) for item in found.not_counted] == [("a", hours(11))]
    assert found.counted_records[-1].via == "left over from assessed"
    free = ask(20, "rest", accepts=accept(not_tags=["assessed"]), spill=Spill("assessed"))
    assert part(answers(free, assessed, records=held), "rest").counted == hours(7)


def test_hours_that_count_here_already_do_not_spill() -> None:
    assessed = ask(4, "assessed", accepts=accept(tags=["assessed"]))
    held = [record("a", "2025-01-01", 10, tags=["assessed"])]
    found = part(answers(ask(50, spill=Spill("assessed")), assessed, records=held), "total")
    assert found.counted == hours(10)
    none = part(answers(ask(50, spill=Spill("assessed")), ask(id="assessed", holds="b")), "total")
    assert none.counted == 0


# -- rolling windows


def test_credits_expire_one_by_one() -> None:
    held = [record("a", "2024-08-01", 5), record("b", "2025-01-01", 5), record("c", "2025-02-01", 5)]
    rolling = ask(10, window="last 12 months", due="now")
    assert stands(answer(rolling, records=held)) == ("met", "15")
    assert answer(rolling, records=held).lapses_on == day("2026-01-01")
    assert stands(answer(rolling, records=held, as_of="2025-12-31")) == ("met", "10")
    assert stands(answer(rolling, records=held, as_of="2026-01-01")) == ("overdue", "5")
    assert answer(rolling, records=held, expires=None, issued=None).status is Status.MET


@given(
    st.lists(
        st.tuples(st.dates(date(2023, 1, 1), date(2025, 7, 1)), st.integers(1, 6)), min_size=1, max_size=8
    ),
    st.integers(1, 20),
    st.sampled_from([6, 12, 18]),
    st.booleans(),
)
def test_it_lapses_on_the_first_day_on_which_it_is_not_met(
    held: list[tuple[date, int]], need: int, months: int, is_capped: bool
) -> None:
    caps = (cap(5, per="calendar-year"),) if is_capped else ()
    rolling = ask(need, window=f"last {months} months", due="now", caps=caps)
    records = [record(f"c{n}", str(completed), amount) for n, (completed, amount) in enumerate(held)]
    found = answer(rolling, records=records)
    if found.status is not Status.MET:
        assert found.lapses_on is None
        return
    assert found.lapses_on is not None
    before = found.lapses_on - timedelta(days=1)
    assert answer(rolling, records=records, as_of=before).status is Status.MET
    assert answer(rolling, records=records, as_of=found.lapses_on).status is Status.OVERDUE


# -- every so many months


def test_a_duty_returns_so_many_months_after_it_was_done() -> None:
    clock = ask(3, window="every 48 months")
    held = [record("a", "2022-01-10", 1), record("b", "2022-03-10", 2)]
    found = answer(clock, records=held)
    assert (stands(found), found.due, found.lapses_on) == (("met", "3"), day("2026-03-10"), day("2026-03-11"))
    assert answer(clock, records=held, as_of="2026-03-10").status is Status.MET
    after = answer(clock, records=held, as_of="2026-03-11")
    assert (stands(after), refused(after)) == (
        ("overdue", "0"),
        {"a": "outside-window", "b": "outside-window"},
    )


def test_what_was_done_before_the_last_completion_is_told() -> None:
    clock = ask(2, window="every 48 months")
    held = [record("a", "2020-01-10", 2), record("b", "2022-03-10", 2), record("c", "2025-03-10", 1)]
    found = answer(clock, records=held)
    assert (stands(found), counted(found)) == (("met", "3"), {"b": "2", "c": "1"})
    assert refused(found) == {"a": "before-last-completion"}
    assert found.due == day("2026-03-10")


def test_hours_too_far_apart_do_not_complete_a_duty() -> None:
    clock = ask(3, window="every 12 months", due="2025-12-31")
    held = [record("a", "2024-01-01", 2), record("b", "2025-01-01", 2)]
    found = answer(clock, records=held)
    assert (stands(found), counted(found), refused(found)) == (
        ("short", "2"),
        {"b": "2"},
        {"a": "outside-window"},
    )


@pytest.mark.parametrize(
    ("issued", "due"),
    [("2024-07-01", "2026-07-01"), ("2022-07-01", "2024-07-01"), ("2022-06-30", "2026-06-30")],
)
def test_the_first_time_is_so_many_months_after_the_issue_or_this_cycle(issued: str, due: str) -> None:
    assert answer(ask(3, window="every 24 months"), issued=issued).due == day(due)


def test_a_duty_without_a_day_is_unknown_until_it_is_done() -> None:
    clock = ask(3, window="every 24 months")
    found = answer(clock, issued=None, expires=None)
    assert (found.status.value, asked(found)) == ("unknown", ["expires"])
    assert (
        answer(clock, issued=None, expires=None, records=[record("a", "2025-01-01", 3)]).status is Status.MET
    )
    assert answer(ask(0, window="every 24 months")).status is Status.MET


# -- stretches


def test_every_year_is_asked_and_a_missed_one_is_overdue() -> None:
    each = ask(10, window="each 12 months of the cycle")
    first, second = record("a", "2025-06-30", 10), record("b", "2025-07-01", 10)
    assert stands(answer(each, records=[first])) == ("short", "10")
    assert answer(each, records=[first]).due == day("2026-06-30")
    missed = answer(each, records=[second])
    assert (stands(missed), missed.due, missed.remaining) == (("overdue", "10"), day("2025-06-30"), hours(10))
    assert [period.status.value for period in missed.periods] == ["overdue", "met"]
    both = answer(each, records=[first, second])
    assert (stands(both), both.required) == (("met", "20"), hours(20))


def test_more_in_one_year_does_not_fill_another() -> None:
    each = ask(10, window="each calendar year")
    held = [record("a", "2025-01-01", 30)]
    found = answer(each, records=held, expires="2026-12-31", issued="2024-12-31")
    assert (stands(found), found.required, found.remaining) == (("short", "30"), hours(20), hours(10))


def test_any_two_years_slide() -> None:
    sliding = ask(10, window="any 24 months of the cycle")
    rule = CycleRule("expiry", 48, 48)
    held = [record("a", "2022-07-01", 10), record("b", "2024-07-01", 4), record("c", "2025-07-01", 3)]
    found = answer(sliding, records=held, cycle=rule)
    assert [(amount_text(p.counted), p.status.value) for p in found.periods] == [
        ("10", "met"),
        ("4", "overdue"),
        ("7", "short"),
    ]
    assert (stands(found), found.due) == (("overdue", "4"), day("2025-06-30"))
    full = [*held, record("d", "2025-06-30", 6)]
    assert stands(answer(sliding, records=full, cycle=rule)) == ("met", "10")


def test_a_repeat_counts_in_one_year_only() -> None:
    each = ask(1, window="each 12 months of the cycle", accepts=accept(no_repeats=True))
    held = [
        record(n, when, 1, title="Bias", provider="U")
        for n, when in [("a", "2024-08-01"), ("b", "2025-07-01")]
    ]
    found = answer(each, records=held)
    assert (stands(found), refused(found)) == (("short", "1"), {"b": "duplicate"})


def test_what_a_yearly_cap_leaves_is_told_to_the_last_quarter() -> None:
    each = ask(10, window="each 12 months of the cycle", caps=(cap(6, formats=["live"]),))
    held = [record("a", "2024-08-01", 9, format="live"), record("b", "2024-09-01", 5, format="live")]
    found = answer(each, records=held)
    assert counted(found) == {"a": "6"}
    assert [(item.record.id, item.ticks) for item in found.not_counted] == [("a", hours(3)), ("b", hours(5))]


def test_a_year_before_the_licence_is_not_asked() -> None:
    each = ask(10, window="each 12 months of the cycle")
    found = answer(each, records=[record("a", "2025-07-01", 10)], issued="2025-06-30")
    assert [period.status.value for period in found.periods] == ["overdue", "met"]
    found = answer(each, records=[record("a", "2025-07-01", 10)], issued="2025-07-01")
    assert (stands(found), found.required) == (("met", "10"), hours(10))
    since = ask(10, window="each 12 months of the cycle", accepts=accept(since_issue=True))
    found = answer(
        since, records=[record("a", "2025-01-01", 9), record("b", "2025-05-01", 4)], issued="2025-04-01"
    )
    assert (counted(found), refused(found)) == ({"b": "4"}, {"a": "outside-window"})
    assert answer(since, issued="2025-07-01").required == hours(10)


def test_where_no_stretch_is_whole_nothing_is_asked() -> None:
    found = answer(ask(10, window="each 36 months of the cycle"))
    assert (found.status, found.because) == (
        Status.NOT_APPLICABLE,
        "no whole stretch of it lies in this cycle",
    )


def test_hours_asked_in_addition_stay_away_from_every_year() -> None:
    pain = ask(4, "pain", accepts=accept(topics=["pain"]), in_addition_to=("total",))
    each = ask(10, window="each 12 months of the cycle")
    held = [
        record("a", "2024-08-01", 3, topics={"pain": 3}),
        record("b", "2025-07-01", 3, topics={"pain": 3}),
        record("c", "2025-07-01", 5),
    ]
    found = part(answers(each, pain, records=held), "total")
    assert [amount_text(period.counted) for period in found.periods] == ["0", "7"]
    clock = part(answers(ask(10, window="every 24 months"), pain, records=held), "total")
    assert clock.counted == hours(7)


# -- the window and the licence


def test_only_credit_since_the_issue_counts_where_the_rule_says_so() -> None:
    since = ask(10, accepts=accept(since_issue=True))
    held = [record("a", "2025-01-31", 10), record("b", "2025-02-01", 4)]
    found = answer(since, records=held, issued="2025-02-01")
    assert (counted(found), refused(found)) == ({"b": "4"}, {"a": "outside-window"})
    unknown = answer(since, records=held, issued=None)
    assert (unknown.status.value, asked(unknown)) == ("unknown", ["issued"])
    assert answer(ask(20, accepts=accept(since_issue=True)), records=held, issued=None).status is Status.SHORT
    assert answer(since, records=held, issued="2027-01-01").counted == 0


def test_every_third_renewal_looks_back_three_cycles() -> None:
    third = ask(2, window="every 3 cycles")
    held = [record("a", "2018-07-01", 2), record("b", "2018-06-30", 9)]
    found = answer(third, records=held, as_of="2024-06-30", issued="2018-06-30", expires="2024-06-30")
    assert (stands(found), found.due) == (("met", "2"), day("2024-06-30"))
    assert asked(answer(third, issued=None)) == ["issued"]


def test_what_is_not_asked_at_this_renewal_is_not_short() -> None:
    found = answer(ask(2, window="every 3 cycles"))
    assert (found.status, found.due) == (Status.NOT_APPLICABLE, day("2030-06-30"))


def test_a_window_that_cannot_be_placed_is_asked_even_where_the_day_is_known() -> None:
    found = answer(ask(10, due="2025-12-31"), expires=None)
    assert (found.status.value, asked(found)) == ("unknown", ["expires"])


def test_months_before_the_expiry() -> None:
    found = answer(
        ask(10, window="18 months before expiry"),
        records=[record("a", "2024-12-31", 5), record("b", "2025-01-01", 5)],
    )
    assert counted(found) == {"b": "5"}
    assert found.window is not None
    assert (found.window.start, found.window.last_day) == (day("2025-01-01"), day("2026-06-30"))
    assert answer(ask(10, window="once")).window is None
