"""What Osler writes as a portfolio it reads back as an equal one, in both forms."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osler.core.credit.formats import FORMATS
from osler.core.credit.types import CREDIT_TYPES, round_credit
from osler.core.rules.record import Clinician, Credential, CreditRecord, Portfolio
from osler.requirement_sets.portfolio_file import read_portfolio, write_portfolio
from osler.requirement_sets.vocabulary import AskedFact, load_vocabulary

WORDS = load_vocabulary()
SETS = ("us-ca-md", "us-tx-mddo", "abim-moc")
DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))
TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff"),
    min_size=1,
    max_size=40,
).map(str.strip).filter(bool)  # fmt: skip


def values(fact: AskedFact) -> st.SearchStrategy[object]:
    match fact.kind:
        case "yes-no":
            return st.booleans()
        case "percent":
            return st.decimals(0, 100, places=1)
        case "number":
            return st.integers(0, 10_000).map(Decimal)
        case "choice":
            return st.sampled_from(sorted(fact.choices))
        case "date":
            return DAYS
    return DAYS | st.booleans()


@st.composite
def facts(draw: st.DrawFn) -> dict[str, object]:
    names = draw(st.lists(st.sampled_from(sorted(WORDS.facts)), unique=True, max_size=4))
    return {name: draw(values(WORDS.facts[name])) for name in names}


@st.composite
def records(draw: st.DrawFn, number: int) -> CreditRecord:
    codes = draw(st.lists(st.sampled_from(sorted(CREDIT_TYPES)), unique=True, min_size=1, max_size=3))
    ticks = st.integers(0, 4000).map(lambda quarters: quarters * 9000)
    credits_ = tuple((code, round_credit(code, draw(ticks))) for code in codes)
    largest = max(amount for _, amount in credits_)
    topics = draw(st.lists(st.sampled_from(sorted(WORDS.topics)), unique=True, max_size=2))
    return CreditRecord(
        id=f"{draw(TEXTS)}-{number}",
        completed=draw(DAYS),
        credits=credits_,
        title=draw(TEXTS | st.just("")),
        provider=draw(TEXTS | st.just("")),
        format=draw(st.sampled_from(sorted(FORMATS))),
        topics=tuple((topic, draw(st.integers(0, largest // 9)) // 9000 * 9000) for topic in topics),
        tags=frozenset(draw(st.lists(st.sampled_from(sorted(WORDS.tags)), max_size=2))),
    )


@st.composite
def portfolios(draw: st.DrawFn) -> Portfolio:
    specialties = st.lists(st.sampled_from(sorted(WORDS.specialties)), unique=True, max_size=2).map(tuple)
    clinician = Clinician(
        profession=draw(st.none() | st.sampled_from(sorted(WORDS.professions))),
        degree=draw(st.none() | st.sampled_from(["MD", "DO", "PA"])),
        birth_date=draw(st.none() | DAYS),
        specialties=draw(st.none() | specialties),
        facts=draw(facts()),
    )
    held = []
    for number in range(draw(st.integers(0, 3))):
        issued, expires = draw(st.none() | DAYS), draw(st.none() | DAYS)
        if issued and expires and expires < issued:
            issued, expires = expires, issued
        held.append(
            Credential(draw(st.sampled_from(SETS)), f"{draw(TEXTS)}{number}", issued, expires, draw(facts()))
        )
    earned = tuple(draw(records(number)) for number in range(draw(st.integers(0, 4))))
    return Portfolio(clinician, tuple(held), earned)


@pytest.mark.parametrize("form", ["yaml", "json"])
@settings(max_examples=60, deadline=None)
@given(portfolio=portfolios())
def test_a_portfolio_survives_writing_and_reading(form: str, portfolio: Portfolio) -> None:
    text = write_portfolio(portfolio, form)  # type: ignore[arg-type]
    read, odd = read_portfolio(text, SETS)
    assert read == portfolio
    assert odd == []
