"""Days and amounts as people write them, and the refusal to guess."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.adapters.transcripts.amounts import AmountUnclear, read_amount, read_pairs
from osler.adapters.transcripts.dates import DateUnclear, order_of, read_date
from osler.core.credit.amount import TICKS, AmountError, amount_text

AS_OF = date(2026, 1, 31)


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-02",
        "2025/3/2",
        "2025-03-02T18:30:00Z",
        "2025-03-02 18:30",
        "20250302",
        "02.03.2025",
        "2.3.25",
        "2 March 2025",
        "02-Mar-2025",
        "Sunday, 2 March 2025",
        "March 2, 2025",
        "Mar 2nd, 2025",
        "2. März 2025",
        "2 mars 2025",
        "45718",
    ],
)
def test_one_day_in_many_writings(text: str) -> None:
    assert read_date(text, "", AS_OF) == date(2025, 3, 2)


@pytest.mark.parametrize(
    "text", ["", "2025-02-30", "31/04/2025", "soon", "13/13/2025", "1.5", "0000-01-01", "Q3 2025"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_date(text, "mdy", AS_OF) is None


def test_day_and_month_are_never_guessed() -> None:
    with pytest.raises(DateUnclear):
        read_date("03/04/2025", "", AS_OF)
    assert read_date("03/04/2025", "mdy", AS_OF) == date(2025, 3, 4)
    assert read_date("03/04/2025", "dmy", AS_OF) == date(2025, 4, 3)
    assert read_date("25/04/2025", "mdy", AS_OF) == date(2025, 4, 25)
    assert read_date("05/05/2025", "", AS_OF) == date(2025, 5, 5)


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["03/04/2025", "03/25/2025"], "mdy"),
        (["03/04/2025", "25/03/2025"], "dmy"),
        (["03/04/2025", "04/05/2025"], "unclear"),
        (["03/25/2025", "25/03/2025"], "mixed"),
        (["05/05/2025", "2025-03-04", "03.04.2025", "hello"], ""),
    ],
)
def test_a_whole_column_decides_the_order(column: list[str], order: str) -> None:
    assert order_of(column) == order


@given(st.lists(st.dates(date(1950, 1, 1), date(2026, 1, 31)), min_size=1), st.sampled_from(["mdy", "dmy"]))
def test_a_column_in_one_order_is_read_back_or_asked_about(days: list[date], order: str) -> None:
    form = "%m/%d/%Y" if order == "mdy" else "%d/%m/%Y"
    column = [day.strftime(form) for day in days]
    found = order_of(column)
    assert found in (order, "unclear", "")
    if found != "unclear":
        assert [read_date(text, found, AS_OF) for text in column] == days


def test_a_year_of_two_digits_is_never_in_the_future() -> None:
    assert read_date("25.12.26", "", AS_OF) == date(2026, 12, 25)
    assert read_date("25.12.27", "", AS_OF) == date(1927, 12, 25)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("6", "6"),
        ("0.25", "0.25"),
        ("1,5", "1.5"),
        ("0,250", "0.25"),
        ("1.50 credits", "1.5"),
        ("2 hrs", "2"),
        ("3 AMA", None),
        ("90 min", "1.5"),
        ("1,250.5", "1250.5"),
        ("-1", None),
        ("1e3", None),
        ("NaN", None),
        ("1/2", None),
        ("0.123456", None),
        ("", None),
        ("999999999999", None),
    ],
)
def test_amounts_as_people_write_them(text: str, amount: str | None) -> None:
    if amount is None:
        with pytest.raises(AmountError):
            read_amount(text)
    else:
        assert amount_text(read_amount(text)) == amount


def test_a_thousand_or_a_fraction_is_not_guessed() -> None:
    with pytest.raises(AmountUnclear):
        read_amount("1,250")


@given(st.integers(0, 4000), st.sampled_from([".", ","]))
def test_every_quarter_is_exact(quarters: int, point: str) -> None:
    text = f"{quarters / 4:.2f}".replace(".", point)
    assert read_amount(text) == quarters * TICKS // 4


def test_pairs_of_names_and_amounts() -> None:
    assert read_pairs("AMA_PRA_1 6; ANCC: 5.5 h;ethics") == [
        ("AMA_PRA_1", "6"),
        ("ANCC", "5.5"),
        ("ethics", ""),
    ]
