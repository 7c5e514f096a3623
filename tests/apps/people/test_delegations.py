"""Who may act for whom: asking, answering, ending, and how far each right reaches."""

from datetime import date, timedelta
from typing import Any

import pytest

from osler.apps.audit.queries import history
from osler.apps.credit.actions import add_record, change_record, remove_record
from osler.apps.credit.models import Record
from osler.apps.people import actions, permissions, queries
from osler.apps.people.models import Delegation, Person
from osler.core.credit.refusal import Refusal
from tests.factories import NOW, HeldCredentialFactory, PersonFactory, a_record, draft
from tests.factories.delegates import an_assistant, confirmed


def asked(person: Person, address: str, **changes: Any) -> Delegation | Refusal:
    stated: dict[str, Any] = {"scope": "record", "ends_on": None, "by": person, "at": NOW, **changes}
    return actions.invite_assistant(person=person, address=address, **stated)


def rule_of(result: object) -> str:
    return result.rule if isinstance(result, Refusal) else ""


def test_asking_accepting_and_ending_is_written_down_on_both_sides(ruth: Person) -> None:
    assistant, held = an_assistant(ruth)
    assert assistant.is_assistant
    assert queries.delegations_held(assistant, NOW) == [held]
    actions.end_delegation(delegation=held, by=assistant, at=NOW)
    entries = list(history(held))
    assert [entry.verb for entry in entries] == ["end-delegation", "accept-delegation", "invite-assistant"]
    assert [(entry.by_id, entry.on_behalf_of_id) for entry in entries] == [
        (assistant.pk, ruth.pk),
        (assistant.pk, ruth.pk),
        (ruth.pk, None),
    ]
    assistant.refresh_from_db()
    assert not assistant.is_assistant


def test_only_who_confirmed_the_address_can_accept(ruth: Person, stranger: Person) -> None:
    assistant = PersonFactory(email="ada@example.org")
    made = asked(ruth, "Ada@Example.org ")
    assert isinstance(made, Delegation)
    assert rule_of(actions.accept_delegation(delegation=made, by=confirmed(stranger), at=NOW)) == "not-yours"
    # The account has the address, but nobody has shown that it is theirs.
    assert rule_of(actions.accept_delegation(delegation=made, by=assistant, at=NOW)) == "not-yours"
    assert isinstance(actions.accept_delegation(delegation=made, by=confirmed(assistant), at=NOW), Delegation)


@pytest.mark.parametrize(
    ("address", "changes", "rule"),
    [
        ("no address", {}, "no-address"),
        ("there@example.org", {}, "asked-already"),
        ("new@example.org", {"ends_on": date(2026, 1, 30)}, "day-over"),
    ],
)
def test_what_cannot_be_asked(ruth: Person, address: str, changes: dict[str, Any], rule: str) -> None:
    asked(ruth, "there@example.org")
    assert rule_of(asked(ruth, address, **changes)) == rule


def test_nobody_is_their_own_assistant(ruth: Person) -> None:
    assert rule_of(asked(ruth, ruth.email.upper())) == "oneself"


def test_a_request_lapses(ruth: Person) -> None:
    made = asked(ruth, "ada@example.org")
    assert isinstance(made, Delegation)
    late = NOW + timedelta(days=31)
    ada = confirmed(PersonFactory(email="ada@example.org"))
    assert rule_of(actions.accept_delegation(delegation=made, by=ada, at=late)) == "too-late"


def test_who_declined_can_be_asked_again(ruth: Person) -> None:
    ada = confirmed(PersonFactory(email="ada@example.org"))
    made = asked(ruth, ada.email)
    assert isinstance(made, Delegation)
    actions.decline_delegation(delegation=made, by=ada, at=NOW)
    assert rule_of(actions.accept_delegation(delegation=made, by=ada, at=NOW)) == "over"
    assert isinstance(asked(ruth, ada.email), Delegation)


def test_an_assistant_hands_on_nothing(ruth: Person, stranger: Person) -> None:
    assistant, held = an_assistant(ruth, "all")
    assert rule_of(asked(ruth, "third@example.org", by=assistant)) == "not-yours"
    wider = actions.change_delegation(delegation=held, scope="all", ends_on=None, by=assistant, at=NOW)
    assert rule_of(wider) == "not-yours"
    assert rule_of(permissions.may_change_account(by=assistant, person=ruth)) == "not-yours"
    assert rule_of(actions.end_delegation(delegation=held, by=stranger, at=NOW)) == "not-yours"


@pytest.mark.parametrize(
    ("scope", "seeing", "recording", "changing"),
    [
        ("see", "", "right-missing", "right-missing"),
        ("record", "", "", "right-missing"),
        ("all", "", "", ""),
    ],
)
def test_how_far_each_right_reaches(
    ruth: Person, scope: str, seeing: str, recording: str, changing: str
) -> None:
    held = HeldCredentialFactory(person=ruth)
    record = a_record(ruth)
    assistant, _delegation = an_assistant(ruth, scope)
    assert rule_of(permissions.may_see(by=assistant, person=ruth, at=NOW)) == seeing
    tried = [
        add_record(person=ruth, draft=draft("New"), by=assistant, at=NOW),
        change_record(record=record, draft=draft("Changed"), by=assistant, at=NOW),
        remove_record(record=record, by=assistant, at=NOW),
    ]
    assert [rule_of(one) for one in tried] == [recording] * 3
    licence = actions.remove_credential(credential=held, by=assistant, at=NOW)
    fact = actions.state_fact(person=ruth, name="holds-dea", value=True, by=assistant, at=NOW)
    assert [rule_of(licence), rule_of(fact)] == [changing] * 2


def test_the_log_says_who_and_for_whom(ruth: Person) -> None:
    assistant, _held = an_assistant(ruth, "record")
    record = add_record(person=ruth, draft=draft(), by=assistant, at=NOW)
    assert isinstance(record, Record)
    entry = history(record).get()
    assert (entry.by_id, entry.on_behalf_of_id) == (assistant.pk, ruth.pk)


def test_an_assistant_of_one_is_a_stranger_to_another(ruth: Person, stranger: Person) -> None:
    assistant, _held = an_assistant(ruth, "all")
    assert rule_of(add_record(person=stranger, draft=draft(), by=assistant, at=NOW)) == "not-yours"
    assert rule_of(permissions.may_see(by=ruth, person=assistant, at=NOW)) == "not-yours"


def test_the_last_day_is_the_persons_own(ruth: Person) -> None:
    Person.objects.filter(pk=ruth.pk).update(time_zone="America/Los_Angeles")
    ruth.refresh_from_db()
    assistant, held = an_assistant(ruth, "all", ends_on=NOW.date())
    late = NOW.replace(hour=23) + timedelta(hours=8)  # 31 January, 23:00 in Los Angeles
    assert permissions.may_change(by=assistant, person=ruth, at=late) is None
    over = late + timedelta(hours=1)
    assert rule_of(permissions.may_change(by=assistant, person=ruth, at=over)) == "not-yours"
    assert queries.acting_delegation(assistant=assistant, key=held.key, at=over) is None


def test_who_was_switched_off_acts_for_nobody(ruth: Person) -> None:
    assistant, held = an_assistant(ruth, "all")
    assistant.is_active = False
    assert queries.acting_delegation(assistant=assistant, key=held.key, at=NOW) is None
    assert rule_of(permissions.may_change(by=assistant, person=ruth, at=NOW)) == "not-yours"
    assistant.is_active = True
    Person.objects.filter(pk=ruth.pk).update(is_active=False)
    assert queries.acting_delegation(assistant=assistant, key=held.key, at=NOW) is None
