"""Leaving, and taking everything along: nothing of a person is forgotten, and nothing of theirs stays."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import typst
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.test import Client

from osler.apps.audit.models import Entry
from osler.apps.credit.actions import Kept, keep_document, renew_address, revoke_address
from osler.apps.people import actions
from osler.apps.people.actions import tokens
from osler.apps.people.models import Consent, Person
from osler.apps.people.queries import own_counts, own_tables
from osler.apps.people.queries.own_data import SECRETS, context_models, personal_models
from osler.apps.requirements.actions import end_calendar, renew_calendar
from osler.cli import demo_world
from osler.core.credit.refusal import Refusal
from tests.factories import NOW, PersonFactory, a_record
from tests.factories.delegates import confirmed

WEEK = timedelta(days=7)
CERTIFICATE = b"#set document(title: [Certificate])\nThis certifies that Ruth Mehta completed Grand rounds."
# Tables that hold nothing of anybody, each with its reason. A new table must lead to a person or stand here.
OF_NOBODY = {
    "audit.entry": "names people by number only, so that it outlives them; handed over as the log",
    "people.doorcount": "counts attempts by a hash, not by a person",
    "requirements.ruletext": "the texts of requirement sets",
    "osler_messages.schedule": "when Osler does what",
}


def test_every_table_leads_to_its_person_or_is_known_to_hold_nobody() -> None:
    personal = {model._meta.label_lower for model in personal_models()}
    everything = {model._meta.label_lower for model in context_models()}
    assert everything - personal == {name for name in OF_NOBODY if name in everything}


def test_no_secret_is_handed_over(ruth: Person) -> None:
    a_record(ruth)
    tables = {table.name: list(table.rows) for table in own_tables(ruth)}
    assert tables["people.person"][0]["email"] == ruth.email
    assert len(tables["credit.record"]) == len(tables["credit.recordamount"]) == 1
    for name, rows in tables.items():
        for row in rows:
            hidden = [key for key in row if key in SECRETS or ("sha256" in key and "secret" in key)]
            assert not hidden, (name, hidden)


def test_nobody_is_handed_what_is_somebody_elses(ruth: Person, stranger: Person) -> None:
    a_record(stranger)
    assert own_counts(ruth) == {"people.person": 1}


@pytest.mark.django_db
def test_who_leaves_is_gone_from_every_table_and_from_the_disk(
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    accounts = demo_world.load(at=date(2026, 1, 31))
    ruth = get_user_model().objects.get(email="ruth.mehta@demo.example")
    kept = keep_document(
        person=ruth, content=typst.compile(CERTIFICATE), filename="rounds.pdf", by=ruth, at=NOW
    )
    assert isinstance(kept, Kept), kept
    folder = Path(settings.MEDIA_ROOT)
    assert [path for path in folder.rglob(f"{ruth.pk}/**/*") if path.is_file()]
    before = own_counts(ruth)
    assert before["credit.record"] > 5
    emails = [account.email for account in accounts if account.email != ruth.email]
    others = {email: own_counts(Person.objects.get(email=email)) for email in emails}

    actions.ask_to_leave(person=ruth, by=ruth, at=NOW)
    assert isinstance(actions.end_account(person=ruth, at=NOW + WEEK - timedelta(seconds=1)), Refusal)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.end_accounts_due(at=NOW + WEEK) == 1

    number = ruth.pk
    assert not Person.objects.filter(pk=number).exists()
    assert own_counts(Person(pk=number)) == {}
    assert not [path for path in folder.rglob(f"{number}/**/*") if path.is_file()]
    deeds = Entry.objects.filter(by_id=number)
    assert deeds.exists()
    assert not deeds.filter(on_behalf_of_id=None, subject_type__startswith="credit.").exclude(after=None)
    for email, count in others.items():
        here = own_counts(Person.objects.get(email=email))
        # An assistant loses the delegation, and nothing else changes for anybody.
        assert {k: v for k, v in here.items() if "deleg" not in k} == {
            k: v for k, v in count.items() if "deleg" not in k
        }


def test_one_can_think_better_of_it(ruth: Person) -> None:
    actions.ask_to_leave(person=ruth, by=ruth, at=NOW)
    actions.ask_to_leave(person=ruth, by=ruth, at=NOW + timedelta(days=3))
    ruth.refresh_from_db()
    assert ruth.leaves_at == NOW + WEEK
    actions.stay(person=ruth, by=ruth, at=NOW + timedelta(days=4))
    assert actions.end_accounts_due(at=NOW + timedelta(days=400)) == 0
    assert Person.objects.filter(pk=ruth.pk).exists()


def test_nobody_ends_anothers_account(ruth: Person, stranger: Person) -> None:
    assert isinstance(actions.ask_to_leave(person=ruth, by=stranger, at=NOW), Refusal)
    ruth.refresh_from_db()
    assert ruth.leaves_at is None


def test_the_consent_log_keeps_both_decisions(ruth: Person) -> None:
    for is_given in (True, False):
        actions.note_consent(
            person=ruth,
            purpose=Consent.Purpose.SHARE,
            is_given=is_given,
            subject="share 1",
            detail="x" * 400,
            at=NOW,
        )
    assert [one.is_given for one in ruth.consents.all()] == [False, True]
    assert PersonFactory().consents.count() == 0


def test_whatever_lets_somebody_in_is_in_the_consent_log_until_it_is_taken_back(ruth: Person) -> None:
    token = tokens.make_token(person=ruth, name="Tracker", scope="read", days=30, by=ruth, at=NOW)
    assert isinstance(token, tokens.MadeToken)
    asked = actions.invite_assistant(
        person=ruth, address="ada@example.org", scope="see", ends_on=None, by=ruth, at=NOW
    )
    assert not isinstance(asked, Refusal)
    renew_address(person=ruth, by=ruth, at=NOW)
    renew_calendar(person=ruth, by=ruth, at=NOW)
    given = {one.subject: one for one in ruth.consents.all()}
    assert sorted(one.purpose for one in given.values()) == [
        "assistant",
        "calendar-out",
        "mail-in",
        "program",
    ]
    assert "ada@example.org" in given[f"delegation {asked.key}"].detail
    tokens.revoke_token(token=token.token, by=ruth, at=NOW)
    actions.end_delegation(delegation=asked, by=ruth, at=NOW)
    revoke_address(person=ruth, by=ruth, at=NOW)
    end_calendar(person=ruth, by=ruth, at=NOW)
    back = set(ruth.consents.filter(is_given=False).values_list("subject", flat=True))
    assert back == set(given)


def test_a_browser_that_is_signed_in_holds_nothing_of_who_has_left(ruth: Person, client: Client) -> None:
    client.post("/accounts/login/", {"login": confirmed(ruth).email, "password": "a long enough password"})
    assert Session.objects.count() == 1
    actions.ask_to_leave(person=ruth, by=ruth, at=NOW)
    assert actions.end_account(person=ruth, at=NOW + WEEK) is None
    assert Session.objects.count() == 0
    assert client.get("/me")["Location"].startswith("/accounts/login/")
