"""Saying where and for whom one works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from osler.apps.audit import actions as audit
from osler.apps.needs import permissions
from osler.apps.needs.models import PracticeProfile
from osler.apps.needs.queries import PATIENT_GROUPS, SETTINGS, known_topics
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import Person

HOURS_OF_A_WEEK = 168


@dataclass(frozen=True, slots=True)
class PracticeDraft:
    """A practice as somebody states it; slugs of ``queries.practice`` and of topics."""

    settings: tuple[str, ...] = ()
    patient_groups: tuple[str, ...] = ()
    often_seen: tuple[str, ...] = ()
    patient_hours: int | None = None


def describe_practice(
    *, person: Person, draft: PracticeDraft, by: Person | None, at: datetime
) -> PracticeProfile | Refusal:
    """The practice is as the draft says from now on."""
    refusal = permissions.may_plan(by=by, person=person, at=at) or _wrong(draft)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        profile = PracticeProfile.objects.select_for_update().filter(person=person).first()
        before = None if profile is None else _state(profile)
        kept = profile or PracticeProfile(person=person)
        kept.settings, kept.patient_groups = sorted(set(draft.settings)), sorted(set(draft.patient_groups))
        kept.often_seen, kept.patient_hours = sorted(set(draft.often_seen)), draft.patient_hours
        if before != _state(kept):
            kept.changed_at = at
            kept.save()
            audit.record(
                verb="describe-practice",
                subject=kept,
                by=by,
                at=at,
                on_behalf_of=person,
                before=before,
                after=_state(kept),
            )
    return kept


def _wrong(draft: PracticeDraft) -> Refusal | None:
    strange = [
        *sorted(set(draft.settings) - set(SETTINGS)),
        *sorted(set(draft.patient_groups) - set(PATIENT_GROUPS)),
        *sorted(set(draft.often_seen) - set(known_topics())),
    ]
    if strange:
        return Refusal("unknown-choice", _("There is no choice called %(name)s.") % {"name": strange[0]})
    if draft.patient_hours is not None and not 0 <= draft.patient_hours <= HOURS_OF_A_WEEK:
        return Refusal("hours", _("A week has between 0 and 168 hours."))
    return None


def _state(profile: PracticeProfile) -> dict[str, object]:
    return {
        "settings": profile.settings,
        "patient_groups": profile.patient_groups,
        "often_seen": profile.often_seen,
        "patient_hours": profile.patient_hours,
    }
