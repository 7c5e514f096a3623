"""What the needs context answers: the practice, the self-assessment, suggestions, goals."""

from osler.apps.needs.queries.clinical_topics import topics_by_specialty
from osler.apps.needs.queries.goals import goal_by_key, goals_of, goals_reached, moves_of, open_goals
from osler.apps.needs.queries.practice import PATIENT_GROUPS, SETTINGS, practice_of
from osler.apps.needs.queries.topics import (
    OWN,
    Rated,
    Suggestion,
    TopicStanding,
    known_topics,
    records_since,
    self_assessment,
    suggestions,
    topic_by_slug,
    topic_found,
    topic_name,
    topic_standing,
    topics_kept,
)

__all__ = [
    "OWN",
    "PATIENT_GROUPS",
    "SETTINGS",
    "Rated",
    "Suggestion",
    "TopicStanding",
    "goal_by_key",
    "goals_of",
    "goals_reached",
    "known_topics",
    "moves_of",
    "open_goals",
    "practice_of",
    "records_since",
    "self_assessment",
    "suggestions",
    "topic_by_slug",
    "topic_found",
    "topic_name",
    "topic_standing",
    "topics_by_specialty",
    "topics_kept",
]
