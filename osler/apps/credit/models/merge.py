"""Two records of one activity made one, and two that look alike said to be different."""

from functools import partial

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string

new_key = partial(get_random_string, 10, "bcdfghjkmnpqrstvwxyz23456789")


class Merge(models.Model):
    """One merging. ``absorbed`` stays as it was, out of the transcript; ``kept`` holds the best of both.

    ``before`` is what ``kept`` held, ``after`` what it held since (both as ``actions.writing.values_of``
    writes them), so that undoing brings ``before`` back and leaves alone what was changed later. ``moved``
    are the ids of the documents that came over from ``absorbed``.
    """

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="merges")
    kept = models.ForeignKey("credit.Record", on_delete=models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey("credit.Record", on_delete=models.CASCADE, related_name="absorptions")
    before = models.JSONField()
    after = models.JSONField()
    moved = models.JSONField(default=list)
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-merged_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=models.Q(undone_at=None),
                name="credit_merged_into_one_at_a_time",
            )
        ]
        indexes = [
            models.Index(fields=["kept"], name="credit_merges", condition=models.Q(undone_at=None)),
        ]


class Distinction(models.Model):
    """The person said that these two are different activities; ``first`` is the one with the lower id."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="distinctions"
    )
    first = models.ForeignKey("credit.Record", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("credit.Record", on_delete=models.CASCADE, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="credit_one_distinction_per_pair"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="credit_distinction_in_order"
            ),
        ]
