"""What somebody wrote about something they completed."""

from functools import partial

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string

# No vowels and nothing that is read wrong aloud: a key may be spelled over the telephone.
new_key = partial(get_random_string, 10, "bcdfghjkmnpqrstvwxyz23456789")


class Reflection(models.Model):
    """What was learned from one record; one per record, kept when it is taken away so that this can be
    undone.
    """

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reflections")
    record = models.OneToOneField("credit.Record", on_delete=models.CASCADE, related_name="reflection")
    learned = models.TextField(max_length=5000)
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-written_at", "-id"]
        indexes = [
            models.Index(
                fields=["person", "-written_at"], name="outcomes_written", condition=models.Q(removed_at=None)
            )
        ]
