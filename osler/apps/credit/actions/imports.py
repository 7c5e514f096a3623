"""The first half of an import's life: upload, columns, preview. The second is in ``adding``."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from osler.adapters.transcripts import FileRefused, Mapping, Table, read_table
from osler.adapters.transcripts.columns import body_of, propose, questions_of, recalled, signature
from osler.adapters.transcripts.mapping import faults_of
from osler.apps.audit import actions as audit
from osler.apps.credit import permissions, signals
from osler.apps.credit.actions.progress import tell_progress
from osler.apps.credit.actions.reading import ROWS_AT_ONCE, rows_of
from osler.apps.credit.models import ColumnMapping, Import, ImportFile, ImportRow
from osler.apps.credit.queries.imports import table_of
from osler.apps.credit.queries.wording import refusal_of, stored
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import Person

LINES_READ_IN_ONE_REQUEST = 2000


def start_import(
    *, person: Person, content: bytes, filename: str, by: Person | None, at: datetime
) -> Import | Refusal:
    """Keeps the file and reads it; nothing is added to the transcript yet.

    The import comes back ``previewed`` with its rows where the layout is known or its columns were confirmed
    before, else ``unmapped`` with a proposed mapping and what is left to say. More than
    ``LINES_READ_IN_ONE_REQUEST`` lines are read by a job (``reading``; ``read_import``). A file that is no
    table is refused with its reason, and not kept.
    """
    refusal = permissions.may_keep_transcript(by=by, person=person, at=at)
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
    refusal = permissions.may_move_import(by=by, came_with=came_with, to=Import.Status.UNMAPPED, at=at)
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
        refusal = permissions.may_move_import(by=by, came_with=kept, to=Import.Status.UNMAPPED, at=at)
        if refusal is not None:
            return refusal
        kept.layout = mapping.layout
        _mapped(kept, table, mapping, at, is_ready=not questions_of(table, mapping, at.date()))
        if kept.status in (Import.Status.PREVIEWED, Import.Status.READING):
            ColumnMapping.objects.update_or_create(
                person=kept.person,
                signature=signature(table, mapping),
                defaults={"mapping": mapping.as_data(), "confirmed_at": at},
            )
    return kept


def _mapped(made: Import, table: Table, mapping: Mapping, at: datetime, *, is_ready: bool) -> None:
    """Sets mapping, questions and status; makes the rows anew where the mapping is ready, or leaves a job."""
    lines = len(body_of(table.sheets[mapping.sheet], mapping.header_line))
    is_long = is_ready and lines > LINES_READ_IN_ONE_REQUEST
    made.mapping = mapping.as_data()
    made.questions = stored(questions_of(table, mapping, at.date()))
    made.status = (
        Import.Status.READING if is_long else Import.Status.PREVIEWED if is_ready else Import.Status.UNMAPPED
    )
    made.rows_done, made.rows_in_all = 0, lines
    made.save()
    ImportRow.objects.filter(came_with=made).delete()
    if is_long:
        signals.import_to_read.send(sender=Import, import_id=made.pk, at=at)
    elif is_ready:
        ImportRow.objects.bulk_create(rows_of(table, mapping, made, at), batch_size=ROWS_AT_ONCE)


def read_import(*, import_id: int, at: datetime) -> int:
    """Reads the rows of an import that is ``reading``, and says how many; any other is left as it is.

    How far it is stands in the row and is told to whoever looks. Running it again begins anew.
    """
    kept = Import.objects.select_related("person", "file").filter(pk=import_id).first()
    if kept is None or kept.status != Import.Status.READING:
        return 0
    try:
        table = table_of(kept)
    except FileRefused:
        return 0

    def tell(done: int) -> None:
        # Committed at once, so that a page without a stream sees it too.
        Import.objects.filter(pk=import_id, status=Import.Status.READING).update(rows_done=done)
        kept.rows_done = done
        tell_progress(kept)

    rows = rows_of(table, Mapping.from_data(kept.mapping), kept, at, tell)
    with transaction.atomic():
        there = Import.objects.select_for_update().get(pk=import_id)
        if there.status != Import.Status.READING:
            return 0
        ImportRow.objects.filter(came_with=there).delete()
        ImportRow.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
        there.status, there.rows_done = Import.Status.PREVIEWED, there.rows_in_all
        there.save(update_fields=["status", "rows_done"])
        transaction.on_commit(lambda: tell_progress(there, is_done=True))
    return len(rows)


def discard_import(*, came_with: Import, by: Person | None, at: datetime) -> Import | Refusal:
    """Throws away an upload that was never added, its file and rows with it."""
    with transaction.atomic():
        kept = Import.objects.select_for_update().select_related("person").get(pk=came_with.pk)
        refusal = permissions.may_move_import(by=by, came_with=kept, to=Import.Status.DISCARDED, at=at)
        if refusal is not None:
            return refusal
        ImportRow.objects.filter(came_with=kept).delete()
        ImportFile.objects.filter(came_with=kept).delete()
        kept.status = Import.Status.DISCARDED
        kept.save(update_fields=["status"])
        audit.record(verb="discard-import", subject=kept, by=by, at=at, on_behalf_of=kept.person)
    return kept
