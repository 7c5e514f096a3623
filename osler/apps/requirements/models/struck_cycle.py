"""A kept cycle that its holder struck, because it was entered wrongly."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class StruckCycle(models.Model):
    """The holder's word that a kept cycle never was: it leaves every list; what was kept stays.

    ``brought_back_at`` takes the word back; both are told in the audit log.
    """

    credential = models.ForeignKey(
        "people.HeldCredential", on_delete=models.CASCADE, related_name="struck_cycles"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="struck_cycles"
    )
    start_on = models.DateField()
    last_on = models.DateField()
    note = models.CharField(max_length=400)
    struck_at = models.DateTimeField()
    brought_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["credential_id", "last_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["credential", "last_on"],
                condition=models.Q(brought_back_at=None),
                name="requirements_struck_once",
            )
        ]
