"""The published list of credit types: complete, sourced, found by its names, rounded as decided."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.core.credit.amount import MOST_UNITS, TICKS, amount_text, parse_amount
from osler.core.credit.types import (
    CREDIT_TYPES,
    GROUPS,
    CreditType,
    by_code,
    credit_group,
    find_credit_type,
    round_credit,
    suggest_credit_types,
)
from osler.core.credit.types.groups import build_groups
from osler.core.credit.types.reading import CreditTypeIndex

PUBLISHED = [
    "AMA_PRA_1",
    "AMA_PRA_2",
    "AAFP_PRESCRIBED",
    "AAFP_ELECTIVE",
    "AOA_1A",
    "AOA_1B",
    "AOA_2A",
    "AOA_2B",
    "ANCC",
    "ACPE",
    "ADA_CERP",
    "AAPA_CAT1",
    "AAPA_CAT1_SA",
    "AAPA_CAT1_PI",
    "AAPA_CAT2",
    "ABIM_MOC_POINT",
    "ABS_CC_CREDIT",
    "RCPSC_MOC_S1",
    "RCPSC_MOC_S2",
    "RCPSC_MOC_S3",
    "MAINPRO_CERT",
    "MAINPRO_CERT_A",
    "MAINPRO_NON",
    "EACCME_ECMEC",
    "AU_EA",
    "AU_RP",
    "AU_MO",
    "DE_FORTBILDUNGSPUNKT",
    "IT_ECM",
    "IT_ECM_SELF",
    "INAMI_CP",
    "INAMI_CP_ETHICS",
    "INAMI_CP_LOK",
    "QA_CAT1",
    "QA_CAT2",
    "QA_CAT3",
    "HPCSA_CEU",
    "INFORMAL",
    "WA_CAT_I",
    "WA_CAT_II",
    "WA_CAT_III",
    "WA_CAT_IV",
    "WA_CAT_V",
    "BOARD_APPROVED",
]

codes = st.sampled_from(list(CREDIT_TYPES))
amounts = st.integers(0, MOST_UNITS * TICKS)


def test_every_published_code_is_there() -> None:
    assert set(PUBLISHED) <= set(CREDIT_TYPES)


@pytest.mark.parametrize("kind", CREDIT_TYPES.values(), ids=lambda kind: kind.code)
def test_each_type_says_where_it_is_written_or_that_nothing_was_read(kind: CreditType) -> None:
    if kind.source is None:
        assert kind.confidence == "low"
    else:
        assert kind.source.title
        assert kind.source.as_of
        assert kind.source.url.startswith(("http://", "https://"))


@pytest.mark.parametrize("kind", CREDIT_TYPES.values(), ids=lambda kind: kind.code)
def test_each_type_is_found_by_every_one_of_its_names(kind: CreditType) -> None:
    for name in (kind.code, kind.code.lower(), kind.name, kind.name.upper(), *kind.synonyms):
        assert find_credit_type(name) is kind


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("AMA PRA Category 1", "AMA_PRA_1"),
        ("AMA PRA Cat. 1 Credit(s)™", "AMA_PRA_1"),
        ("AMA PRA Category 1 Credits(TM)", "AMA_PRA_1"),
        ("  ama-pra  cat.I  credits® ", "AMA_PRA_1"),
        ("AMAPRA1", "AMA_PRA_1"),
        ("CME Category 1", "AMA_PRA_1"),
        ("AMA Cat2", "AMA_PRA_2"),
        ("ANCC contact hours", "ANCC"),
        ("ANCC Contact Hrs.", "ANCC"),
        ("Prescribed", "AAFP_PRESCRIBED"),
        ("AOA Category 1-A", "AOA_1A"),
        ("AOA 2 B", "AOA_2B"),
        ("AAPA Cat. 1 Self-Assessment", "AAPA_CAT1_SA"),
        ("ABIM MOC Points", "ABIM_MOC_POINT"),
        ("MAINPRO+ CERTIFIED ASSESSMENT credits", "MAINPRO_CERT_A"),
        ("RCPSC MOC Sec. 3", "RCPSC_MOC_S3"),
        ("ECMEC®s", "EACCME_ECMEC"),
        ("Créditos CFC", "ES_CFC"),
        ("P.A.C.E. contact hours", "PACE"),
        ("Washington Category iv", "WA_CAT_IV"),
    ],
)
def test_people_write_credit_types_in_many_ways(text: str, code: str) -> None:
    found = find_credit_type(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["", "  ", "™", "Category 1", "CEU", "CME", "credits", "APA", "x" * 100_000])
def test_what_names_no_single_type_is_not_guessed(text: str) -> None:
    assert find_credit_type(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Category 1", "AMA_PRA_1"),
        ("CEU", "IACET_CEU"),
        ("AMA PRA Catgory 1", "AMA_PRA_1"),
        ("AAFP Perscribed", "AAFP_PRESCRIBED"),
        ("AMA PRA 1", "AMA_PRA_1"),
        ("Mainpro", "MAINPRO_CERT"),
    ],
)
def test_the_closest_types_are_offered(text: str, code: str) -> None:
    offered = suggest_credit_types(text)
    assert code in offered
    assert len(offered) <= 3
    assert set(offered) <= set(CREDIT_TYPES)


def test_nothing_is_offered_for_nothing() -> None:
    assert suggest_credit_types("") == ()
    assert suggest_credit_types("qqqqqqqqqqqqqqqqq") == ()


def test_a_name_two_types_share_is_refused_when_the_index_is_built() -> None:
    twin = CreditType(
        code="TWIN", name="Twin", authority="x", country="US", unit="hour", synonyms=("Prescribed",)
    )
    with pytest.raises(ValueError, match="AAFP_PRESCRIBED"):
        CreditTypeIndex({"AAFP_PRESCRIBED": CREDIT_TYPES["AAFP_PRESCRIBED"], "TWIN": twin})
    with pytest.raises(ValueError, match="TWIN"):
        by_code([twin, CreditType(code="TWIN", name="Other", authority="x", country="US", unit="hour")])


def test_groups_hold_only_credit_types_and_any_accredited_stands_for_hours() -> None:
    assert all(members and members <= set(CREDIT_TYPES) for members in GROUPS.values())
    accredited = credit_group("ANY_ACCREDITED")
    assert {"AMA_PRA_1", "AAFP_PRESCRIBED", "AOA_1A", "ANCC", "ACPE", "ADA_CERP", "AAPA_CAT1"} <= accredited
    assert not {"AMA_PRA_2", "INFORMAL", "IACET_CEU", "ABIM_MOC_POINT", "DE_FORTBILDUNGSPUNKT"} & accredited
    with pytest.raises(KeyError):
        credit_group("ANYTHING")
    with pytest.raises(ValueError, match="AMA_PRA_1"):
        build_groups({})


@pytest.mark.parametrize(
    ("code", "printed", "rounded"),
    [
        ("AMA_PRA_1", "1.24", "1"),
        ("AMA_PRA_1", "1.49", "1.25"),
        ("AMA_PRA_2", "0.9", "0.75"),
        ("AAFP_PRESCRIBED", "7.33", "7.25"),
        ("AAFP_PRESCRIBED", "7.38", "7.5"),
        ("EACCME_ECMEC", "5.75", "5.5"),
        ("COPE_CE", "1.99", "1.5"),
        ("IACET_CEU", "0.19", "0.1"),
        ("DE_FORTBILDUNGSPUNKT", "3.9", "3"),
        ("ANCC", "2.758", "2.758"),
        ("ABIM_MOC_POINT", "0.2", "0.2"),
    ],
)
def test_each_type_is_brought_to_its_own_grain(code: str, printed: str, rounded: str) -> None:
    assert amount_text(round_credit(code, parse_amount(printed))) == rounded


@given(codes, amounts)
def test_rounding_is_settled_at_once_and_goes_up_only_where_the_type_says_nearest(
    code: str, ticks: int
) -> None:
    kind, once = CREDIT_TYPES[code], round_credit(code, ticks)
    assert round_credit(code, once) == once
    if kind.step:
        assert once % kind.step == 0
    if kind.rounding == "nearest":
        assert 2 * abs(once - ticks) <= kind.step
    else:
        assert ticks - max(kind.step, 1) < once <= ticks


@given(codes, amounts, amounts)
def test_more_is_never_rounded_to_less(code: str, left: int, right: int) -> None:
    less, more = sorted((left, right))
    assert round_credit(code, less) <= round_credit(code, more)


@given(st.text())
def test_no_text_whatever_upsets_the_search(text: str) -> None:
    found = find_credit_type(text)
    assert found is None or found.code in suggest_credit_types(text)
