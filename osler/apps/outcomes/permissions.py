"""Who may read and write reflections: nobody but their author. ``None`` for yes, else a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from osler.apps.outcomes.models import TRANSITIONS, Commitment, Reflection
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import Person


def may_reflect(*, by: Person | None, person: Person) -> Refusal | None:
    """Only oneself, and Osler itself (``None``); nobody reflects on another's behalf."""
    if by is None or (by.pk == person.pk and by.is_active):
        return None
    return Refusal("not-yours", _("Only the person themselves can write this."))


def may_change_reflection(*, by: Person | None, reflection: Reflection) -> Refusal | None:
    """Only its author."""
    return may_reflect(by=by, person=reflection.person)


def may_move_commitment(*, by: Person | None, commitment: Commitment, to: str) -> Refusal | None:
    """Only one's own, and only along ``models.commitment.TRANSITIONS``."""
    refusal = may_reflect(by=by, person=commitment.reflection.person)
    if refusal is not None or to in TRANSITIONS[commitment.state]:
        return refusal
    if to not in Commitment.State.values:
        return Refusal("unknown-answer", _("Choose one of the answers."))
    return Refusal(
        f"commitment-is-{commitment.state}", _("You have answered this already. Take the answer back first.")
    )
