"""Figures, days and spans of time as people read them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from osler.web.design.amounts import amount_text, day_text, initials, number_text, time_left
from osler.web.design.shares import elapsed_percent, percent_of, place, whole_percent


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("17.750"), "17.75"),
        (Decimal("50.00"), "50"),
        (Decimal("1E+2"), "100"),
        (0, "0"),
        ("0.25", "0.25"),
        (30_000, "30,000"),
    ],
)
def test_numbers_are_exact_and_bare(value: Decimal, text: str) -> None:
    assert number_text(value) == text


def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError, match="exact"):
        number_text(0.1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("17.75", "hour", "17.75 h"),
        (1, "point", "1 point"),
        (29, "point", "29 points"),
        (3, "activity", "3 activities"),
        (6, "AMA PRA Category 1", "6 AMA PRA Category 1"),
    ],
)
def test_an_amount_is_held_together(value: str, unit: str, text: str) -> None:
    assert amount_text(value, unit).replace("\N{NO-BREAK SPACE}", " ") == text
    assert amount_text(value, unit).index("\N{NO-BREAK SPACE}") == len(number_text(value))


def test_a_day_cannot_be_taken_for_another() -> None:
    assert day_text(date(2026, 6, 3)) == "3 June 2026"
    assert day_text(datetime(2026, 6, 3, 23, 30, tzinfo=UTC)) == "3 June 2026"


@pytest.mark.parametrize(
    ("due", "text"),
    [
        (date(2026, 1, 28), "3 days ago"),
        (date(2026, 1, 30), "1 day ago"),
        (date(2026, 1, 31), "today"),
        (date(2026, 2, 1), "1 day"),
        (date(2026, 6, 30), "150 days"),
        (date(2027, 1, 30), "364 days"),
        (date(2027, 1, 31), "1 year"),
        (date(2027, 3, 31), "14 months"),
        (date(2028, 1, 31), "2 years"),
        (date(2028, 12, 31), "2 years"),
    ],
)
def test_time_left(due: date, text: str) -> None:
    assert time_left(date(2026, 1, 31), due) == text


def test_almost_done_is_not_done() -> None:
    assert whole_percent(percent_of(Decimal("49.99"), 50)) == 99
    assert whole_percent(percent_of(50, 50)) == 100
    assert whole_percent(percent_of(80, 50)) == 100
    assert whole_percent(percent_of(0, 0)) == 100


def test_the_cycle_has_gone_by_when_its_last_day_has() -> None:
    start, due = date(2026, 1, 1), date(2026, 1, 10)
    assert elapsed_percent(start, due, start) == 0
    assert elapsed_percent(start, due, date(2026, 1, 6)) == 50
    assert elapsed_percent(start, due, due) == 90
    assert elapsed_percent(start, due, date(2026, 1, 11)) == 100
    assert elapsed_percent(start, due, date(2025, 1, 1)) == 0


@pytest.mark.parametrize(
    ("percent", "text"), [(Decimal("64.50"), "64.5%"), (Decimal(100), "100%"), (Decimal(1) / 3, "0.33%")]
)
def test_coordinates_are_plain_numbers(percent: Decimal, text: str) -> None:
    assert place(percent) == text


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Rosa Marin", "RM"),
        ("Ana María de la Cruz", "AC"),
        ("rosa@example.org", "R"),
        ("", "?"),
        ("Plato", "P"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters
