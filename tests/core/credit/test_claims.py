"""Claims: minutes in, claimable credit out, with a reason; never above the ceiling or the time spent."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.core.credit.amount import TICKS, amount_text, parse_amount
from osler.core.credit.claims import Creditable, claimable, designate, minutes_behind, refuse_claim
from osler.core.credit.formats import FORMATS
from osler.core.credit.refusal import Refusal
from osler.core.credit.types import CREDIT_TYPES

TEN = 10 * TICKS


def amount(answer: Creditable | Refusal) -> str:
    """The amount as text, or the slug of the refusal."""
    return amount_text(answer.ticks) if isinstance(answer, Creditable) else answer.rule


@pytest.mark.parametrize(
    ("minutes", "code", "format_code", "expected"),
    [
        (60, "AMA_PRA_1", "live", "1"),
        (52, "AMA_PRA_1", "live", "0.75"),
        (59, "AMA_PRA_1", "enduring", "0.75"),
        (14, "AMA_PRA_1", "live", "too-short"),
        (45, "AMA_PRA_1", "teaching", "1.5"),
        (440, "AAFP_PRESCRIBED", "live", "7.25"),
        (445, "AAFP_PRESCRIBED", "live", "7.5"),
        (50, "ANCC", "live", "0.8333"),
        (Fraction(90), "ANCC", "other", "1.5"),
        (49, "COPE_CE", "live", "too-short"),
        (60, "COPE_CE", "live", "1"),
        (75, "COPE_CE", "live", "1.5"),
        (100, "COPE_CE", "live", "2"),
        (75, "EACCME_ECMEC", "live", "1"),
        (100, "DE_FORTBILDUNGSPUNKT", "live", "2"),
        (30, "RCPSC_MOC_S2", "self-study", "1"),
        (90, "AOA_1B", "committee", "1.5"),
        (0, "AMA_PRA_1", "pi", "20"),
        (0, "AMA_PRA_1", "journal", "1"),
        (60, "AMA_PRA_1", "self-study", "format-not-credited"),
        (60, "AMA_PRA_1", "committee", "format-not-credited"),
        (60, "ANCC", "self-study", "format-not-credited"),
        (60, "ANCC", "teaching", "no-rule"),
        (60, "ANCC", "pi", "no-rule"),
        (60, "ABIM_MOC_POINT", "live", "no-rule"),
    ],
)
def test_what_a_provider_may_designate(
    minutes: int | Fraction, code: str, format_code: str, expected: str
) -> None:
    assert amount(designate(minutes, code, format_code)) == expected


@pytest.mark.parametrize(
    ("minutes", "ceiling", "expected"),
    [(130, "3.5", "2"), (134, "3.5", "2"), (135, "3.5", "2.25"), (400, "3.5", "3.5"), (400, "3.6", "3.5")],
)
def test_a_live_activity_is_claimed_by_participation_up_to_its_ceiling(
    minutes: int, ceiling: str, expected: str
) -> None:
    assert amount(claimable(minutes, parse_amount(ceiling), "AMA_PRA_1", "live")) == expected


def test_a_claim_is_brought_down_even_where_the_type_rounds_to_the_nearest() -> None:
    assert amount(claimable(445, TEN, "AAFP_PRESCRIBED", "live")) == "7.25"


@pytest.mark.parametrize(
    ("format_code", "ceiling", "completed", "expected"),
    [
        ("journal", 1, 1, "1"),
        ("journal", 2, 3, "2"),
        ("journal", 3, 0, "not-completed"),
        ("manuscript-review", 3, 1, "3"),
        ("manuscript-review", 2, 1, "no-ceiling"),
        ("test-item-writing", 10, 4, "10"),
        ("pi", 20, 1, "5"),
        ("pi", 20, 2, "10"),
        ("pi", 20, 3, "20"),
        ("pi", 10, 3, "10"),
        ("pi", 4, 3, "no-ceiling"),
        ("point-of-care", 20, 3, "1.5"),
    ],
)
def test_fixed_values_are_all_or_nothing(
    format_code: str, ceiling: int, completed: int, expected: str
) -> None:
    answer = claimable(999, ceiling * TICKS, "AMA_PRA_1", format_code, completed=completed, has_passed=True)
    assert amount(answer) == expected


def test_teaching_earns_two_an_hour_once_and_shuts_out_the_learners_claim() -> None:
    assert amount(claimable(60, TEN, "AMA_PRA_1", "teaching", has_taught=True)) == "2"
    assert amount(claimable(60, TEN, "AMA_PRA_1", "teaching", is_repeat=True)) == "repeated-talk"
    assert amount(claimable(60, TEN, "AMA_PRA_1", "live", has_taught=True)) == "taught-it"


@pytest.mark.parametrize("format_code", ["enduring", "journal"])
def test_enduring_and_journal_credit_waits_for_the_assessment(format_code: str) -> None:
    assert amount(claimable(60, TICKS, "AMA_PRA_1", format_code)) == "not-passed"
    assert amount(claimable(60, TICKS, "AMA_PRA_1", format_code, has_passed=False)) == "not-passed"
    assert amount(claimable(60, TICKS, "AMA_PRA_1", format_code, has_passed=True)) == "1"


def test_a_failed_assessment_stops_any_claim_and_an_absent_one_no_live_claim() -> None:
    assert amount(claimable(60, TEN, "ANCC", "live", has_passed=False)) == "not-passed"
    assert amount(claimable(60, TEN, "ANCC", "live")) == "1"


def test_no_participation_and_no_designation_each_say_so() -> None:
    assert amount(claimable(0, TEN, "AMA_PRA_1", "live")) == "too-short"
    assert amount(claimable(60, 0, "AMA_PRA_1", "live")) == "no-ceiling"
    assert amount(claimable(60, TEN, "AMA_PRA_1", "self-study")) == "format-not-credited"


@pytest.mark.parametrize(
    ("claimed", "format_code", "rule"),
    [
        ("0", "live", None),
        ("1.25", "live", None),
        ("2.5", "live", None),
        ("2.75", "live", "above-claimable"),
        ("1.3", "live", "off-step"),
        ("1", "journal", None),
        ("0.5", "journal", "all-or-nothing"),
        ("0", "pi", None),
        ("2", "pi", "all-or-nothing"),
    ],
)
def test_what_a_person_asks_for_is_checked(claimed: str, format_code: str, rule: str | None) -> None:
    most = Creditable(parse_amount("2.5"), "ceiling", "The activity is designated for at most 2.5.")
    refused = refuse_claim(parse_amount(claimed), most, "AMA_PRA_1", format_code)
    assert (refused and refused.rule) == rule


def test_a_type_without_steps_takes_any_amount_within_the_limit() -> None:
    most = Creditable(TEN, "ceiling", "At most ten.")
    assert refuse_claim(parse_amount("2.758"), most, "ANCC", "live") is None
    refused = refuse_claim(-1, most, "ANCC", "live")
    assert refused is not None
    assert "At most 10" in refused.sentence


def test_the_minutes_behind_an_amount_are_those_of_its_own_hour() -> None:
    assert minutes_behind(TICKS, "COPE_CE") == 50
    assert minutes_behind(TICKS, "AMA_PRA_1") == 60
    assert minutes_behind(TICKS // 10, "IACET_CEU") == 60
    assert minutes_behind(TICKS // 3, "RCPSC_MOC_S3") == Fraction(20, 3)
    assert minutes_behind(TICKS, "ABIM_MOC_POINT") is None


def test_impossible_questions_are_errors() -> None:
    with pytest.raises(ValueError, match="negative"):
        designate(-1, "AMA_PRA_1")
    with pytest.raises(ValueError, match="negative"):
        claimable(60, -1, "AMA_PRA_1", "live")
    with pytest.raises(ValueError, match="negative"):
        claimable(60, TEN, "AMA_PRA_1", "journal", completed=-1, has_passed=True)
    with pytest.raises(KeyError):
        designate(60, "NOWHERE")
    with pytest.raises(KeyError):
        designate(60, "AMA_PRA_1", "nowhere")


codes = st.sampled_from(list(CREDIT_TYPES))
format_codes = st.sampled_from(list(FORMATS))
ceilings = st.integers(0, 40).map(lambda quarters: quarters * TICKS // 4)
minutes = st.one_of(st.integers(0, 3000), st.fractions(0, 3000, max_denominator=60))


@given(codes, format_codes, minutes, ceilings, st.integers(0, 5), st.booleans())
def test_no_claim_is_above_the_ceiling_or_the_participation(
    code: str, format_code: str, spent: int | Fraction, ceiling: int, completed: int, passed: bool
) -> None:
    answer = claimable(spent, ceiling, code, format_code, completed=completed, has_passed=passed)
    if isinstance(answer, Refusal):
        assert answer.sentence
        return
    assert 0 < answer.ticks <= ceiling
    assert refuse_claim(answer.ticks, answer, code, format_code) is None
    behind = minutes_behind(answer.ticks, code)
    if answer.rule != "fixed-value" and behind is not None:
        assert behind <= spent * (2 if format_code == "teaching" else 1)


@given(codes, format_codes, minutes, minutes, ceilings)
def test_more_participation_never_gives_less(
    code: str, format_code: str, left: int | Fraction, right: int | Fraction, ceiling: int
) -> None:
    def given_for(spent: int | Fraction) -> int:
        answer = claimable(spent, ceiling, code, format_code, has_passed=True)
        return answer.ticks if isinstance(answer, Creditable) else 0

    less, more = sorted((left, right))
    assert given_for(less) <= given_for(more)
