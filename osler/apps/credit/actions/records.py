"""Adding, changing, removing and restoring records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from osler.apps.audit import actions as audit
from osler.apps.credit import permissions
from osler.apps.credit.actions.drafts import BY_HAND, Origin, RecordDraft, checked
from osler.apps.credit.actions.writing import (
    fill,
    replace_parts,
    state_of,
    state_of_draft,
    tell_records_changed,
    write_drafts,
)
from osler.apps.credit.models import Record
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import Person


def add_record(
    *, person: Person, draft: RecordDraft, origin: Origin = BY_HAND, by: Person | None, at: datetime
) -> Record | Refusal:
    """Puts one activity into the transcript; amounts are brought to the grain of their type (AMA:
    quarters, down).
    """
    added = add_records(person=person, drafts=[draft], origin=origin, by=by, at=at)
    return added if isinstance(added, Refusal) else added[0]


def add_records(
    *,
    person: Person,
    drafts: Sequence[RecordDraft],
    origin: Origin = BY_HAND,
    by: Person | None,
    at: datetime,
) -> list[Record] | Refusal:
    """Puts several activities into the transcript, all or, with the first that is refused, none."""
    refusal = permissions.may_keep_transcript(by=by, person=person, at=at)
    if refusal is not None:
        return refusal
    sound = []
    for draft in drafts:
        found = checked(draft, at)
        if isinstance(found, Refusal):
            return found
        sound.append(found)
    with transaction.atomic():
        records = write_drafts(sound, person_id=person.pk, at=at, origin=origin)
        for record, draft in zip(records, sound, strict=True):
            audit.record(
                verb="add-record",
                subject=record,
                by=by,
                at=at,
                on_behalf_of=person,
                after=state_of_draft(draft) | origin.told(),
            )
        tell_records_changed(person.pk, at)
    return records


def change_record(
    *, record: Record, draft: RecordDraft, via: str = "", by: Person | None, at: datetime
) -> Record | Refusal:
    """The record is as the draft says from now on; its key and where it came from stay."""
    refusal = permissions.may_change_record(by=by, record=record, at=at)
    if refusal is not None:
        return refusal
    sound = checked(draft, at)
    if isinstance(sound, Refusal):
        return sound
    with transaction.atomic():
        kept = Record.objects.select_for_update().get(pk=record.pk)
        before = state_of(kept)
        fill(kept, sound).save()
        replace_parts(kept, sound)
        _logged(Record.objects.get(pk=kept.pk), "change-record", before, via, by=by, at=at)
    return Record.objects.prefetch_related("amounts", "topics").get(pk=record.pk)


def remove_record(*, record: Record, via: str = "", by: Person | None, at: datetime) -> Record | Refusal:
    """Takes the record out of the transcript and of every answer; ``restore_record`` brings it back."""
    return _moved(record, "remove-record", at, via, by=by, at=at)


def restore_record(*, record: Record, via: str = "", by: Person | None, at: datetime) -> Record | Refusal:
    """Undoes ``remove_record``."""
    return _moved(record, "restore-record", None, via, by=by, at=at)


def _moved(
    record: Record, verb: str, removed_at: datetime | None, via: str, *, by: Person | None, at: datetime
) -> Record | Refusal:
    refusal = permissions.may_change_record(by=by, record=record, at=at)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        kept = Record.objects.select_for_update().get(pk=record.pk)
        if (kept.removed_at is None) != (removed_at is None):
            before = state_of(kept)
            kept.removed_at = removed_at
            kept.save(update_fields=["removed_at"])
            _logged(kept, verb, before, via, by=by, at=at)
    return kept


def _logged(
    record: Record, verb: str, before: dict[str, object], via: str, *, by: Person | None, at: datetime
) -> None:
    audit.record(
        verb=verb,
        subject=record,
        by=by,
        at=at,
        on_behalf_of=record.person,
        before=before,
        after=state_of(record) | ({"via": via} if via else {}),
    )
    tell_records_changed(record.person_id, at)
