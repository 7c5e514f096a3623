"""What is kept of answers: the last one per credential, and every cycle as it was when it closed,
and what alerts need to know.
"""

from osler.apps.requirements.models.alert import CalendarFeed, RuleText, Watch, WeeklyDigest
from osler.apps.requirements.models.closed_cycle import ClosedCycle
from osler.apps.requirements.models.standing import Standing
from osler.apps.requirements.models.struck_cycle import StruckCycle

__all__ = ["CalendarFeed", "ClosedCycle", "RuleText", "Standing", "StruckCycle", "Watch", "WeeklyDigest"]
