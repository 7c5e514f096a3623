"""Where and for whom somebody works."""

from django.conf import settings
from django.db import models


class PracticeProfile(models.Model):
    """One per person. Lists hold slugs of ``queries.practice``; ``often_seen`` slugs of topics.

    ``patient_hours`` are hours a week with patients; ``None`` is not stated, 0 is none.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practice")
    settings = models.JSONField(default=list)
    patient_groups = models.JSONField(default=list)
    often_seen = models.JSONField(default=list)
    patient_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    changed_at = models.DateTimeField()
