"""Changes elsewhere refresh the standings of the person concerned."""

from datetime import datetime
from typing import Any

from osler.apps.credit.signals import records_changed
from osler.apps.messages.signals import preferences_changed
from osler.apps.people.signals import credential_changed, fact_changed, profile_changed
from osler.apps.requirements.tasks import refresh_standings


def listen() -> None:
    """Connects every signal that may change an answer; called once when Django is ready."""
    for signal in (records_changed, credential_changed, fact_changed, profile_changed):
        signal.connect(answers_may_have_changed, dispatch_uid="requirements.standings")
    # Reminders and digests fall due at other moments.
    preferences_changed.connect(answers_may_have_changed, dispatch_uid="requirements.rhythms")


def answers_may_have_changed(sender: Any, *, person_id: int, at: datetime, **told: Any) -> None:
    """Leaves a job that works out the person's standings again; many changes at once do no harm."""
    refresh_standings.enqueue(person_id, at.isoformat())
