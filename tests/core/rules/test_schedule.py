"""Where cycles, renewals, windows and due dates lie, to the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.core.rules.record import Clinician, Credential
from osler.core.rules.requirement import CycleRule
from osler.core.rules.schedule import EVER, Missing, Schedule, due_date, schedule, windows
from osler.core.rules.window import parse_due, parse_window
from osler.core.time import Period
from tests.core.rules.asking import day

a = CycleRule


def running(
    rule: CycleRule, as_of: str | date, *, issued: str = "", expires: str = "", born: str = ""
) -> Schedule:
    found = schedule(
        rule,
        Credential("xx", issued=day(issued) if issued else None, expires=day(expires) if expires else None),
        Clinician(birth_date=day(born) if born else None),
        as_of if isinstance(as_of, date) else day(as_of),
    )
    assert isinstance(found, Schedule)
    return found


def inside(found: Schedule) -> tuple[str, str]:
    return found.period.start.isoformat(), found.last_day.isoformat()


@pytest.mark.parametrize(
    ("rule", "as_of", "held", "expected"),
    [
        (a("expiry", 24, 24), "2025-01-01", {"expires": "2026-06-30"}, ("2024-07-01", "2026-06-30")),
        (a("expiry", 24, 12), "2025-01-01", {"expires": "2026-02-28"}, ("2024-03-01", "2026-02-28")),
        # A stated expiry wins over every anchor, and does not roll on.
        (a("calendar", 12, 12), "2027-01-01", {"expires": "2026-06-30"}, ("2025-07-01", "2026-06-30")),
        (a("calendar", 12, 12), "2025-12-31", {}, ("2025-01-01", "2025-12-31")),
        (a("calendar", 60, 60), "2025-03-01", {"issued": "2019-05-02"}, ("2025-01-01", "2029-12-31")),
        (a("calendar", 36, 36), "2019-06-01", {"issued": "2019-05-02"}, ("2020-01-01", "2022-12-31")),
        (a("calendar", 36, 36), "2021-06-01", {"issued": "2019-01-01"}, ("2019-01-01", "2021-12-31")),
        (a("rolling", 24, 24), "2024-02-29", {}, ("2022-03-01", "2024-02-29")),
        (a("fixed", 12, 12, 7, 31), "2025-07-31", {}, ("2024-08-01", "2025-07-31")),
        (a("fixed", 12, 12, 7, 31), "2025-08-01", {}, ("2025-08-01", "2026-07-31")),
        (a("fixed", 24, 24, 1, 31, 2025), "2025-02-01", {}, ("2025-02-01", "2027-01-31")),
        (a("fixed", 24, 24, 1, 31, 2025), "2023-01-31", {}, ("2021-02-01", "2023-01-31")),
        (a("fixed", 12, 12, 2, 29), "2023-01-01", {}, ("2022-03-01", "2023-02-28")),
        (a("fixed", 12, 12, 2, 29), "2024-02-29", {}, ("2023-03-01", "2024-02-29")),
        (a("fixed", 18, 12, 6, 30), "2025-03-14", {}, ("2024-01-01", "2025-06-30")),
        (a("issue", 12, 12), "2025-03-14", {"issued": "2020-03-15"}, ("2024-03-15", "2025-03-14")),
        (a("issue", 12, 12), "2025-03-15", {"issued": "2020-03-15"}, ("2025-03-15", "2026-03-14")),
        (a("issue", 32, 24), "2021-01-01", {"issued": "2020-03-15"}, ("2019-07-15", "2022-03-14")),
        (a("birthday", 12, 12), "2025-05-17", {"born": "1980-05-17"}, ("2024-05-18", "2025-05-17")),
        (a("birthday", 12, 12), "2025-05-18", {"born": "1980-05-17"}, ("2025-05-18", "2026-05-17")),
        (a("birthday", 12, 12), "2025-02-28", {"born": "1980-02-29"}, ("2024-03-01", "2025-02-28")),
        (a("birthday", 12, 12), "2024-02-29", {"born": "1980-02-29"}, ("2023-03-01", "2024-02-29")),
        (a("birth-month", 12, 12), "2024-02-10", {"born": "1980-02-17"}, ("2023-03-01", "2024-02-29")),
        (a("birth-month", 24, 12), "2024-12-31", {"born": "1980-12-02"}, ("2023-01-01", "2024-12-31")),
    ],
)
def test_a_cycle_lies_where_its_anchor_says(
    rule: CycleRule, as_of: str, held: dict[str, str], expected: tuple[str, str]
) -> None:
    assert inside(running(rule, as_of, **held)) == expected


@pytest.mark.parametrize(
    ("rule", "fact"),
    [
        (a("expiry", 24, 24), "expires"),
        (a("calendar", 60, 60), "issued"),
        (a("issue", 60, 60), "issued"),
        (a("birthday", 12, 12), "birth-date"),
        (a("birth-month", 12, 12), "birth-date"),
        (a("birth-month", 24, 24), "expires"),
        (a("fixed", 24, 24, 12, 31), "expires"),
    ],
)
def test_what_a_cycle_needs_is_asked_and_not_guessed(rule: CycleRule, fact: str) -> None:
    assert schedule(rule, Credential("xx"), Clinician(), date(2025, 1, 1)) == Missing(fact)


ANCHORED = [
    (a("fixed", 12, 12, 2, 28), {}),
    (a("fixed", 24, 24, 6, 30, 2020), {}),
    (a("calendar", 12, 12), {}),
    (a("calendar", 36, 36), {"issued": "2018-05-01"}),
    (a("issue", 12, 12), {"issued": "2016-02-29"}),
    (a("issue", 18, 18), {"issued": "2016-08-31"}),
    (a("issue", 6, 6), {"issued": "2016-08-30"}),
    (a("birthday", 12, 12), {"born": "1980-02-29"}),
    (a("birthday", 12, 12), {"born": "1980-02-28"}),
    (a("birth-month", 12, 12), {"born": "1980-02-10"}),
]


@pytest.mark.parametrize(("rule", "held"), ANCHORED)
def test_no_day_lies_between_two_cycles(rule: CycleRule, held: dict[str, str]) -> None:
    """Each day lies in the cycle of its own answer, and cycles follow each other without gap or overlap."""
    today = date(2019, 1, 1)
    before = running(rule, today, **held).period
    while today < date(2030, 1, 1):
        found = running(rule, today, **held).period
        # The first calendar cycle begins in the year after the issue.
        assert today in found or today < found.start
        if found != before:
            assert found.start == before.end
            before = found
        today += timedelta(days=1)


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.sampled_from([12, 24, 36]), st.integers(1, 12_000))
def test_the_ordinal_counts_the_renewals_since_the_issue(expires: date, step: int, age: int) -> None:
    issued = expires - timedelta(days=age)
    found = running(CycleRule("expiry", step, step), expires, expires=str(expires), issued=str(issued))
    ordinal = found.ordinal()
    assert ordinal is not None
    assert found.renewal(ordinal) == expires
    first, zeroth = found.renewal(1), found.renewal(0)
    assert isinstance(first, date)
    assert isinstance(zeroth, date)
    assert zeroth <= issued < first


@given(
    st.dates(date(2000, 1, 1), date(2030, 12, 31)),
    st.dates(date(2000, 1, 1), date(2040, 12, 31)),
    st.integers(1, 12_000),
    st.booleans(),
)
def test_the_first_renewal_from_a_day_is_the_earliest(
    expires: date, wanted: date, age: int, knows_issue: bool
) -> None:
    issued = expires - timedelta(days=age)
    found = running(
        CycleRule("expiry", 24, 24),
        expires,
        expires=str(expires),
        issued=str(issued) if knows_issue else "",
    )
    renewal = found.first_renewal_from(wanted)
    assert renewal >= wanted
    all_renewals = [found._shifted(n) for n in range(-40, 40)]
    assert renewal == min(r for r in all_renewals if r >= wanted and (not knows_issue or r > issued))


HELD = running(CycleRule("expiry", 24, 24), "2025-07-01", expires="2026-06-30", issued="2021-03-10")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cycle end", "2026-06-30"),
        ("renewal 1", "2022-06-30"),
        ("renewal 2", "2024-06-30"),
        ("renewal 4", "2028-06-30"),
        ("issue", "2021-03-10"),
        ("12 months after issue", "2022-03-10"),
        ("2025-12-31", "2025-12-31"),
        ("first renewal on or after 2023-06-27", "2024-06-30"),
        ("first renewal on or after 2024-06-30", "2024-06-30"),
        ("first renewal on or after 2024-07-01", "2026-06-30"),
        ("first renewal on or after 2001-01-01", "2022-06-30"),
        ("now", "2025-07-01"),
        ("sooner of renewal 2, 2023-01-01", "2023-01-01"),
        ("later of renewal 2, 2023-01-01", "2024-06-30"),
    ],
)
def test_a_due_phrase_is_a_day(text: str, expected: str) -> None:
    assert due_date(parse_due(text), HELD, HELD.issued, date(2025, 7, 1)) == day(expected)


@pytest.mark.parametrize("text", ["renewal 2", "12 months after issue", "sooner of issue, 2025-01-01"])
def test_a_due_phrase_that_needs_the_issue_says_so(text: str) -> None:
    found = running(CycleRule("expiry", 24, 24), "2025-07-01", expires="2026-06-30")
    assert due_date(parse_due(text), found, None, date(2025, 7, 1)) == Missing("issued")


def test_a_due_phrase_that_needs_the_cycle_says_so() -> None:
    assert due_date(parse_due("cycle end"), Missing("expires"), None, date(2025, 7, 1)) == Missing("expires")


def spans(text: str, at: Schedule | Missing = HELD, as_of: date = date(2025, 7, 1)) -> list[str]:
    periods, _ = windows(parse_window(text), at, as_of)
    return [f"{period.start}..{period.last_day}" for period in periods]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cycle", ["2024-07-01..2026-06-30"]),
        ("last 60 months", ["2020-07-02..2025-07-01"]),
        ("18 months before expiry", ["2025-01-01..2026-06-30"]),
        ("each calendar year", ["2025-01-01..2025-12-31"]),
        ("each 12 months of the cycle", ["2024-07-01..2025-06-30", "2025-07-01..2026-06-30"]),
        ("any 24 months of the cycle", ["2024-07-01..2026-06-30"]),
        ("each 36 months of the cycle", []),
        ("every 3 cycles", ["2020-07-01..2026-06-30"]),
        ("every 2 cycles", ["2024-07-01..2028-06-30"]),
        ("every 2 cycles from renewal 1", ["2022-07-01..2026-06-30"]),
        ("every 4 cycles", ["2020-07-01..2028-06-30"]),
    ],
)
def test_a_window_lies_where_its_words_say(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize("text", ["once", "every 48 months"])
def test_what_may_be_done_at_any_time_has_no_window(text: str) -> None:
    assert windows(parse_window(text), HELD, date(2025, 7, 1)) == ((EVER,), date(2026, 6, 30))
    assert windows(parse_window(text), Missing("expires"), date(2025, 7, 1))[1] == Missing("expires")


def test_a_rolling_window_needs_no_cycle() -> None:
    periods, due = windows(parse_window("last 12 months"), Missing("expires"), date(2024, 2, 29))
    assert periods == (Period(date(2023, 3, 1), date(2024, 3, 1)),)
    assert due == Missing("expires")


def test_cycles_are_counted_only_from_a_known_issue() -> None:
    found = running(CycleRule("expiry", 24, 24), "2025-07-01", expires="2026-06-30")
    assert windows(parse_window("every 3 cycles"), found, date(2025, 7, 1)) == ((), Missing("issued"))
    assert windows(parse_window("cycle"), Missing("expires"), date(2025, 7, 1)) == ((), Missing("expires"))
