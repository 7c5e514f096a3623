"""Who may see and change a transcript: ``None`` for yes, else a refusal with its sentence."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from osler.apps.credit.models import TRANSITIONS, Import, Record
from osler.apps.people import permissions as people
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import Person


def may_keep_transcript(*, by: Person | None, person: Person, at: datetime | None = None) -> Refusal | None:
    """One's own transcript, that of a person who gave the right to record, and Osler itself (``None``)."""
    return people.may_record(by=by, person=person, at=at)


def may_change_record(*, by: Person | None, record: Record, at: datetime | None = None) -> Refusal | None:
    """Whoever may keep the transcript the record stands in, unless it is part of another record now."""
    refusal = _of_owner(by, record, at, _("This record belongs to somebody else."))
    if refusal is None and record.merged_into is not None:
        sentence = _("This record was made one with “%(title)s”. Undo that first, or change that one.")
        refusal = Refusal("merged", sentence % {"title": record.merged_into.title})
    return refusal


def may_move_import(
    *, by: Person | None, came_with: Import, to: str, at: datetime | None = None
) -> Refusal | None:
    """Whoever may keep the transcript, and only along the import's life (``models.imports.TRANSITIONS``)."""
    refusal = _of_owner(by, came_with, at, _("This import belongs to somebody else."))
    if refusal is not None:
        return refusal
    if to in TRANSITIONS[came_with.status]:
        return None
    sentences = {
        Import.Status.READING: _("This file is still being read; that takes a moment."),
        Import.Status.ADDING: _("This import is being added; that takes a moment."),
        Import.Status.ADDED: _("This import has been added already. Undo it to start again."),
        Import.Status.UNDONE: _("This import has been undone. Upload the file again to start again."),
        Import.Status.DISCARDED: _("This import was discarded. Upload the file again to start again."),
        Import.Status.UNMAPPED: _("Say first which column is which."),
        Import.Status.PREVIEWED: _("This import has not been added yet."),
    }
    return Refusal(f"import-is-{came_with.status}", sentences[Import.Status(came_with.status)])


def _of_owner(by: Person | None, row: Record | Import, at: datetime | None, not_yours: str) -> Refusal | None:
    # The row of the person is read only where somebody else asks.
    if by is None or (by.pk == row.person_id and by.is_active):
        return None
    refusal = people.may_record(by=by, person=row.person, at=at)
    if refusal is not None and refusal.rule == "not-yours":
        return Refusal("not-yours", not_yours)
    return refusal


def may_read(*, by: Person | None, person: Person, at: datetime | None = None) -> Refusal | None:
    """One's own transcript, that of a person who lets an assistant see it, and Osler itself (``None``)."""
    return people.may_see(by=by, person=person, at=at)


def may_share(*, by: Person | None, person: Person) -> Refusal | None:
    """Only the person themselves decides what others may read: never an assistant, whatever their right."""
    return people.may_change_account(by=by, person=person)
