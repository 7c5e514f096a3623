"""Who may change what somebody says of their needs: ``None`` for yes, else a refusal with its sentence.

Practice and goals belong to the papers that an assistant may keep; how sure somebody is of a topic only they
can say.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from osler.apps.needs.models import TRANSITIONS, Goal, Topic
from osler.apps.people.permissions import may_change
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import Person


def may_assess(*, by: Person | None, person: Person) -> Refusal | None:
    """Only oneself, and Osler itself (``None``)."""
    if by is None or (by.pk == person.pk and by.is_active):
        return None
    return Refusal("not-yours", _("Only the person themselves can change this."))


def may_change_topic(*, by: Person | None, topic: Topic) -> Refusal | None:
    """Only a topic on one's own list."""
    return may_assess(by=by, person=topic.person)


def may_plan(*, by: Person | None, person: Person, at: datetime) -> Refusal | None:
    """Whoever may change the person's papers."""
    return may_change(by=by, person=person, at=at)


def may_move_goal(*, by: Person | None, goal: Goal, to: str, at: datetime) -> Refusal | None:
    """Only along a goal's life (``models.goal.TRANSITIONS``)."""
    refusal = may_plan(by=by, person=goal.person, at=at)
    if refusal is not None or to in TRANSITIONS[goal.state]:
        return refusal
    sentences = {
        Goal.State.PLANNED: _("This goal is planned already."),
        Goal.State.IN_PROGRESS: _("This goal is in progress already."),
        Goal.State.REACHED: _("This goal is reached. Take it up again first."),
        Goal.State.DROPPED: _("This goal is dropped. Take it up again first."),
    }
    return Refusal(f"goal-is-{goal.state}", sentences[Goal.State(goal.state)])
