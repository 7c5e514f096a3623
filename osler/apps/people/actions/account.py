"""What happens to the account itself is done by allauth; here it is written into the person's log."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from osler.apps.audit import actions as audit
from osler.apps.people.models import Person

ACCOUNT_EVENTS = (
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
