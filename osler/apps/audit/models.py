"""One table: what was done."""

from django.db import models


class Entry(models.Model):
    """One deed. ``by_id`` is the person who did it (``None``: Osler itself), ``on_behalf_of_id`` for whom
    they acted.

    ``before`` and ``after`` hold only what the deed changed. Ids are plain numbers and texts without foreign
    keys: deleting a person must not delete what is known to have happened. Of somebody who has gone the
    contents are erased (``erased_at``), the deed stays.
    """

    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    on_behalf_of_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-at"], name="audit_subject"),
            models.Index(fields=["by_id", "-at"], name="audit_by"),
            models.Index(fields=["on_behalf_of_id", "-at"], name="audit_for"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject_type} {self.subject_id}"
