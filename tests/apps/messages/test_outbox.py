"""The outbox: once per news, retried when it fails for now, never sent twice, always with the way out."""

import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction

from osler.apps.messages import actions
from osler.apps.messages.actions import Letter, Line, Lines, Paragraph, Step, deliver, queue_letter
from osler.apps.messages.models import TRANSITIONS, Attempt, Message
from osler.apps.messages.queries import Kind, messages_to, register, was_told
from osler.apps.people.models import Person
from osler.core.credit.refusal import Refusal
from tests.factories import NOW, PersonFactory

pytestmark = pytest.mark.django_db
State = Message.State
BACKEND = "tests.apps.messages.test_outbox.FailingBackend"


class FailingBackend(BaseEmailBackend):
    """A mail server that says what a test tells it to say."""

    errors: list[Exception | None] = []
    sent: list[Any] = []

    def send_messages(self, email_messages: Any) -> int:
        error = self.errors.pop(0) if self.errors else None
        if error is not None:
            raise error
        self.sent.extend(email_messages)
        return len(email_messages)


@pytest.fixture
def server(settings: Any) -> type[FailingBackend]:
    """A mail server whose answers a test chooses."""
    import sys

    # The module is loaded under a name of the test runner's own; mails look it up by this one.
    sys.modules[BACKEND.rpartition(".")[0]] = sys.modules[__name__]
    settings.EMAIL_BACKEND = BACKEND
    FailingBackend.errors, FailingBackend.sent = [], []
    return FailingBackend


@pytest.fixture(autouse=True)
def _a_kind() -> None:
    register(Kind("news", "News", "What is new.", is_listed=False))


@pytest.fixture
def ana(db: None) -> Person:
    return PersonFactory(given_name="Ana", family_name="Ruiz")


def letter(about: str = "licence", period: str = "2026", **fields: Any) -> Letter:
    blocks = (
        Paragraph("Tom & Jerry say <b>something</b>."),
        Lines((Line("Pain management", "4 h missing", "by 30 June 2026", "short"),)),
        Step("Look", "http://localhost:8000/credentials/abc"),
    )
    return Letter(
        **{"kind": "news", "subject": "News", "blocks": blocks, "about": about, "period": period} | fields
    )


def queued(person: Person, **fields: Any) -> Message:
    message = queue_letter(person=person, letter=letter(**fields), at=NOW)
    assert message is not None
    return message


def state(message: Message) -> str:
    message.refresh_from_db()
    return message.state


def test_a_letter_leaves_after_the_commit_as_text_and_html_with_the_way_out(
    ana: Person, run_tasks: Callable[[], None]
) -> None:
    message = queued(ana)
    assert mail.outbox == []
    run_tasks()
    (sent,) = mail.outbox
    assert sent.to == [ana.email]
    assert "- Pain management: 4 h missing\n  by 30 June 2026" in sent.body
    html, kind = sent.alternatives[0]
    assert kind == "text/html"
    assert "Tom &amp; Jerry say &lt;b&gt;" in html
    assert "4 h missing" in html
    off = sent.extra_headers["List-Unsubscribe"]
    assert off.startswith("<http://localhost:8000/mail/off/")
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert off.strip("<>") in sent.body
    assert off.strip("<>").replace("&", "&amp;") in html
    assert state(message) == State.SENT
    assert [one.state for one in message.attempts.all()] == [State.SENT]


def test_what_is_rolled_back_is_never_sent(ana: Person, run_tasks: Callable[[], None]) -> None:
    with transaction.atomic():
        queued(ana)
        transaction.set_rollback(True)
    run_tasks()
    assert mail.outbox == []


def test_the_same_news_is_queued_once(ana: Person) -> None:
    queued(ana)
    assert queue_letter(person=ana, letter=letter(subject="Other words"), at=NOW) is None
    assert queue_letter(person=ana, letter=letter(period="2027"), at=NOW) is not None
    assert queue_letter(person=PersonFactory(), letter=letter(), at=NOW) is not None
    assert was_told(ana.pk, "news", "licence", "2026")
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(
            person=ana, kind="news", about="licence", period="2026", queued_at=NOW, send_at=NOW
        )


def test_a_second_worker_sends_nothing_again(ana: Person) -> None:
    queued(ana)
    assert deliver(at=NOW).sent == 1
    assert deliver(at=NOW).sent == 0
    assert len(mail.outbox) == 1


def test_a_failure_for_now_is_tried_again_later_with_the_same_message_id(
    ana: Person, server: type[FailingBackend]
) -> None:
    server.errors = [smtplib.SMTPDataError(451, b"try later"), ConnectionRefusedError("nobody there"), None]
    message = queued(ana)
    at = NOW
    for wait in (timedelta(minutes=1), timedelta(minutes=5)):
        assert deliver(at=at).sent == 0
        assert state(message) == State.QUEUED
        assert message.send_at == at + wait
        assert deliver(at=at + wait - timedelta(seconds=1)).sent == 0
        at += wait
    assert deliver(at=at).sent == 1
    assert [one.state for one in message.attempts.all()] == [State.QUEUED, State.QUEUED, State.SENT]
    assert "try later" in message.attempts.all()[0].detail
    assert server.sent[0].extra_headers["Message-ID"].startswith(f"<{message.key}.")


def test_a_failure_for_good_is_not_tried_again_but_its_reader_may(
    ana: Person, server: type[FailingBackend]
) -> None:
    refused = smtplib.SMTPRecipientsRefused({ana.email: (550, b"no such mailbox")})
    server.errors = [refused, None]
    message = queued(ana)
    deliver(at=NOW)
    assert state(message) == State.FAILED
    assert deliver(at=NOW + timedelta(days=9)).sent == 0
    assert isinstance(actions.send_again(message=message, by=PersonFactory(), at=NOW), Refusal)
    assert not isinstance(actions.send_again(message=message, by=ana, at=NOW), Refusal)
    assert deliver(at=NOW).sent == 1
    assert isinstance(actions.send_again(message=message, by=ana, at=NOW), Refusal)


def test_retries_end(ana: Person, server: type[FailingBackend]) -> None:
    server.errors = [ConnectionRefusedError("nobody there") for _try in range(20)]
    message, at = queued(ana), NOW
    for _try in range(10):
        deliver(at=at)
        at += timedelta(days=1)
    assert state(message) == State.FAILED
    assert message.tries == 7


def test_what_a_dead_worker_held_is_perhaps_sent_and_not_sent_again(ana: Person) -> None:
    message = queued(ana)
    Message.objects.update(state=State.SENDING, claimed_at=NOW)
    assert deliver(at=NOW + timedelta(minutes=30)).sent == 0
    assert state(message) == State.SENDING
    assert deliver(at=NOW + timedelta(hours=2)).sent == 0
    assert state(message) == State.UNCERTAIN
    assert Attempt.objects.get(message=message).detail


def test_nothing_reaches_a_closed_account_or_who_switched_it_off_meanwhile(ana: Person) -> None:
    message, other = queued(ana), queued(PersonFactory())
    actions.switch_kind(token=actions.off_token(ana.pk, "news"), is_on=False, at=NOW)
    Person.objects.filter(pk=other.person_id).update(is_active=False)
    assert deliver(at=NOW).sent == 0
    assert [state(one) for one in (message, other)] == [State.WITHDRAWN, State.WITHDRAWN]
    assert queue_letter(person=ana, letter=letter(period="next"), at=NOW) is None


@pytest.mark.parametrize("token", ["", "1.news", "1.news~forged", "x" * 5000])
def test_a_forged_link_changes_nothing(ana: Person, token: str) -> None:
    assert isinstance(actions.switch_kind(token=token, is_on=False, at=NOW), Refusal)


def test_a_subject_cannot_bring_headers_of_its_own(ana: Person) -> None:
    message = queued(ana, subject="News\r\nBcc: everybody@example.org")
    assert "\n" not in message.subject
    assert deliver(at=NOW).sent == 1


def test_a_test_message_is_sent_whatever_is_off_once_a_minute(ana: Person) -> None:
    assert not isinstance(actions.send_test(person=ana, by=ana, at=NOW), Refusal)
    assert isinstance(actions.send_test(person=ana, by=ana, at=NOW + timedelta(seconds=5)), Refusal)
    assert isinstance(actions.send_test(person=ana, by=PersonFactory(), at=NOW), Refusal)
    actions.switch_kind(token=actions.off_token(ana.pk, "test"), is_on=False, at=NOW)
    actions.send_test(person=ana, by=ana, at=NOW + timedelta(minutes=2))
    assert deliver(at=NOW + timedelta(minutes=2)).sent == 2


def test_a_person_finds_their_own_messages_by_every_word(ana: Person) -> None:
    queued(ana), queued(ana, period="2", subject="A change of rules"), queued(PersonFactory())
    assert messages_to(ana).count() == 2
    assert [one.subject for one in messages_to(ana, "rules jerry")] == ["A change of rules"]


def test_every_state_leads_somewhere_or_is_the_end() -> None:
    assert set(TRANSITIONS) == set(State)
    assert {to for reached in TRANSITIONS.values() for to in reached} <= set(State)


def test_wishes_that_cannot_be_are_refused(ana: Person) -> None:
    sound = {"off": [], "distances": [30], "digest_weekday": 0, "hour": 7}
    for wrong in ({"distances": [9999]}, {"distances": range(20)}, {"hour": 24}, {"digest_weekday": 7}):
        asked: dict[str, Any] = {**sound, **wrong}
        assert isinstance(actions.choose_messages(person=ana, **asked, by=ana, at=NOW), Refusal)
