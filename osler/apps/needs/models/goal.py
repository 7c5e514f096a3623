"""What somebody sets out to learn or change, by when, and how far they are."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from osler.apps.needs.models.topic import new_key


class Goal(models.Model):
    """A goal with its date. ``topic`` is a slug or empty; ``reached_on`` is set while it is reached."""

    class State(models.TextChoices):
        """How far it is."""

        PLANNED = "planned", _("Planned")
        IN_PROGRESS = "in-progress", _("In progress")
        REACHED = "reached", _("Reached")
        DROPPED = "dropped", _("Dropped")

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="goals")
    topic = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=160)
    why = models.TextField(max_length=2000, blank=True)
    steps = models.TextField(max_length=2000, blank=True)
    measure = models.TextField(max_length=2000, blank=True)
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.PLANNED)
    reached_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["person", "due_on"], name="needs_plan", condition=models.Q(removed_at=None))
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Still to be reached."""
        return self.state in OPEN_STATES


OPEN_STATES = (Goal.State.PLANNED, Goal.State.IN_PROGRESS)

TRANSITIONS: dict[str, tuple[str, ...]] = {
    Goal.State.PLANNED: (Goal.State.IN_PROGRESS, Goal.State.REACHED, Goal.State.DROPPED),
    Goal.State.IN_PROGRESS: (Goal.State.REACHED, Goal.State.PLANNED, Goal.State.DROPPED),
    Goal.State.REACHED: (Goal.State.IN_PROGRESS, Goal.State.PLANNED),
    Goal.State.DROPPED: (Goal.State.PLANNED, Goal.State.IN_PROGRESS),
}
"""Where each state may go. Every move can be made back, which is how a move is undone."""


class GoalEvidence(models.Model):
    """A record of the transcript that shows progress toward a goal."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="evidence")
    record = models.ForeignKey("credit.Record", on_delete=models.CASCADE, related_name="+")
    linked_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["goal", "record"], name="needs_evidence_once")]
