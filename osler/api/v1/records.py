"""The transcript: found, read, added one by one or many at once, changed, removed, brought back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import ValidationError

from osler.api.door import now, once, person_of, token_of, via_of
from osler.api.problems import Problem, pointers, refused
from osler.api.v1.shapes import (
    AddedOut,
    BatchIn,
    BatchOut,
    NewRecordIn,
    RecordIn,
    RecordOut,
    RecordsOut,
)
from osler.apps.credit.actions import (
    add_records,
    change_record,
    merge_records,
    remove_record,
    restore_record,
)
from osler.apps.credit.actions.drafts import Origin, RecordDraft, checked
from osler.apps.credit.queries import TranscriptFilters, record_by_key, transcript
from osler.apps.credit.queries.merging import SuspectedPair, suspected_keys, suspected_pairs, twins_of
from osler.core.credit.amount import AmountError, amount_text, parse_amount
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.credit.models import Record
    from osler.apps.people.models import Person

router = Router(tags=["Records"])
Same = Literal["ask", "merge"]
SAME = Query(
    "ask",
    description="Where the same activity is there: “ask” adds it and asks the person; “merge” makes the two "
    "one where nothing contradicts, which the person can undo.",
)
Sort = Literal["completed", "-completed", "title", "-title", "provider", "-provider", "added", "-added"]


@router.get("/records", response=RecordsOut, summary="Find records")
def find(
    request: HttpRequest,
    q: str = Query("", max_length=200, description="Every word must occur in title, provider or note."),
    credit_type: str = "",
    format: str = "",  # noqa: A002 - the name in the address
    topic: str = "",
    source: str = Query("", description="manual, import, document, calendar or api."),
    completed_from: date | None = None,
    completed_until: date | None = None,
    sort: Sort = "-completed",
    page: int = Query(1, ge=1, le=100_000),
    page_size: int = Query(50, ge=1, le=200),
) -> dict[str, Any]:
    """One page, newest first unless sorted otherwise; a page beyond the last is the last."""
    found = transcript(
        person_of(request),
        search=q,
        filters=TranscriptFilters(
            credit_type=credit_type,
            format=format,
            topic=topic,
            source=source,
            completed_from=completed_from,
            completed_until=completed_until,
        ),
        sort=sort,
        page=page,
        page_size=page_size,
    )
    return {
        "records": [record_data(row) for row in found.records],
        "count": found.count,
        "page": found.page,
        "pages": found.pages,
        "totals": [
            {"credit_type": one.credit_type, "records": one.records, "amount": amount_text(one.ticks)}
            for one in found.totals
        ],
    }


@router.post("/records", response={201: AddedOut}, summary="Add a record")
def add(request: HttpRequest, sent: NewRecordIn, same: Same = SAME) -> HttpResponse:
    """Send an ``Idempotency-Key`` header, and a request that is repeated adds nothing twice."""

    def act() -> tuple[int, dict[str, Any]]:
        draft = draft_of(sent)
        _free(person_of(request), [draft.key] if draft.key else [])
        (record,) = _added(request, [draft])
        return 201, _told(request, record, twins_of(record), same)

    return once(request, act)


@router.post("/records/batch", response=BatchOut, summary="Add up to 500 records")
def add_batch(request: HttpRequest, sent: BatchIn, same: Same = SAME) -> HttpResponse:
    """Each is taken or refused by itself; those that are taken are added together."""

    def act() -> tuple[int, dict[str, Any]]:
        person, moment = person_of(request), now()
        read = [_read(item) for item in sent.records]
        asked = [one.key for one in read if isinstance(one, RecordDraft) and one.key]
        taken = {key for key in asked if asked.count(key) > 1 or record_by_key(person, key) is not None}
        sound: list[RecordDraft | Problem] = []
        for one in read:
            found = one if isinstance(one, Problem) else _sound(one, taken, checked(one, moment))
            sound.append(found)
        drafts = [one for one in sound if isinstance(one, RecordDraft)]
        added = iter(_added(request, drafts) if drafts else ())
        rows = [next(added) if isinstance(one, RecordDraft) else one for one in sound]
        pairs = _pairs(person, {row.key for row in rows if not isinstance(row, Problem)})
        results = [
            {"status": row.status, "problem": row.data}
            if isinstance(row, Problem)
            else {"status": 201, "record": _told(request, row, pairs.get(row.key, []), same)}
            for row in rows
        ]
        return 200, {"added": len(drafts), "refused": len(rows) - len(drafts), "results": results}

    return once(request, act)


@router.get("/records/{id}", response=RecordOut, summary="One record")
def one(request: HttpRequest, id: str) -> dict[str, Any]:  # noqa: A002 - the name in the address
    """By its id. One that was removed, or made one with another, is gone (410)."""
    return record_data(_there(request, id))


@router.put("/records/{id}", response=RecordOut, summary="Change a record")
def change(request: HttpRequest, id: str, sent: RecordIn) -> dict[str, Any]:  # noqa: A002
    """The record is as it is sent from now on; what is left out is empty."""
    draft = draft_of(sent)
    record = _there(request, id)
    done = change_record(record=record, draft=draft, via=via_of(request), by=person_of(request), at=now())
    return record_data(_done(done))


@router.delete("/records/{id}", response={204: None}, summary="Remove a record")
def remove(request: HttpRequest, id: str) -> Status:  # noqa: A002
    """It no longer counts; it can be brought back."""
    record = _there(request, id)
    _done(remove_record(record=record, via=via_of(request), by=person_of(request), at=now()))
    return Status(204, None)


@router.post("/records/{id}/restore", response=RecordOut, summary="Bring a removed record back")
def restore(request: HttpRequest, id: str) -> dict[str, Any]:  # noqa: A002
    """As it was. A record that is part of another is not brought back by itself."""
    record = record_by_key(person_of(request), id)
    if record is None:
        raise Http404
    _done(restore_record(record=record, via=via_of(request), by=person_of(request), at=now()))
    return record_data(_there(request, id))


def record_data(record: Record) -> dict[str, Any]:
    """One record as it is sent."""
    return {
        "id": record.key,
        "title": record.title,
        "provider": record.provider,
        "completed": record.completed_on.isoformat(),
        "format": record.format,
        "credits": {part.credit_type: amount_text(part.ticks) for part in record.amounts.all()},
        "topics": {part.topic: amount_text(part.ticks) for part in record.topics.all()},
        "tags": record.tag_list,
        "note": record.note,
        "source": {"kind": record.source, "name": record.source_detail},
        "added_at": record.added_at.isoformat(),
    }


def draft_of(sent: RecordIn) -> RecordDraft:
    """What was sent, for the actions to check. Raises ``Problem`` where an amount is none."""
    return RecordDraft(
        title=sent.title,
        provider=sent.provider,
        completed_on=sent.completed,
        format=sent.format,
        amounts=_ticks(sent.credits, "credits"),
        topics=_ticks(sent.topics, "topics"),
        tags=tuple(sent.tags),
        note=sent.note,
        key=(sent.id or "") if isinstance(sent, NewRecordIn) else "",
    )


def _ticks(amounts: dict[str, str | int], field: str) -> tuple[tuple[str, int], ...]:
    found = []
    for code, text in amounts.items():
        try:
            found.append((code, parse_amount(str(text))))
        except AmountError as error:
            sentence = _("An amount cannot be read. Nothing was changed.")
            fault = {"pointer": f"/{field}/{code}", "detail": str(error)}
            raise Problem(422, "invalid", sentence, errors=[fault]) from None
    return tuple(found)


def _read(item: dict[str, Any]) -> RecordDraft | Problem:
    try:
        return draft_of(NewRecordIn.model_validate(item))
    except ValidationError as error:
        faults = [{"loc": ("body", "", *one["loc"]), "msg": one["msg"]} for one in error.errors()]
        return Problem(422, "invalid", _("This one was not taken."), errors=pointers(faults))
    except Problem as problem:
        return problem


def _sound(draft: RecordDraft, taken: set[str], found: RecordDraft | Refusal) -> RecordDraft | Problem:
    if draft.key in taken:
        return _taken(draft.key)
    return refused(found) if isinstance(found, Refusal) else found


def _taken(key: str) -> Problem:
    return Problem(409, "id-taken", _("There is a record with the id %(id)s already.") % {"id": key})


def _free(person: Person, keys: list[str]) -> None:
    for key in keys:
        if record_by_key(person, key) is not None:
            raise _taken(key)


def _added(request: HttpRequest, drafts: list[RecordDraft]) -> list[Record]:
    person = person_of(request)
    origin = Origin("api", token_of(request).name, via_of(request))
    done = add_records(person=person, drafts=drafts, origin=origin, by=person, at=now())
    if isinstance(done, Refusal):
        raise refused(done)
    return done


def _pairs(person: Person, keys: set[str]) -> dict[str, list[SuspectedPair]]:
    """What the new records look like; one search for all of them."""
    wanted = [pair for pair in suspected_keys(person) if keys & set(pair)]
    found: dict[str, list[SuspectedPair]] = {}
    for pair in suspected_pairs(person, wanted[:1000]):
        for key in keys & {pair.first.key, pair.second.key}:
            found.setdefault(key, []).append(pair)
    return found


def _told(request: HttpRequest, record: Record, pairs: list[SuspectedPair], same: Same) -> dict[str, Any]:
    """The record just added, with what it looks like; made one with that where asked to."""
    plain = next((pair for pair in pairs if pair.is_plain), None)
    if same == "merge" and plain is not None:
        made = merge_records(
            first=plain.first, second=plain.second, via=via_of(request), by=person_of(request), at=now()
        )
        if not isinstance(made, Refusal):
            kept = _there(request, made.kept.key)
            return {**record_data(kept), "looks_like": [], "merged": True}
    alike = [
        {
            "id": (pair.second if pair.first.key == record.key else pair.first).key,
            "certain": pair.like.is_certain,
            "reasons": list(pair.like.reasons),
        }
        for pair in pairs
    ]
    return {**record_data(record), "looks_like": alike, "merged": False}


def _there(request: HttpRequest, key: str) -> Record:
    record = record_by_key(person_of(request), key)
    if record is None:
        raise Http404
    if record.merged_into is not None:
        sentence = _("This record was made one with another.")
        raise Problem(410, "merged", sentence, merged_into=record.merged_into.key)
    if record.removed_at is not None:
        raise Problem(410, "removed", _("This record was removed. POST to …/restore brings it back."))
    return record


def _done(answer: Record | Refusal) -> Record:
    if isinstance(answer, Refusal):
        raise refused(answer)
    return answer
