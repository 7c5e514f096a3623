"""Telling others what changed, always after commit."""

from django.db import transaction
from django.dispatch import Signal


def sent_on_commit(signal: Signal, sender: type, **told: object) -> None:
    """Sends a signal once the transaction is through."""
    transaction.on_commit(lambda: signal.send(sender=sender, **told))
