"""Writing, changing, removing and restoring a reflection, with the commitment it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from osler.apps.audit import actions as audit
from osler.apps.credit.queries import record_by_key
from osler.apps.outcomes import permissions, signals
from osler.apps.outcomes.models import Commitment, Reflection
from osler.apps.outcomes.queries import reflection_on
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import Person

LOOK_AGAIN_DAYS = (30, 60, 90)


@dataclass(frozen=True, slots=True)
class ReflectionDraft:
    """What was learned; what will change, where anything will, and in how many days to look again.

    ``look_in_days`` counts from the day of writing; ``None`` keeps the day that is set.
    """

    learned: str
    will_change: str = ""
    look_in_days: int | None = None


def write_reflection(
    *, person: Person, record: str, draft: ReflectionDraft, by: Person | None, at: datetime, today: date
) -> Reflection | Refusal:
    """Writes, or changes, what the person says of one of their records (by its key).

    Emptying ``will_change`` gives up the commitment while it is open; one that was answered stays as it is.
    """
    refusal = permissions.may_reflect(by=by, person=person) or _wrong(draft)
    if refusal is not None:
        return refusal
    found = record_by_key(person, record)
    if found is None or (found.removed_at is not None and found.merged_into_id is None):
        return Refusal("no-such-record", _("There is no such record in your transcript."))
    with transaction.atomic():
        there = reflection_on(person, found)
        kept = None if there is None else Reflection.objects.select_for_update().get(pk=there.pk)
        verb = "write-reflection" if kept is None else "change-reflection"
        kept = kept or Reflection(person=person, record=found, written_at=at)
        kept.learned, kept.changed_at, kept.removed_at = draft.learned.strip(), at, None
        kept.save()
        refusal = _commit(kept, draft, today)
        if refusal is not None:
            transaction.set_rollback(True)
            return refusal
        _logged(verb, kept, by, at, {"record": found.key})
    return kept


def _commit(reflection: Reflection, draft: ReflectionDraft, today: date) -> Refusal | None:
    there = Commitment.objects.select_for_update().filter(reflection=reflection).first()
    text = draft.will_change.strip()
    if there is not None and there.state != Commitment.State.OPEN:
        return None
    if not text:
        if there is not None:
            there.delete()
        return None
    days = draft.look_in_days
    if there is None and days is None:
        return Refusal("no-day", _("Choose when to look at it again."))
    kept = there or Commitment(reflection=reflection, made_on=today)
    kept.text = text
    if days is not None:
        kept.look_on = today + timedelta(days=days)
    kept.save()
    return None


def remove_reflection(*, reflection: Reflection, by: Person | None, at: datetime) -> Reflection | Refusal:
    """Takes a reflection away with its commitment; ``restore_reflection`` brings both back."""
    return _removed("remove-reflection", reflection, at, by, at)


def restore_reflection(*, reflection: Reflection, by: Person | None, at: datetime) -> Reflection | Refusal:
    """Undoes ``remove_reflection``."""
    return _removed("restore-reflection", reflection, None, by, at)


def _removed(
    verb: str, reflection: Reflection, removed_at: datetime | None, by: Person | None, at: datetime
) -> Reflection | Refusal:
    refusal = permissions.may_change_reflection(by=by, reflection=reflection)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        kept = Reflection.objects.select_for_update().get(pk=reflection.pk)
        if (kept.removed_at is None) != (removed_at is None):
            kept.removed_at = removed_at
            kept.save(update_fields=["removed_at"])
            _logged(verb, kept, by, at, None)
    return kept


def _wrong(draft: ReflectionDraft) -> Refusal | None:
    if not draft.learned.strip():
        return Refusal("nothing-written", _("Write at least one sentence on what you learned."))
    if len(draft.learned) > 5000 or len(draft.will_change) > 2000:
        return Refusal(
            "too-long", _("Keep within 5,000 characters for what you learned, 2,000 for the change.")
        )
    if draft.look_in_days is not None and draft.look_in_days not in LOOK_AGAIN_DAYS:
        return Refusal("unknown-distance", _("Look again in 30, 60 or 90 days."))
    return None


def _logged(
    verb: str, reflection: Reflection, by: Person | None, at: datetime, after: dict[str, object] | None
) -> None:
    person_id = reflection.person_id
    audit.record(verb=verb, subject=reflection, by=by, at=at, on_behalf_of=reflection.person, after=after)
    transaction.on_commit(
        lambda: signals.commitments_changed.send(sender=Reflection, person_id=person_id, at=at)
    )
