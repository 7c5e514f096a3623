"""Looking at a commitment again: whether it held, or another day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from osler.apps.audit import actions as audit
from osler.apps.outcomes import permissions, signals
from osler.apps.outcomes.actions.reflections import LOOK_AGAIN_DAYS
from osler.apps.outcomes.models import Commitment, FollowUp
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import Person


def look_again(
    *,
    commitment: Commitment,
    result: str,
    note: str = "",
    look_in_days: int | None = None,
    by: Person | None,
    at: datetime,
    today: date,
) -> Commitment | Refusal:
    """Keeps what was found on ``today``. ``result`` is a state; ``open`` is "too early to say" and needs
    ``look_in_days`` (30, 60 or 90), counted from ``today``.
    """
    if len(note) > 2000:
        return Refusal("too-long", _("Keep the note within 2,000 characters."))
    is_later = result == Commitment.State.OPEN
    if is_later and look_in_days not in LOOK_AGAIN_DAYS:
        return Refusal("unknown-distance", _("Look again in 30, 60 or 90 days."))
    with transaction.atomic():
        kept = Commitment.objects.select_for_update().get(pk=commitment.pk)
        refusal = permissions.may_move_commitment(by=by, commitment=kept, to=result)
        if refusal is not None:
            return refusal
        FollowUp.objects.create(
            commitment=kept,
            result=result,
            note=note.strip(),
            was_due_on=kept.look_on,
            looked_on=today,
            looked_at=at,
        )
        before = _state(kept)
        kept.state = result
        if is_later and look_in_days is not None:
            kept.look_on = today + timedelta(days=look_in_days)
        kept.save(update_fields=["state", "look_on"])
        _logged("look-again", kept, before, by, at)
    return kept


def take_back_answer(*, commitment: Commitment, by: Person | None, at: datetime) -> Commitment | Refusal:
    """Undoes the last ``look_again``: open as before, due on the day it was due on."""
    with transaction.atomic():
        kept = Commitment.objects.select_for_update().get(pk=commitment.pk)
        last = FollowUp.objects.filter(commitment=kept, taken_back_at=None).order_by("looked_at", "id").last()
        refusal = permissions.may_move_commitment(by=by, commitment=kept, to=Commitment.State.OPEN)
        if refusal is not None:
            return refusal
        if last is not None:
            before = _state(kept)
            last.taken_back_at = at
            last.save(update_fields=["taken_back_at"])
            kept.state, kept.look_on = Commitment.State.OPEN, last.was_due_on
            kept.save(update_fields=["state", "look_on"])
            _logged("take-back-answer", kept, before, by, at)
    return kept


def _state(commitment: Commitment) -> dict[str, object]:
    return {"state": str(commitment.state), "look_on": commitment.look_on.isoformat()}


def _logged(
    verb: str, commitment: Commitment, before: dict[str, object], by: Person | None, at: datetime
) -> None:
    person = commitment.reflection.person
    audit.record(
        verb=verb,
        subject=commitment,
        by=by,
        at=at,
        on_behalf_of=person,
        before=before,
        after=_state(commitment),
    )
    transaction.on_commit(
        lambda: signals.commitments_changed.send(sender=Commitment, person_id=person.pk, at=at)
    )
