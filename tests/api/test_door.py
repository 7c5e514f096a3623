"""The way in: only by a good token, as far as its right goes, and not too often; walked for every address."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from osler.apps.people.actions import tokens
from osler.apps.people.actions.tokens import make_token, revoke_token
from osler.apps.people.models import AccessToken, KeptAnswer, Person
from osler.core.credit.refusal import Refusal
from tests.api.conftest import Program
from tests.factories import NOW, HeldCredentialFactory, PersonFactory, a_record

Programs = Callable[..., Program]
ACTIVITY = {"title": "Grand rounds", "completed": "2026-01-12", "credits": {"AMA_PRA_1": "1"}}


def operations() -> list[tuple[str, str]]:
    """Every method and address of the document."""
    from osler.api.v1 import api

    paths = api.get_openapi_schema()["paths"]
    return [
        (method.upper(), path.removeprefix("/api/v1")) for path, found in paths.items() for method in found
    ]


def sent(path: str) -> Any:
    return {"records": [ACTIVITY]} if path.endswith("/batch") else ACTIVITY


def test_the_document_is_known(snapshot: SnapshotAssertion) -> None:
    found = Client().get("/api/v1/openapi.json")
    assert found.status_code == 200
    assert found.json() == snapshot.use_extension(JSONSnapshotExtension)


def test_every_address_is_closed_without_a_token(ruth: Person) -> None:
    record = a_record(ruth)
    signed_in = Client()
    signed_in.force_login(ruth, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert len(operations()) >= 13
    for method, path in operations():
        address = f"/api/v1{path.replace('{id}', record.key)}"
        for client in (Client(), signed_in):
            found = client.generic(method, address, json.dumps(sent(path)), content_type="application/json")
            assert found.status_code == 401, (method, path)
            assert found.headers["Content-Type"] == "application/problem+json"
            assert found.headers["WWW-Authenticate"].startswith("Bearer")
    assert ruth.records.filter(removed_at=None).count() == 1


def test_another_persons_token_finds_nothing_of_ruths(ruth: Person, program: Programs) -> None:
    record, held = a_record(ruth, "Ruth's own"), HeldCredentialFactory(person=ruth)
    other = program(PersonFactory())
    for method, path in operations():
        key = held.key if path.startswith("/credentials") else record.key
        found = other.ask(method, path.replace("{id}", key), sent(path))
        if "{id}" in path:
            assert found.status_code == 404, (method, path)
        assert "Ruth's own" not in found.content.decode()
        assert held.number not in found.content.decode()
    assert list(ruth.records.values_list("title", "removed_at")) == [("Ruth's own", None)]


def test_a_token_that_may_only_read_changes_nothing(ruth: Person, program: Programs) -> None:
    record, reader = a_record(ruth), program(ruth, "read")
    for method, path in operations():
        found = reader.ask(method, path.replace("{id}", record.key), sent(path))
        assert (found.status_code == 403) == (method != "GET"), (method, path)
    assert ruth.records.filter(removed_at=None).count() == 1


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer nonsense", "Basic osler_x", "Bearer osler_" + "x" * 43]
)
def test_what_is_no_token_opens_nothing(ruth: Person, header: str) -> None:
    headers = {"Authorization": header} if header else {}
    assert Program().get("/records", **headers).status_code == 401


def test_revoked_expired_and_suspended_tokens_are_answered_no_more(ruth: Person, program: Programs) -> None:
    one = program(ruth)
    assert one.get("/token").json()["name"] == "Hospital LMS"
    with time_machine.travel(NOW + timedelta(days=31)):
        assert one.get("/token").status_code == 401
    Person.objects.update(is_active=False)
    assert one.get("/token").status_code == 401
    Person.objects.update(is_active=True)
    revoke_token(token=AccessToken.objects.get(), by=ruth, at=NOW)
    assert one.get("/token").status_code == 401


def test_a_secret_is_not_kept(ruth: Person) -> None:
    made = make_token(person=ruth, name="x", scope="read", days=1, by=ruth, at=NOW)
    assert not isinstance(made, Refusal)
    kept = AccessToken.objects.values().get()
    assert made.secret not in str(kept)
    assert len(made.secret) > 40


def test_nobody_makes_a_token_for_another(ruth: Person) -> None:
    refused = make_token(person=ruth, name="x", scope="read", days=1, by=PersonFactory(), at=NOW)
    assert isinstance(refused, Refusal)


def test_who_asks_too_often_is_told_how_long_to_wait(
    ruth: Person, program: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "ASKED_IN_A_MINUTE", 3)
    one, other = program(ruth), program(ruth)
    assert [one.get("/token").status_code for _n in range(4)] == [200, 200, 200, 429]
    refused = one.get("/token")
    assert 0 < int(refused.headers["Retry-After"]) <= 61
    assert refused.json()["status"] == 429
    assert other.get("/token").status_code == 200
    with time_machine.travel(NOW + timedelta(seconds=61)):
        assert one.get("/token").status_code == 200


def test_the_same_under_one_key_is_done_once(ruth: Person, program: Programs) -> None:
    one = program(ruth)
    first = one.post("/records", ACTIVITY, **{"Idempotency-Key": "k1"})
    again = one.post("/records", ACTIVITY, **{"Idempotency-Key": "k1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert ruth.records.count() == 1
    other = one.post("/records", {**ACTIVITY, "title": "Another"}, **{"Idempotency-Key": "k1"})
    assert other.status_code == 409
    assert other.json()["type"] == "urn:osler:problem:other-question"
    assert ruth.records.count() == 1
    with time_machine.travel(NOW + timedelta(hours=25)):
        one.post("/records", {**ACTIVITY, "title": "Another"}, **{"Idempotency-Key": "k1"})
        assert ruth.records.count() == 2
        assert KeptAnswer.objects.count() == 1


def test_a_refusal_is_not_kept_under_the_key(ruth: Person, program: Programs) -> None:
    one = program(ruth)
    wrong = {**ACTIVITY, "credits": {"NO_SUCH": "1"}}
    for _n in range(2):
        assert one.post("/records", wrong, **{"Idempotency-Key": "k1"}).status_code == 422
    assert not KeptAnswer.objects.exists()
    assert one.post("/records", ACTIVITY, **{"Idempotency-Key": "k1"}).status_code == 201


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("POST", "/nowhere", 404),
        ("PATCH", "/records", 405),
        ("GET", "/records/x", 404),
    ],
)
def test_every_no_is_a_problem(ruth: Person, program: Programs, method: str, path: str, status: int) -> None:
    found = program(ruth).ask(method, path, ACTIVITY if method == "POST" else None)
    assert found.status_code == status
    assert found.headers["Content-Type"] == "application/problem+json"
    problem = found.json()
    assert problem["status"] == status
    assert problem["detail"]


def test_a_body_that_is_no_json_is_a_problem(ruth: Person, program: Programs) -> None:
    one = program(ruth)
    found = one.client.post(
        "/api/v1/records", "{", content_type="application/json",
        headers={"Authorization": f"Bearer {one.secret}"},
    )  # fmt: skip
    assert found.status_code == 400
    assert found.json()["type"] == "urn:osler:problem:unreadable"
