"""Ruth Mehta's assistant: an account of her own, and the right to keep Ruth's record."""

from __future__ import annotations

from datetime import datetime

from osler.cli.demo_world.persona import Persona

EMAIL = "nora.lindqvist@demo.example"


def assistant() -> Persona:
    """Somebody who holds no licence and helps one who does."""
    return Persona(
        email=EMAIL,
        who="Ruth Mehta's assistant: acts for her, from the account menu",
        given_name="Nora",
        family_name="Lindqvist",
    )


def let_her_act(*, person_email: str, at: datetime) -> None:
    """Ruth asks, Nora accepts; once, so that a right which somebody ended while trying stays ended."""
    from osler.apps.people import actions
    from osler.apps.people.queries import person_by_email
    from osler.core.credit.refusal import Refusal

    person, helper = person_by_email(person_email), person_by_email(EMAIL)
    if person is None or helper is None:
        return
    asked = actions.invite_assistant(
        person=person, address=EMAIL, scope="record", ends_on=None, by=person, at=at
    )
    if not isinstance(asked, Refusal):
        actions.accept_delegation(delegation=asked, by=helper, at=at)
