"""A long transcript against every set: each record is accounted for; its place in the file means nothing."""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from osler.core.credit.formats import FORMATS
from osler.core.rules.as_data import assessment_data
from osler.core.rules.evaluate import assess
from osler.requirement_sets.answer_schema import answer_schema
from osler.requirement_sets.loader import load_sets
from osler.requirement_sets.portfolio_file import read_portfolio
from osler.requirement_sets.vocabulary import load_vocabulary

AS_OF = date(2026, 1, 31)
VALIDATOR = Draft202012Validator(answer_schema())
KINDS: tuple[tuple[str, ...], ...] = (
    ("AMA_PRA_1",),
    ("AMA_PRA_1", "ANCC"),
    ("AMA_PRA_2",),
    ("AAFP_PRESCRIBED",),
    ("AOA_1A",),
    ("ABIM_MOC_POINT", "AMA_PRA_1"),
    ("RCPSC_MOC_S1",),
    ("INFORMAL",),
)
AMOUNTS = ("0.25", "0.5", "1", "2", "3.75", "8", "12")


def transcript() -> list[dict[str, Any]]:
    """Three hundred records over eight years, some of them twice, some after the day asked about."""
    chance = random.Random(300)
    topics = sorted(load_vocabulary().topics)
    records = []
    for n in range(300):
        amount = chance.choice(AMOUNTS)
        shares = {topic: chance.choice((amount, "0.25")) for topic in chance.sample(topics, 4)}
        records.append(
            {
                "id": f"c{n}",
                "title": f"Activity {n % 40}",
                "provider": "Example University",
                "completed": str(date(2018, 6, 1) + timedelta(days=chance.randrange(300) * 10)),
                "format": chance.choice(list(FORMATS)),
                "credits": dict.fromkeys(chance.choice(KINDS), amount),
                "topics": shares,
            }
        )
    return records


def answer(records: list[dict[str, Any]]) -> dict[str, Any]:
    sets = load_sets()
    portfolio = {
        "portfolio": 1,
        "clinician": {
            "degree": "MD",
            "birth_date": "1970-02-28",
            "specialties": ["internal-medicine"],
            "facts": {"holds-dea": True, "direct-patient-care": True, "patients-65-plus-share": 40},
        },
        "credentials": [
            {"requirement_set": set_id, "issued": "2010-06-30", "expires": "2026-06-30"} for set_id in sets
        ],
        "credits": records,
    }
    read = read_portfolio(json.dumps(portfolio), sets, as_of=AS_OF).portfolio
    return assessment_data(assess(read, sets, AS_OF), sets)


@pytest.fixture(scope="module")
def given() -> dict[str, Any]:
    return answer(transcript())


def requirements(found: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    left = [(held["requirement_set"], part) for held in found["credentials"] for part in held["requirements"]]
    while left:
        set_id, part = left.pop()
        yield set_id, part
        left += [(set_id, way) for way in part.get("ways", ())]


def test_every_requirement_says_of_every_record_whether_it_counts(given: dict[str, Any]) -> None:
    everything = {each["id"] for each in transcript()}
    judged = 0
    for set_id, part in requirements(given):
        if part["required"] is None and not part["not_counted"]:
            continue  # a fact is asked for, or nothing at all
        named = {each["id"] for each in (*part["counted_records"], *part["not_counted"])}
        assert named == everything, f"{set_id}/{part['id']}"
        judged += 1
    assert judged > 100


def test_what_counts_adds_up(given: dict[str, Any]) -> None:
    for set_id, part in requirements(given):
        amounts = [Decimal(each["amount"]) for each in part["counted_records"]]
        assert all(amount > 0 for amount in amounts)
        stretches = part.get("periods", ())
        if any(one["start"] < other["end"] < one["end"] for one in stretches for other in stretches):
            continue  # stretches that slide share their records
        assert sum(amounts) == Decimal(part["counted"]), f"{set_id}/{part['id']}"


def test_a_reason_is_a_sentence_without_codes_of_its_own(given: dict[str, Any]) -> None:
    for _, part in requirements(given):
        for each in part["not_counted"]:
            assert len(each["detail"].split()) > 2
            assert each["reason"] not in each["detail"]


def test_no_day_of_an_answer_lies_beyond_all_calendars(given: dict[str, Any]) -> None:
    assert '"9999-' not in json.dumps(given)
    assert '"0001-' not in json.dumps(given)


def test_the_answer_fits_its_schema(given: dict[str, Any]) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(given)] == []


def test_the_order_of_the_records_means_nothing(given: dict[str, Any]) -> None:
    records = transcript()
    random.Random(7).shuffle(records)
    assert json.dumps(answer(records)) == json.dumps(given)


@pytest.mark.parametrize("set_id", sorted(load_sets()))
def test_a_set_answers_whatever_is_left_out(set_id: str) -> None:
    sets = load_sets()
    days = {"issued": "2015-06-30", "expires": "2026-06-30"}
    person = {"birth_date": "1980-05-17", "specialties": ["surgery"], "degree": "MD"}
    for left_out in range(16):  # each of four things stated or not
        stated = {key: days[key] for n, key in enumerate(days) if not left_out >> n & 1}
        known = {key: value for key, value in person.items() if not left_out & 4}
        portfolio = {
            "portfolio": 1,
            "clinician": known,
            "credentials": [{"requirement_set": set_id, **stated}],
            "credits": [] if left_out & 8 else transcript()[:20],
        }
        for day in (date(2024, 2, 29), date(2026, 7, 1)):
            read = read_portfolio(json.dumps(portfolio), sets, as_of=day).portfolio
            found = assessment_data(assess(read, sets, day), sets)
            assert [error.message for error in VALIDATOR.iter_errors(found)] == []
