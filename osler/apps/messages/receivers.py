"""Letters that wait leave a job."""

from datetime import datetime
from typing import Any

from osler.apps.messages.signals import messages_queued
from osler.apps.messages.tasks import deliver


def listen() -> None:
    """Connects the receivers; called once when Django is ready."""
    messages_queued.connect(letters_wait, dispatch_uid="messages.deliver")


def letters_wait(sender: Any, *, at: datetime, **told: Any) -> None:
    """Enqueued in the transaction of the letter, so that it is never sent before the commit."""
    deliver.enqueue()
