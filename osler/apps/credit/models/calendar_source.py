"""A calendar that brings records: where it is, which of its events are education, what became of each."""

from functools import partial

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

new_key = partial(get_random_string, 10, "bcdfghjkmnpqrstvwxyz23456789")


class CalendarSource(models.Model):
    """One calendar of one person: subscribed to by its address, or uploaded (``url`` is then empty).

    ``filters`` are the words, organisers and categories by which education is known (``adapters.calendars``);
    nothing is proposed before ``chosen_at``. ``trouble`` is the remark on the last reading that failed.
    """

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendars")
    name = models.CharField(max_length=120)
    # An address may carry a secret: it is never shown whole, and never logged.
    url = models.CharField(max_length=1000, blank=True)
    filters = models.JSONField(default=dict)
    chosen_at = models.DateTimeField(null=True)
    etag = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    trouble = models.JSONField(default=list)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-added_at", "-id"]
        indexes = [
            models.Index(
                fields=["asked_at"],
                name="credit_calendars_to_read",
                condition=models.Q(removed_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.name


class CalendarFile(models.Model):
    """The calendar as it was last read, apart from it so that lists never load it."""

    calendar = models.OneToOneField(CalendarSource, on_delete=models.CASCADE, related_name="file")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)


class CalendarEvent(models.Model):
    """One past event that looks like education. ``occurrence`` tells repetitions of one ``uid`` apart.

    ``held_on`` is the day on which it ended where it took place; ``minutes`` its length, 0 where none is
    told. ``record`` is the record it became or was recognised as.
    """

    class State(models.TextChoices):
        """What became of the proposal."""

        PROPOSED = "proposed", _("to confirm")
        ADDED = "added", _("added")
        MATCHED = "matched", _("there already")
        LEFT_OUT = "left-out", _("left out")
        GONE = "gone", _("no longer in the calendar")

    calendar = models.ForeignKey(CalendarSource, on_delete=models.CASCADE, related_name="events")
    uid = models.CharField(max_length=300)
    occurrence = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300)
    organiser = models.CharField(max_length=200, blank=True)
    location = models.CharField(max_length=300, blank=True)
    starts_at = models.DateTimeField()
    held_on = models.DateField()
    minutes = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    record = models.ForeignKey(
        "credit.Record", on_delete=models.SET_NULL, null=True, blank=True, related_name="calendar_events"
    )
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "uid", "occurrence"], name="credit_one_event_per_occurrence"
            )
        ]
        indexes = [models.Index(fields=["calendar", "state", "-starts_at"], name="credit_calendar_events")]
