"""The page of who did what: one's own log, whole, and nobody else's."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from osler.apps.credit.actions import add_record, change_record
from osler.apps.credit.models import Record
from osler.apps.people import actions
from osler.apps.people.models import Person
from osler.core.credit.refusal import Refusal
from tests.factories import NOW, HeldCredentialFactory, a_record, draft
from tests.factories.delegates import an_assistant

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]


def test_both_sides_of_a_deed_read_it_but_only_its_owner_reads_what_it_holds(
    ruth: Person, signed_in: SignIn, words: Words
) -> None:
    assistant, _held = an_assistant(ruth, "record")
    add_record(person=ruth, draft=draft("Confidential rounds"), by=assistant, at=NOW)
    mine = words(signed_in(ruth).get("/me/log"))
    assert "Added a record" in mine
    assert "Confidential rounds" in mine
    assert "Ada Assistant" in mine
    theirs = words(signed_in(assistant).get("/me/log"))
    assert "Added a record" in theirs
    assert "On behalf of Ruth Mehta" in theirs
    assert "Confidential rounds" not in theirs
    assert "Nothing matches" in words(signed_in(assistant).get("/me/log?q=Confidential"))
    assert "1 entry" in words(signed_in(ruth).get("/me/log?q=Confidential"))


def test_a_stranger_reads_nothing_of_it(
    ruth: Person, stranger: Person, signed_in: SignIn, words: Words
) -> None:
    a_record(ruth)
    assert "Nothing has been written down yet" in words(signed_in(stranger).get("/me/log"))


def test_a_change_says_from_what_to_what(ruth: Person, signed_in: SignIn, words: Words) -> None:
    record = a_record(ruth, "Before")
    assert isinstance(change_record(record=record, draft=draft("After"), by=ruth, at=NOW), Record)
    assert "title: Before → After" in words(signed_in(ruth).get("/me/log"))


def test_the_log_is_narrowed_and_taken_away(ruth: Person, signed_in: SignIn, words: Words) -> None:
    assistant, _held = an_assistant(ruth, "record")
    add_record(person=ruth, draft=draft("By Ada"), by=assistant, at=NOW)
    a_record(ruth, "By Ruth")
    client = signed_in(ruth)
    by_ada = words(client.get(f"/me/log?who={assistant.pk}&kind=record"))
    assert "By Ada" in by_ada
    assert "By Ruth" not in by_ada
    assert "1 entry" in words(client.get("/me/log?q=asked+somebody"))
    file = client.get("/me/log?export=csv&sort=when")
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [(row["What"], row["Who"]) for row in rows] == [
        ("Asked somebody to act for you", "You"),
        ("Accepted to act for you", "Ada Assistant"),
        ("Added a record", "Ada Assistant"),
        ("Added a record", "You"),
    ]
    assert rows[0]["When"] == "31 January 2026, 12:00"


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_takes_as_many_queries_however_long_it_is(
    ruth: Person, signed_in: SignIn, count: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(count):
        held = HeldCredentialFactory(person=ruth)
        actions.remove_credential(credential=held, by=ruth, at=NOW)
        a_record(ruth, f"Session {n}")
    client = signed_in(ruth)
    with django_assert_max_num_queries(6):
        client.get("/me/log")


def test_codes_are_read_as_the_words_they_stand_for(ruth: Person, signed_in: SignIn, words: Words) -> None:
    added = actions.add_credential(person=ruth, requirement_set="us-ca-md", by=ruth, at=NOW)
    assert not isinstance(added, Refusal)
    actions.state_fact(person=ruth, name="holds-dea", value=True, by=ruth, at=NOW)
    page = words(signed_in(ruth).get("/me/log"))
    assert "California physician licence" in page
    assert "Do you hold a DEA registration? Yes" in page


@pytest.mark.parametrize("path", ["/me/log", "/messages", "/me/data"])
@pytest.mark.parametrize("query", ["q=%00", "q=a%00b", "who=99999999999999999999999", "sort=-", "page=9e9"])
def test_a_strange_address_is_answered(ruth: Person, signed_in: SignIn, path: str, query: str) -> None:
    answer = signed_in(ruth).get(f"{path}?{query}")
    assert answer.status_code == (400 if "%00" in query else 200)
