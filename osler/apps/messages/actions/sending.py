"""Sending what waits: one claim per message, one receipt per attempt, retries that wait longer each time.

A message is claimed by a single update before it is handed over, so two workers never send the same one. If a
worker dies in between, nobody knows whether the mail left: it is then shown as "perhaps sent" and not sent
again by itself.
"""

from __future__ import annotations

import smtplib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F

from osler.apps.messages.actions.addresses import address, off_token
from osler.apps.messages.actions.outbox import TEST
from osler.apps.messages.models import Attempt, Message
from osler.apps.messages.queries import always_leaves, kind_named, wishes_of
from osler.apps.messages.queries.outbox import waiting

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 1440))
"""How long to wait after the first, second … attempt that failed for now; after the last it has failed."""

AT_ONCE = 200
STUCK_AFTER = timedelta(hours=1)
FRESH = timedelta(minutes=5)
PERMANENT = 500
State = Message.State


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a round: messages sent, when the next one waits, and whether more are ready now."""

    sent: int
    next_at: datetime | None
    has_more: bool


def deliver(*, at: datetime, most: int = AT_ONCE) -> Delivered:
    """Sends what waits, at most ``most`` messages over one connection."""
    settle_stuck(at=at)
    ready = waiting(at, most)
    sent = 0
    if ready:
        connection = get_connection()
        for message_id in ready:
            sent += _send(message_id, connection, at)
        with suppress(OSError, smtplib.SMTPException):
            connection.close()
    later = Message.objects.filter(state=State.QUEUED).order_by("send_at").values_list("send_at", flat=True)
    next_at = later.first()
    return Delivered(sent, next_at, has_more=len(ready) == most and next_at is not None and next_at <= at)


def settle_stuck(*, at: datetime) -> int:
    """What a worker took up and never settled is "perhaps sent" from then on; returns how many."""
    stuck = Message.objects.filter(state=State.SENDING, claimed_at__lt=at - STUCK_AFTER)
    count = 0
    for message in stuck.defer("text", "html"):
        count += _settled(message, State.UNCERTAIN, at, "the process ended while this was being sent")
    return count


def _send(message_id: int, connection: Any, at: datetime) -> int:
    claimed = Message.objects.filter(pk=message_id, state=State.QUEUED, send_at__lte=at).update(
        state=State.SENDING, claimed_at=at, tries=F("tries") + 1
    )
    if not claimed:
        return 0
    message = Message.objects.select_related("person").get(pk=message_id)
    if not _is_wanted(message, at):
        _settled(message, State.WITHDRAWN, at)
        return 0
    try:
        _mail(message, connection).send()
    except (OSError, smtplib.SMTPException) as error:
        # The next message opens a connection of its own.
        with suppress(OSError, smtplib.SMTPException):
            connection.close()
        _failed(message, error, at)
        return 0
    _settled(message, State.SENT, at)
    return 1


def _is_wanted(message: Message, at: datetime) -> bool:
    """Nothing to closed accounts, of a kind switched off since, or of news that were overtaken."""
    if not message.person.is_active:
        return False
    if not (message.kind == TEST or always_leaves(message.kind)) and not wishes_of(message.person_id).wants(
        message.kind
    ):
        return False
    kind = kind_named(message.kind)
    is_fresh = at - message.queued_at < FRESH
    return is_fresh or kind is None or kind.is_still_wanted is None or kind.is_still_wanted(message, at)


def _mail(message: Message, connection: Any) -> EmailMultiAlternatives:
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    unsubscribe = {}
    if not always_leaves(message.kind):
        off_url = address("messages:off", off_token(message.person_id, message.kind))
        unsubscribe = {
            "List-Unsubscribe": f"<{off_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    mail = EmailMultiAlternatives(
        message.subject,
        message.text,
        settings.DEFAULT_FROM_EMAIL,
        [message.address],
        connection=connection,
        headers={
            # The same in every attempt, so that a mail server that got it twice can tell.
            "Message-ID": f"<{message.key}.{message.queued_at:%Y%m%d}@{host}>",
            **unsubscribe,
            "List-Id": f"Osler {message.kind} <{message.kind}.osler.{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(message.html, "text/html")
    return mail


def _failed(message: Message, error: Exception, at: datetime) -> None:
    detail = str(error) or type(error).__name__
    if _is_permanent(error) or message.tries > len(BACK_OFF):
        _settled(message, State.FAILED, at, detail)
    else:
        _settled(message, State.QUEUED, at, detail, send_at=at + BACK_OFF[message.tries - 1])


def _is_permanent(error: Exception) -> bool:
    """The server refused this mail for good. Wrong credentials of ours are put right by the operator."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _said in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= PERMANENT


def _settled(
    message: Message, state: Message.State, at: datetime, detail: str = "", send_at: datetime | None = None
) -> int:
    """From ``sending`` to ``state`` with a receipt; 0 where another worker settled it meanwhile."""
    changes: dict[str, Any] = {"state": state}
    if state == State.SENT:
        changes["sent_at"] = at
    if send_at is not None:
        changes["send_at"] = send_at
    with transaction.atomic():
        moved = Message.objects.filter(pk=message.pk, state=State.SENDING).update(**changes)
        if moved:
            Attempt.objects.create(message_id=message.pk, at=at, state=state, detail=detail[:300])
    return moved
