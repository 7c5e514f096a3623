"""Striking a kept cycle that was entered wrongly, and bringing it back."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from osler.apps.audit import actions as audit
from osler.apps.people import permissions
from osler.apps.requirements.models import StruckCycle
from osler.apps.requirements.queries.cycles import closed_cycles, struck_cycles
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import HeldCredential, Person


def strike_cycle(
    *, credential: HeldCredential, last_on: date, note: str, by: Person | None, at: datetime
) -> StruckCycle | Refusal:
    """The kept cycle that ended on this day never was, for the reason in ``note``; it leaves every list.

    What was kept of it stays where it is. Refused: somebody else's, no reason, a cycle that is not kept.
    """
    refusal = permissions.may_change_credential(by=by, credential=credential, at=at)
    if refusal is not None:
        return refusal
    if not note.strip():
        return Refusal("no-reason", _("Say in a few words what was wrong. Nothing was changed."))
    with transaction.atomic():
        kept = closed_cycles(credential.person, credential=credential).filter(last_on=last_on).first()
        if kept is None:
            return Refusal("not-kept", _("No assessment of this cycle is kept."))
        struck, is_new = StruckCycle.objects.get_or_create(
            credential=credential,
            last_on=last_on,
            brought_back_at=None,
            defaults={
                "person_id": credential.person_id,
                "start_on": kept.start_on,
                "note": note.strip()[:400],
                "struck_at": at,
            },
        )
        if is_new:
            _log("strike-cycle", struck, by=by, at=at)
    return struck


def bring_cycle_back(
    *, credential: HeldCredential, last_on: date, by: Person | None, at: datetime
) -> StruckCycle | Refusal | None:
    """Undoes ``strike_cycle``; ``None`` where no strike of this cycle stands."""
    refusal = permissions.may_change_credential(by=by, credential=credential, at=at)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        struck = struck_cycles(credential).select_for_update().filter(last_on=last_on).first()
        if struck is not None:
            struck.brought_back_at = at
            struck.save(update_fields=["brought_back_at"])
            _log("bring-cycle-back", struck, by=by, at=at)
    return struck


def _log(verb: str, struck: StruckCycle, *, by: Person | None, at: datetime) -> None:
    told = {
        "start": struck.start_on.isoformat(),
        "last": struck.last_on.isoformat(),
        "note": struck.note,
    }
    held = struck.credential
    audit.record(verb=verb, subject=held, by=by, at=at, on_behalf_of=held.person, after=told)
