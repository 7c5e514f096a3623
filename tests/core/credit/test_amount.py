"""Exact amounts: what is accepted, what is printed, how steps cut."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.core.credit.amount import (
    MOST_UNITS,
    TICKS,
    AmountError,
    amount_text,
    parse_amount,
    round_down,
    round_nearest,
    ticks_of,
)

ten_thousandths = st.integers(0, MOST_UNITS * 10_000)
any_ticks = st.integers(0, MOST_UNITS * TICKS)
any_step = st.sampled_from([0, 1, TICKS // 10, TICKS // 4, TICKS // 2, TICKS])


@pytest.mark.parametrize(
    ("text", "units"),
    [("6", 6), ("0.25", Fraction(1, 4)), (" +17.7500 ", Fraction(71, 4)), ("0", 0), ("100000", 100_000)],
)
def test_decimal_texts_are_read_exactly(text: str, units: int | Fraction) -> None:
    assert parse_amount(text) == units * TICKS


@pytest.mark.parametrize(
    "text",
    ["", "-1", "1e3", "NaN", "Infinity", "1,5", ".5", "5.", "1.23456", "100001", "1 2", "0x10", "½", "٣"],
)
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(AmountError, match="expected"):
        parse_amount(text)


@given(ten_thousandths)
def test_what_is_printed_is_read_back_as_the_same_amount(number: int) -> None:
    ticks = number * (TICKS // 10_000)
    assert parse_amount(amount_text(ticks)) == ticks


def test_a_third_is_printed_downwards_and_a_debt_with_its_sign() -> None:
    assert amount_text(TICKS // 3) == "0.3333"
    assert amount_text(-TICKS * 5 // 2) == "-2.5"
    assert amount_text(1) == "0"
    assert ticks_of(Fraction(1, 3)) * 3 == TICKS


@given(any_ticks, any_step)
def test_rounding_down_never_raises_and_is_settled_at_once(ticks: int, step: int) -> None:
    once = round_down(ticks, step)
    assert ticks - max(step, 1) < once <= ticks
    assert round_down(once, step) == once


@given(any_ticks, any_step)
def test_rounding_to_the_nearest_moves_at_most_half_a_step(ticks: int, step: int) -> None:
    once = round_nearest(ticks, step)
    assert 2 * abs(once - ticks) <= step
    assert round_nearest(once, step) == once
