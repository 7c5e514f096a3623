"""Nobody sees what is somebody else's: every address that Ruth's pages lead to, tried by others.

The addresses are found as a reader finds them, by following links and forms from her first page in the demo
world, where she has something on every page. One address is tried for each view and kind of query.
"""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from osler.apps.people.models import Person
from osler.cli import demo_world
from tests.factories import PersonFactory

SignIn = Callable[[Person], Client]
KEY = re.compile(r"/[bcdfghjkmnpqrstvwxyz23456789]{10,16}(/|$|\?)")
LINK = re.compile(r'(?:href|action|hx-get|src)="([^"#]+)')
# What a person hands out is open to whoever holds the address: that is what it is for.
HANDED_OUT = ("/shared/", "/calendar/", "/messages/off/")
OF_EVERYBODY = {
    "requirements:set",
    "requirements:sets",
    "people:notice",
    "requirements:home",
    "api-manual",
    "api-v1:openapi-json",
}
MOST_PAGES = 400


@pytest.fixture
def ruth(db: None) -> Person:
    """Ruth Mehta of the demo world."""
    demo_world.load(at=date(2026, 1, 31))
    return Person.objects.get(email="ruth.mehta@demo.example")


def addresses_of(client: Client) -> Iterator[tuple[str, str]]:
    """The view's name and an address of it, once per view, for everything links and forms lead to."""
    todo, seen, tried = deque(["/"]), {"/"}, set()
    while todo and len(tried) < MOST_PAGES:
        path = todo.popleft()
        try:
            name = resolve(path.split("?")[0]).view_name
        except Resolver404:
            continue
        kind = (name, path.partition("?")[2].partition("=")[0])
        if kind in tried:
            continue
        tried.add(kind)
        yield name, path
        page = client.get(path)
        if page.streaming or "html" not in page.get("Content-Type", ""):
            continue
        for found in LINK.findall(page.content.decode()):
            to = html.unescape(found)
            to = path.split("?")[0] + to if to.startswith("?") else to
            if to.startswith("/") and not to.startswith("/static/") and to not in seen:
                seen.add(to)
                todo.append(to)


def test_no_address_of_hers_gives_anything_to_others(ruth: Person, signed_in: SignIn) -> None:
    found = [
        (name, path)
        for name, path in addresses_of(signed_in(ruth))
        # Whoever signs out would try the rest as nobody.
        if not path.startswith(HANDED_OUT) and name != "account_logout"
    ]
    assert len(found) > 60, [name for name, _ in found]
    assert sum(bool(KEY.search(path)) for _, path in found) > 15
    stranger = signed_in(PersonFactory(given_name="Otto", family_name="Stranger"))
    anybody = Client()
    hers = (b"Mehta", ruth.email.encode(), b"A 118 204", b"ME 90 311")
    leaks = []
    for name, path in found:
        for who, client in (("anybody", anybody), ("stranger", stranger)):
            for method in (client.get, client.post):
                answer = method(path)
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                if any(word in body for word in hers):
                    leaks.append(f"{who} reads her at {path} ({name})")
                if KEY.search(path) and answer.status_code == 200:
                    leaks.append(f"{who} opens {path} ({name})")
                if who == "anybody" and answer.status_code == 200 and name not in OF_EVERYBODY:
                    is_door = answer.headers.get("Content-Type", "").startswith("text/html")
                    if not is_door or not name.startswith("account_"):
                        leaks.append(f"{who} opens {path} ({name}) without signing in")
    assert not leaks, "\n".join(leaks)
    ruth.refresh_from_db()
    assert ruth.leaves_at is None
