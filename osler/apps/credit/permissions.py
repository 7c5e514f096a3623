"""Who may see and change a transcript: ``None`` for yes, else a refusal with its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from osler.apps.credit.models import TRANSITIONS, Import, Record
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import Person


def may_keep_transcript(*, by: Person | None, person: Person) -> Refusal | None:
    """Only one's own transcript, and Osler itself (``None``)."""
    if by is None or (by.pk == person.pk and by.is_active):
        return None
    return Refusal("not-yours", _("Only the person themselves can change this transcript."))


def may_change_record(*, by: Person | None, record: Record) -> Refusal | None:
    """Only in one's own transcript, and Osler itself (``None``)."""
    if by is None or (by.pk == record.person_id and by.is_active):
        return None
    return Refusal("not-yours", _("This record belongs to somebody else."))


def may_move_import(*, by: Person | None, came_with: Import, to: str) -> Refusal | None:
    """Only one's own import, and only along its life (``models.imports.TRANSITIONS``)."""
    if by is not None and (by.pk != came_with.person_id or not by.is_active):
        return Refusal("not-yours", _("This import belongs to somebody else."))
    if to in TRANSITIONS[came_with.status]:
        return None
    sentences = {
        Import.Status.ADDING: _("This import is being added; that takes a moment."),
        Import.Status.ADDED: _("This import has been added already. Undo it to start again."),
        Import.Status.UNDONE: _("This import has been undone. Upload the file again to start again."),
        Import.Status.DISCARDED: _("This import was discarded. Upload the file again to start again."),
        Import.Status.UNMAPPED: _("Say first which column is which."),
        Import.Status.PREVIEWED: _("This import has not been added yet."),
    }
    return Refusal(f"import-is-{came_with.status}", sentences[Import.Status(came_with.status)])
