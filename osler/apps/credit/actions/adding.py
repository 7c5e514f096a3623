"""The second half of an import's life: confirmation, writing, undoing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from osler.adapters.transcripts.identity import same_activity
from osler.apps.audit import actions as audit
from osler.apps.credit import permissions, signals
from osler.apps.credit.actions.merging import merge_records, undo_merge
from osler.apps.credit.actions.progress import tell_progress
from osler.apps.credit.actions.reading import ROWS_AT_ONCE, draft_of, known_activities
from osler.apps.credit.actions.writing import tell_records_changed, write_drafts
from osler.apps.credit.models import Import, ImportRow, Merge, Record
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date

    from osler.apps.people.models import Person

ROWS_IN_ONE_REQUEST = 500
AS_ONE = "as-one"
"""In a row's values: its record is to be made one with the record it looks like."""

There = set[tuple[str, str, "date"]]


def confirm_import(
    *,
    came_with: Import,
    also: Collection[int] = (),
    as_one: Collection[int] = (),
    leave_out: Collection[int] = (),
    by: Person | None,
    at: datetime,
) -> Import | Refusal:
    """Adds the new rows but for ``leave_out``, and those of ``also`` that look like others (ids of rows).

    Rows of ``as_one`` are added and made one with the record they look like, where the two do not contradict
    each other. Up to ``ROWS_IN_ONE_REQUEST`` rows are there when it returns (``added``); more are written by
    a job (``adding``) that tells how far it is. Confirming twice adds nothing twice.
    """
    with transaction.atomic():
        kept = Import.objects.select_for_update().select_related("person").get(pk=came_with.pk)
        refusal = permissions.may_keep_transcript(by=by, person=kept.person, at=at)
        if refusal is None and kept.status in (Import.Status.ADDING, Import.Status.ADDED):
            return kept
        refusal = refusal or permissions.may_move_import(
            by=by, came_with=kept, to=Import.Status.ADDING, at=at
        )
        if refusal is not None:
            return refusal
        kept.wanted = _wanted(kept, also, as_one, leave_out)
        if not kept.wanted:
            return Refusal("nothing-to-add", _("No row is left to add."))
        kept.status, kept.rows_done, kept.rows_in_all = Import.Status.ADDING, 0, len(kept.wanted)
        kept.save()
        audit.record(
            verb="confirm-import",
            subject=kept,
            by=by,
            at=at,
            on_behalf_of=kept.person,
            after={"rows": len(kept.wanted)},
        )
        if len(kept.wanted) > ROWS_IN_ONE_REQUEST:
            signals.import_confirmed.send(sender=Import, import_id=kept.pk, at=at)
        else:
            there = _there(kept)
            while kept.status == Import.Status.ADDING:
                _write_part(kept, there, at)
    return kept


def _wanted(
    kept: Import, also: Collection[int], as_one: Collection[int], leave_out: Collection[int]
) -> list[int]:
    """The ids of the rows to add, in the order of the file."""
    rows = ImportRow.objects.filter(came_with=kept)
    likely = rows.filter(state=ImportRow.State.LIKELY_DUPLICATE)
    for row in likely.filter(pk__in=list(as_one)).exclude(twin=None):
        row.values[AS_ONE] = True
        row.save(update_fields=["values"])
    wanted = rows.filter(
        Q(state=ImportRow.State.NEW) | Q(state=ImportRow.State.LIKELY_DUPLICATE, pk__in=[*also, *as_one])
    )
    return list(wanted.exclude(pk__in=list(leave_out)).order_by("line", "id").values_list("pk", flat=True))


def write_import(*, import_id: int, at: datetime) -> int:
    """Adds the records of an import that is ``adding``, and says how many; any other is left as it is.

    In parts, each committed with the number of rows done, so that the number is true for whoever looks, and a
    job that was broken off goes on where it ended.
    """
    there: There | None = None
    written = 0
    while True:
        with transaction.atomic():
            kept = Import.objects.select_for_update().select_related("person").filter(pk=import_id).first()
            if kept is None or kept.status != Import.Status.ADDING:
                return written
            there = _there(kept) if there is None else there
            written += _write_part(kept, there, at)


def _there(kept: Import) -> There:
    """What was added by hand or by another import since the preview is not added once more."""
    return {
        same_activity(known.provider, known.title, known.completed)
        for known in known_activities(kept.person_id)
    }


def _write_part(kept: Import, there: There, at: datetime) -> int:
    part = kept.wanted[kept.rows_done : kept.rows_done + ROWS_AT_ONCE]
    found = ImportRow.objects.filter(came_with=kept, pk__in=part).order_by("line", "id")
    drafts = [(row, draft_of(row)) for row in found]
    fresh = [
        (row, draft)
        for row, draft in drafts
        if row.state == ImportRow.State.LIKELY_DUPLICATE
        or same_activity(draft.provider, draft.title, draft.completed_on) not in there
    ]
    records = write_drafts(
        [draft for _row, draft in fresh],
        person_id=kept.person_id,
        at=at,
        came_with=kept,
        lines=[row.line for row, _draft in fresh],
    )
    _make_one(((row, record) for (row, _draft), record in zip(fresh, records, strict=True)), at)
    kept.rows_done += len(part)
    is_done = kept.rows_done >= len(kept.wanted)
    if is_done:
        _finish(kept, at)
    kept.save(update_fields=["rows_done", "status", "finished_at"])
    transaction.on_commit(lambda: tell_progress(kept, is_done=is_done))
    return len(fresh)


def _make_one(added: Iterable[tuple[ImportRow, Record]], at: datetime) -> None:
    for row, record in added:
        # What contradicts stays two; the person decides on the page of those that look like one.
        if row.values.get(AS_ONE) and row.twin is not None:
            merge_records(first=row.twin, second=record, by=None, at=at)


def _finish(kept: Import, at: datetime) -> None:
    kept.status, kept.finished_at = Import.Status.ADDED, at
    audit.record(
        verb="add-import",
        subject=kept,
        by=None,
        at=at,
        on_behalf_of=kept.person,
        after={"records": Record.objects.filter(came_with=kept).count()},
    )
    tell_records_changed(kept.person_id, at)


def undo_import(*, came_with: Import, by: Person | None, at: datetime) -> Import | Refusal:
    """Takes out exactly the records this import added, also those changed since; nothing else is touched.

    What was made one with a record of another source is taken apart first. They stay as removed rows, their
    keys set free so that the file can be uploaded again.
    """
    with transaction.atomic():
        kept = Import.objects.select_for_update().select_related("person").get(pk=came_with.pk)
        refusal = permissions.may_keep_transcript(by=by, person=kept.person, at=at)
        if refusal is None and kept.status == Import.Status.UNDONE:
            return kept
        refusal = refusal or permissions.may_move_import(
            by=by, came_with=kept, to=Import.Status.UNDONE, at=at
        )
        if refusal is not None:
            return refusal
        merges = Merge.objects.filter(undone_at=None).filter(
            Q(kept__came_with=kept) | Q(absorbed__came_with=kept)
        )
        for merge in merges:
            _take_apart(merge, by, at)
        removed = Record.objects.filter(came_with=kept, removed_at=None).update(
            removed_at=at, key=Concat(Value("undone-"), Cast("id", CharField()))
        )
        kept.status, kept.undone_at = Import.Status.UNDONE, at
        kept.save(update_fields=["status", "undone_at"])
        audit.record(
            verb="undo-import",
            subject=kept,
            by=by,
            at=at,
            on_behalf_of=kept.person,
            after={"records": removed},
        )
        tell_records_changed(kept.person_id, at)
    return kept


def _take_apart(merge: Merge, by: Person | None, at: datetime) -> None:
    """Undoes a merging, and before it every later one that stands on it."""
    later = Merge.objects.filter(undone_at=None, pk__gt=merge.pk)
    for one in later.filter(Q(kept=merge.kept_id) | Q(absorbed=merge.kept_id)):
        _take_apart(one, by, at)
    undo_merge(merge=merge, by=by, at=at)
