"""Tokens by which a program acts for a person, and the answers it was given to what it asked twice."""

from functools import partial

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

new_key = partial(get_random_string, 10, "bcdfghjkmnpqrstvwxyz23456789")


class AccessToken(models.Model):
    """One token of one person. Its secret is shown once and kept only as a hash (``secret_sha256``).

    ``beginning`` are the first letters of the secret, so that its holder can tell tokens apart.
    ``window_started_at`` and ``asked_in_window`` count what was asked in the running minute, in the database
    so that every process counts alike.
    """

    class Scope(models.TextChoices):
        """What a token may do."""

        READ = "read", _("read")
        RECORD = "record", _("read and record")

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="access_tokens"
    )
    name = models.CharField(max_length=80)
    scope = models.CharField(max_length=10, choices=Scope.choices)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    beginning = models.CharField(max_length=16)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    window_started_at = models.DateTimeField(null=True)
    asked_in_window = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.name


class KeptAnswer(models.Model):
    """What a token was answered under an idempotency key, to be given again for the same question.

    ``question_sha256`` is the hash of method, address and body. The row is committed with the deed, so that
    ``status`` is null only inside that transaction.
    """

    token = models.ForeignKey(AccessToken, on_delete=models.CASCADE, related_name="answers")
    idempotency_key = models.CharField(max_length=100)
    question_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["token", "idempotency_key"], name="people_one_answer_per_idempotency_key"
            )
        ]
        indexes = [models.Index(fields=["made_at"], name="people_kept_answers")]
