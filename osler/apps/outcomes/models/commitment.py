"""What somebody will do differently, when they look at it again, and what they found then."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from osler.apps.outcomes.models.reflection import Reflection, new_key


class Commitment(models.Model):
    """A change in practice somebody commits to, with the day on which they look at it again."""

    class State(models.TextChoices):
        """Whether it held, as its maker says."""

        OPEN = "open", _("Open")
        HELD = "held", _("It held")
        PARTLY = "partly", _("Partly")
        NOT_HELD = "not-held", _("It did not hold")
        DROPPED = "dropped", _("Dropped")

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    reflection = models.OneToOneField(Reflection, on_delete=models.CASCADE, related_name="commitment")
    text = models.TextField(max_length=2000)
    made_on = models.DateField()
    look_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)

    class Meta:
        ordering = ["look_on", "id"]
        indexes = [
            models.Index(fields=["look_on"], name="outcomes_to_look", condition=models.Q(state="open"))
        ]

    def __str__(self) -> str:
        return self.text


TRANSITIONS: dict[str, tuple[str, ...]] = {
    # Open again: too early to say, with another day.
    Commitment.State.OPEN: (
        Commitment.State.HELD,
        Commitment.State.PARTLY,
        Commitment.State.NOT_HELD,
        Commitment.State.OPEN,
        Commitment.State.DROPPED,
    ),
    Commitment.State.HELD: (Commitment.State.OPEN,),
    Commitment.State.PARTLY: (Commitment.State.OPEN,),
    Commitment.State.NOT_HELD: (Commitment.State.OPEN,),
    Commitment.State.DROPPED: (Commitment.State.OPEN,),
}
"""Where each state may go; what was answered goes back to open when the answer is taken back."""


class FollowUp(models.Model):
    """One look at a commitment: what was found, in words, and the day it was due on before that look."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="follow_ups")
    result = models.CharField(max_length=10, choices=Commitment.State.choices)
    note = models.TextField(max_length=2000, blank=True)
    was_due_on = models.DateField()
    looked_on = models.DateField()
    looked_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["looked_at", "id"]
