"""Goals: their life is the dictionary, every move can be made back, evidence is one's own."""

import itertools
from datetime import timedelta
from typing import Any

import pytest

from osler.apps.audit.queries import history
from osler.apps.credit.actions import remove_record
from osler.apps.needs import actions, queries
from osler.apps.needs.models import TRANSITIONS, Goal
from osler.apps.people.models import Person
from osler.core.credit.refusal import Refusal
from tests.factories import NOW, TODAY, a_record

IN_TWO_MONTHS = TODAY + timedelta(days=60)


def a_goal(person: Person, title: str = "Titrate heart failure drugs", **parts: Any) -> Goal:
    """A goal of somebody's."""
    draft = actions.GoalDraft(title=title, **{"due_on": IN_TWO_MONTHS, **parts})
    goal = actions.set_goal(person=person, draft=draft, by=person, at=NOW)
    assert isinstance(goal, Goal), goal
    return goal


@pytest.mark.parametrize(("state", "to"), list(itertools.product(TRANSITIONS, repeat=2)))
def test_a_goal_moves_as_the_dictionary_says_and_no_other_way(ruth: Person, state: str, to: str) -> None:
    goal = a_goal(ruth)
    Goal.objects.update(state=state)
    moved = actions.move_goal(goal=goal, to=to, by=ruth, at=NOW, today=TODAY)
    goal.refresh_from_db()
    if to in TRANSITIONS[state]:
        assert isinstance(moved, Goal)
        assert (goal.state, goal.reached_on) == (to, TODAY if to == "reached" else None)
    else:
        assert isinstance(moved, Refusal)
        assert (moved.rule, goal.state) == (f"goal-is-{state}", state)


def test_every_move_can_be_undone() -> None:
    for state, onward in TRANSITIONS.items():
        for to in onward:
            assert state in TRANSITIONS[to]
    assert set(TRANSITIONS) == set(Goal.State.values)


def test_a_goal_is_changed_removed_and_restored_and_the_log_says_so(ruth: Person) -> None:
    goal = a_goal(ruth)
    actions.change_goal(goal=goal, draft=actions.GoalDraft("Other", IN_TWO_MONTHS), by=ruth, at=NOW)
    actions.remove_goal(goal=goal, by=ruth, at=NOW)
    assert not queries.goals_of(ruth).exists()
    actions.restore_goal(goal=goal, by=ruth, at=NOW)
    assert [one.title for one in queries.open_goals(ruth)] == ["Other"]
    assert [one.verb for one in history(goal)] == ["restore-goal", "remove-goal", "change-goal", "set-goal"]


def test_evidence_is_a_record_of_ones_own_that_is_still_there(ruth: Person, stranger: Person) -> None:
    goal = a_goal(ruth)
    mine, other = a_record(ruth), a_record(stranger)
    for _twice in range(2):
        assert isinstance(actions.link_evidence(goal=goal, record=mine.key, by=ruth, at=NOW), Goal)
    refused = actions.link_evidence(goal=goal, record=other.key, by=ruth, at=NOW)
    assert isinstance(refused, Refusal)
    found = queries.goal_by_key(ruth, goal.key)
    assert found is not None
    assert [link.record.key for link in found.evidence.all()] == [mine.key]
    remove_record(record=mine, by=ruth, at=NOW)
    found = queries.goal_by_key(ruth, goal.key)
    assert found is not None
    assert list(found.evidence.all()) == []


def test_only_ones_own_goal_and_only_a_sound_one(ruth: Person, stranger: Person) -> None:
    goal = a_goal(ruth)
    draft = actions.GoalDraft("X", IN_TWO_MONTHS)
    refused = [
        actions.set_goal(person=ruth, draft=draft, by=stranger, at=NOW),
        actions.change_goal(goal=goal, draft=draft, by=stranger, at=NOW),
        actions.move_goal(goal=goal, to="reached", by=stranger, at=NOW, today=TODAY),
        actions.remove_goal(goal=goal, by=stranger, at=NOW),
        actions.link_evidence(goal=goal, record="x", by=stranger, at=NOW),
        actions.set_goal(person=ruth, draft=actions.GoalDraft(" ", IN_TWO_MONTHS), by=ruth, at=NOW),
        actions.set_goal(
            person=ruth, draft=actions.GoalDraft("X", IN_TWO_MONTHS, topic="no-such"), by=ruth, at=NOW
        ),
        actions.set_goal(
            person=ruth, draft=actions.GoalDraft("X", TODAY.replace(year=2099)), by=ruth, at=NOW
        ),
    ]
    rules = [one.rule for one in refused if isinstance(one, Refusal)]
    assert rules == [*["not-yours"] * 5, "goal-title", "unknown-topic", "goal-day"]
    assert queries.goal_by_key(stranger, goal.key) is None
