"""Making two records of one activity one, taking them apart again, and saying that two are different."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from osler.apps.audit import actions as audit
from osler.apps.credit import permissions
from osler.apps.credit.actions.drafts import RecordDraft
from osler.apps.credit.actions.writing import fill, replace_parts, state_of, tell_records_changed
from osler.apps.credit.models import Distinction, Document, Merge, Record
from osler.apps.credit.queries.merging import activity_of
from osler.core.credit.refusal import Refusal
from osler.core.credit.sameness import Merged, NotChosen, merged

if TYPE_CHECKING:
    from osler.apps.people.models import Person


def merge_records(
    *,
    first: Record,
    second: Record,
    chosen: Mapping[str, str | date | int] | None = None,
    via: str = "",
    by: Person | None,
    at: datetime,
) -> Merge | Refusal:
    """The two are one from now on: the older row holds the best of both, the other is part of it.

    ``chosen`` answers what they say differently (``core.credit.sameness.differences``). Refused: somebody
    else's, a record with itself, one that is gone, and a contradiction that was not decided. Doing it twice
    gives the same merging.
    """
    refusal = _may_pair(first, second, by, at)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        kept, other = _locked(first, second)
        there = Merge.objects.filter(kept=kept, absorbed=other, undone_at=None).first()
        if there is not None:
            return there
        if kept.removed_at is not None or other.removed_at is not None:
            return Refusal("gone", _("One of the two is no longer in your transcript. Nothing was changed."))
        try:
            best = merged(activity_of(kept), activity_of(other), chosen)
        except NotChosen as error:
            return Refusal("not-chosen", _not_chosen(error.field))
        before, state_before = values_of(kept), state_of(kept)
        _hold(kept, _draft(best))
        other.merged_into, other.removed_at = kept, at
        other.save(update_fields=["merged_into", "removed_at"])
        kept = Record.objects.get(pk=kept.pk)
        made = Merge.objects.create(
            person_id=kept.person_id,
            kept=kept,
            absorbed=other,
            before=before,
            after=values_of(kept),
            moved=_moved_documents(other, kept),
            merged_at=at,
        )
        Distinction.objects.filter(first=kept, second=other).delete()
        told = {"merged": other.key, "into": kept.key} | ({"via": via} if via else {})
        _logged("merge-records", kept, {**state_before}, {**state_of(kept), **told}, by=by, at=at)
    return made


def undo_merge(*, merge: Merge, by: Person | None, at: datetime) -> Merge | Refusal:
    """Both records are there again as they were; what was changed in the one since then stays changed.

    Refused while a later merging stands on this one. Doing it twice changes nothing.
    """
    refusal = permissions.may_keep_transcript(by=by, person=merge.person, at=at)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        undone = Merge.objects.select_for_update().get(pk=merge.pk)
        if undone.undone_at is not None:
            return undone
        kept, absorbed = _locked(undone.kept, undone.absorbed)
        refusal = _stands_on(undone, kept)
        if refusal is not None:
            return refusal
        state_before, now = state_of(kept), values_of(kept)
        values = {name: undone.before[name] if now[name] == undone.after[name] else now[name] for name in now}
        _hold(kept, draft_from(values))
        absorbed.merged_into, absorbed.removed_at = None, None
        absorbed.save(update_fields=["merged_into", "removed_at"])
        Document.objects.filter(pk__in=undone.moved, record=kept).update(record=absorbed)
        undone.undone_at = at
        undone.save(update_fields=["undone_at"])
        kept = Record.objects.get(pk=kept.pk)
        told = {"apart": absorbed.key, "from": kept.key}
        _logged("undo-merge", kept, state_before, {**state_of(kept), **told}, by=by, at=at)
    return undone


def _stands_on(undone: Merge, kept: Record) -> Refusal | None:
    if kept.merged_into is not None:
        sentence = _("“%(title)s” is part of “%(into)s” by now. Undo that first.")
        return Refusal("merged-on", sentence % {"title": kept.title, "into": kept.merged_into.title})
    if kept.removed_at is not None:
        return Refusal("gone", _("The record was removed since. Bring it back first."))
    later = (
        Merge.objects.filter(kept=kept, undone_at=None, pk__gt=undone.pk).select_related("absorbed").last()
    )
    if later is not None:
        sentence = _("“%(title)s” was added to it later. Undo that first.")
        return Refusal("merged-later", sentence % {"title": later.absorbed.title})
    return None


def keep_apart(*, first: Record, second: Record, by: Person | None, at: datetime) -> Distinction | Refusal:
    """The two are different activities; they are not asked about again."""
    refusal = _may_pair(first, second, by, at)
    if refusal is not None:
        return refusal
    first, second = sorted((first, second), key=lambda row: row.pk)
    with transaction.atomic():
        said, is_new = Distinction.objects.get_or_create(
            first=first, second=second, defaults={"person_id": first.person_id, "said_at": at}
        )
        if is_new:
            _logged("keep-apart", first, None, {"from": second.key}, by=by, at=at, is_change=False)
    return said


def forget_distinction(*, first: Record, second: Record, by: Person | None, at: datetime) -> Refusal | None:
    """Undoes ``keep_apart``: the two may be asked about again."""
    refusal = _may_pair(first, second, by, at)
    if refusal is not None:
        return refusal
    first, second = sorted((first, second), key=lambda row: row.pk)
    with transaction.atomic():
        deleted, _kinds = Distinction.objects.filter(first=first, second=second).delete()
        if deleted:
            _logged("ask-again", first, None, {"about": second.key}, by=by, at=at, is_change=False)
    return None


def values_of(record: Record) -> dict[str, object]:
    """All that a record says, as JSON; ``draft_from`` reads it back."""
    return {
        "title": record.title,
        "provider": record.provider,
        "completed_on": record.completed_on.isoformat(),
        "format": record.format,
        "note": record.note,
        "tags": record.tag_list,
        "amounts": [[part.credit_type, part.ticks] for part in record.amounts.all()],
        "topics": [[part.topic, part.ticks] for part in record.topics.all()],
    }


def draft_from(values: Mapping[str, object]) -> RecordDraft:
    """The draft of what ``values_of`` wrote."""

    def pairs(name: str) -> tuple[tuple[str, int], ...]:
        found = values[name]
        return tuple((str(code), int(ticks)) for code, ticks in found) if isinstance(found, Sequence) else ()

    tags = values["tags"]
    return RecordDraft(
        title=str(values["title"]),
        provider=str(values["provider"]),
        completed_on=date.fromisoformat(str(values["completed_on"])),
        format=str(values["format"]),
        note=str(values["note"]),
        tags=tuple(str(tag) for tag in tags) if isinstance(tags, Sequence) else (),
        amounts=pairs("amounts"),
        topics=pairs("topics"),
    )


def _draft(best: Merged) -> RecordDraft:
    return RecordDraft(
        title=best.title,
        provider=best.provider,
        completed_on=best.completed,
        format=best.format,
        amounts=best.amounts,
        topics=best.topics,
        tags=tuple(sorted(best.tags)),
        note=best.note,
    )


def _hold(record: Record, draft: RecordDraft) -> None:
    fill(record, draft).save()
    replace_parts(record, draft)


def _may_pair(first: Record, second: Record, by: Person | None, at: datetime) -> Refusal | None:
    if first.pk == second.pk or first.person_id != second.person_id:
        return Refusal("not-two", _("Choose two different records of one transcript."))
    return permissions.may_keep_transcript(by=by, person=first.person, at=at)


def _locked(first: Record, second: Record) -> tuple[Record, Record]:
    """Both rows, the older first, so that two clicks at once wait for each other in one order."""
    rows = Record.objects.select_for_update().filter(pk__in=(first.pk, second.pk)).order_by("pk")
    older, newer = rows
    return older, newer


def _moved_documents(absorbed: Record, kept: Record) -> list[int]:
    """Hangs the documents of one record on the other; bytes that are there already stay where they are."""
    there = Document.objects.filter(record=kept, removed_at=None).values_list("sha256", flat=True)
    moving = Document.objects.filter(record=absorbed).exclude(sha256__in=list(there))
    moved = list(moving.values_list("pk", flat=True))
    Document.objects.filter(pk__in=moved).update(record=kept)
    return moved


def _not_chosen(field: str) -> str:
    kind, _colon, _code = field.partition(":")
    sentences = {
        "completed": _("The two give different days. Choose the one that is right."),
        "format": _("The two give different formats. Choose the one that is right."),
        "credit": _("The two give different amounts. Choose the one that is right."),
        "topic": _("The two give different hours on a topic. Choose the one that is right."),
    }
    return sentences.get(kind, _("Choose one of the two."))


def _logged(
    verb: str,
    record: Record,
    before: Mapping[str, object] | None,
    after: Mapping[str, object],
    *,
    by: Person | None,
    at: datetime,
    is_change: bool = True,
) -> None:
    audit.record(
        verb=verb, subject=record, by=by, at=at, on_behalf_of=record.person, before=before, after=after
    )
    if is_change:
        tell_records_changed(record.person_id, at)
