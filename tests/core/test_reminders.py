"""Moments of reminders: the person's own hour, over changes of the clocks, each due day once."""

from datetime import UTC, date, datetime, timedelta

from osler.core.reminders import at_hour, moments, next_moment, next_weekly, reached

DUE = date(2026, 6, 30)


def test_an_hour_is_the_person_s_own_in_summer_and_in_winter() -> None:
    zone = "America/New_York"
    assert at_hour(date(2026, 1, 5), 7, zone) == datetime(2026, 1, 5, 12, tzinfo=UTC)
    assert at_hour(date(2026, 7, 5), 7, zone) == datetime(2026, 7, 5, 11, tzinfo=UTC)
    # On 8 March 2026 there is no two o'clock in New York.
    assert at_hour(date(2026, 3, 8), 2, zone) == datetime(2026, 3, 8, 7, tzinfo=UTC)


def test_moments_come_in_order_of_time() -> None:
    found = moments([DUE, DUE, date(2026, 5, 31)], [30, 7, 30], 7, "UTC")
    assert [(one.due, one.days) for one in found] == [
        (date(2026, 5, 31), 30),
        (date(2026, 5, 31), 7),
        (DUE, 30),
        (DUE, 7),
    ]
    assert moments([date.min], [30], 7, "UTC") == []


def test_the_next_moment_lies_after_the_last_one_dealt_with() -> None:
    thirty = datetime(2026, 5, 31, 7, tzinfo=UTC)
    assert next_moment([DUE], [30, 7], 7, "UTC", after=thirty - timedelta(seconds=1)) == thirty
    assert next_moment([DUE], [30, 7], 7, "UTC", after=thirty) == datetime(2026, 6, 23, 7, tzinfo=UTC)
    assert next_moment([DUE], [30, 7], 7, "UTC", after=datetime(2026, 7, 1, tzinfo=UTC)) is None


def test_of_distances_that_passed_unseen_the_shortest_is_told() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    seen = datetime(2026, 6, 25, tzinfo=UTC)
    assert reached([DUE], [180, 90, 30, 7], 7, "UTC", after=start, until=seen) == {DUE: 7}
    assert reached([DUE], [180, 90, 30, 7], 7, "UTC", after=seen, until=seen) == {}
    late = datetime(2026, 7, 2, tzinfo=UTC)
    assert reached([DUE], [7], 7, "UTC", after=start, until=late) == {}


def test_a_week_later_is_the_same_hour_of_the_same_day_where_one_is() -> None:
    zone = "America/New_York"
    first = next_weekly(0, 7, zone, after=datetime(2026, 3, 1, tzinfo=UTC))
    assert first == datetime(2026, 3, 2, 12, tzinfo=UTC)
    # The clocks change in between.
    assert next_weekly(0, 7, zone, after=first) == datetime(2026, 3, 9, 11, tzinfo=UTC)
