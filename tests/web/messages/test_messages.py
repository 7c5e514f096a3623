"""The pages of messages: what was sent, what is wanted, and the links that work without signing in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from osler.apps.messages.actions import Letter, Paragraph, off_token, queue_letter
from osler.apps.messages.models import Message, Preferences
from osler.apps.messages.queries import wishes_of
from osler.apps.people.models import Person
from tests.factories import NOW

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]
FORM = {"on": ["reminder", "digest"], "distances": ["90", "14"], "digest_weekday": "4", "hour": "18"}


def told(person: Person, subject: str = "Your week", period: str = "1") -> Message:
    letter = Letter("digest", "week", period, subject, (Paragraph("Nothing is due."),))
    message = queue_letter(person=person, letter=letter, at=NOW)
    assert message is not None
    return message


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_however_long_it_is(
    ruth: Person, signed_in: SignIn, count: int, words: Words, django_assert_max_num_queries: Any
) -> None:
    for n in range(count):
        told(ruth, f"Week {n}", str(n))
    client = signed_in(ruth)
    with django_assert_max_num_queries(9):
        page = client.get("/messages")
    assert "Week 0" in words(page)
    assert "31 January 2026, 12:00 UTC" in words(page)


def test_messages_are_searched_and_exported(ruth: Person, signed_in: SignIn, words: Words) -> None:
    told(ruth), told(ruth, "A change of rules", "2")
    client = signed_in(ruth)
    assert "1 message" in words(client.get("/messages?q=rules"))
    assert "2 messages" in words(client.get("/messages?kind=digest&sort=state"))
    assert b"A change of rules" in client.get("/messages?export=csv").content


def test_a_message_is_shown_as_it_was_written(ruth: Person, signed_in: SignIn, words: Words) -> None:
    message, client = told(ruth), signed_in(ruth)
    assert "Nothing is due." in words(client.get(f"/messages/{message.key}"))
    mailed = client.get(f"/messages/{message.key}/mail")
    assert b"Nothing is due." in mailed.content
    assert "script-src" not in mailed["Content-Security-Policy"]
    assert "default-src 'none'" in mailed["Content-Security-Policy"]


def test_what_failed_can_be_sent_again(ruth: Person, signed_in: SignIn, words: Words) -> None:
    message, client = told(ruth), signed_in(ruth)
    Message.objects.update(state="failed")
    assert "Send it again" in words(client.get(f"/messages/{message.key}"))
    assert "on its way again" in words(client.post(f"/messages/{message.key}/again", follow=True))
    message.refresh_from_db()
    assert message.state == "queued"


@pytest.mark.parametrize("path", ["", "/mail", "/again"])
def test_a_message_does_not_exist_for_a_stranger(
    ruth: Person, stranger: Person, signed_in: SignIn, client: Client, path: str
) -> None:
    address = f"/messages/{told(ruth).key}{path}"
    method = "post" if path == "/again" else "get"
    assert getattr(signed_in(stranger), method)(address).status_code == 404
    assert getattr(client, method)(address)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("path", ["", "/preferences"])
def test_who_is_not_signed_in_is_asked_to(client: Client, db: None, path: str) -> None:
    assert client.get(f"/messages{path}")["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("path", ["test", "calendar", "calendar/end"])
def test_acts_need_a_press_and_somebody_signed_in(
    client: Client, ruth: Person, signed_in: SignIn, path: str
) -> None:
    assert client.post(f"/messages/{path}")["Location"].startswith("/accounts/login/")
    assert signed_in(ruth).get(f"/messages/{path}").status_code == 405


def test_nothing_of_one_person_shows_in_the_list_of_another(
    ruth: Person, stranger: Person, signed_in: SignIn, words: Words
) -> None:
    told(ruth)
    assert "Nothing was sent to you yet" in words(signed_in(stranger).get("/messages"))


def test_preferences_are_chosen_on_one_page(ruth: Person, signed_in: SignIn, words: Words) -> None:
    client = signed_in(ruth)
    page = client.get("/messages/preferences")
    assert "Only when a change of rules alters your own answer" in words(page)
    assert page.content.decode().count(" checked") == 3 + 4
    assert "Saved." in words(client.post("/messages/preferences", FORM, follow=True))
    wishes = wishes_of(ruth.pk)
    assert (wishes.off, wishes.distances) == ({"rule-change"}, (90, 14))
    assert (wishes.digest_weekday, wishes.hour) == (4, 18)


def test_a_choice_that_cannot_be_is_refused(ruth: Person, signed_in: SignIn) -> None:
    page = signed_in(ruth).post("/messages/preferences", {**FORM, "hour": "30"})
    assert page.status_code == 200
    assert not Preferences.objects.exists()


def test_a_test_can_be_asked_for(
    ruth: Person, signed_in: SignIn, words: Words, run_tasks: Callable[[], None]
) -> None:
    assert f"on its way to {ruth.email}" in words(signed_in(ruth).post("/messages/test", follow=True))
    run_tasks()
    assert [one.subject for one in mail.outbox] == ["A test from Osler"]


# The link under every mail


def test_a_look_at_the_link_changes_nothing_and_a_press_switches_off_with_undo(
    ruth: Person, client: Client, words: Words
) -> None:
    token = off_token(ruth.pk, "digest")
    assert "Switch “Weekly digest” off?" in words(client.get(f"/mail/off/{token}"))
    assert wishes_of(ruth.pk).wants("digest")
    page = client.post(f"/mail/off/{token}")
    assert "“Weekly digest” is switched off." in words(page)
    assert f'action="/mail/on/{token}"' in page.content.decode()
    assert not wishes_of(ruth.pk).wants("digest")
    assert wishes_of(ruth.pk).wants("reminder")
    assert "“Weekly digest” is on again." in words(client.post(f"/mail/on/{token}"))
    assert wishes_of(ruth.pk).wants("digest")


def test_a_mail_program_unsubscribes_with_one_click(ruth: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    address = f"/mail/off/{off_token(ruth.pk, 'reminder')}"
    sent = client.post(
        address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert sent.status_code == 200
    assert not wishes_of(ruth.pk).wants("reminder")


@pytest.mark.parametrize(
    "forge", [lambda t: t[:-1], lambda t: t.replace("digest", "reminder"), lambda t: "x"]
)
def test_a_forged_link_changes_nothing(
    ruth: Person, client: Client, words: Words, forge: Callable[[str], str]
) -> None:
    address = f"/mail/off/{forge(off_token(ruth.pk, 'digest'))}"
    for page in (client.get(address), client.post(address)):
        assert page.status_code == 404
        assert "Nothing was changed." in words(page)
    assert not Preferences.objects.exists()


def test_the_link_says_nothing_of_whom_it_is(ruth: Person, client: Client, words: Words) -> None:
    said = words(client.get(f"/mail/off/{off_token(ruth.pk, 'digest')}"))
    assert "Mehta" not in said
    assert ruth.email not in said


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/mail/off/a%00~b", "/calendar/a%00-b.ics", "/calendar/a-b.ics"])
def test_a_token_that_is_none_opens_nothing(client: Client, path: str) -> None:
    assert client.get(path).status_code == (400 if "%00" in path else 404)
