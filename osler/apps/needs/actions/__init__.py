"""What can be done to a self-assessment and its goals.

Every action is keyword-only, takes who acts (``by``; ``None`` is Osler itself) and when (``at``), and
returns the row it made or changed, or a ``Refusal`` with a sentence for the person.
"""

from osler.apps.needs.actions.goals import (
    GoalDraft,
    change_goal,
    link_evidence,
    move_goal,
    remove_goal,
    restore_goal,
    set_goal,
    unlink_evidence,
)
from osler.apps.needs.actions.practice import PracticeDraft, describe_practice
from osler.apps.needs.actions.topics import add_topic, rate_topics, remove_topic, restore_topic

__all__ = [
    "GoalDraft",
    "PracticeDraft",
    "add_topic",
    "change_goal",
    "describe_practice",
    "link_evidence",
    "move_goal",
    "rate_topics",
    "remove_goal",
    "remove_topic",
    "restore_goal",
    "restore_topic",
    "set_goal",
    "unlink_evidence",
]
