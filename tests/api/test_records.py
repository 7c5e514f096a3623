"""The transcript over the API: the same rules as the pages, recognised twice, told in the log."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from osler.apps.audit.queries import history
from osler.apps.credit.models import Record
from osler.apps.people.models import HeldCredential, Person
from osler.apps.requirements.queries import portfolio_file
from tests.api.conftest import Program
from tests.factories import a_record

Programs = Callable[..., Program]
ACTIVITY: dict[str, Any] = {
    "title": "Chronic pain and opioids",
    "provider": "State Medical Society",
    "completed": "2026-01-12",
    "format": "enduring",
    "credits": {"AMA_PRA_1": "1.6", "ANCC": 2},
    "topics": {"opioid-prescribing": "1"},
    "note": "From the LMS",
}


def test_a_record_is_added_as_the_pages_would_and_says_by_whom(ruth: Person, program: Programs) -> None:
    found = program(ruth).post("/records", {**ACTIVITY, "id": "lms-77"})
    assert found.status_code == 201, found.content
    told = found.json()
    assert (told["id"], told["credits"]) == ("lms-77", {"AMA_PRA_1": "1.5", "ANCC": "2"})
    assert told["source"] == {"kind": "api", "name": "Hospital LMS"}
    assert (told["looks_like"], told["merged"]) == ([], False)
    (entry,) = history(Record.objects.get())
    assert entry.by_id == ruth.pk
    assert entry.after["via"].startswith("token “Hospital LMS” (")
    again = program(ruth).post("/records", {**ACTIVITY, "id": "lms-77"})
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("change", "status", "word"),
    [
        ({"credits": {"AMA_PRA_1": 1.5}}, 422, "credits"),
        ({"credits": {"AMA_PRA_1": "1,5"}}, 422, "credits"),
        ({"credits": {}}, 422, "amount"),
        ({"credits": {"NO_SUCH": "1"}}, 422, "NO_SUCH"),
        ({"completed": "2027-01-01"}, 422, "future"),
        ({"completed": "12/01/2026"}, 422, "completed"),
        ({"title": "x" * 301}, 422, "title"),
        ({"format": "seance"}, 422, "seance"),
        ({"colour": "green"}, 422, "colour"),
        ({"id": "../etc"}, 422, "id"),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_place(
    ruth: Person, program: Programs, change: dict[str, Any], status: int, word: str
) -> None:
    found = program(ruth).post("/records", {**ACTIVITY, **change})
    assert found.status_code == status
    assert word in found.content.decode()
    assert not ruth.records.exists()


def test_the_same_activity_is_recognised(ruth: Person, program: Programs) -> None:
    one = program(ruth)
    first = program(ruth, name="Society").post("/records", ACTIVITY).json()
    told = one.post("/records", {**ACTIVITY, "title": "Chronic Pain & Opioids"}).json()
    assert [alike["id"] for alike in told["looks_like"]] == [first["id"]]
    assert told["looks_like"][0]["certain"] is False
    same = one.post("/records?same=merge", {**ACTIVITY, "note": "", "topics": {}}).json()
    assert (same["merged"], same["id"]) == (True, first["id"])
    gone = Record.objects.get(merged_into__key=first["id"])
    found = one.get(f"/records/{gone.key}")
    assert found.status_code == 410
    assert found.json()["merged_into"] == first["id"]


def test_a_batch_is_taken_or_refused_one_by_one(ruth: Person, program: Programs) -> None:
    one = program(ruth)
    sent = [
        ACTIVITY,
        {**ACTIVITY, "credits": {"AMA_PRA_1": "many"}},
        {"title": "No day"},
        {**ACTIVITY, "title": "Asthma", "id": "a1"},
        {**ACTIVITY, "title": "Asthma again", "id": "a1"},
        {**ACTIVITY, "title": "CHRONIC pain and opioids"},
    ]
    found = one.post("/records/batch", {"records": sent}).json()
    assert [result["status"] for result in found["results"]] == [201, 422, 422, 409, 409, 201]
    assert (found["added"], found["refused"]) == (2, 4)
    assert found["results"][2]["problem"]["errors"][0]["pointer"] == "/completed"
    assert found["results"][5]["record"]["looks_like"]
    assert ruth.records.count() == 2
    assert one.post("/records/batch", {"records": [ACTIVITY] * 501}).status_code == 422
    assert one.post("/records/batch", {"records": []}).status_code == 422


def test_a_record_is_changed_removed_and_brought_back(ruth: Person, program: Programs) -> None:
    one = program(ruth)
    key = one.post("/records", ACTIVITY).json()["id"]
    changed = one.ask("PUT", f"/records/{key}", {**ACTIVITY, "credits": {"AMA_PRA_1": "3"}, "topics": {}})
    assert (changed.json()["credits"], changed.json()["topics"]) == ({"AMA_PRA_1": "3"}, {})
    assert one.ask("DELETE", f"/records/{key}").status_code == 204
    assert one.get(f"/records/{key}").status_code == 410
    assert one.get("/records").json()["count"] == 0
    assert one.post(f"/records/{key}/restore").json()["credits"] == {"AMA_PRA_1": "3"}
    verbs = [(entry.verb, "via" in (entry.after or {})) for entry in history(Record.objects.get())]
    assert verbs == [
        ("restore-record", True),
        ("remove-record", True),
        ("change-record", True),
        ("add-record", True),
    ]


def test_records_are_found_filtered_and_paged_at_one_cost(
    ruth: Person, program: Programs, django_assert_num_queries: Any
) -> None:
    one = program(ruth)
    a_record(ruth, "Asthma", 2)
    one.get("/records")
    with django_assert_num_queries(7):
        assert one.get("/records").json()["count"] == 1
    a_record(ruth, "Sepsis", 3, provider="Other Society", format="journal")
    a_record(ruth, "Sepsis again", 1)
    with django_assert_num_queries(7):
        found = one.get("/records?page_size=2").json()
    assert (found["count"], found["pages"], len(found["records"])) == (3, 2, 2)
    assert found["totals"] == [{"credit_type": "AMA_PRA_1", "records": 3, "amount": "6"}]
    assert [r["title"] for r in one.get("/records?q=sepsis&sort=title").json()["records"]] == [
        "Sepsis",
        "Sepsis again",
    ]
    assert one.get("/records?format=journal").json()["count"] == 1
    assert one.get("/records?completed_from=2026-01-30").json()["count"] == 0
    assert one.get("/records?page=0").status_code == 422
    assert one.get("/records?sort=colour").json()["errors"][0]["parameter"] == "sort"


def test_the_assessment_is_the_documented_answer(
    ruth: Person, california: HeldCredential, program: Programs
) -> None:
    a_record(ruth, "Pain", 6)
    one = program(ruth, "read")
    schema = json.loads(Path("docs/reference/answer.schema.json").read_text(encoding="utf-8"))
    answer = one.get("/assessment?as_of=2026-01-31").json()
    Draft202012Validator(schema).validate(answer)
    assert answer["credentials"][0]["requirement_set"] == "us-ca-md"
    assert one.get("/assessment?as_of=0001-01-01").status_code == 422
    assert one.get("/portfolio").content.decode() == portfolio_file(ruth, "json")
    held = one.get("/credentials").json()["credentials"]
    assert [(h["id"], h["expires"]) for h in held] == [(california.key, "2026-06-30")]
    assert one.get(f"/credentials/{california.key}").json() == held[0]
    assert "AMA_PRA_1" in [word["code"] for word in one.get("/vocabulary").json()["credit_types"]]


def test_the_manual_names_every_operation(db: None) -> None:
    page = Client().get("/api/v1/docs")
    assert page.status_code == 200
    text = page.content.decode()
    for method, path in (("POST", "/api/v1/records/batch"), ("GET", "/api/v1/assessment")):
        assert f"{method} {path}" in text
    assert "Idempotency-Key" in text
    assert "style=" not in text
