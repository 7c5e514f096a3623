"""What can be done to a person's profile, facts and credentials, and by whom."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from osler.apps.audit.queries import history
from osler.apps.people import actions, queries, signals
from osler.apps.people.models import Fact, HeldCredential, Person
from osler.core.credit.refusal import Refusal
from osler.core.rules.record import Credential, FactValue
from tests.factories import NOW, HeldCredentialFactory


@pytest.fixture
def told() -> Any:
    """The signals that were sent, by name."""
    heard: list[tuple[str, int]] = []
    named = {
        name: getattr(signals, name) for name in ("credential_changed", "fact_changed", "profile_changed")
    }
    receivers = []
    for name, signal in named.items():

        def receiver(sender: Any, person_id: int, name: str = name, **rest: Any) -> None:
            heard.append((name, person_id))

        signal.connect(receiver)
        receivers.append((signal, receiver))
    yield heard
    for signal, receiver in receivers:
        signal.disconnect(receiver)


def california(person: Person, by: Person, **changes: Any) -> HeldCredential | Refusal:
    stated = {
        "requirement_set": "us-ca-md",
        "number": "A 118 204",
        "expires_on": date(2026, 6, 30),
        **changes,
    }
    return actions.add_credential(person=person, by=by, at=NOW, **stated)


def test_a_credential_is_added_logged_and_told(
    ruth: Person, told: list[Any], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        held = california(ruth, ruth)
    assert isinstance(held, HeldCredential)
    assert list(queries.credentials_held(ruth)) == [held]
    assert history(held).get().verb == "add-credential"
    assert told == [("credential_changed", ruth.pk)]


def test_the_same_credential_is_held_once(ruth: Person) -> None:
    california(ruth, ruth)
    again = california(ruth, ruth)
    assert isinstance(again, Refusal)
    assert again.rule == "held-already"
    assert isinstance(california(ruth, ruth, number="B 2"), HeldCredential)


@pytest.mark.parametrize(
    ("dates", "rule"),
    [
        ({"issued_on": date(2026, 7, 1)}, "expires-before-issued"),
        ({"expires_on": date(2226, 6, 30)}, "date-too-far"),
        ({"issued_on": date(1826, 6, 30)}, "date-too-far"),
    ],
)
def test_dates_that_cannot_be_are_refused_in_words(ruth: Person, dates: dict[str, date], rule: str) -> None:
    refused = california(ruth, ruth, **dates)
    assert isinstance(refused, Refusal)
    assert refused.rule == rule
    assert refused.sentence.endswith(".")
    assert not queries.credentials_held(ruth).exists()


def test_removing_can_be_undone(ruth: Person) -> None:
    held = HeldCredentialFactory(person=ruth)
    actions.remove_credential(credential=held, by=ruth, at=NOW)
    assert not queries.credentials_held(ruth).exists()
    actions.restore_credential(credential=held, by=ruth, at=NOW)
    assert list(queries.credentials_held(ruth)) == [held]
    assert [entry.verb for entry in history(held)] == ["restore-credential", "remove-credential"]


def test_a_change_keeps_before_and_after(ruth: Person) -> None:
    held = HeldCredentialFactory(person=ruth, number="A 1")
    changed = actions.change_credential(
        credential=held, number="A 2", issued_on=held.issued_on, expires_on=held.expires_on, by=ruth, at=NOW
    )
    assert isinstance(changed, HeldCredential)
    entry = history(held).get()
    assert (entry.before, entry.after) == ({"number": "A 1"}, {"number": "A 2"})


VALUES: list[FactValue] = [True, False, Decimal("12.50"), date(2024, 2, 29), "internal", ("a", "b"), ()]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_fact_comes_back_as_it_was_stated(ruth: Person, value: FactValue) -> None:
    actions.state_fact(person=ruth, name="holds-dea", value=value, by=ruth, at=NOW)
    assert queries.clinician_of(ruth).facts == {"holds-dea": value}


def test_a_fact_is_replaced_and_withdrawn(ruth: Person) -> None:
    for value in (True, False, False):
        actions.state_fact(person=ruth, name="holds-dea", value=value, by=ruth, at=NOW)
    assert Fact.objects.count() == 1
    assert queries.clinician_of(ruth).facts == {"holds-dea": False}
    actions.withdraw_fact(person=ruth, name="holds-dea", by=ruth, at=NOW)
    assert queries.clinician_of(ruth).facts == {}
    assert [entry.verb for entry in history(ruth)] == ["withdraw-fact", "state-fact", "state-fact"]


def test_a_fact_of_one_credential_stays_with_it(ruth: Person) -> None:
    held = HeldCredentialFactory(person=ruth, number="A 1", issued_on=None)
    actions.state_fact(person=ruth, name="in-residency", value=True, credential=held, by=ruth, at=NOW)
    clinician, credentials = queries.clinician_and_credentials(ruth)
    assert clinician.facts == {}
    assert credentials == (
        Credential("us-ca-md", number="A 1", expires=held.expires_on, facts={"in-residency": True}),
    )


def test_a_credential_of_somebody_else_takes_no_fact(ruth: Person, stranger: Person) -> None:
    held = HeldCredentialFactory(person=stranger)
    refused = actions.state_fact(person=ruth, name="x", value=True, credential=held, by=ruth, at=NOW)
    assert isinstance(refused, Refusal)


def profile(person: Person, by: Person, **changes: Any) -> Person | Refusal:
    stated: dict[str, Any] = {
        "given_name": "Ruth",
        "family_name": "Mehta",
        "profession": "physician",
        "degree": "DO",
        "birth_on": date(1980, 5, 17),
        "specialties": ["internal-medicine"],
        "time_zone": "America/Los_Angeles",
        **changes,
    }
    return actions.change_profile(person=person, by=by, at=NOW, **stated)


def test_a_profile_is_what_rules_see(ruth: Person) -> None:
    changed = profile(ruth, ruth)
    assert isinstance(changed, Person)
    clinician = queries.clinician_of(changed)
    assert (clinician.degree, clinician.birth_date) == ("DO", date(1980, 5, 17))
    assert clinician.specialties == ("internal-medicine",)


def test_not_stated_is_not_none(ruth: Person) -> None:
    assert queries.clinician_of(ruth).specialties is None
    changed = profile(ruth, ruth, specialties=[])
    assert isinstance(changed, Person)
    assert queries.clinician_of(changed).specialties == ()


@pytest.mark.parametrize("wrong", [{"birth_on": date(1800, 1, 1)}, {"time_zone": "Mars/Olympus"}])
def test_a_profile_that_cannot_be_is_refused(ruth: Person, wrong: dict[str, Any]) -> None:
    assert isinstance(profile(ruth, ruth, **wrong), Refusal)


def test_an_address_has_one_account_however_it_is_written(db: None) -> None:
    first = actions.open_account(email="Ruth@Example.org", password=None, by=None, at=NOW)
    again = actions.open_account(email="ruth@example.ORG ", password=None, by=None, at=NOW)
    assert isinstance(first, Person)
    assert isinstance(again, Refusal)
    assert queries.person_by_email("RUTH@example.org") == first


def test_a_stranger_may_do_none_of_this(ruth: Person, stranger: Person) -> None:
    held = HeldCredentialFactory(person=ruth)
    tried = [
        california(ruth, stranger, number="new"),
        actions.change_credential(
            credential=held, number="x", issued_on=None, expires_on=None, by=stranger, at=NOW
        ),
        actions.remove_credential(credential=held, by=stranger, at=NOW),
        actions.restore_credential(credential=held, by=stranger, at=NOW),
        actions.state_fact(person=ruth, name="holds-dea", value=True, by=stranger, at=NOW),
        actions.withdraw_fact(person=ruth, name="holds-dea", by=stranger, at=NOW),
        profile(ruth, stranger),
    ]
    assert [one.rule if isinstance(one, Refusal) else one for one in tried] == ["not-yours"] * len(tried)
    assert not history(ruth).exists()
    assert queries.credential_held(stranger, held.key) is None


def test_who_was_switched_off_may_do_nothing(ruth: Person) -> None:
    ruth.is_active = False
    assert isinstance(california(ruth, ruth), Refusal)


def test_a_name_is_one_line(ruth: Person) -> None:
    changed = profile(
        ruth, ruth, given_name="Ruth\r\nBcc: all@example.org"[:6], family_name="  van \n der  Berg "
    )
    assert isinstance(changed, Person)
    assert changed.full_name == "Ruth van der Berg"


@pytest.mark.parametrize(
    "name", ["see https://evil.example", "WWW.evil.example", "a@evil.example", "<b>Ruth</b>", "Ru\u202eth"]
)
def test_a_name_leads_nowhere(ruth: Person, name: str) -> None:
    refused = profile(ruth, ruth, family_name=name)
    assert isinstance(refused, Refusal)
    assert refused.rule == "name"
