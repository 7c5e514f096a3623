"""The page of delegates: asking by mail, answering, changing, ending."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client

from osler.apps.messages.actions import deliver, off_token
from osler.apps.messages.models import Message
from osler.apps.people.models import Delegation, Person
from tests.factories import NOW, PersonFactory
from tests.factories.delegates import an_assistant, confirmed

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]
ASKED = {"address": "ada@example.org", "scope": "record", "ends_on": "2026-06-30"}


def test_somebody_is_asked_accepts_and_acts(ruth: Person, signed_in: SignIn, words: Words) -> None:
    client = signed_in(ruth)
    page = client.post("/me/delegates", ASKED, follow=True)
    assert "ada@example.org was asked by e-mail." in words(page)
    assert "Asked, no answer yet" in words(page)
    assert mail.outbox[-1].to == ["ada@example.org"]
    assert "Ruth Mehta asks you to act for them" in mail.outbox[-1].subject
    ada = confirmed(PersonFactory(email="ada@example.org", given_name="Ada", family_name="Byron"))
    theirs = signed_in(ada)
    assert "You are asked to act for Ruth Mehta" in words(theirs.get("/me/delegates"))
    key = Delegation.objects.get().key
    accepted = theirs.post(f"/me/delegates/{key}/accept", follow=True)
    assert "You can act for Ruth Mehta now" in words(accepted)
    assert Message.objects.get(person=ruth).subject == "Ada Byron can act for you in Osler now"
    assert "Ada Byron" in words(client.get("/me/delegates"))
    assert "In force" in words(client.get("/me/delegates"))
    assert "until 30 June 2026" in words(theirs.get("/me/delegates"))


def test_rights_are_changed_and_ended_by_the_person(ruth: Person, signed_in: SignIn, words: Words) -> None:
    assistant, held = an_assistant(ruth, "see")
    client = signed_in(ruth)
    client.post(f"/me/delegates/{held.key}/change", {"scope": "all", "ends_on": ""})
    held.refresh_from_db()
    assert held.scope == "all"
    assert "Ended." in words(client.post(f"/me/delegates/{held.key}/end", follow=True))
    assert Message.objects.get(person=assistant).subject == "You no longer act for Ruth Mehta in Osler"
    held.refresh_from_db()
    assert held.ended_at is not None


def test_the_assistant_hands_it_back(ruth: Person, signed_in: SignIn) -> None:
    assistant, held = an_assistant(ruth)
    signed_in(assistant).post(f"/me/delegates/{held.key}/end")
    held.refresh_from_db()
    assert held.ended_at is not None
    subjects = [one.subject for one in Message.objects.filter(person=ruth)]
    assert "Ada Assistant no longer acts for you in Osler" in subjects


@pytest.mark.parametrize("act", ["change", "end", "accept", "decline"])
def test_a_stranger_touches_nothing(
    ruth: Person, stranger: Person, signed_in: SignIn, client: Client, act: str
) -> None:
    _assistant, held = an_assistant(ruth)
    confirmed(stranger)
    path = f"/me/delegates/{held.key}/{act}"
    assert signed_in(stranger).post(path, {"scope": "all"}).status_code == 404
    assert client.post(path)["Location"].startswith("/accounts/login/")
    held.refresh_from_db()
    assert (held.scope, held.ended_at) == ("see", None)


def test_an_assistant_does_not_widen_their_right(ruth: Person, signed_in: SignIn) -> None:
    assistant, held = an_assistant(ruth)
    path = f"/me/delegates/{held.key}/change"
    assert signed_in(assistant).post(path, {"scope": "all"}).status_code == 404


def test_an_address_nobody_confirmed_is_offered_nothing(
    ruth: Person, signed_in: SignIn, words: Words
) -> None:
    signed_in(ruth).post("/me/delegates", ASKED)
    unconfirmed = PersonFactory(email="ada@example.org")
    assert "You are asked" not in words(signed_in(unconfirmed).get("/me/delegates"))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"address": "nothing"}, "Enter a valid email address."),
        ({"scope": "everything"}, "Select a valid choice."),
        ({"ends_on": "2026-01-30"}, "The last day is over already."),
    ],
)
def test_what_is_wrong_is_said(
    ruth: Person, signed_in: SignIn, words: Words, change: dict[str, str], sentence: str
) -> None:
    page = signed_in(ruth).post("/me/delegates", {**ASKED, **change})
    assert sentence in words(page)
    assert not Delegation.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_queries_however_many_there_are(
    ruth: Person, signed_in: SignIn, count: int, django_assert_max_num_queries: Any
) -> None:
    for _n in range(count):
        an_assistant(ruth)
    client = signed_in(ruth)
    with django_assert_max_num_queries(7):
        client.get("/me/delegates")


def test_a_notice_of_safety_cannot_be_switched_off(ruth: Person, client: Client) -> None:
    an_assistant(ruth)
    assert client.post(f"/mail/off/{off_token(ruth.pk, 'delegation')}").status_code == 404
    deliver(at=NOW)
    sent = mail.outbox[-1]
    assert "it is always sent" in str(sent.body)
    assert "/mail/off/" not in str(sent.body)
    assert "List-Unsubscribe" not in sent.message()


class NoServer(BaseEmailBackend):
    """A mail server that is not there."""

    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError("connection refused")


def test_a_request_that_could_not_be_mailed_says_so_and_stands(
    ruth: Person, signed_in: SignIn, words: Words, settings: Any
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.NoServer"
    assert "could not be sent" in words(signed_in(ruth).post("/me/delegates", ASKED, follow=True))
    assert Delegation.objects.get().address == "ada@example.org"
