"""One completed activity, what it gave, and what it was about."""

from functools import partial

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

# No vowels and nothing that is read wrong aloud: a key may be spelled over the telephone.
new_key = partial(get_random_string, 10, "bcdfghjkmnpqrstvwxyz23456789")


class Record(models.Model):
    """One completed activity in a person's transcript.

    ``key`` is the public id, unique for the person; an import keeps the id its file gives. A removed record
    stays, so that removing can be undone; one that was ``merged_into`` another is removed as well. ``tags``
    are the attributes rules ask for (``post-test speaker``), separated by blanks.
    """

    class Source(models.TextChoices):
        """How the record came into the transcript."""

        MANUAL = "manual", _("added by hand")
        IMPORT = "import", _("imported")
        DOCUMENT = "document", _("read from a certificate")
        CALENDAR = "calendar", _("from a calendar")
        API = "api", _("recorded by a program")

    key = models.CharField(max_length=40, default=new_key, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="records")
    title = models.CharField(max_length=300)
    provider = models.CharField(max_length=200, blank=True)
    completed_on = models.DateField()
    format = models.CharField(max_length=30, default="other")
    note = models.TextField(blank=True, max_length=2000)
    tags = models.CharField(max_length=400, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.MANUAL)
    came_with = models.ForeignKey(
        "credit.Import", on_delete=models.SET_NULL, null=True, blank=True, related_name="records"
    )
    came_from_line = models.PositiveIntegerField(null=True, blank=True)
    # The calendar or the token by name, as it was called then.
    source_detail = models.CharField(max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="absorbed"
    )
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-completed_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="credit_one_record_per_key"),
        ]
        indexes = [
            models.Index(
                fields=["person", "-completed_on", "-id"],
                name="credit_transcript",
                condition=models.Q(removed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tag_list(self) -> list[str]:
        """The tags, one by one."""
        return self.tags.split()


class RecordAmount(models.Model):
    """An amount of one credit type, in ticks (``core.credit.amount``); several of one record are the same
    hours.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="amounts")
    credit_type = models.CharField(max_length=40)
    ticks = models.BigIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["record", "credit_type"], name="credit_one_amount_per_type"),
            models.CheckConstraint(condition=models.Q(ticks__gt=0), name="credit_amount_above_zero"),
        ]


class RecordTopic(models.Model):
    """The share of a record's hours spent on one topic, in ticks; shares may overlap."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="topics")
    topic = models.CharField(max_length=80)
    ticks = models.BigIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["record", "topic"], name="credit_one_share_per_topic"),
            models.CheckConstraint(condition=models.Q(ticks__gt=0), name="credit_share_above_zero"),
        ]
