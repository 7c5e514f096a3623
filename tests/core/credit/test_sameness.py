"""One activity from two sources: symmetric, order free, and nothing that neither says."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.core.credit.amount import TICKS
from osler.core.credit.sameness import (
    Activity,
    NotChosen,
    differences,
    folded,
    likeness,
    merged,
    spelled,
    suspects,
)

DAY = date(2026, 3, 12)
TITLES = ("Grand rounds 3", "grand  rounds 3", "Grand rounds 4", "Opioid stewardship", "Opioid Stewardship!")
PROVIDERS = ("", "Example University", "EXAMPLE UNIVERSITY", "University of Example", "Other Society")


def one(title: str = "Opioid stewardship", hours: int = 2, **more: object) -> Activity:
    stated: dict[str, object] = {
        "id": 1,
        "title": title,
        "provider": "Example University",
        "completed": DAY,
        "amounts": (("AMA_PRA_1", hours * TICKS),),
        **more,
    }
    return Activity(**stated)  # type: ignore[arg-type]


def pairs(codes: tuple[str, ...]) -> st.SearchStrategy[tuple[tuple[str, int], ...]]:
    return st.dictionaries(st.sampled_from(codes), st.integers(1, 5).map(lambda n: n * TICKS)).map(
        lambda found: tuple(found.items())
    )


activities = st.builds(
    Activity,
    id=st.integers(0, 1000),
    title=st.sampled_from(TITLES),
    provider=st.sampled_from(PROVIDERS),
    completed=st.integers(0, 4).map(lambda n: DAY + timedelta(days=n)),
    amounts=pairs(("AMA_PRA_1", "ANCC", "MOC")),
    format=st.sampled_from(("other", "live", "enduring")),
    topics=pairs(("pain", "ethics")),
    tags=st.frozensets(st.sampled_from(("post-test", "speaker"))),
    note=st.sampled_from(("", "A note", "A note, longer", "Something else")),
    origin=st.sampled_from(("", "import:1", "calendar:1")),
)


def choices(first: Activity, second: Activity, number: int) -> dict[str, object]:
    """One of the two values for every difference, chosen by value and not by place."""
    return {
        found.field: sorted(found.values, key=str)[number % 2]  # type: ignore[type-var]
        for found in differences(first, second)
    }


@given(activities, activities)
def test_likeness_does_not_depend_on_which_comes_first(first: Activity, second: Activity) -> None:
    assert likeness(first, second) == likeness(second, first)


@given(activities, activities, st.integers(0, 1))
def test_merging_does_not_depend_on_which_comes_first(first: Activity, second: Activity, n: int) -> None:
    assert merged(first, second, choices(first, second, n)) == merged(
        second, first, choices(second, first, n)
    )


@given(activities, activities, st.integers(0, 1))
def test_merging_raises_no_amount_and_invents_nothing(first: Activity, second: Activity, n: int) -> None:
    found = merged(first, second, choices(first, second, n))
    for kind in ("amounts", "topics"):
        before, other = dict(getattr(first, kind)), dict(getattr(second, kind))
        assert set(dict(getattr(found, kind))) == set(before) | set(other)
        for code, ticks in getattr(found, kind):
            assert ticks <= max(before.get(code, 0), other.get(code, 0))
    most = max((ticks for _code, ticks in found.amounts), default=0)
    assert all(ticks <= most for _topic, ticks in found.topics)
    assert found.title in (first.title.strip(), second.title.strip())
    assert found.provider in (first.provider.strip(), second.provider.strip())
    assert found.completed in (first.completed, second.completed)
    assert found.tags == first.tags | second.tags


@given(activities)
def test_a_record_merged_with_its_copy_stays_as_it_is(only: Activity) -> None:
    most = max((ticks for _code, ticks in only.amounts), default=0)
    found = merged(only, only)
    assert (found.title, found.completed, found.format) == (only.title, only.completed, only.format)
    assert found.amounts == tuple(sorted(only.amounts))
    assert found.topics == tuple(sorted((topic, min(ticks, most)) for topic, ticks in only.topics))


@given(st.lists(activities, max_size=12, unique_by=lambda each: each.id))
def test_suspects_are_the_pairs_that_are_alike_whatever_their_order(many: list[Activity]) -> None:
    found = {frozenset((a.id, b.id)) for a, b, _why in suspects(many)}
    assert found == {frozenset((a.id, b.id)) for a, b, _why in suspects(reversed(many))}
    assert found == {
        frozenset((a.id, b.id)) for n, a in enumerate(many) for b in many[n + 1 :] if likeness(a, b)
    }


def test_spelling_provider_and_day_tell_one_activity() -> None:
    like = likeness(one(), one("OPIOID  stewardship"))
    assert like is not None
    assert like.is_certain
    like = likeness(one(), one("Opioid stewardship.", provider="Example Univ"))
    assert like is not None
    assert not like.is_certain
    assert like.reasons == ("same-title", "same-day", "same-amount")
    assert likeness(one(), one(provider="Other Society", hours=3)) is None


def test_sessions_of_a_series_are_told_apart_by_their_numbers() -> None:
    assert likeness(one("Grand rounds 3"), one("Grand rounds 4")) is None


def test_a_day_off_needs_two_sources_and_the_same_amount() -> None:
    later = {"completed": DAY + timedelta(days=2)}
    assert likeness(one(), one(**later)) is None
    like = likeness(one(), one(origin="import:7", **later))
    assert like is not None
    assert like.reasons == ("same-title", "same-provider", "near-day", "same-amount")
    assert likeness(one(), one(origin="import:7", hours=3, **later)) is None
    assert likeness(one(), one(origin="import:7", completed=DAY + timedelta(days=4))) is None


def test_one_source_repeats_itself_but_does_not_spell_in_two_ways() -> None:
    assert likeness(one(origin="import:7"), one("Opioid stewardship!", origin="import:7")) is None
    again = likeness(one(origin="api:LMS"), one(origin="api:LMS"))
    assert again is not None
    assert again.is_certain


def test_amounts_days_and_formats_that_contradict_must_be_chosen() -> None:
    other = one(hours=3, completed=DAY + timedelta(days=1), format="live")
    with pytest.raises(NotChosen) as refused:
        merged(one(), other)
    assert refused.value.field == "completed"
    with pytest.raises(NotChosen):
        merged(one(), other, {"completed": DAY, "credit:AMA_PRA_1": 9 * TICKS})
    found = merged(one(), other, {"completed": DAY, "credit:AMA_PRA_1": 3 * TICKS})
    assert found.amounts == (("AMA_PRA_1", 3 * TICKS),)
    assert found.format == "live"


def test_a_pair_said_to_be_two_is_no_suspect() -> None:
    two = [one(id="a"), one(id="b")]
    assert len(suspects(two)) == 1
    assert suspects(two, {frozenset(("a", "b"))}) == []


@given(st.text(max_size=40))
def test_spelling_is_stable(text: str) -> None:
    assert spelled(spelled(text)) == spelled(text)
    assert folded(folded(text)) == folded(text)
