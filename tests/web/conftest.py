"""Clinicians in front of the pages, as a browser without a script sees them, on one fixed day."""

import html
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from osler.apps.people.models import HeldCredential, Person
from tests.factories import NOW, HeldCredentialFactory, PersonFactory


@pytest.fixture
def on_a_fixed_day() -> Iterator[None]:
    """It is 31 January 2026, noon in UTC."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ruth(db: None, on_a_fixed_day: None) -> Person:
    """A physician with nothing yet."""
    return PersonFactory(given_name="Ruth", family_name="Mehta")


@pytest.fixture
def stranger(db: None, on_a_fixed_day: None) -> Person:
    """Somebody else with an account."""
    return PersonFactory(given_name="Otto", family_name="Stranger")


@pytest.fixture
def california(ruth: Person) -> HeldCredential:
    """Ruth's licence in California, due on 30 June 2026."""
    return HeldCredentialFactory(person=ruth)


@pytest.fixture
def signed_in() -> Callable[[Person], Client]:
    """`signed_in(person)`: a browser in which they are signed in."""

    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return sign_in


@pytest.fixture
def words() -> Callable[[Any], str]:
    """`words(response)`: the page's text as it is read, markup taken away."""

    def read(response: Any) -> str:
        bare = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.S)
        return " ".join(html.unescape(bare).replace("\N{NO-BREAK SPACE}", " ").split())

    return read
