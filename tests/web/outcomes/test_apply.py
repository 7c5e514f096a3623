"""Apply: writing on a record, looking again, private to its author, taken away as files."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from osler.apps.outcomes.models import Commitment, Reflection
from osler.apps.people.models import Person
from tests.factories import NOW, a_record

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]
FORM = {"learned": "Urate targets.", "will_change": "Check urate after titration.", "look_in_days": "30"}


def test_a_record_leads_to_its_reflection(ruth: Person, signed_in: SignIn, words: Words) -> None:
    record = a_record(ruth, "Gout")
    client = signed_in(ruth)
    assert f"/apply/reflect/{record.key}" in client.get(f"/record/activity/{record.key}").content.decode()
    said = words(client.post(f"/apply/reflect/{record.key}", FORM, follow=True))
    assert "Kept. Only you can read it." in said
    assert "Urate targets." in said
    assert "2 March 2026" in said


def test_a_commitment_waits_on_its_day_and_is_answered_with_undo(
    ruth: Person, signed_in: SignIn, words: Words
) -> None:
    record = a_record(ruth, "Gout")
    client = signed_in(ruth)
    client.post(f"/apply/reflect/{record.key}", FORM)
    commitment = Commitment.objects.get()
    with time_machine.travel(NOW + timedelta(days=31), tick=False):
        client = signed_in(ruth)
        assert "One commitment waits for your answer" in words(client.get("/apply"))
        page = client.post(
            f"/apply/commitments/{commitment.key}", {"result": "held", "note": "Easy."}, follow=True
        )
        said = words(page)
        assert "Nothing waits for your answer today" in said
        assert "It held" in said
        client.post(f"/apply/commitments/{commitment.key}/take-back")
        client = signed_in(ruth)
        assert "One commitment waits for your answer" in words(client.get("/apply"))
        page = client.post(f"/apply/commitments/{commitment.key}", {"result": "open", "look_in_days": ""})
        assert "Look again in 30, 60 or 90 days." in words(page)


def test_writing_without_a_change_is_enough_and_a_change_needs_its_day(
    ruth: Person, signed_in: SignIn, words: Words
) -> None:
    record = a_record(ruth)
    client = signed_in(ruth)
    page = client.post(f"/apply/reflect/{record.key}", {**FORM, "look_in_days": ""})
    assert "Choose when to look at it again." in words(page)
    assert "Urate targets." in page.content.decode()
    client.post(f"/apply/reflect/{record.key}", {"learned": "Something."})
    assert (Reflection.objects.count(), Commitment.objects.count()) == (1, 0)
    assert "None of the open requirements" in words(client.get(f"/apply/reflect/{record.key}"))


def test_a_reflection_is_removed_and_brought_back(ruth: Person, signed_in: SignIn, words: Words) -> None:
    record = a_record(ruth)
    client = signed_in(ruth)
    client.post(f"/apply/reflect/{record.key}", FORM)
    page = client.post(f"/apply/reflect/{record.key}/remove", follow=True)
    assert "The reflection was removed." in words(page)
    assert "Nothing is written yet" in words(page)
    assert "Urate targets." in words(client.post(f"/apply/reflect/{record.key}/restore", follow=True))


def test_everything_is_taken_away_as_files(ruth: Person, signed_in: SignIn) -> None:
    record = a_record(ruth, "Gout")
    client = signed_in(ruth)
    client.post(f"/apply/reflect/{record.key}", FORM)
    [one] = json.loads(client.get("/apply/reflections.json").content)["reflections"]
    assert (one["record"], one["learned"]) == (record.key, "Urate targets.")
    assert one["commitment"]["look_again"] == "2026-03-02"
    text = client.get("/apply?export=csv").content.decode("utf-8-sig")
    assert "Gout,Urate targets.,Check urate after titration.,2026-03-02,Not answered yet," in text
    assert "1 reflection" in client.get("/apply?q=urate&held=open&sort=-look").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_apply_takes_as_many_queries_however_much_is_written(
    ruth: Person, signed_in: SignIn, count: int, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(ruth)
    for n in range(count):
        client.post(f"/apply/reflect/{a_record(ruth, f'Session {n}').key}", FORM)
        a_record(ruth, f"Unwritten {n}")
    with django_assert_max_num_queries(16):
        assert client.get("/apply").status_code == 200


def test_a_stranger_reads_nothing(ruth: Person, stranger: Person, signed_in: SignIn) -> None:
    record = a_record(ruth)
    signed_in(ruth).post(f"/apply/reflect/{record.key}", FORM)
    commitment = Commitment.objects.get()
    paths = (
        f"/apply/reflect/{record.key}",
        f"/apply/commitments/{commitment.key}",
    )
    for path in ("/apply", "/apply/reflections.json", *paths):
        answer = Client().get(path)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")
    client = signed_in(stranger)
    for path in paths:
        assert (
            client.get(path).status_code == client.post(path, {**FORM, "result": "held"}).status_code == 404
        )
    for path in (f"{paths[0]}/remove", f"{paths[0]}/restore", f"{paths[1]}/take-back"):
        assert client.post(path).status_code == 404
    assert json.loads(client.get("/apply/reflections.json").content)["reflections"] == []
    assert "Urate" not in client.get("/apply").content.decode()
    assert Reflection.objects.get().removed_at is None
