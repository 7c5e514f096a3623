"""Every worked case of every set: the answer thought out by hand and the evaluator's are the same."""

from collections.abc import Iterator

import pytest

from osler.requirement_sets.cases import Case, load_cases, run_case
from osler.requirement_sets.loader import SetLibrary, load_examples, load_sets


def _all(library: SetLibrary) -> Iterator[object]:
    for set_id in library:
        place = library.cases_place(set_id)
        if place is not None:
            for case in load_cases(place, library[set_id]):
                yield pytest.param(library, set_id, case, id=f"{set_id}: {case.name}")


@pytest.mark.parametrize(("library", "set_id", "case"), [*_all(load_sets()), *_all(load_examples())])
def test_the_answer_is_the_one_thought_out(library: SetLibrary, set_id: str, case: Case) -> None:
    assert run_case(case, library[set_id]) == []


@pytest.mark.parametrize("set_id", sorted(load_sets()))
def test_a_set_has_at_least_five_cases(set_id: str) -> None:
    place = load_sets().cases_place(set_id)
    assert place is not None
    assert len(load_cases(place, load_sets()[set_id])) >= 5
