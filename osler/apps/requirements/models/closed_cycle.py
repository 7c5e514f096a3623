"""A cycle that has ended, with the whole answer as it was given when it closed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from osler.apps.requirements.packing import unpacked


class ClosedCycle(models.Model):
    """One assessment of one cycle, kept for ever as it was; the database refuses to change a row.

    ``number`` counts the assessments of a cycle: 1 is the one kept when it closed, a later one stands beside
    it and says in ``note`` why it was made. ``packed`` holds the answer as JSON, compressed; ``digest`` is
    the SHA-256 of that JSON, ``set_hash`` that of the file of rules it was worked out with.
    """

    class Reason(models.TextChoices):
        """Why the answer was kept."""

        ENDED = "ended"
        RENEWED = "renewed"
        ASKED = "asked"
        CORRECTED = "corrected"

    credential = models.ForeignKey(
        "people.HeldCredential", on_delete=models.CASCADE, related_name="closed_cycles"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="closed_cycles"
    )
    start_on = models.DateField()
    last_on = models.DateField()
    number = models.PositiveSmallIntegerField(default=1)
    as_of = models.DateField()
    closed_at = models.DateTimeField()
    # No key to a row: a person who closes their account must not change what was kept for another.
    closed_by = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    note = models.CharField(max_length=400, blank=True)
    status = models.CharField(max_length=16)
    percent = models.PositiveSmallIntegerField()
    set_version = models.DateField(null=True)
    set_hash = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    packed = models.BinaryField()

    class Meta:
        ordering = ["credential_id", "last_on", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["credential", "last_on", "number"], name="requirements_closed_once"
            )
        ]

    @property
    def content(self) -> dict[str, Any]:
        """The answer as it was kept; raises ``ValueError`` where it is not what was kept."""
        return unpacked(bytes(self.packed), self.digest)
