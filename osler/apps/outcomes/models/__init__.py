"""Tables: Reflection, Commitment, FollowUp."""

from osler.apps.outcomes.models.commitment import TRANSITIONS, Commitment, FollowUp
from osler.apps.outcomes.models.reflection import Reflection

__all__ = ["TRANSITIONS", "Commitment", "FollowUp", "Reflection"]
