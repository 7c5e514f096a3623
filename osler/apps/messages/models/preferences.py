"""What a person wants to be told, and when."""

from django.conf import settings
from django.db import models


class Preferences(models.Model):
    """One person's wishes; who never stated any has no row and gets the defaults of ``queries``.

    ``off`` names the kinds that are switched off, ``distances`` the days before a due date, longest first.
    ``digest_weekday`` counts from Monday, 0. ``hour`` is an hour of the person's own day.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_preferences"
    )
    off = models.JSONField(default=list)
    distances = models.JSONField(default=list)
    digest_weekday = models.PositiveSmallIntegerField()
    hour = models.PositiveSmallIntegerField()
    changed_at = models.DateTimeField()
