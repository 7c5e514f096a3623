"""The outbox: one row per mail, and one per attempt to send it."""

from functools import partial

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

new_key = partial(get_random_string, 10, "bcdfghjkmnpqrstvwxyz23456789")


class Message(models.Model):
    """One mail to one person, as it was or will be sent.

    ``about`` and ``period`` with person and kind are its once-key: the same news is never queued twice.
    ``send_at`` is the earliest moment of the next attempt; ``claimed_at`` when a worker last took it up.
    """

    class State(models.TextChoices):
        """Where a message stands; see ``TRANSITIONS``."""

        QUEUED = "queued", _("waiting to be sent")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not delivered")
        UNCERTAIN = "uncertain", _("perhaps sent")
        WITHDRAWN = "withdrawn", _("no longer needed")

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=30)
    about = models.CharField(max_length=120)
    period = models.CharField(max_length=60)
    address = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    send_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-queued_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "about", "period"], name="messages_once")
        ]
        indexes = [
            models.Index(fields=["person", "-queued_at"], name="messages_of_person"),
            models.Index(
                fields=["send_at"],
                name="messages_waiting",
                condition=models.Q(state__in=["queued", "sending"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.state})"


_STATE = Message.State
TRANSITIONS: dict[str, frozenset[str]] = {
    _STATE.QUEUED: frozenset({_STATE.SENDING}),
    _STATE.SENDING: frozenset(
        {_STATE.SENT, _STATE.QUEUED, _STATE.FAILED, _STATE.UNCERTAIN, _STATE.WITHDRAWN}
    ),
    _STATE.UNCERTAIN: frozenset({_STATE.QUEUED}),
    _STATE.FAILED: frozenset({_STATE.QUEUED}),
    _STATE.SENT: frozenset(),
    _STATE.WITHDRAWN: frozenset(),
}
"""From which state a message may go to which. Only its reader queues it again."""


class Attempt(models.Model):
    """One attempt to send a message and what came of it: the receipt."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=Message.State.choices)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]
