"""The self-assessment: what is rated is kept with its date, ranked, and shown with what was done."""

from datetime import timedelta
from typing import Any

import pytest

from osler.apps.audit.queries import history
from osler.apps.needs import actions, queries
from osler.apps.needs.models import Rating, Topic
from osler.apps.people.models import Person
from osler.core.credit.amount import TICKS
from osler.core.credit.refusal import Refusal
from osler.core.needs.ranking import Ratings
from tests.factories import NOW, TODAY, a_record

A_DAY = timedelta(days=1)
HALF_A_YEAR = timedelta(days=185)


def rate(person: Person, at: Any = NOW, **ratings: tuple[int, int]) -> int:
    """Rates topics, underscores for hyphens."""
    wanted = {slug.replace("_", "-"): Ratings(*pair) for slug, pair in ratings.items()}
    done = actions.rate_topics(person=person, ratings=wanted, by=person, at=at)
    assert isinstance(done, int), done
    return done


def test_the_greatest_need_comes_first(ruth: Person) -> None:
    rate(ruth, heart_failure=(5, 2), dementia=(5, 5), gout=(2, 1), pain_management=(4, 3))
    actions.add_topic(person=ruth, name="Insulin pumps", by=ruth, at=NOW)
    assert [one.name for one in queries.self_assessment(ruth)] == [
        "Heart failure",
        "Pain management",
        "Gout",
        "Dementia and Alzheimer's disease",
        "Insulin pumps",
    ]


def test_history_is_kept_and_the_same_day_corrects(ruth: Person) -> None:
    assert rate(ruth, gout=(3, 1)) == 1
    assert rate(ruth, gout=(4, 1)) == 1
    assert rate(ruth, at=NOW + A_DAY, gout=(4, 1)) == 0
    assert rate(ruth, at=NOW + 2 * A_DAY, gout=(4, 3)) == 1
    assert list(Rating.objects.values_list("relevance", "confidence")) == [(4, 1), (4, 3)]
    topic = Topic.objects.get()
    assert [one.verb for one in history(topic)] == ["rate-topic"] * 3


def test_the_same_again_after_half_a_year_says_that_nothing_changed(ruth: Person) -> None:
    rate(ruth, gout=(4, 1))
    [standing] = queries.self_assessment(ruth)
    assert not standing.is_due(TODAY + A_DAY)
    assert standing.is_due(TODAY + HALF_A_YEAR)
    assert rate(ruth, at=NOW + HALF_A_YEAR, gout=(4, 1)) == 1
    assert len(queries.self_assessment(ruth)[0].history) == 2


def test_what_was_completed_since_is_found_by_topic_and_by_title(ruth: Person) -> None:
    rate(ruth, at=NOW - timedelta(days=60), pain_management=(5, 2), gout=(4, 2))
    a_record(ruth, "Opioids", 3, topics=(("pain-management", 2 * TICKS),))
    a_record(ruth, "Gout and its mimics", 1)
    a_record(ruth, "Gout long ago", 1, completed_on=TODAY - timedelta(days=90))
    found = {one.topic.slug: one for one in queries.self_assessment(ruth)}
    pain, gout = found["pain-management"], found["gout"]
    assert [one.title for one in queries.records_since(ruth, pain)] == ["Opioids"]
    assert [one.title for one in queries.records_since(ruth, gout)] == ["Gout and its mimics"]
    assert (pain.ticks_since, gout.ticks_since) == (2 * TICKS, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_assessment_takes_as_many_queries_however_long_it_is(
    ruth: Person, count: int, django_assert_num_queries: Any
) -> None:
    rate(ruth, **dict.fromkeys(("gout", "dementia", "falls")[:count], (4, 2)))
    a_record(ruth, completed_on=TODAY, topics=(("dementia", TICKS),))
    with django_assert_num_queries(3):
        queries.self_assessment(ruth)


def test_suggestions_say_why_and_leave_out_what_is_on_the_list(ruth: Person) -> None:
    ruth.specialties = ["internal-medicine"]
    profile = actions.describe_practice(
        person=ruth,
        draft=actions.PracticeDraft(("hospital-ward",), ("older-adults",), ("gout",), 20),
        by=ruth,
        at=NOW,
    )
    assert not isinstance(profile, Refusal)
    found = queries.suggestions(ruth, profile, {"heart-failure"}, asked=[("dementia", "Asked by California")])
    reasons = {one.slug: one.reasons for one in found}
    assert found[0].slug == "dementia"
    assert reasons["dementia"] == ("Asked by California", "Older adults")
    assert reasons["gout"] == ("You see it often",)
    assert reasons["hypertension"] == ("Internal medicine",)
    assert "heart-failure" not in reasons
    profile.patient_hours = 0
    assert "hypertension" not in {one.slug for one in queries.suggestions(ruth, profile, ())}


def test_a_topic_of_ones_own_and_one_that_is_known_already(ruth: Person) -> None:
    own = actions.add_topic(person=ruth, name="  Insulin   pumps ", by=ruth, at=NOW)
    again = actions.add_topic(person=ruth, name="insulin pumps", by=ruth, at=NOW)
    known = actions.add_topic(person=ruth, name="heart failure", by=ruth, at=NOW)
    assert isinstance(own, Topic)
    assert isinstance(again, Topic)
    assert isinstance(known, Topic)
    assert (own.name, again.pk) == ("Insulin pumps", own.pk)
    assert (known.slug, known.name) == ("heart-failure", "")
    assert rate(ruth, **{own.slug: (5, 1)}) == 1


def test_taking_a_topic_off_keeps_its_ratings(ruth: Person) -> None:
    rate(ruth, gout=(4, 1))
    topic = Topic.objects.get()
    actions.remove_topic(topic=topic, by=ruth, at=NOW)
    assert queries.self_assessment(ruth) == ()
    actions.restore_topic(topic=topic, by=ruth, at=NOW)
    assert len(queries.self_assessment(ruth)[0].history) == 1


def test_nobody_else_judges(ruth: Person, stranger: Person) -> None:
    rate(ruth, gout=(4, 1))
    topic = Topic.objects.get()
    refused = [
        actions.add_topic(person=ruth, name="Gout", by=stranger, at=NOW),
        actions.rate_topics(person=ruth, ratings={"gout": Ratings(1, 1)}, by=stranger, at=NOW),
        actions.remove_topic(topic=topic, by=stranger, at=NOW),
        actions.describe_practice(person=ruth, draft=actions.PracticeDraft(), by=stranger, at=NOW),
        actions.rate_topics(person=ruth, ratings={"no-such": Ratings(1, 1)}, by=ruth, at=NOW),
        actions.describe_practice(person=ruth, draft=actions.PracticeDraft(("moon",)), by=ruth, at=NOW),
        actions.add_topic(person=ruth, name=" ", by=ruth, at=NOW),
    ]
    rules = [one.rule for one in refused if isinstance(one, Refusal)]
    assert rules == [*["not-yours"] * 4, "unknown-topic", "unknown-choice", "topic-name"]
    assert Rating.objects.count() == 1


def test_every_suggested_topic_has_a_name() -> None:
    from osler.apps.needs.queries.clinical_topics import topics_by_specialty
    from osler.apps.needs.queries.practice import PATIENT_GROUPS, SETTINGS, topics_of_practice
    from osler.requirement_sets.vocabulary import load_vocabulary

    known = queries.known_topics()
    profile = type("Profile", (), {"settings": list(SETTINGS), "patient_groups": list(PATIENT_GROUPS)})
    of_practice = {slug for slug, _where in topics_of_practice(profile)}  # type: ignore[arg-type]
    of_specialties = {slug for slugs in topics_by_specialty().values() for slug in slugs}
    assert (of_practice | of_specialties) - set(known) == set()
    assert set(topics_by_specialty()) == set(load_vocabulary().specialties)
