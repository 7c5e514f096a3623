"""Goals as pages and other contexts ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet

from osler.apps.needs.models import OPEN_STATES, TRANSITIONS, Goal, GoalEvidence

if TYPE_CHECKING:
    from osler.apps.people.models import Person


def goals_of(person: Person) -> QuerySet[Goal]:
    """All goals that were not taken away, by day, with the records that are their evidence. Two queries.

    A record that was removed from the transcript is no evidence; one that is part of another now still is.
    """
    return Goal.objects.filter(person=person, removed_at=None).prefetch_related(_evidence())


def open_goals(person: Person) -> QuerySet[Goal]:
    """What is still to be reached, by day; for the plan, the calendar and mails."""
    return goals_of(person).filter(state__in=OPEN_STATES)


def goals_reached(person: Person) -> QuerySet[Goal]:
    """What was reached, the latest first."""
    return goals_of(person).filter(state=Goal.State.REACHED).order_by("-reached_on", "-id")


def goal_by_key(person: Person, key: str) -> Goal | None:
    """One goal of this person by its public key, also if removed; never anybody else's."""
    return Goal.objects.filter(person=person, key=key).prefetch_related(_evidence()).first()


def _evidence() -> Prefetch[str, QuerySet[GoalEvidence], str]:
    is_there = Q(record__removed_at=None) | Q(record__merged_into__isnull=False)
    return Prefetch("evidence", GoalEvidence.objects.filter(is_there).select_related("record"))


def moves_of(goal: Goal) -> tuple[str, ...]:
    """Where a goal may go from here, the likeliest first."""
    return TRANSITIONS[goal.state]
