"""What the reference promises: its examples run, its lists are whole."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from osler.cli.reference.words import words_page
from osler.core.credit.formats import FORMATS
from osler.core.credit.types import CREDIT_TYPES
from osler.core.rules.answer import Reason
from osler.requirement_sets.loader import load_sets
from osler.requirement_sets.portfolio_file import read_portfolio
from osler.requirement_sets.portfolio_schema import portfolio_schema
from osler.requirement_sets.vocabulary import load_vocabulary

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
PORTFOLIO_PAGE = (REFERENCE / "portfolio.md").read_text("utf-8")


def example() -> str:
    found = re.search(r"```yaml\n(.*?)```", PORTFOLIO_PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_example_is_the_file_beside_it_and_is_read_without_a_warning() -> None:
    assert (REFERENCE / "portfolio.example.yaml").read_text("utf-8") == example()
    read = read_portfolio(example(), load_sets(), as_of=date(2026, 1, 31))
    assert read.warnings == []
    assert len(read.portfolio.credits) == 1


def test_the_example_fits_the_schema() -> None:
    # A day of YAML is a text in JSON, which is what the schema speaks of.
    data = json.loads(json.dumps(yaml.safe_load(example()), default=str))
    assert [error.message for error in Draft202012Validator(portfolio_schema()).iter_errors(data)] == []


def test_every_key_of_a_portfolio_and_every_reason_is_explained() -> None:
    schema = portfolio_schema()["properties"]
    keys = {
        *schema,
        *schema["clinician"]["properties"],
        *schema["credentials"]["items"]["properties"],
        *schema["credits"]["items"]["properties"],
    }
    sentences = re.sub(r"```.*?```", "", PORTFOLIO_PAGE, flags=re.DOTALL)
    explained = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", sentences))))
    assert keys <= explained
    assert all(f"`{reason.value}`" in PORTFOLIO_PAGE for reason in Reason)


@pytest.mark.parametrize("kind", ["types", "formats", "facts", "topics"])
def test_the_page_of_words_lists_them_all(kind: str) -> None:
    words = load_vocabulary()
    known = {"types": CREDIT_TYPES, "formats": FORMATS, "facts": words.facts, "topics": words.topics}[kind]
    page = words_page()
    assert [word for word in known if f"| `{word}` |" not in page] == []
