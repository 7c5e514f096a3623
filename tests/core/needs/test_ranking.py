"""The ranking keeps its word for every pair of ratings, and a title is about what it names."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.core.needs.ranking import Place, Ratings, rate_again_on
from osler.core.needs.subject import index_of, topics_named_in

ratings = st.builds(Ratings, st.integers(1, 5), st.integers(1, 5))
EVERY = [Ratings(*pair) for pair in itertools.product(range(1, 6), repeat=2)]


@pytest.mark.parametrize(("relevance", "confidence"), [(0, 3), (6, 3), (3, 0), (3, 6)])
def test_a_rating_lies_between_one_and_five(relevance: int, confidence: int) -> None:
    with pytest.raises(ValueError):
        Ratings(relevance, confidence)


def test_a_need_is_what_matters_and_is_not_sure() -> None:
    needs = {(one.relevance, one.confidence) for one in EVERY if one.place is Place.LEARN}
    assert needs == {(relevance, confidence) for relevance in (4, 5) for confidence in (1, 2, 3)}


def test_more_relevance_or_less_confidence_never_ranks_lower() -> None:
    for one in EVERY:
        if one.relevance < 5:
            assert Ratings(one.relevance + 1, one.confidence).rank < one.rank
        if one.confidence > 1:
            assert Ratings(one.relevance, one.confidence - 1).rank < one.rank


@given(st.lists(ratings, max_size=12))
def test_every_need_stands_before_everything_else(many: list[Ratings]) -> None:
    is_need = [one.place is Place.LEARN for one in sorted(many, key=lambda one: one.rank)]
    assert is_need == sorted(is_need, reverse=True)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_rating_is_looked_at_again_after_half_a_year(day: date) -> None:
    assert 180 <= (rate_again_on(day) - day).days <= 184


@pytest.mark.parametrize(
    ("name", "title", "is_about"),
    [
        ("Heart failure", "Heart failure: what changed this year", True),
        ("Heart failure", "Failure to rescue", False),
        ("Goals of care conversations", "A conversation on goals of care", True),
        ("Falls", "Waterfall planning", False),
        ("Type 2 diabetes", "Type 1 diabetes", False),
        ("Minor injuries", "", False),
    ],
)
def test_a_title_is_about_a_topic_when_it_holds_all_its_words(name: str, title: str, is_about: bool) -> None:
    assert topics_named_in(index_of([("it", name)]), title) == (("it",) if is_about else ())


def test_a_name_of_empty_words_is_never_found() -> None:
    assert topics_named_in(index_of([("it", "Update in the")]), "Update in the clinic") == ()


@given(st.lists(st.sampled_from(["Heart failure", "Gout", "Heart surgery", "Failure of care"]), unique=True))
def test_the_index_finds_what_a_look_at_every_topic_finds(names: list[str]) -> None:
    title = "Failure of the heart in gout"
    found = topics_named_in(index_of([(name, name) for name in names]), title)
    assert set(found) == {name for name in names if name != "Heart surgery"}
