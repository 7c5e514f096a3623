"""Tables: PracticeProfile, Topic, Rating, Goal, GoalEvidence."""

from osler.apps.needs.models.goal import OPEN_STATES, TRANSITIONS, Goal, GoalEvidence
from osler.apps.needs.models.practice import PracticeProfile
from osler.apps.needs.models.topic import Rating, Topic

__all__ = ["OPEN_STATES", "TRANSITIONS", "Goal", "GoalEvidence", "PracticeProfile", "Rating", "Topic"]
