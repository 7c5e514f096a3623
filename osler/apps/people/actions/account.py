"""What happens to the account itself is done by allauth; here it is written into the person's log."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from osler.apps.audit import actions as audit
from osler.apps.people.models import Person

ACCOUNT_EVENTS = (
    "open-account",
    "sign-in",
    "change-password",
    "set-password",
    "reset-password",
    "add-email",
    "confirm-email",
    "change-email",
    "remove-email",
    "add-factor",
    "remove-factor",
    "renew-recovery-codes",
    "link-sign-in",
    "unlink-sign-in",
    "end-session",
)


def note_account_event(
    *, person: Person, event: str, at: datetime, detail: Mapping[str, str] | None = None
) -> None:
    """One of ``ACCOUNT_EVENTS``, by the person themselves. ``detail`` never holds a secret."""
    if event not in ACCOUNT_EVENTS:
        raise ValueError(f"There is no account event called {event}.")
    with transaction.atomic():
        audit.record(verb=event, subject=person, by=person, at=at, after=detail)


def note_failed_sign_in(*, person: Person, kind: str, address: str, at: datetime) -> None:
    """Somebody tried to be this person and had a wrong ``kind`` (``password``, ``code``), from an address of
    the network. Osler notes it: whoever it was, nobody has shown to be the person.
    """
    with transaction.atomic():
        audit.record(
            verb=f"wrong-{kind}",
            subject=person,
            by=None,
            on_behalf_of=person,
            at=at,
            after={"from": address},
        )
