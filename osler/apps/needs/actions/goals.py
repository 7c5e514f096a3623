"""Goals: set, changed, moved along their life, evidenced, removed and restored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from osler.apps.audit import actions as audit
from osler.apps.credit.queries import record_by_key
from osler.apps.needs import permissions, signals
from osler.apps.needs.models import Goal, GoalEvidence
from osler.apps.needs.queries import goal_by_key, known_topics, topic_by_slug
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import Person

MOST_YEARS = 10
MOST_EVIDENCE = 100


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """A goal as somebody states it: its title, by when, and in their words why, how, how they will know."""

    title: str
    due_on: date
    topic: str = ""
    why: str = ""
    steps: str = ""
    measure: str = ""


def set_goal(*, person: Person, draft: GoalDraft, by: Person | None, at: datetime) -> Goal | Refusal:
    """Sets a goal; it begins as planned."""
    refusal = permissions.may_plan(by=by, person=person, at=at) or _wrong(person, draft, at)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        goal = _fill(Goal(person=person, added_at=at), draft)
        goal.save()
        _logged("set-goal", goal, None, by, at)
    return goal


def change_goal(*, goal: Goal, draft: GoalDraft, by: Person | None, at: datetime) -> Goal | Refusal:
    """The goal is as the draft says from now on; how far it is stays."""
    refusal = permissions.may_plan(by=by, person=goal.person, at=at) or _wrong(goal.person, draft, at)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        kept = Goal.objects.select_for_update().get(pk=goal.pk)
        before = _state(kept)
        _fill(kept, draft).save()
        _logged("change-goal", kept, before, by, at)
    return kept


def move_goal(*, goal: Goal, to: str, by: Person | None, at: datetime, today: date) -> Goal | Refusal:
    """Moves a goal along ``TRANSITIONS``; ``today`` is the person's day, kept as the day it was reached."""
    with transaction.atomic():
        kept = Goal.objects.select_for_update().get(pk=goal.pk)
        refusal = permissions.may_move_goal(by=by, goal=kept, to=to, at=at)
        if refusal is not None:
            return refusal
        before = _state(kept)
        kept.state = to
        kept.reached_on = today if to == Goal.State.REACHED else None
        kept.save(update_fields=["state", "reached_on"])
        _logged("move-goal", kept, before, by, at)
    return kept


def remove_goal(*, goal: Goal, by: Person | None, at: datetime) -> Goal | Refusal:
    """Takes a goal away as if it had never been set; ``restore_goal`` brings it back."""
    return _removed(goal, "remove-goal", at, by, at)


def restore_goal(*, goal: Goal, by: Person | None, at: datetime) -> Goal | Refusal:
    """Undoes ``remove_goal``."""
    return _removed(goal, "restore-goal", None, by, at)


def _removed(
    goal: Goal, verb: str, removed_at: datetime | None, by: Person | None, at: datetime
) -> Goal | Refusal:
    refusal = permissions.may_plan(by=by, person=goal.person, at=at)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        kept = Goal.objects.select_for_update().get(pk=goal.pk)
        if (kept.removed_at is None) != (removed_at is None):
            before = _state(kept)
            kept.removed_at = removed_at
            kept.save(update_fields=["removed_at"])
            _logged(verb, kept, before, by, at)
    return kept


def link_evidence(*, goal: Goal, record: str, by: Person | None, at: datetime) -> Goal | Refusal:
    """A record, by its key, shows progress toward the goal; linking it twice changes nothing."""
    refusal = permissions.may_plan(by=by, person=goal.person, at=at)
    if refusal is not None:
        return refusal
    found = record_by_key(goal.person, record)
    if found is None or found.removed_at is not None:
        return Refusal("no-such-record", _("There is no such record in your transcript."))
    with transaction.atomic():
        kept = Goal.objects.select_for_update().get(pk=goal.pk)
        if kept.evidence.count() >= MOST_EVIDENCE:
            return Refusal("too-much-evidence", _("A goal holds at most 100 records."))
        _link, is_new = GoalEvidence.objects.get_or_create(
            goal=kept, record_id=found.pk, defaults={"linked_at": at}
        )
        if is_new:
            audit.record(
                verb="link-evidence",
                subject=kept,
                by=by,
                at=at,
                on_behalf_of=kept.person,
                after={"record": found.key},
            )
            _tell(kept, at)
    return kept


def unlink_evidence(*, goal: Goal, record: str, by: Person | None, at: datetime) -> Goal | Refusal:
    """The record no longer stands beside the goal; it stays in the transcript."""
    refusal = permissions.may_plan(by=by, person=goal.person, at=at)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        gone, _rows = GoalEvidence.objects.filter(goal=goal, record__key=record).delete()
        if gone:
            audit.record(
                verb="unlink-evidence",
                subject=goal,
                by=by,
                at=at,
                on_behalf_of=goal.person,
                before={"record": record},
            )
            _tell(goal, at)
    return goal_by_key(goal.person, goal.key) or goal


def _wrong(person: Person, draft: GoalDraft, at: datetime) -> Refusal | None:
    if not draft.title.strip() or len(draft.title) > 160:
        return Refusal("goal-title", _("Say in at most 160 characters what you want to reach."))
    if max(len(draft.why), len(draft.steps), len(draft.measure)) > 2000:
        return Refusal("too-long", _("Keep each answer within 2,000 characters."))
    if abs(draft.due_on.year - at.year) > MOST_YEARS:
        return Refusal("goal-day", _("Choose a day within ten years."))
    if draft.topic and draft.topic not in known_topics() and topic_by_slug(person, draft.topic) is None:
        return Refusal("unknown-topic", _("There is no topic called %(name)s.") % {"name": draft.topic})
    return None


def _fill(goal: Goal, draft: GoalDraft) -> Goal:
    goal.title, goal.topic, goal.due_on = " ".join(draft.title.split()), draft.topic, draft.due_on
    goal.why, goal.steps, goal.measure = draft.why.strip(), draft.steps.strip(), draft.measure.strip()
    return goal


def _state(goal: Goal) -> dict[str, object]:
    return {
        "title": goal.title,
        "topic": goal.topic,
        "why": goal.why,
        "steps": goal.steps,
        "measure": goal.measure,
        "due_on": goal.due_on.isoformat(),
        "state": str(goal.state),
        "reached_on": None if goal.reached_on is None else goal.reached_on.isoformat(),
        "removed_at": None if goal.removed_at is None else goal.removed_at.isoformat(),
    }


def _logged(verb: str, goal: Goal, before: dict[str, object] | None, by: Person | None, at: datetime) -> None:
    audit.record(
        verb=verb,
        subject=goal,
        by=by,
        at=at,
        on_behalf_of=goal.person,
        before=before,
        after=_state(goal),
    )
    _tell(goal, at)


def _tell(goal: Goal, at: datetime) -> None:
    person_id, goal_id = goal.person_id, goal.pk
    transaction.on_commit(
        lambda: signals.goals_changed.send(sender=Goal, person_id=person_id, goal_id=goal_id, at=at)
    )
