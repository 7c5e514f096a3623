"""What the evaluator answers to every worked case fits the published schema."""

import json

import pytest
from jsonschema import Draft202012Validator

from osler.core.rules.as_data import assessment_data
from osler.core.rules.evaluate import assess
from osler.requirement_sets.answer_schema import answer_schema
from osler.requirement_sets.cases import load_cases
from osler.requirement_sets.loader import load_sets

VALIDATOR = Draft202012Validator(answer_schema())


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(answer_schema())


@pytest.mark.parametrize("set_id", sorted(load_sets()))
def test_every_answer_fits_and_has_no_key_that_the_schema_does_not_name(set_id: str) -> None:
    sets = load_sets()
    place = sets.cases_place(set_id)
    assert place is not None
    for case in load_cases(place, sets[set_id]):
        answer = assessment_data(assess(case.portfolio, sets, case.as_of), sets)
        assert [error.message for error in VALIDATOR.iter_errors(answer)] == []
        assert json.loads(json.dumps(answer)) == answer
        (credential,) = answer["credentials"]
        schema = answer_schema()
        held = schema["properties"]["credentials"]["items"]["properties"]
        assert set(credential) <= set(held)
        for part in credential["requirements"]:
            assert set(part) <= set(schema["$defs"]["requirement"]["properties"])


@pytest.mark.parametrize("key", ["status", "requirements", "cycle"])
def test_an_answer_without_a_key_does_not_fit(key: str) -> None:
    sets = load_sets()
    place = sets.cases_place("us-ca-md")
    assert place is not None
    case = load_cases(place, sets["us-ca-md"])[0]
    answer = assessment_data(assess(case.portfolio, sets, case.as_of), sets)
    del answer["credentials"][0][key]
    assert not VALIDATOR.is_valid(answer)
