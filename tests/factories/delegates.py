"""Assistants for tests: somebody with a confirmed address who may act for somebody else."""

from datetime import date

from allauth.account.models import EmailAddress

from osler.apps.people import actions
from osler.apps.people.models import Delegation, Person
from tests.factories import NOW, PersonFactory


def confirmed(person: Person) -> Person:
    """The person, whose address is confirmed."""
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def an_assistant(
    person: Person, scope: str = "see", ends_on: date | None = None
) -> tuple[Person, Delegation]:
    """Somebody who was asked, accepted, and may act for ``person`` from ``NOW`` on."""
    assistant = confirmed(PersonFactory(given_name="Ada", family_name="Assistant"))
    asked = actions.invite_assistant(
        person=person, address=assistant.email, scope=scope, ends_on=ends_on, by=person, at=NOW
    )
    assert isinstance(asked, Delegation), asked
    accepted = actions.accept_delegation(delegation=asked, by=assistant, at=NOW)
    assert isinstance(accepted, Delegation), accepted
    assistant.refresh_from_db()
    return assistant, accepted
