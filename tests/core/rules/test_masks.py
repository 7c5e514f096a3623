"""Sets of records as whole numbers, dense and sparse, short and long."""

from hypothesis import given
from hypothesis import strategies as st

from osler.core.rules.masks import Masks, bits, mask_of, total

numbers = st.sets(st.integers(0, 300), max_size=60)


@given(numbers)
def test_a_mask_tells_its_records_in_order(found: set[int]) -> None:
    assert bits(mask_of(found)) == sorted(found)


@given(numbers)
def test_the_sum_is_that_of_the_records_in_the_mask(found: set[int]) -> None:
    amounts = [7 * n + 1 for n in range(301)]
    assert total(mask_of(found), amounts) == sum(amounts[n] for n in found)


def test_words_are_joined_and_unknown_ones_name_nobody() -> None:
    masks = Masks()
    masks["live"] |= 0b0011
    masks["journal"] |= 0b0110
    assert masks.of(frozenset({"live", "journal"})) == 0b0111
    assert masks.of(frozenset({"live", "rounds"})) == 0b0011
    assert masks.of(frozenset({"rounds"})) == masks.of(frozenset()) == 0
    assert set(masks) == {"live", "journal"}
