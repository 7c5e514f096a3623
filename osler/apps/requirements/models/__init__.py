"""What is kept of answers: the last one per credential, and every cycle as it was when it closed."""

from osler.apps.requirements.models.closed_cycle import ClosedCycle
from osler.apps.requirements.models.standing import Standing

__all__ = ["ClosedCycle", "Standing"]
