"""Who may change what somebody says of their needs: ``None`` for yes, else a refusal with its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from osler.apps.needs.models import TRANSITIONS, Goal, Topic
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import Person


def may_keep_needs(*, by: Person | None, person: Person) -> Refusal | None:
    """Only one's own practice, topics and goals, and Osler itself (``None``).

    A self-assessment is personal: whoever keeps somebody's transcript does not judge their confidence.
    """
    if by is None or (by.pk == person.pk and by.is_active):
        return None
    return Refusal("not-yours", _("Only the person themselves can change this."))


def may_change_topic(*, by: Person | None, topic: Topic) -> Refusal | None:
    """Only a topic on one's own list."""
    if by is None or (by.pk == topic.person_id and by.is_active):
        return None
    return Refusal("not-yours", _("This topic is on somebody else's list."))


def may_change_goal(*, by: Person | None, goal: Goal) -> Refusal | None:
    """Only one's own goal."""
    if by is None or (by.pk == goal.person_id and by.is_active):
        return None
    return Refusal("not-yours", _("This goal belongs to somebody else."))


def may_move_goal(*, by: Person | None, goal: Goal, to: str) -> Refusal | None:
    """Only one's own goal, and only along its life (``models.goal.TRANSITIONS``)."""
    refusal = may_change_goal(by=by, goal=goal)
    if refusal is not None or to in TRANSITIONS[goal.state]:
        return refusal
    sentences = {
        Goal.State.PLANNED: _("This goal is planned already."),
        Goal.State.IN_PROGRESS: _("This goal is in progress already."),
        Goal.State.REACHED: _("This goal is reached. Take it up again first."),
        Goal.State.DROPPED: _("This goal is dropped. Take it up again first."),
    }
    return Refusal(f"goal-is-{goal.state}", sentences[Goal.State(goal.state)])
