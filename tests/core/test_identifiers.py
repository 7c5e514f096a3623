"""Check digits, by the vectors that came with the design and by what a slip of the finger does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.core.identifiers import is_npi, luhn_holds

# From shared/data/nppes/npi_check_vectors.csv.
VALID = [
    "1234567893",
    "1497758122",
    "1427051077",
    "1770589525",
    "1629075130",
    "1669470290",
    "1902805674",
    "1467445338",
    "1932192713",
    "1992799332",
    "1003000126",
    "1285959858",
    "1659344299",
]
INVALID = (
    "1234567890",
    "1234567894",
    "0234567893",
    "123456789",
    "12345678930",
    "",
    "123456789a",
    "１２３４５６７８９３",
)


@pytest.mark.parametrize("number", VALID)
def test_a_true_number_holds(number: str) -> None:
    assert is_npi(number)


@pytest.mark.parametrize("number", INVALID)
def test_any_other_does_not(number: str) -> None:
    assert not is_npi(number)


@given(st.sampled_from(VALID), st.integers(1, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number: str, place: int, shift: int) -> None:
    wrong = str((int(number[place]) + shift) % 10)
    assert not is_npi(number[:place] + wrong + number[place + 1 :])


def test_nothing_but_digits_is_summed() -> None:
    assert luhn_holds("79927398713")
    assert not luhn_holds("7992739871x")
