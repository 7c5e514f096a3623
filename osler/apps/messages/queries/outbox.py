"""What was sent to whom."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet

from osler.apps.messages.models import Attempt, Message

if TYPE_CHECKING:
    from osler.apps.people.models import Person


def messages_to(person: Person, search: str = "") -> QuerySet[Message]:
    """Everything written to a person, newest first; with ``search`` only what has every word of it.

    Texts are left out: a list never loads them.
    """
    found = Message.objects.filter(person=person).defer("text", "html")
    for word in search.split()[:10]:
        found = found.filter(Q(subject__icontains=word) | Q(text__icontains=word))
    return found


def message_to(person: Person, key: str) -> Message | None:
    """One message with its attempts; never anybody else's."""
    attempts = Prefetch("attempts", Attempt.objects.order_by("at", "id"))
    return Message.objects.filter(person=person, key=key).prefetch_related(attempts).first()


def waiting(at: datetime, most: int) -> list[int]:
    """Ids of messages that may be sent at ``at``, the longest waiting first."""
    rows = Message.objects.filter(state=Message.State.QUEUED, send_at__lte=at)
    return list(rows.order_by("send_at", "id").values_list("id", flat=True)[:most])


def was_told(person_id: int, kind: str, about: str, period: str) -> bool:
    """Whether exactly this was queued before, whatever became of it."""
    return Message.objects.filter(person_id=person_id, kind=kind, about=about, period=period).exists()
