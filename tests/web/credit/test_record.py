"""The transcript and its records: found, added, changed, removed, taken away as a file that reads back."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from osler.apps.credit import actions
from osler.apps.credit.models import Import, Record
from osler.apps.people.models import HeldCredential, Person
from osler.core.credit.amount import TICKS
from osler.requirement_sets.loader import load_sets
from osler.requirement_sets.portfolio_file import read_portfolio
from tests.factories import NOW, a_record

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]
FORM = {
    "title": "Safer prescribing",
    "provider": "Example University",
    "completed_on": "2026-01-10",
    "format": "live",
    "amount_0": "6",
    "type_0": "AMA_PRA_1",
    "topic_0": "pain-management",
    "share_0": "2.5",
}


def test_the_transcript_is_searched_filtered_and_added_up(
    ruth: Person, signed_in: SignIn, words: Words
) -> None:
    a_record(ruth, "Chronic pain", 6, topics=(("pain-management", 6 * TICKS),))
    a_record(ruth, "Asthma", 2.25, completed_on=date(2024, 5, 1), format="enduring")
    client = signed_in(ruth)
    assert "8.25" in words(client.get("/record"))
    found = {
        "q=asthma": "Asthma",
        "topic=pain-management": "Chronic pain",
        "year=2024": "Asthma",
        "format=enduring": "Asthma",
    }
    for query, title in found.items():
        said = words(client.get(f"/record?{query}"))
        assert title in said
        assert "1 record" in said
    assert "2 records" in words(client.get("/record?type=AMA_PRA_1&sort=-amount"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_however_long_it_is(
    ruth: Person, signed_in: SignIn, count: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(count):
        a_record(ruth, f"Session {n}", topics=(("pain-management", TICKS),))
    client = signed_in(ruth)
    with django_assert_max_num_queries(13):
        client.get("/record")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_reads_back_as_the_same_records(ruth: Person, signed_in: SignIn, form: str) -> None:
    record = a_record(ruth, "Chronic pain", 6.25, topics=(("pain-management", 2 * TICKS),), note="Good")
    file = signed_in(ruth).get("/record", {"export": form})
    other = Person.objects.create_user("other@example.org", "x")
    made = actions.start_import(person=other, content=file.content, filename=f"a.{form}", by=other, at=NOW)
    assert isinstance(made, Import)
    actions.confirm_import(came_with=made, by=other, at=NOW)
    copy = Record.objects.get(person=other)
    assert (copy.title, copy.note, copy.completed_on) == (record.title, "Good", record.completed_on)
    assert [(a.credit_type, a.ticks) for a in copy.amounts.all()] == [("AMA_PRA_1", int(6.25 * TICKS))]
    assert [(t.topic, t.ticks) for t in copy.topics.all()] == [("pain-management", 2 * TICKS)]


def test_the_portfolio_file_holds_everything(
    ruth: Person, california: HeldCredential, signed_in: SignIn
) -> None:
    a_record(ruth, "Chronic pain", 6)
    text = signed_in(ruth).get("/record/portfolio.json").content.decode()
    portfolio = read_portfolio(text, load_sets()).portfolio
    assert [one.requirement_set for one in portfolio.credentials] == ["us-ca-md"]
    assert [one.title for one in portfolio.credits] == ["Chronic pain"]


def test_a_record_added_by_hand_counts_at_once(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    page = signed_in(ruth).post("/record/new", FORM, follow=True)
    said = words(page)
    assert "“Safer prescribing” was added. California physician licence: 50 h in total" in said
    assert "→ 44 h in total" in said
    assert "Pain management and care of the dying" in said
    assert "2.5 h" in said


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"amount_0": "six"}, "Write the amount as a number"),
        ({"amount_0": "0"}, "must be more than"),
        ({"type_0": ""}, "This field is required"),
        ({"share_0": "7"}, "The share of a topic lies above 0"),
        ({"share_0": ""}, "State the hours on it."),
        ({"completed_on": "2026-02-30"}, "Enter a valid date"),
        ({"completed_on": "2027-01-01"}, "cannot have been completed in the future"),
        ({"amount_1": "2"}, "State whose credit it is."),
    ],
)
def test_a_record_that_cannot_be_is_refused_with_the_reason(
    ruth: Person, signed_in: SignIn, words: Words, change: dict[str, str], sentence: str
) -> None:
    page = signed_in(ruth).post("/record/new", {**FORM, **change})
    assert sentence in words(page)
    assert "Safer prescribing" in page.content.decode()
    assert not Record.objects.filter(person=ruth).exists()


def test_a_record_is_changed_removed_and_brought_back(ruth: Person, signed_in: SignIn, words: Words) -> None:
    record, client = a_record(ruth, "Grand rounds", 6), signed_in(ruth)
    address = f"/record/activity/{record.key}"
    assert 'value="6"' in client.get(f"{address}/change").content.decode()
    client.post(f"{address}/change", {**FORM, "amount_0": "4,5"})
    assert "4.5" in words(client.get(address))
    gone = client.post(f"{address}/remove", follow=True)
    assert f'action="{address}/restore"' in gone.content.decode()
    assert "This record was removed and counts nowhere" in words(client.get(address))
    client.post(f"{address}/restore")
    assert Record.objects.get(pk=record.pk).removed_at is None


@pytest.mark.parametrize("path", ["", "/change", "/remove", "/restore"])
def test_a_record_does_not_exist_for_a_stranger(
    ruth: Person, stranger: Person, signed_in: SignIn, client: Client, path: str
) -> None:
    address = f"/record/activity/{a_record(ruth).key}{path}"
    assert signed_in(stranger).post(address, FORM).status_code in (404, 405)
    if path in ("", "/change"):
        assert signed_in(stranger).get(address).status_code == 404
        assert client.get(address)["Location"].startswith("/accounts/login/")
    assert Record.objects.get(person=ruth).removed_at is None


def test_nothing_of_one_person_shows_in_the_list_of_another(
    ruth: Person, stranger: Person, signed_in: SignIn, words: Words
) -> None:
    a_record(ruth, "Chronic pain")
    assert "No credit is recorded yet" in words(signed_in(stranger).get("/record"))
    assert b"Chronic pain" not in signed_in(stranger).get("/record", {"export": "csv"}).content


@pytest.mark.parametrize("path", ["/record", "/record/new", "/record/upload", "/record/imports", "/me"])
def test_the_door_is_closed_to_who_is_not_signed_in(client: Client, db: None, path: str) -> None:
    assert client.get(path)["Location"].startswith("/accounts/login/")
