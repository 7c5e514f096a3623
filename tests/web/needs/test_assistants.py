"""Who acts for somebody sees the plan, never what that person is unsure of or wrote for themselves."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from osler.apps.needs import actions
from osler.apps.needs.models import Goal, Rating
from osler.apps.outcomes import actions as outcomes
from osler.apps.outcomes.models import Reflection
from osler.apps.people.models import Person
from osler.core.credit.refusal import Refusal
from osler.core.needs.ranking import Ratings
from tests.factories import NOW, TODAY, a_record
from tests.factories.delegates import an_assistant

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]


@pytest.fixture
def acting(ruth: Person, signed_in: SignIn) -> Client:
    """A browser in which an assistant acts for Ruth with every right there is."""
    rated = actions.rate_topics(person=ruth, ratings={"gout": Ratings(5, 1)}, by=ruth, at=NOW)
    assert rated == 1
    goal = actions.GoalDraft("Read more", TODAY + timedelta(days=9))
    assert isinstance(actions.set_goal(person=ruth, draft=goal, by=ruth, at=NOW), Goal)
    written = outcomes.write_reflection(
        person=ruth,
        record=a_record(ruth).key,
        draft=outcomes.ReflectionDraft("My secret doubt", "Ask", 30),
        by=ruth,
        at=NOW,
        today=TODAY,
    )
    assert isinstance(written, Reflection)
    assistant, held = an_assistant(ruth, "all")
    client = signed_in(assistant)
    assert client.post(f"/me/acting/{held.key}").status_code == 302
    return client


def test_the_plan_is_part_of_the_papers(acting: Client, words: Words) -> None:
    assert "Read more" in words(acting.get("/needs/plan"))
    assert "Read more" in words(acting.get("/take-part"))
    goal = Goal.objects.get()
    acting.post(f"/needs/plan/{goal.key}/to/in-progress")
    goal.refresh_from_db()
    assert goal.state == "in-progress"
    acting.post("/needs/practice", {"patient_hours": "20"})
    assert acting.get("/needs/practice").status_code == 200


def test_doubts_and_reflections_are_not(acting: Client, words: Words) -> None:
    reflection = Reflection.objects.get()
    record, commitment = reflection.record.key, reflection.commitment.key
    looked_at = (
        "/needs/topics",
        "/needs/topics?export=csv",
        "/needs/topics/rate",
        "/needs/topics/gout",
        "/apply",
        "/apply?export=csv",
        "/apply/reflections.json",
        f"/apply/reflect/{record}",
        f"/apply/commitments/{commitment}",
    )
    for path in looked_at:
        answer = acting.get(path)
        assert answer.status_code == 403
        assert "Only Ruth Mehta reads this page" in words(answer)
    for path in (
        "/needs/topics/rate",
        "/needs/topics/add",
        "/needs/topics/gout/remove",
        "/needs/topics/gout/restore",
        f"/apply/reflect/{record}",
        f"/apply/reflect/{record}/remove",
        f"/apply/commitments/{commitment}",
    ):
        sent = {"relevance-gout": "1", "confidence-gout": "1", "learned": "x", "result": "held", "name": "x"}
        assert acting.post(path, sent).status_code == 403
    assert "Gout" not in words(acting.get("/find"))
    assert Rating.objects.get().confidence == 1
    reflection.refresh_from_db()
    assert (reflection.learned, reflection.removed_at) == ("My secret doubt", None)


def test_the_actions_say_no_as_well(ruth: Person) -> None:
    assistant, _held = an_assistant(ruth, "all")
    refused = actions.rate_topics(person=ruth, ratings={}, by=assistant, at=NOW)
    assert isinstance(refused, Refusal)
    draft = outcomes.ReflectionDraft("x")
    refused_too = outcomes.write_reflection(
        person=ruth, record=a_record(ruth).key, draft=draft, by=assistant, at=NOW, today=TODAY
    )
    assert isinstance(refused_too, Refusal)
