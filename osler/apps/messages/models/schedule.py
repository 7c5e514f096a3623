"""When each recurring job is next due."""

from django.db import models


class Schedule(models.Model):
    """One job of the house's timetable (``settings.OSLER_SCHEDULE``): its row is the lock of its workers."""

    name = models.CharField(max_length=40, unique=True)
    cron = models.CharField(max_length=60)
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
