"""Acting for somebody: whose papers are shown, how far it goes, and that it ends at once."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import Resolver404, URLResolver, get_resolver, resolve

from osler.apps.audit.queries import deeds_of
from osler.apps.credit.models import Record
from osler.apps.people import actions
from osler.apps.people.models import Delegation, HeldCredential, Person
from osler.web.people.reach import NAMED, Needs
from tests.factories import NOW, a_record
from tests.factories.delegates import an_assistant

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]
OPEN = {name for name, need in NAMED.items() if need is Needs.NOTHING}
RECORD = {
    "title": "Written by the assistant",
    "provider": "",
    "completed_on": "2026-01-05",
    "format": "live",
    "amount_0": "1",
    "type_0": "AMA_PRA_1",
}


def acting(signed_in: SignIn, assistant: Person, held: Delegation) -> Client:
    """A browser in which the assistant acts."""
    client = signed_in(assistant)
    assert client.post(f"/me/acting/{held.key}").status_code == 302
    return client


def addresses(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, str]]:
    """Name of every page of the house, with the shape of its address and the names in it."""
    for name in resolver.reverse_dict:
        if isinstance(name, str):
            shape, params = resolver.reverse_dict.getlist(name)[0][0][0]
            yield f"{namespace}{name}", f"/{shape}|{','.join(params)}"
    for name, (prefix, inner) in resolver.namespace_dict.items():
        for one, path in addresses(inner, f"{namespace}{name}:"):
            yield one, f"/{prefix}{path[1:]}"


def pages() -> dict[str, str]:
    """Every page of the house by name, with an address that leads to it."""
    return {name: _sample(name, *shape.rsplit("|", 1)) for name, shape in addresses(get_resolver())}


def _sample(name: str, shape: str, params: str) -> str:
    for value in ("1", "2026-01-31", "csv", "xlsx", "abcdefghij"):
        path = shape % dict.fromkeys(params.split(","), value)
        try:
            found = resolve(path)
            # Methods of one resource share an address, which leads to the first of their names.
            if found.view_name == name or (name.startswith("api") and found.namespace in name):
                return path
        except Resolver404:
            continue
    raise AssertionError(f"Write here what an address of {name} looks like: {shape}")


def test_the_pages_show_the_person_and_the_menu_the_assistant(
    ruth: Person, signed_in: SignIn, words: Words
) -> None:
    record = a_record(ruth, "Grand rounds on gout")
    assistant, held = an_assistant(ruth)
    client = acting(signed_in, assistant, held)
    page = words(client.get("/record"))
    assert "Grand rounds on gout" in page
    assert "You are acting for Ruth Mehta. You may look, not change anything" in page
    assert "Ada Assistant" in page
    assert client.get(f"/record/activity/{record.key}").status_code == 200
    client.post("/me/acting")
    own = words(client.get("/record"))
    assert "You are acting for" not in own
    assert "Grand rounds on gout" not in own
    assert client.get(f"/record/activity/{record.key}").status_code == 404


def test_who_only_looks_can_post_nothing_anywhere(ruth: Person, signed_in: SignIn) -> None:
    assistant, held = an_assistant(ruth, "see")
    client = acting(signed_in, assistant, held)
    before = deeds_of(ruth.pk).count()
    let_in = [
        f"{name} {path} {answer}"
        for name, path in pages().items()
        if name not in OPEN and (answer := client.post(path).status_code) != 403
    ]
    assert let_in == []
    assert deeds_of(ruth.pk).count() == before


def test_a_form_that_would_be_refused_is_not_opened(
    ruth: Person, california: HeldCredential, signed_in: SignIn
) -> None:
    opened = {}
    for scope in ("see", "record", "all"):
        assistant, held = an_assistant(ruth, scope)
        client = acting(signed_in, assistant, held)
        paths = ("/record/new", "/credentials/new", f"/credentials/{california.key}/change")
        opened[scope] = [client.get(path).status_code == 200 for path in paths]
    assert opened == {
        "see": [False, False, False],
        "record": [True, False, False],
        "all": [True, True, True],
    }


def test_nobody_who_acts_reaches_an_account(ruth: Person, signed_in: SignIn) -> None:
    assistant, held = an_assistant(ruth, "all")
    client = acting(signed_in, assistant, held)
    account = {
        name: path
        for name, path in pages().items()
        if name not in OPEN
        and name != "people:profile"
        and (path.startswith(("/accounts/", "/me")) or any(word in name for word in ("share", "token")))
    }
    assert {"account_email", "mfa_index", "usersessions_list", "people:delegates", "people:deeds"} <= {
        *account
    }
    reached = [name for name, path in account.items() if client.get(path).status_code != 403]
    assert reached == []
    assert [name for name, path in account.items() if client.post(path).status_code != 403] == []


def test_keeping_the_record_is_not_changing_the_licences(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    assistant, held = an_assistant(ruth, "record")
    client = acting(signed_in, assistant, held)
    client.post("/record/new", RECORD)
    added = Record.objects.filter(person=ruth).get()
    assert added.title == "Written by the assistant"
    entry = deeds_of(ruth.pk).filter(verb="add-record").get()
    assert (entry.by_id, entry.on_behalf_of_id) == (assistant.pk, ruth.pk)
    refused = client.post(f"/credentials/{california.key}/remove")
    assert refused.status_code == 403
    assert "Ruth Mehta has not given you the right to do this. Nothing was changed." in words(refused)
    california.refresh_from_db()
    assert california.removed_at is None


def test_all_but_the_account_reaches_licences_and_profile(
    ruth: Person, california: HeldCredential, signed_in: SignIn
) -> None:
    assistant, held = an_assistant(ruth, "all")
    client = acting(signed_in, assistant, held)
    assert client.post(f"/credentials/{california.key}/remove").status_code == 302
    california.refresh_from_db()
    assert california.removed_at is not None
    assert client.get("/me").status_code == 200


def test_taking_it_back_is_felt_at_the_next_request(ruth: Person, signed_in: SignIn, words: Words) -> None:
    assistant, held = an_assistant(ruth, "record")
    client = acting(signed_in, assistant, held)
    actions.end_delegation(delegation=held, by=ruth, at=NOW)
    late = client.post("/record/new", RECORD, follow=True)
    assert "You can no longer act for them" in words(late)
    assert "Nothing was changed." in words(late)
    assert not Record.objects.filter(person=ruth).exists()
    # What was meant for somebody else is not done to oneself either.
    assert not Record.objects.filter(person=assistant).exists()


def test_a_right_that_lapsed_leads_back_to_oneself(ruth: Person, signed_in: SignIn, words: Words) -> None:
    assistant, held = an_assistant(ruth, "see", ends_on=NOW.date())
    client = acting(signed_in, assistant, held)
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        page = words(client.get("/record"))
        assert "its last day is over" in page
        assert "You are acting for" not in page
        assert client.post(f"/me/acting/{held.key}").status_code == 404


def test_a_form_from_before_the_change_of_person_is_refused(ruth: Person) -> None:
    assistant, held = an_assistant(ruth, "record")
    client = Client(enforce_csrf_checks=True)
    client.force_login(assistant)
    client.get("/record/new")
    first = client.cookies["csrftoken"].value
    client.post(f"/me/acting/{held.key}", {"csrfmiddlewaretoken": first})
    assert client.post("/record/new", {**RECORD, "csrfmiddlewaretoken": first}).status_code == 403
    assert not Record.objects.filter(person=ruth).exists()


def test_nobody_acts_by_a_key_that_is_not_theirs(
    ruth: Person, stranger: Person, signed_in: SignIn, client: Client
) -> None:
    _assistant, held = an_assistant(ruth, "all")
    assert signed_in(stranger).post(f"/me/acting/{held.key}").status_code == 404
    assert client.post(f"/me/acting/{held.key}").status_code == 302


def test_who_assists_nobody_pays_nothing(
    ruth: Person, signed_in: SignIn, django_assert_num_queries: Any
) -> None:
    client = signed_in(ruth)
    client.get("/sets")
    with django_assert_num_queries(2):  # the session and who it is
        client.get("/sets")


@pytest.mark.parametrize("count", [1, 3])
def test_the_menu_lists_everybody_in_one_query(
    stranger: Person, signed_in: SignIn, django_assert_num_queries: Any, count: int
) -> None:
    from tests.factories import PersonFactory
    from tests.factories.delegates import confirmed

    confirmed(stranger)
    for _number in range(count):
        person = PersonFactory()
        asked = actions.invite_assistant(
            person=person, address=stranger.email, scope="see", ends_on=None, by=person, at=NOW
        )
        assert isinstance(asked, Delegation)
        actions.accept_delegation(delegation=asked, by=stranger, at=NOW)
    client = signed_in(stranger)
    client.get("/sets")
    with django_assert_num_queries(3):
        page = client.get("/sets")
    assert page.content.count(b"/me/acting/") == count
