"""Programs in front of the API, each with its token."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from osler.apps.people.actions.tokens import MadeToken, make_token
from osler.apps.people.models import HeldCredential, Person
from tests.factories import NOW, HeldCredentialFactory, PersonFactory


class Program:
    """Asks with one token and reads JSON; `secret` empty asks without."""

    def __init__(self, secret: str = "") -> None:
        self.client, self.secret = Client(), secret

    def ask(self, method: str, path: str, data: Any = None, **headers: str) -> Any:
        if self.secret:
            headers.setdefault("Authorization", f"Bearer {self.secret}")
        sent: dict[str, Any] = {"headers": headers}
        if data is not None:
            sent |= {"data": json.dumps(data), "content_type": "application/json"}
        return self.client.generic(method, f"/api/v1{path}", **sent)

    def get(self, path: str, **headers: str) -> Any:
        return self.ask("GET", path, **headers)

    def post(self, path: str, data: Any = None, **headers: str) -> Any:
        return self.ask("POST", path, data, **headers)


@pytest.fixture(autouse=True)
def on_a_fixed_day() -> Iterator[None]:
    """It is 31 January 2026, noon in UTC."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ruth(db: None) -> Person:
    """A physician with nothing yet."""
    return PersonFactory(given_name="Ruth", family_name="Mehta")


@pytest.fixture
def california(ruth: Person) -> HeldCredential:
    """Ruth's licence in California, due on 30 June 2026."""
    return HeldCredentialFactory(person=ruth)


@pytest.fixture
def program() -> Callable[..., Program]:
    """`program(person, "read")`: somebody's program with a token of that scope."""

    def make(person: Person, scope: str = "record", name: str = "Hospital LMS") -> Program:
        made = make_token(person=person, name=name, scope=scope, days=30, by=person, at=NOW)
        assert isinstance(made, MadeToken), made
        return Program(made.secret)

    return make
