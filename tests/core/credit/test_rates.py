"""Conversions: exact, one way, within their term, refused with a reason where none was read."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.core.credit import rates
from osler.core.credit.agreements import CONVERSIONS, NO_RATE, Conversion
from osler.core.credit.amount import TICKS, parse_amount
from osler.core.credit.rates import conversions_from, convert, find_conversion
from osler.core.credit.refusal import Refusal
from osler.core.credit.types import CREDIT_TYPES

DAY = date(2025, 6, 1)
codes = st.sampled_from(list(CREDIT_TYPES))
quarters = st.integers(0, 4000).map(lambda number: number * TICKS // 4)


@pytest.mark.parametrize(
    ("amount", "source", "target", "worth"),
    [
        ("6", "EACCME_ECMEC", "AMA_PRA_1", "6"),
        ("1.5", "IACET_CEU", "ANCC", "15"),
        ("15", "ANCC", "IACET_CEU", "1.5"),
        ("10", "AAPA_CAT1_SA", "NCCPA_LOGGED_CAT1", "15"),
        ("20", "AAPA_CAT1_PI", "NCCPA_LOGGED_CAT1", "40"),
        ("30", "AAPA_CAT1_PI", "NCCPA_LOGGED_CAT1", "50"),
        ("3", "RCPSC_MOC_S3", "AMA_PRA_1", "1"),
        ("4", "ABIM_MOC_POINT", "RCPSC_MOC_S3", "4"),
        ("100", "EACCME_ECMEC", "ES_CFC", "14"),
        ("10", "AMA_PRA_1", "IT_ECM", "5"),
        ("80", "AMA_PRA_1", "IT_ECM", "25"),
        ("7.25", "ANCC", "ANCC", "7.25"),
    ],
)
def test_known_rates(amount: str, source: str, target: str, worth: str) -> None:
    assert convert(parse_amount(amount), source, target, on=DAY) == parse_amount(worth)


def test_pi_credit_is_doubled_only_for_what_is_left_of_the_first_twenty() -> None:
    def logged(already: int) -> int | Refusal:
        return convert(10 * TICKS, "AAPA_CAT1_PI", "NCCPA_LOGGED_CAT1", on=DAY, already=already * TICKS)

    assert logged(0) == 20 * TICKS
    assert logged(15) == 15 * TICKS
    assert logged(20) == 10 * TICKS
    assert logged(35) == 10 * TICKS


def test_a_direction_that_was_not_read_is_refused_and_never_chained() -> None:
    refused = convert(TICKS, "NCCPA_LOGGED_CAT1", "AMA_PRA_1", on=DAY)
    assert isinstance(refused, Refusal)
    assert refused.rule == "no-rate"
    # ECMEC → AMA and AMA → AAFP Elective both stand; the two together are nobody's agreement.
    assert isinstance(convert(TICKS, "EACCME_ECMEC", "AAFP_ELECTIVE", on=DAY), Refusal)


def test_a_known_absence_says_why() -> None:
    refused = find_conversion("ACPE", "AMA_PRA_1", on=DAY)
    assert refused == Refusal("no-rate", "The AMA does not take pharmacy credit.")


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2019, 10, 31), False),
        (date(2019, 11, 1), True),
        (date(2030, 12, 31), True),
        (date(2031, 1, 1), False),
    ],
)
def test_a_rate_holds_from_its_first_to_its_last_day(day: date, holds: bool) -> None:
    found = find_conversion("ABIM_MOC_POINT", "RCPSC_MOC_S3", on=day)
    assert isinstance(found, Conversion) is holds
    if isinstance(found, Refusal):
        assert found.rule == "outside-term"
        assert "2019-11-01" in found.sentence
        assert "2030-12-31" in found.sentence


def test_every_rate_carries_its_source_and_condition_and_no_pair_overlaps_itself() -> None:
    pairs = [(rate.from_code, rate.to_code) for rate in CONVERSIONS]
    assert len(pairs) == len(set(pairs))
    for rate in CONVERSIONS:
        assert rate.source.url.startswith("http")
        assert rate.condition
        assert rate.rate > 0
        assert rate.from_code != rate.to_code
        assert rate.term()
    assert not set(NO_RATE) & set(pairs)
    assert {code for pair in NO_RATE for code in pair} <= set(CREDIT_TYPES)


def test_the_rates_of_one_type_are_listed() -> None:
    assert {rate.to_code for rate in conversions_from("EACCME_ECMEC")} >= {"AMA_PRA_1", "RCPSC_MOC_S1"}
    assert conversions_from("INFORMAL") == ()


def test_a_later_rate_replaces_an_earlier_one_from_its_first_day() -> None:
    old, new = (
        Conversion(
            from_code="ANCC",
            to_code="ACPE",
            rate=Fraction(rate),
            condition="test",
            source=CONVERSIONS[0].source,
            confidence="low",
            since=since,
        )
        for rate, since in ((1, None), (2, date(2024, 1, 1)))
    )
    pair = rates._by_pair([old, new])["ANCC", "ACPE"]
    assert pair.on(date(2023, 12, 31)) is old
    assert pair.on(date(2024, 1, 1)) is new
    assert (old.term(), new.term()) == ("without a stated term", "from 2024-01-01")


def test_a_rate_to_nowhere_is_refused_when_the_table_is_built() -> None:
    stray = Conversion(
        from_code="ANCC",
        to_code="NOWHERE",
        rate=Fraction(1),
        condition="test",
        source=CONVERSIONS[0].source,
        confidence="low",
    )
    with pytest.raises(ValueError, match="NOWHERE"):
        rates._by_pair([stray])


def test_unknown_codes_and_negative_amounts_are_errors() -> None:
    for source, target in (("NOWHERE", "AMA_PRA_1"), ("AMA_PRA_1", "NOWHERE"), ("NOWHERE", "NOWHERE")):
        with pytest.raises(KeyError):
            convert(TICKS, source, target, on=DAY)
    with pytest.raises(ValueError, match="negative"):
        convert(-1, "EACCME_ECMEC", "AMA_PRA_1", on=DAY)


@given(st.sampled_from(CONVERSIONS), quarters, quarters)
def test_conversion_is_exact_to_the_tick_and_never_falls_with_the_amount(
    rate: Conversion, left: int, right: int
) -> None:
    day = rate.until or DAY
    less, more = sorted((left, right))
    low = convert(less, rate.from_code, rate.to_code, on=day)
    high = convert(more, rate.from_code, rate.to_code, on=day)
    assert isinstance(low, int)
    assert isinstance(high, int)
    assert low <= high
    if rate.first is None and rate.most is None:
        assert 0 <= less * rate.rate - low < 1
    if rate.most is not None:
        assert high <= rate.most


@given(st.lists(quarters, min_size=1, max_size=5))
def test_pi_credit_gives_the_same_in_one_lot_or_in_several(lots: list[int]) -> None:
    together = convert(sum(lots), "AAPA_CAT1_PI", "NCCPA_LOGGED_CAT1", on=DAY)
    before, apart = 0, 0
    for lot in lots:
        worth = convert(lot, "AAPA_CAT1_PI", "NCCPA_LOGGED_CAT1", on=DAY, already=before)
        assert isinstance(worth, int)
        apart += worth
        before += lot
    assert apart == together


@given(codes, codes, quarters)
def test_any_pair_gives_an_amount_or_a_sentence(source: str, target: str, ticks: int) -> None:
    answer = convert(ticks, source, target, on=DAY)
    assert answer.sentence if isinstance(answer, Refusal) else answer >= 0
