"""The life of an import: upload, columns, preview, confirmation, undoing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from osler.adapters.live import LiveEvent, import_room, publish
from osler.adapters.transcripts import FileRefused, Mapping, Table, read_table
from osler.adapters.transcripts.columns import propose, questions_of, recalled, signature
from osler.adapters.transcripts.identity import same_activity
from osler.adapters.transcripts.mapping import faults_of
from osler.apps.audit import actions as audit
from osler.apps.credit import permissions, signals
from osler.apps.credit.actions.reading import ROWS_AT_ONCE, draft_of, known_activities, rows_of
from osler.apps.credit.actions.writing import tell_records_changed, write_drafts
from osler.apps.credit.models import ColumnMapping, Import, ImportFile, ImportRow, Record
from osler.apps.credit.queries.imports import table_of
from osler.apps.credit.queries.wording import refusal_of, stored
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import Person

ROWS_IN_ONE_REQUEST = 500


def start_import(
    *, person: Person, content: bytes, filename: str, by: Person | None, at: datetime
) -> Import | Refusal:
    """Keeps the file and reads it; nothing is added to the transcript yet.

    The import comes back ``previewed`` with its rows where the layout is known or its columns were confirmed
    before, else ``unmapped`` with a proposed mapping and what is left to say. A file that is no table is
    refused with its reason, and not kept.
    """
    refusal = permissions.may_keep_transcript(by=by, person=person)
    if refusal is not None:
        return refusal
    try:
        table = read_table(content, filename)
    except FileRefused as error:
        return refusal_of(error.remark)
    proposal = propose(table, at.date())
    mapping, is_certain = proposal.mapping, proposal.is_certain
    if not is_certain:
        kept = ColumnMapping.objects.filter(person=person, signature=signature(table, mapping)).first()
        if kept is not None:
            mapping = recalled(table, mapping, Mapping.from_data(kept.mapping))
            is_certain = not faults_of(mapping, table) and not questions_of(table, mapping, at.date())
    with transaction.atomic():
        made = Import.objects.create(
            person=person,
            filename=PurePosixPath(filename.replace("\\", "/")).name[:200] or _("transcript"),
            sha256=hashlib.sha256(content).hexdigest(),
            bytes_count=len(content),
            status=Import.Status.UNMAPPED,
            layout=proposal.layout,
            started_at=at,
        )
        ImportFile.objects.create(came_with=made, content=content)
        audit.record(
            verb="start-import",
            subject=made,
            by=by,
            at=at,
            on_behalf_of=person,
            after={"filename": made.filename, "sha256": made.sha256},
        )
        _mapped(made, table, mapping, at, is_ready=is_certain)
    return made


def set_mapping(*, came_with: Import, mapping: Mapping, by: Person | None, at: datetime) -> Import | Refusal:
    """Reads the file again with these columns. With nothing left to ask it is previewed and the mapping
    remembered.

    Refused: a mapping that does not fit the file, somebody else's import, one that was added already.
    """
    refusal = permissions.may_move_import(by=by, came_with=came_with, to=Import.Status.UNMAPPED)
    if refusal is not None:
        return refusal
    try:
        table = table_of(came_with)
    except FileRefused as error:
        return refusal_of(error.remark)
    faults = faults_of(mapping, table)
    if faults:
        return refusal_of(faults[0])
    with transaction.atomic():
        kept = Import.objects.select_for_update().select_related("person").get(pk=came_with.pk)
        refusal = permissions.may_move_import(by=by, came_with=kept, to=Import.Status.UNMAPPED)
        if refusal is not None:
            return refusal
        kept.layout = mapping.layout
        _mapped(kept, table, mapping, at, is_ready=not questions_of(table, mapping, at.date()))
        if kept.status == Import.Status.PREVIEWED:
            ColumnMapping.objects.update_or_create(
                person=kept.person,
                signature=signature(table, mapping),
                defaults={"mapping": mapping.as_data(), "confirmed_at": at},
            )
    return kept


def _mapped(made: Import, table: Table, mapping: Mapping, at: datetime, *, is_ready: bool) -> None:
    """Sets mapping, questions and status, and makes the rows anew where the mapping is ready."""
    made.mapping = mapping.as_data()
    made.questions = stored(questions_of(table, mapping, at.date()))
    made.status = Import.Status.PREVIEWED if is_ready else Import.Status.UNMAPPED
    made.save()
    ImportRow.objects.filter(came_with=made).delete()
    if is_ready:
        ImportRow.objects.bulk_create(rows_of(table, mapping, made, at), batch_size=ROWS_AT_ONCE)


def confirm_import(
    *,
    came_with: Import,
    also: Collection[int] = (),
    leave_out: Collection[int] = (),
    by: Person | None,
    at: datetime,
) -> Import | Refusal:
    """Adds the new rows but for ``leave_out``, and those of ``also`` that look like others (ids of rows).

    Up to ``ROWS_IN_ONE_REQUEST`` rows are there when it returns (``added``); more are written by a job
    (``adding``) that publishes its progress in ``adapters.live.import_room``. Confirming twice adds nothing
    twice.
    """
    with transaction.atomic():
        kept = Import.objects.select_for_update().select_related("person").get(pk=came_with.pk)
        refusal = permissions.may_keep_transcript(by=by, person=kept.person)
        if refusal is None and kept.status in (Import.Status.ADDING, Import.Status.ADDED):
            return kept
        refusal = refusal or permissions.may_move_import(by=by, came_with=kept, to=Import.Status.ADDING)
        if refusal is not None:
            return refusal
        rows = ImportRow.objects.filter(came_with=kept)
        wanted = rows.filter(
            Q(state=ImportRow.State.NEW) | Q(state=ImportRow.State.LIKELY_DUPLICATE, pk__in=list(also))
        )
        kept.wanted = list(wanted.exclude(pk__in=list(leave_out)).values_list("pk", flat=True))
        if not kept.wanted:
            return Refusal("nothing-to-add", _("No row is left to add."))
        kept.status = Import.Status.ADDING
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
            _write(kept, at)
    return kept


def write_import(*, import_id: int, at: datetime) -> int:
    """Adds the records of an import that is ``adding``, and says how many; any other is left as it is."""
    with transaction.atomic():
        kept = Import.objects.select_for_update().select_related("person").filter(pk=import_id).first()
        if kept is None or kept.status != Import.Status.ADDING:
            return 0
        return _write(kept, at)


def _write(kept: Import, at: datetime) -> int:
    rows = list(ImportRow.objects.filter(came_with=kept, pk__in=kept.wanted).order_by("line", "id"))
    # What was added by hand or by another import since the preview is not added once more.
    there = {
        same_activity(known.provider, known.title, known.completed)
        for known in known_activities(kept.person_id)
    }
    drafts = [draft_of(row) for row in rows]
    fresh = [
        (row, draft)
        for row, draft in zip(rows, drafts, strict=True)
        if row.state == ImportRow.State.LIKELY_DUPLICATE
        or same_activity(draft.provider, draft.title, draft.completed_on) not in there
    ]
    for start in range(0, len(fresh), ROWS_AT_ONCE):
        part = fresh[start : start + ROWS_AT_ONCE]
        write_drafts(
            [draft for _row, draft in part],
            person_id=kept.person_id,
            at=at,
            came_with=kept,
            lines=[row.line for row, _draft in part],
        )
        _tell_progress(kept, start + len(part), len(fresh))
    kept.status, kept.finished_at = Import.Status.ADDED, at
    kept.save(update_fields=["status", "finished_at"])
    audit.record(
        verb="add-import",
        subject=kept,
        by=None,
        at=at,
        on_behalf_of=kept.person,
        after={"records": len(fresh)},
    )
    tell_records_changed(kept.person_id, at)
    transaction.on_commit(lambda: _tell_progress(kept, len(fresh), len(fresh), is_done=True))
    return len(fresh)


def _tell_progress(kept: Import, done: int, total: int, *, is_done: bool = False) -> None:
    text = _("%(done)d of %(total)d records added") % {"done": done, "total": total}
    told = {"key": f"import-{kept.key}", "value": done, "maximum": total, "text": text, "is_done": is_done}
    publish(LiveEvent(import_room(kept.key), "progress", json.dumps(told)))


def undo_import(*, came_with: Import, by: Person | None, at: datetime) -> Import | Refusal:
    """Takes out exactly the records this import added, also those changed since; nothing else is touched.

    They stay as removed rows, their keys set free so that the file can be uploaded again.
    """
    with transaction.atomic():
        kept = Import.objects.select_for_update().select_related("person").get(pk=came_with.pk)
        refusal = permissions.may_keep_transcript(by=by, person=kept.person)
        if refusal is None and kept.status == Import.Status.UNDONE:
            return kept
        refusal = refusal or permissions.may_move_import(by=by, came_with=kept, to=Import.Status.UNDONE)
        if refusal is not None:
            return refusal
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


def discard_import(*, came_with: Import, by: Person | None, at: datetime) -> Import | Refusal:
    """Throws away an upload that was never added, its file and rows with it."""
    with transaction.atomic():
        kept = Import.objects.select_for_update().select_related("person").get(pk=came_with.pk)
        refusal = permissions.may_move_import(by=by, came_with=kept, to=Import.Status.DISCARDED)
        if refusal is not None:
            return refusal
        ImportRow.objects.filter(came_with=kept).delete()
        ImportFile.objects.filter(came_with=kept).delete()
        kept.status = Import.Status.DISCARDED
        kept.save(update_fields=["status"])
        audit.record(verb="discard-import", subject=kept, by=by, at=at, on_behalf_of=kept.person)
    return kept
