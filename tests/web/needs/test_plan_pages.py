"""Goals and the plan: set, moved with undo, evidenced, in one list with what is asked."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from osler.apps.needs import actions
from osler.apps.needs.models import Goal
from osler.apps.people.models import HeldCredential, Person
from osler.web.design.status import status_of
from osler.web.needs.plan import PlanLine, ordered
from tests.factories import NOW, TODAY, a_record

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]
FORM = {
    "title": "Start quadruple therapy myself",
    "due_on": "2026-05-01",
    "topic": "heart-failure",
    "why": "It works.",
}


def a_goal(person: Person, title: str = "Titrate", due: date = TODAY + timedelta(days=40)) -> Goal:
    """A goal of somebody's."""
    made = actions.set_goal(person=person, draft=actions.GoalDraft(title, due), by=person, at=NOW)
    assert isinstance(made, Goal), made
    return made


def test_a_goal_is_set_moved_and_moved_back(ruth: Person, signed_in: SignIn, words: Words) -> None:
    client = signed_in(ruth)
    page = client.post("/needs/plan/new", FORM, follow=True)
    said = words(page)
    assert "The goal stands on your plan." in said
    assert "Heart failure" in said
    goal = Goal.objects.get()
    page = client.post(f"/needs/plan/{goal.key}/to/reached", follow=True)
    assert "Reached. It stands under Apply now." in words(page)
    assert f"/needs/plan/{goal.key}/to/planned" in page.content.decode()
    goal.refresh_from_db()
    assert (goal.state, goal.reached_on) == ("reached", TODAY)
    assert "This goal is reached." in words(client.post(f"/needs/plan/{goal.key}/to/dropped", follow=True))
    client.post(f"/needs/plan/{goal.key}/to/planned")
    goal.refresh_from_db()
    assert (goal.state, goal.reached_on) == ("planned", None)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "This field is required"),
        ({"due_on": "2026-02-30"}, "Enter a valid date"),
        ({"due_on": "2099-01-01"}, "Choose a day within ten years."),
        ({"topic": "no-such"}, "Select a valid choice"),
    ],
)
def test_a_goal_that_cannot_be_is_refused_with_the_reason(
    ruth: Person, signed_in: SignIn, words: Words, change: dict[str, str], sentence: str
) -> None:
    page = signed_in(ruth).post("/needs/plan/new", {**FORM, **change})
    assert sentence in words(page)
    assert "It works." in words(page)
    assert not Goal.objects.exists()


def test_a_record_is_linked_as_evidence_and_taken_away(ruth: Person, signed_in: SignIn, words: Words) -> None:
    goal, record = a_goal(ruth), a_record(ruth, "Heart failure update")
    client = signed_in(ruth)
    assert "Heart failure update" in words(client.get(f"/needs/plan/{goal.key}"))
    client.post(f"/needs/plan/{goal.key}/evidence", {"record": record.key})
    page = client.get(f"/needs/plan/{goal.key}")
    assert "Take Heart failure update away from this goal" in words(page)
    client.post(f"/needs/plan/{goal.key}/evidence/{record.key}/remove")
    assert "No record stands beside this goal yet." in words(client.get(f"/needs/plan/{goal.key}"))


def test_goals_and_gaps_stand_in_one_list_by_day(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    a_goal(ruth, "Before all", TODAY + timedelta(days=5))
    a_goal(ruth, "After all", date(2027, 1, 1))
    a_goal(ruth, "Long gone", TODAY - timedelta(days=5))
    client = signed_in(ruth)
    said = words(client.get("/needs/plan"))
    places = [said.index(one) for one in ("Long gone", "Before all", "50 hours", "After all")]
    assert places == sorted(places)
    assert "Past its day" in said
    assert "the next by 5 February 2026" in said
    assert "50 hours" not in words(client.get("/needs/plan?kind=goal"))
    text = client.get("/needs/plan?export=csv").content.decode("utf-8-sig")
    assert "50 hours in total,Asked of you,California physician licence (MD),2026-06-30,Short" in text


def test_what_is_done_stands_at_the_foot() -> None:
    def line(title: str, due: date | None, state: str = "open", kind: str = "goal") -> PlanLine:
        return PlanLine(kind, title, "", due, state, status_of("met"), "/")

    day = date(2026, 1, 1)
    lines = [
        line("done", date(2020, 1, 1), "reached"),
        line("no day", None),
        line("wished", day),
        line("asked", day, kind="requirement"),
    ]
    assert [one.title for one in ordered(lines)] == ["asked", "wished", "no day", "done"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_plan_takes_as_many_queries_however_long_it_is(
    ruth: Person,
    california: HeldCredential,
    signed_in: SignIn,
    count: int,
    django_assert_max_num_queries: Any,
) -> None:
    record = a_record(ruth)
    for n in range(count):
        goal = a_goal(ruth, f"Goal {n}")
        actions.link_evidence(goal=goal, record=record.key, by=ruth, at=NOW)
    client = signed_in(ruth)
    for path, most in (("/needs/plan", 13), ("/take-part", 5)):
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200


def test_a_stranger_sees_nothing_of_it(ruth: Person, stranger: Person, signed_in: SignIn) -> None:
    goal, record = a_goal(ruth, "My secret plan"), a_record(ruth)
    here = f"/needs/plan/{goal.key}"
    for path in ("/needs/plan", "/needs/plan/new", here, f"{here}/change"):
        answer = Client().get(path)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")
    client = signed_in(stranger)
    assert "My secret plan" not in client.get("/needs/plan").content.decode()
    assert client.get(here).status_code == client.get(f"{here}/change").status_code == 404
    acts = ("change", "to/reached", "evidence", f"evidence/{record.key}/remove", "remove", "restore")
    assert {client.post(f"{here}/{act}").status_code for act in acts} == {404}
    goal.refresh_from_db()
    assert (goal.state, goal.removed_at) == ("planned", None)


def test_a_goal_is_removed_and_brought_back(ruth: Person, signed_in: SignIn, words: Words) -> None:
    goal = a_goal(ruth)
    client = signed_in(ruth)
    assert "The goal was removed." in words(client.post(f"/needs/plan/{goal.key}/remove", follow=True))
    assert "This goal was removed" in words(client.get(f"/needs/plan/{goal.key}"))
    assert "back on your plan" in words(client.post(f"/needs/plan/{goal.key}/restore", follow=True))
    page = client.post(f"/needs/plan/{goal.key}/change", {**FORM, "title": "Other"}, follow=True)
    assert "Other" in words(page)


def test_a_newcomers_plan_does_not_promise_that_nothing_is_asked(
    ruth: Person, signed_in: SignIn, words: Words
) -> None:
    page = signed_in(ruth).get("/needs/plan")
    said = words(page)
    assert "Nothing is planned yet" in said
    assert "nothing is asked of you" not in said
    assert "once you have added a licence or a certificate. Add a credential" in said
    assert "Search your plan" not in said
