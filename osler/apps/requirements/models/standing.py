"""The last answer per credential, for lists, mails and search."""

from django.conf import settings
from django.db import models


class Standing(models.Model):
    """Where one credential stood when it was last worked out; pages show the live answer instead.

    ``missing`` lists what is left as ``[requirement id, title, ticks, unit]``; ``percent`` is the share of
    the whole that is done; ``set_version`` the effective date of the rules that were used;
    ``cycle_ends_on`` the last day of the running cycle.
    """

    credential = models.OneToOneField(
        "people.HeldCredential", on_delete=models.CASCADE, related_name="standing"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="standings")
    status = models.CharField(max_length=16)
    percent = models.PositiveSmallIntegerField()
    missing = models.JSONField(default=list)
    due_on = models.DateField(null=True)
    cycle_ends_on = models.DateField(null=True)
    as_of = models.DateField()
    set_version = models.DateField(null=True)
    computed_at = models.DateTimeField()

    class Meta:
        ordering = ["credential_id"]
        indexes = [
            models.Index(fields=["status", "due_on"], name="requirements_due"),
            models.Index(fields=["cycle_ends_on"], name="requirements_cycle_ends"),
        ]
