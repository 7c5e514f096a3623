"""Take part shows what is planned by day, and says honestly that nothing is delivered here yet."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine
from django.test import Client, RequestFactory
from django.urls import resolve

from osler.apps.credit.models import CalendarEvent, CalendarSource
from osler.apps.needs import actions
from osler.apps.people.models import Person
from osler.web.design.navigation import nav_items, word_pages
from tests.factories import NOW, TODAY

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]


def test_it_is_honest_while_it_is_empty(ruth: Person, signed_in: SignIn, words: Words) -> None:
    said = words(signed_in(ruth).get("/take-part"))
    assert "Nothing is planned yet" in said
    assert "no activity is delivered here" in said
    assert "Connect a calendar" in said


def test_calendars_say_what_waits(ruth: Person, stranger: Person, signed_in: SignIn, words: Words) -> None:
    calendar = CalendarSource.objects.create(person=ruth, name="Hospital", added_at=NOW, chosen_at=NOW)
    CalendarEvent.objects.create(
        calendar=calendar,
        uid="1",
        title="Grand rounds",
        starts_at=NOW,
        held_on=TODAY,
        minutes=60,
        seen_at=NOW,
    )
    said = words(signed_in(ruth).get("/take-part"))
    assert "Hospital One event that is over waits to be confirmed" in said
    assert "Hospital" not in words(signed_in(stranger).get("/take-part"))


def test_goals_stand_by_day_until_they_are_reached(ruth: Person, signed_in: SignIn, words: Words) -> None:
    for title, days in (("Later", 90), ("Soon", 9)):
        draft = actions.GoalDraft(title, TODAY + timedelta(days=days))
        actions.set_goal(person=ruth, draft=draft, by=ruth, at=NOW)
    said = words(signed_in(ruth).get("/take-part"))
    assert "Two things are ahead of you" in said
    assert said.index("Soon") < said.index("Later")
    draft = actions.GoalDraft("Missed", TODAY + timedelta(days=1))
    actions.set_goal(person=ruth, draft=draft, by=ruth, at=NOW)
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        said = words(signed_in(ruth).get("/take-part"))
    assert "Two things are ahead of you, one goal is past its day" in said


def test_all_five_words_lead_somewhere_and_needs_has_its_pages() -> None:
    request = RequestFactory().get("/needs/plan/new")
    request.resolver_match = resolve("/needs/plan/new")
    assert [(item.url, item.is_current) for item in nav_items(request)] == [
        ("/", True),
        ("/find", False),
        ("/take-part", False),
        ("/record", False),
        ("/apply", False),
    ]
    assert [item.url for item in word_pages(request) if item.is_current] == ["/needs/plan"]
    for path, current in (("/", ["/"]), ("/sets", ["/"]), ("/find", [])):
        request = RequestFactory().get(path)
        request.resolver_match = resolve(path)
        assert [item.url for item in word_pages(request) if item.is_current] == current
