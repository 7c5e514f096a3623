"""What Ruth Mehta lets others read: a link a hospital has opened, and one she took back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.credit.models import ShareLink
    from osler.apps.people.models import Person

WHO = "ruth.mehta@demo.example"
Done = TypeVar("Done")


def share(person: Person, at: datetime) -> None:
    """Makes the links of the one persona who shows them; does nothing for the others."""
    if person.email != WHO:
        return
    from osler.apps.credit.actions import sharing
    from osler.apps.requirements.queries.dossier import cycles_to_show

    running = [one for one in cycles_to_show(person, at.date()).offered if one.is_running]
    for label, ago, offer in zip(("Marin Coast Hospital", "Locum agency"), (9, 40), running, strict=False):
        scope = sharing.Scope(offer.period.start, offer.period.last_day, has_assessment=True)
        made_at = at - timedelta(days=ago)
        link: ShareLink = _done(
            sharing.make_share_link(
                person=person,
                credential=offer.standing.held,
                scope=scope,
                expires_at=made_at + timedelta(days=90),
                label=label,
                by=person,
                at=made_at,
            )
        )
        for days in (ago - 1, ago - 3):
            sharing.note_opening(link=link, what="page", at=at - timedelta(days=days))
        if label == "Locum agency":
            _done(sharing.revoke_share_link(link=link, by=person, at=at - timedelta(days=20)))


def _done(result: Done | Refusal) -> Done:
    if isinstance(result, Refusal):
        raise RuntimeError(result.sentence)
    return result
