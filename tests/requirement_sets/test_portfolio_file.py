"""A portfolio is read whole or refused with every fault at its place."""

from datetime import date
from decimal import Decimal

import pytest

from osler.core.credit.amount import TICKS
from osler.requirement_sets.portfolio_file import PortfolioFaults, read_portfolio

SETS = ("us-ca-md", "us-tx-mddo")
AS_OF = date(2026, 1, 31)

PORTFOLIO = """\
portfolio: 1
clinician:
  profession: physician
  degree: MD
  birth_date: 1980-05-17
  specialties: [internal-medicine]
  facts: {holds-dea: true, patients-65-plus-share: 30, board-certified-on: 2020-05-01}
credentials:
  - requirement_set: us-ca-md
    number: A12345
    issued: 2015-06-30
    expires: 2026-06-30
credits:
  - id: c1
    title: Grand rounds, autumn series
    provider: Example University
    completed: 2025-03-02
    format: live
    credits: {AMA_PRA_1: 10.0, ANCC: 10.0}
    topics: {opioid-prescribing: 3.0}
  - id: c2
    completed: 2025-04-02
    credits: {AMA_PRA_1: 1}
"""


def faults(text: str) -> list[str]:
    with pytest.raises(PortfolioFaults) as caught:
        read_portfolio(text, SETS, as_of=AS_OF)
    return [str(fault) for fault in caught.value.faults]


def warnings(text: str) -> list[str]:
    return [str(warning) for warning in read_portfolio(text, SETS, as_of=AS_OF).warnings]


def with_change(old: str, new: str) -> str:
    assert old in PORTFOLIO
    return PORTFOLIO.replace(old, new, 1)


def test_a_portfolio_becomes_exact_values() -> None:
    portfolio, odd = read_portfolio(PORTFOLIO, SETS, as_of=AS_OF)
    assert odd == []
    assert portfolio.clinician.birth_date == date(1980, 5, 17)
    assert portfolio.clinician.specialties == ("internal-medicine",)
    assert dict(portfolio.clinician.facts) == {
        "holds-dea": True,
        "patients-65-plus-share": Decimal(30),
        "board-certified-on": date(2020, 5, 1),
    }
    (credential,) = portfolio.credentials
    assert (credential.requirement_set, credential.number) == ("us-ca-md", "A12345")
    assert credential.expires == date(2026, 6, 30)
    first, second = portfolio.credits
    assert first.credits == (("AMA_PRA_1", 10 * TICKS), ("ANCC", 10 * TICKS))
    assert first.topics == (("opioid-prescribing", 3 * TICKS),)
    assert (second.title, second.format) == ("", "other")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "portfolio: 1",
            "portfolio: 2",
            "portfolio, line 1: expected 1, the version of the format, found '2'",
        ),
        ("portfolio: 1\n", "", "line 1: a portfolio needs 'portfolio'"),
        ("credits:", "creditz:", "creditz, line 13: a portfolio has no key 'creditz'. Did you mean credits?"),
        ("1980-05-17", "1980-5-17", "clinician.birth_date, line 5: expected a day such as 2026-06-30"),
        ("1980-05-17", "2027-05-17", "clinician.birth_date, line 5: 2027-05-17 is later than 2026-01-31"),
        ("holds-dea: true", "holds-dea: 3", "clinician.facts.holds-dea, line 7: expected true or false"),
        ("share: 30", "share: 130", "patients-65-plus-share, line 7: expected a number from 0 to 100"),
        ("share: 30", "share: .nan", "patients-65-plus-share, line 7: expected a number from 0 to 100"),
        ("on: 2020-05-01", "on: true", "clinician.facts.board-certified-on, line 7: expected a day"),
        (
            "us-ca-md",
            "us-ca-mdd",
            "credentials[0].requirement_set, line 9: unknown requirement set 'us-ca-mdd'. Did you mean us-ca",
        ),
        (
            "expires: 2026",
            "expires: 2014",
            "credentials[0].expires, line 12: it expires on 2014-06-30, before",
        ),
        ("issued: 2015-06-30", "issued: 1815-06-30", "issued, line 11: 1815-06-30 lies outside the years"),
        (
            "issued: 2015-06-30",
            "issued: 1901-06-30",
            "issued, line 11: 1901-06-30 lies more than a hundred years",
        ),
        (
            "issued:",
            "isued:",
            "credentials[0].isued, line 11: a credential has no key 'isued'. Did you mean issued?",
        ),
        (
            "2025-03-02",
            "2026-02-30",
            "credits[0].completed, line 17: 2026-02-30 is not a day of the calendar",
        ),
        ("2025-03-02", "yesterday", "credits[0].completed, line 17: expected a day such as 2026-06-30"),
        ("completed: 2025-03-02", "completed:", "credits[0], line 14: a credit record needs 'completed'"),
        (
            "format: live",
            "format: livve",
            "credits[0].format, line 18: unknown format 'livve'. Did you mean live?",
        ),
        ("AMA_PRA_1: 10.0", "AMA_PRA_9: 10.0", "credits[0].credits.AMA_PRA_9, line 19: unknown credit type"),
        (
            "AMA_PRA_1: 10.0",
            "AMA_PRA_1: .nan",
            "credits[0].credits.AMA_PRA_1, line 19: expected a number such as 6",
        ),
        ("AMA_PRA_1: 10.0", "AMA_PRA_1: .inf", "line 19: expected a number such as 6 or 0.25, found '.inf'"),
        (
            "AMA_PRA_1: 10.0",
            "AMA_PRA_1: 1e999",
            "line 19: expected a number such as 6 or 0.25, found '1e999'",
        ),
        ("AMA_PRA_1: 10.0", "AMA_PRA_1: -1", "line 19: expected a number such as 6 or 0.25, found '-1'"),
        ("AMA_PRA_1: 10.0", "AMA_PRA_1: " + "9" * 500, "line 19: expected a number such as 6 or 0.25"),
        ("AMA_PRA_1: 10.0", "AMA_PRA_1: 0.33333", "line 19: expected at most four decimal places"),
        ("AMA_PRA_1: 10.0", "AMA_PRA_1: 200000", "line 19: expected at most 100000"),
        (
            "{AMA_PRA_1: 10.0, ANCC: 10.0}",
            "{}",
            "credits[0].credits, line 19: expected at least one credit type",
        ),
        (
            "{AMA_PRA_1: 10.0, ANCC: 10.0}",
            "10",
            "credits[0].credits, line 19: expected credit types with amounts",
        ),
        (
            "ANCC: 10.0",
            "ama pra 1: 10.0",
            "line 19: 'ama pra 1' is AMA_PRA_1, which this record states already",
        ),
        ("ANCC: 10.0", "AMA_PRA_1: 10.0", "line 19: the key 'AMA_PRA_1' stands here a second time"),
        (
            "prescribing: 3.0",
            "prescribing: 10.25",
            "line 20: 10.25 on 'opioid-prescribing' is more than the record's",
        ),
        ("id: c2", "id: c1", "credits[1], line 21: the id 'c1' is taken by the record on line 14"),
        ("Grand rounds, autumn series", '"\\e[31mGrand"', "credits[0].title, line 15: a control character"),
        ("Grand rounds, autumn series", "x" * 2001, "credits[0].title, line 15: longer than 2000 characters"),
        (
            "credits:\n  - id: c1",
            "credits:\n  - c0\n  - id: c1",
            "credits[0], line 14: expected a credit record",
        ),
        (
            "specialties: [internal-medicine]",
            "specialties: surgery",
            "clinician.specialties, line 6: expected a list",
        ),
    ],
)
def test_a_fault_has_its_place_and_what_was_expected(old: str, new: str, fault: str) -> None:
    found = faults(with_change(old, new))
    assert any(fault in each for each in found), found
    assert all("\n" not in each for each in found)


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = PORTFOLIO.replace("us-ca-md", "us-xx").replace("2025-03-02", "2025-13-02").replace("live", "lvie")
    places = [each.split(":")[0] for each in faults(text)]
    assert places == [
        "credentials[0].requirement_set, line 9",
        "credits[0].completed, line 17",
        "credits[0].format, line 18",
    ]


def test_the_same_credential_twice_is_a_fault_and_two_numbers_are_not() -> None:
    second = "  - {requirement_set: us-ca-md, number: A12345}\ncredits:"
    assert "is held twice" in faults(with_change("credits:", second))[0]
    other = "  - {requirement_set: us-ca-md, number: B777}\ncredits:"
    assert len(read_portfolio(with_change("credits:", other), SETS).portfolio.credentials) == 2


@pytest.mark.parametrize(
    ("old", "new", "warning"),
    [
        (
            "opioid-prescribing",
            "opioid-perscribing",
            "unknown topic 'opioid-perscribing'. Did you mean opioid-prescribing?",
        ),
        (
            "internal-medicine",
            "internal-medecine",
            "unknown specialty 'internal-medecine'. Did you mean internal-medicine?",
        ),
        (
            "holds-dea",
            "hold-dea",
            "clinician.facts.hold-dea, line 7: unknown fact 'hold-dea'. Did you mean holds-dea?",
        ),
        (
            "profession: physician",
            "profession: phsyician",
            "unknown profession 'phsyician'. Did you mean physician?",
        ),
        ("AMA_PRA_1: 10.0", "AMA_PRA_1: 10.3", "10.3 AMA_PRA_1 is taken as 10.25"),
    ],
)
def test_what_may_be_a_slip_is_a_warning_and_not_a_fault(old: str, new: str, warning: str) -> None:
    assert any(warning in each for each in warnings(with_change(old, new)))


def test_an_unknown_word_is_warned_of_once_however_often_it_stands() -> None:
    text = PORTFOLIO.replace(
        "credits: {AMA_PRA_1: 1}", "credits: {AMA_PRA_1: 1}\n    topics: {opioid-prescribing: 1}"
    )
    assert len(warnings(text.replace("opioid-prescribing", "astrology"))) == 1


def test_a_rounded_amount_takes_the_topic_share_with_it() -> None:
    text = with_change("AMA_PRA_1: 10.0, ANCC: 10.0", "AMA_PRA_1: 3.1").replace(
        "prescribing: 3.0", "prescribing: 3.1"
    )
    record = read_portfolio(text, SETS).portfolio.credits[0]
    assert record.credits == (("AMA_PRA_1", 3 * TICKS),)
    assert record.topics == (("opioid-prescribing", 3 * TICKS),)


def test_names_that_people_write_are_understood() -> None:
    text = with_change("{AMA_PRA_1: 10.0, ANCC: 10.0}", '{"AMA PRA Category 1 Credit(s)™": "10.0"}')
    text = text.replace("format: live", "format: Webinar").replace("opioid-prescribing", "Opioid Prescribing")
    portfolio, odd = read_portfolio(text, SETS)
    record = portfolio.credits[0]
    assert (record.credits, record.format) == ((("AMA_PRA_1", 10 * TICKS),), "live")
    assert record.topics[0][0] == "opioid-prescribing"
    assert odd == []


def test_an_empty_value_is_unknown_and_not_false() -> None:
    portfolio = read_portfolio(with_change("holds-dea: true", "holds-dea: null"), SETS).portfolio
    assert "holds-dea" not in portfolio.clinician.facts


def test_no_value_smuggles_in_a_number_that_is_none() -> None:
    text = with_change("holds-dea: true", "made-up: NaN, other: 1e5, third: Infinity")
    facts = read_portfolio(text, SETS).portfolio.clinician.facts
    assert {name: facts[name] for name in ("made-up", "other", "third")} == {
        "made-up": "NaN",
        "other": "1e5",
        "third": "Infinity",
    }


def test_five_thousand_different_faults_are_all_told() -> None:
    records = "".join(f"  - {{id: c{n}, completed: 2025-02-30, credits: {{X{n}: 1}}}}\n" for n in range(5000))
    assert len(faults(f"portfolio: 1\ncredits:\n{records}")) == 10_000


def test_a_place_cannot_break_the_line_or_steer_the_terminal() -> None:
    (fault,) = faults(PORTFOLIO + '"fo\\no\\e[31m\\u202e": 1\n')
    assert fault.startswith("fo�o�[31m�, line 24: a portfolio has no key")
    assert fault.isprintable()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    credits: {AMA_PRA_1: 10.0, ANCC: 10.0}\n", ""),
        ("{AMA_PRA_1: 10.0, ANCC: 10.0}", "{}"),
        ("{AMA_PRA_1: 10.0, ANCC: 10.0}", "[AMA_PRA_1]"),
        ("AMA_PRA_1: 10.0, ANCC: 10.0", "AMA_PRA_1: .nan"),
    ],
)
def test_amounts_that_cannot_be_read_are_one_fault_and_topics_are_not_blamed(old: str, new: str) -> None:
    (fault,) = faults(with_change(old, new))
    assert "topics" not in fault


def test_an_empty_list_of_credit_is_told_beside_other_faults() -> None:
    found = faults(with_change("live", "lvie").replace("{AMA_PRA_1: 1}", "{}"))
    assert [each.split(":")[0] for each in found] == [
        "credits[0].format, line 18",
        "credits[1].credits, line 23",
    ]


def test_a_repeated_key_is_told_with_its_path() -> None:
    found = faults(with_change("ANCC: 10.0", "AMA_PRA_1: 10.0"))
    assert found[0].startswith("credits[0].credits.AMA_PRA_1, line 19: the key")


def test_what_an_alias_repeats_is_told_where_it_is_written() -> None:
    text = """\
portfolio: 1
credits:
  - {id: a, completed: 2025-01-01, credits: &c {AMA_PRA_1: .nan}}
  - {id: b, completed: 2025-01-01, credits: *c}
"""
    (fault,) = faults(text)
    assert fault.startswith("credits[0].credits.AMA_PRA_1, line 3: ")


def test_thousands_of_credentials_are_one_fault() -> None:
    held = "".join(f"  - {{requirement_set: us-ca-md, number: N{n}}}\n" for n in range(3000))
    assert faults(f"portfolio: 1\ncredentials:\n{held}") == [
        "credentials, line 3: 3,000 credentials; at most 200 in one portfolio"
    ]


def test_past_ten_thousand_faults_or_warnings_the_rest_is_counted() -> None:
    items = ",".join(f"w{n}" for n in range(30_000))
    told = faults(f"portfolio: 1\ncredits: [{items}]\n")
    assert (len(told), told[-1]) == (10_001, "file: and 20,000 more faults")
    odd = warnings(f"portfolio: 1\nclinician: {{specialties: [{items}]}}\n")
    assert (len(odd), odd[-1]) == (10_001, "file: and 20,000 more warnings")
