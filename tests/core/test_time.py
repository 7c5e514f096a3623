"""Months are as long as the calendar says, and no day between two periods is lost."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.core.time import Period, add_months, months_before_end, whole_months

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2024, 1, 15), -1, date(2023, 12, 15)),
        (date(2024, 1, 15), 0, date(2024, 1, 15)),
    ],
)
def test_months_are_added_to_the_same_day_or_the_last(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize("months", [-12 * 2030, 12 * 8000])
def test_a_month_outside_the_calendar_is_refused(months: int) -> None:
    with pytest.raises(OverflowError, match="outside the calendar"):
        add_months(date(2024, 1, 1), months)


@pytest.mark.parametrize(
    ("last_day", "months", "start"),
    [
        (date(2026, 6, 30), 24, date(2024, 7, 1)),
        (date(2026, 2, 28), 24, date(2024, 3, 1)),
        (date(2024, 2, 29), 24, date(2022, 3, 1)),
        (date(2026, 5, 17), 24, date(2024, 5, 18)),
        (date(2026, 1, 31), 18, date(2024, 8, 1)),
    ],
)
def test_a_period_is_counted_back_from_its_last_day(last_day: date, months: int, start: date) -> None:
    period = Period.ending_on(last_day, months)
    assert (period.start, period.last_day) == (start, last_day)
    assert period.start in period
    assert last_day in period
    assert last_day + timedelta(days=1) not in period
    assert "2026-01-01" not in period


@given(DAYS, st.integers(1, 120))
def test_the_period_before_ends_where_this_one_starts(last_day: date, months: int) -> None:
    period = Period.ending_on(last_day, months)
    before = period.previous(months)
    assert before.end == period.start
    assert before.start < before.end


@given(DAYS, st.integers(1, 120))
def test_an_anniversary_and_its_return_differ_by_the_short_months_only(day: date, months: int) -> None:
    assert 0 <= (day - add_months(add_months(day, months), -months)).days <= 3
    assert whole_months(day, add_months(day, months)) == months


@given(DAYS, DAYS)
def test_whole_months_fit_and_one_more_does_not(start: date, end: date) -> None:
    months = whole_months(start, end)
    if end <= start:
        assert months == 0
    else:
        assert add_months(start, months) <= end < add_months(start, months + 1)


@given(DAYS, st.integers(1, 60), st.integers(1, 6))
def test_a_cycle_splits_into_stretches_without_gap(last_day: date, months: int, times: int) -> None:
    whole = Period.ending_on(last_day, months * times)
    stretches = whole.split(months)
    assert len(stretches) == times
    assert (stretches[0].start, stretches[-1].end) == (whole.start, whole.end)
    assert all(one.end == other.start for one, other in itertools.pairwise(stretches))


def test_a_rest_that_is_no_whole_stretch_is_left_out() -> None:
    whole = Period.ending_on(date(2026, 2, 28), 38)
    assert whole.split(36) == (Period(date(2023, 1, 1), date(2026, 1, 1)),)


def test_sliding_stretches_share_their_months() -> None:
    whole = Period(date(2020, 1, 1), date(2024, 1, 1))
    starts = [part.start.year for part in whole.split(24, step=12)]
    assert starts == [2020, 2021, 2022]


def test_a_stretch_longer_than_the_period_is_not_there() -> None:
    assert Period(date(2020, 1, 1), date(2021, 1, 1)).split(24) == ()


def test_elapsed_days_stay_inside_the_period() -> None:
    period = Period(date(2024, 1, 1), date(2025, 1, 1))
    assert period.elapsed(date(2023, 12, 31)) == (0, 366)
    assert period.elapsed(date(2024, 1, 1)) == (1, 366)
    assert period.elapsed(date(2024, 12, 31)) == (366, 366)
    assert period.elapsed(date(2030, 1, 1)) == (366, 366)


def test_a_period_does_not_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2024, 1, 2), date(2024, 1, 1))


@pytest.mark.parametrize("day", [date(2024, 2, 28), date(2024, 2, 29), date(2025, 2, 28)])
def test_one_month_before_an_end_is_one_month(day: date) -> None:
    end = day + timedelta(days=1)
    assert months_before_end(months_before_end(end, 1), -1) >= end


def test_the_last_stretch_closes_with_a_period_that_ends_in_a_short_month() -> None:
    whole = Period.ending_on(date(2024, 2, 28), 12)
    assert whole.split(6) == (
        Period(date(2023, 3, 1), date(2023, 9, 1)),
        Period(date(2023, 9, 1), date(2024, 2, 29)),
    )


def test_what_is_left_after_the_last_whole_stretch_is_none() -> None:
    assert Period(date(2025, 1, 1), date(2025, 12, 1)).split(6) == (
        Period(date(2025, 1, 1), date(2025, 7, 1)),
    )
