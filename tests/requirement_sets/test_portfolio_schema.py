"""The published schema describes what Osler writes and reads."""

import json

import pytest
import yaml
from jsonschema import Draft202012Validator

from osler.requirement_sets.portfolio_file import read_portfolio, write_portfolio
from osler.requirement_sets.portfolio_schema import portfolio_schema

EXAMPLE = """\
portfolio: 1
clinician:
  profession: physician
  specialties: [internal-medicine]
  facts: {holds-dea: true, patients-65-plus-share: 12.5, dea-mate-attested: 2024-02-01}
credentials: [{requirement_set: us-ca-md, number: A1, issued: 2015-06-30, expires: 2026-06-30}]
credits:
  - {id: c1, completed: 2025-03-02, credits: {AMA_PRA_1: 10.25}, topics: {nutrition: 3}, tags: [post-test]}
"""

VALIDATOR = Draft202012Validator(portfolio_schema())


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(portfolio_schema())


def test_what_osler_writes_is_valid() -> None:
    portfolio = read_portfolio(EXAMPLE, ["us-ca-md"]).portfolio
    assert list(VALIDATOR.iter_errors(json.loads(write_portfolio(portfolio, "json")))) == []
    text = yaml.load(write_portfolio(portfolio), Loader=yaml.BaseLoader)
    assert text["credits"][0]["credits"] == {"AMA_PRA_1": "10.25"}


@pytest.mark.parametrize(
    "change",
    [
        {"portfolio": 2},
        {"clinicain": {}},
        {"credits": [{"id": "c1", "completed": "2025-03-02"}]},
        {"credits": [{"id": "c1", "completed": "yesterday", "credits": {"AMA_PRA_1": 1}}]},
        {"credits": [{"id": "c1", "completed": "2025-03-02", "credits": {"AMA_PRA_1": -1}}]},
        {"credentials": [{"number": "A1"}]},
    ],
)
def test_what_the_reader_refuses_the_schema_refuses_too(change: dict[str, object]) -> None:
    assert not VALIDATOR.is_valid({"portfolio": 1, **change})
