"""The cycles of a credential: counted back and on from its expiry or its rule; kept ones stand as kept."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from osler.core.rules.cycles import (
    MOST_PAST,
    Cycles,
    as_of_cycle,
    cycles_of,
    first_end_from,
    in_cycle,
)
from osler.core.rules.record import Clinician, Credential
from osler.core.rules.requirement import CycleRule
from osler.core.rules.schedule import Missing
from osler.core.time import Period

TODAY = date(2026, 1, 31)
TWO_YEARS = CycleRule("expiry", 24, 24)
NOBODY = Clinician()
LICENCE = Credential("x", issued=date(2019, 9, 1), expires=date(2026, 6, 30))


def laid(rule: CycleRule, held: Credential, **known: object) -> Cycles:
    found = cycles_of(rule, held, NOBODY, TODAY, **known)  # type: ignore[arg-type]
    assert isinstance(found, Cycles)
    return found


def last_days(cycles: Cycles) -> list[date]:
    return [one.last_day for one in cycles.all]


def test_cycles_run_from_the_issue_to_the_one_after_the_running_one() -> None:
    cycles = laid(TWO_YEARS, LICENCE)
    assert last_days(cycles) == [date(year, 6, 30) for year in (2020, 2022, 2024, 2026, 2028)]
    assert cycles.current == Period(date(2024, 7, 1), date(2026, 7, 1))
    assert cycles.starting(date(2022, 7, 1)) == cycles.past[-1]
    assert cycles.starting(date(2022, 7, 2)) is None
    assert cycles.reaches_back
    assert not cycles.is_waiting(TODAY)


def test_a_cycle_that_ends_on_the_day_of_issue_is_none() -> None:
    cycles = laid(TWO_YEARS, replace(LICENCE, issued=date(2024, 6, 30)))
    assert cycles.past == ()


def test_without_the_issue_cycles_reach_back_as_far_as_records_do() -> None:
    held = replace(LICENCE, issued=None)
    assert laid(TWO_YEARS, held).past == ()
    cycles = laid(TWO_YEARS, held, known_from=date(2021, 3, 1))
    assert [one.last_day for one in cycles.past] == [date(2022, 6, 30), date(2024, 6, 30)]
    assert not cycles.reaches_back


def test_without_the_expiry_no_cycle_is_known() -> None:
    assert cycles_of(TWO_YEARS, Credential("x"), NOBODY, TODAY) == Missing("expires")


def test_a_kept_cycle_stands_as_it_was_and_the_gap_is_filled() -> None:
    kept = Period(date(2019, 1, 1), date(2022, 1, 1))
    cycles = laid(TWO_YEARS, LICENCE, kept=[kept])
    assert kept in cycles.past
    # Before the kept one, cycles are counted back from it; after it, from the running one.
    assert last_days(cycles)[-4:] == [
        date(2021, 12, 31),
        date(2024, 6, 30),
        date(2026, 6, 30),
        date(2028, 6, 30),
    ]


def test_windows_longer_than_the_step_overlap() -> None:
    cycles = laid(CycleRule("expiry", 32, 24), LICENCE)
    assert cycles.all[-1].start < cycles.all[-2].end
    assert cycles.all[-1].last_day == date(2028, 6, 30)


def test_a_rule_that_needs_no_expiry_rolls_on() -> None:
    fixed = CycleRule("fixed", 24, 24, month=12, day=31, year=2026)
    held = Credential("x", issued=date(2020, 5, 5))
    assert last_days(laid(fixed, held)) == [date(year, 12, 31) for year in (2020, 2022, 2024, 2026, 2028)]


def test_cycles_from_the_issue_leave_no_gap() -> None:
    cycles = laid(CycleRule("issue", 12, 12), Credential("x", issued=date(2020, 2, 29)))
    assert all(one.end == after.start for one, after in pairwise(cycles.all))


def test_a_window_that_ends_today_is_followed_by_nothing() -> None:
    cycles = laid(CycleRule("rolling", 60, 60), Credential("x", issued=date(2010, 1, 1)))
    assert (cycles.past, cycles.following) == ((), None)
    assert cycles.current.last_day == TODAY


def test_renewing_late_leads_to_the_first_cycle_that_still_runs() -> None:
    ended = Period(date(2018, 7, 1), date(2020, 7, 1))
    held = replace(LICENCE, expires=date(2020, 6, 30))
    assert first_end_from(TWO_YEARS, held, NOBODY, ended, TODAY) == date(2026, 6, 30)
    assert first_end_from(TWO_YEARS, LICENCE, NOBODY, ended, date(2019, 1, 1)) == date(2022, 6, 30)


def test_a_credential_is_seen_as_it_stood_in_a_cycle() -> None:
    period = Period(date(2022, 7, 1), date(2024, 7, 1))
    assert as_of_cycle(LICENCE, period).expires == date(2024, 6, 30)
    by_rule = replace(LICENCE, expires=None)
    assert as_of_cycle(by_rule, period) == by_rule
    assert in_cycle(by_rule, period).expires == date(2024, 6, 30)


@given(
    st.dates(date(1990, 1, 1), date(2025, 12, 31)),
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    st.sampled_from([12, 24, 36, 60]),
)
def test_cycles_follow_each_other_without_a_gap(issued: date, expires: date, months: int) -> None:
    held = Credential("x", issued=issued, expires=expires)
    cycles = laid(CycleRule("expiry", months, months), held)
    ordered = list(cycles.all)
    assert ordered == sorted(ordered)
    for one, after in pairwise(ordered):
        # Counted from the last day of a month, a step never opens more than the days a short month lacks.
        assert abs((after.start - one.end).days) <= 3
    assert all(one.last_day > issued for one in cycles.past)


def test_kept_cycles_reach_back_where_nothing_can_be_counted() -> None:
    kept = Period(date(2016, 1, 1), date(2018, 1, 1))
    held = replace(LICENCE, issued=None)
    assert laid(TWO_YEARS, held, kept=[kept]).past == (kept,)


def test_of_two_ends_close_together_the_kept_one_stands() -> None:
    kept = Period(date(2022, 5, 1), date(2024, 5, 1))
    cycles = laid(TWO_YEARS, LICENCE, kept=[kept])
    assert cycles.past[-1] == kept
    assert date(2024, 6, 30) not in last_days(cycles)


def test_a_kept_cycle_that_has_not_ended_before_the_running_one_is_no_past() -> None:
    assert cycles_with(kept=Period(date(2025, 1, 1), date(2027, 1, 1))) == cycles_with(kept=None)


def cycles_with(kept: Period | None) -> Cycles:
    return laid(TWO_YEARS, LICENCE, kept=[kept] if kept else [])


def test_no_more_than_so_many_cycles_of_the_past_are_told() -> None:
    held = replace(LICENCE, issued=date(1900, 1, 1))
    assert len(laid(CycleRule("expiry", 12, 12), held).past) == MOST_PAST


def test_where_the_calendar_ends_nothing_follows_and_nothing_came_before() -> None:
    last = Credential("x", issued=date(9990, 1, 1), expires=date(9999, 6, 30))
    assert laid(TWO_YEARS, last).following is None
    assert first_end_from(TWO_YEARS, last, NOBODY, laid(TWO_YEARS, last).current, TODAY) is None
    first = Credential("x", issued=date(1, 1, 1), expires=date(4, 6, 30))
    assert all(one.start.year <= 4 for one in laid(TWO_YEARS, first).past)


def test_a_credential_issued_within_the_running_cycle_has_no_past() -> None:
    every_three_years = CycleRule("calendar", 36, 36)
    cycles = laid(every_three_years, Credential("x", issued=date(2025, 3, 1)))
    assert cycles.past == ()
    assert last_days(cycles) == [date(2028, 12, 31), date(2031, 12, 31)]


def test_a_cycle_that_ended_waits_for_somebody_to_say_what_came_after() -> None:
    cycles = laid(TWO_YEARS, replace(LICENCE, expires=date(2025, 6, 30)))
    assert cycles.is_waiting(TODAY)
    assert not cycles.is_waiting(date(2025, 6, 30))


def test_renewing_a_cycle_nobody_can_count_on_from_leads_nowhere() -> None:
    period = Period(date(2018, 7, 1), date(2020, 7, 1))
    assert first_end_from(TWO_YEARS, Credential("x"), NOBODY, period, TODAY) is None
