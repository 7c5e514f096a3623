"""Calendars: added, read again, filtered; their events confirmed, recognised or left out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from osler.adapters.calendars import CalendarRefused, Event, Filters, fetch
from osler.adapters.calendars.reading import read_events
from osler.apps.audit import actions as audit
from osler.apps.credit import permissions
from osler.apps.credit.actions.drafts import Origin, RecordDraft
from osler.apps.credit.actions.records import add_records
from osler.apps.credit.models import CalendarEvent, CalendarFile, CalendarSource, Record
from osler.apps.credit.queries.calendars import calendars_of, filters_of, trouble_sentence
from osler.apps.people.actions import note_consent
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import Person

YEARS_BACK = 3
MOST_CALENDARS = 10
ROWS_AT_ONCE = 1000
State = CalendarEvent.State


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the person says of one event: what it gave (pairs of code and ticks), and in which format."""

    event: CalendarEvent
    amounts: tuple[tuple[str, int], ...]
    format: str = "live"
    provider: str = ""


def add_calendar(
    *,
    person: Person,
    name: str,
    url: str = "",
    content: bytes = b"",
    by: Person | None,
    at: datetime,
) -> CalendarSource | Refusal:
    """A calendar from an address (``url``) or a file (``content``), read once; nothing is proposed before
    ``choose_events`` says which events are education. One that cannot be read is refused and not kept.
    """
    refusal = permissions.may_keep_transcript(by=by, person=person, at=at)
    if refusal is None and calendars_of(person).count() >= MOST_CALENDARS:
        refusal = Refusal("too-many-calendars", _("You have ten calendars. Remove one first."))
    if refusal is not None:
        return refusal
    etag = ""
    try:
        if url:
            fetched = fetch(url.strip())
            content, etag = fetched.content, fetched.etag
        _read(content, person, at)
    except CalendarRefused as error:
        return _refusal(error)
    with transaction.atomic():
        made = CalendarSource.objects.create(
            person=person,
            name=name.strip()[:120] or urlsplit(url).hostname or _("Calendar"),
            url=url.strip(),
            etag=etag,
            added_at=at,
            asked_at=at,
            read_at=at,
        )
        _keep_file(made, content)
        after = {"name": made.name, "host": urlsplit(url).hostname or ""}
        audit.record(verb="add-calendar", subject=made, by=by, at=at, on_behalf_of=person, after=after)
        _note(made, is_given=True, at=at)
    return made


def choose_events(
    *, source: CalendarSource, filters: Filters, by: Person | None, at: datetime
) -> CalendarSource | Refusal:
    """Says which events are education, and proposes them. What was confirmed or left out stays so."""
    refusal = permissions.may_keep_transcript(by=by, person=source.person, at=at)
    if refusal is None and filters == Filters():
        refusal = Refusal("no-filter", _("Say at least one word, organiser or category, or take all events."))
    if refusal is not None:
        return refusal
    with transaction.atomic():
        kept = CalendarSource.objects.select_for_update().get(pk=source.pk)
        kept.filters, kept.chosen_at = filters.as_data(), at
        kept.save(update_fields=["filters", "chosen_at"])
        audit.record(
            verb="choose-events", subject=kept, by=by, at=at, on_behalf_of=source.person, after=kept.filters
        )
        try:
            _propose(kept, _read(bytes(kept.file.content), kept.person, at), at)
        except CalendarRefused as error:
            return _refusal(error)
    return kept


def refresh_calendar(*, source_id: int, at: datetime) -> bool:
    """Asks a subscribed calendar again and proposes what is new; says whether it could be read.

    Nothing is lost where it could not: the trouble is kept for the page, and it is asked less often.
    """
    source = CalendarSource.objects.select_related("person").filter(pk=source_id, removed_at=None).first()
    if source is None or not source.url:
        return False
    try:
        fetched = fetch(source.url, source.etag)
        content = bytes(source.file.content) if fetched.is_unchanged else fetched.content
        events = _read(content, source.person, at)
    except CalendarRefused as error:
        CalendarSource.objects.filter(pk=source_id).update(
            asked_at=at, failures=min(source.failures + 1, 100), trouble=[error.code, *error.values]
        )
        return False
    with transaction.atomic():
        kept = CalendarSource.objects.select_for_update().get(pk=source_id)
        kept.asked_at = kept.read_at = at
        kept.failures, kept.trouble, kept.etag = 0, [], fetched.etag or kept.etag
        kept.save(update_fields=["asked_at", "read_at", "failures", "trouble", "etag"])
        if not fetched.is_unchanged:
            _keep_file(kept, content)
        if kept.chosen_at is not None:
            _propose(kept, events, at)
    return True


def confirm_events(
    *, source: CalendarSource, confirmations: Sequence[Confirmation], by: Person | None, at: datetime
) -> list[Record] | Refusal:
    """The events become records, all or, with the first that is refused, none. Twice adds nothing twice."""
    refusal = permissions.may_keep_transcript(by=by, person=source.person, at=at)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        open_ones = _open(source, [one.event for one in confirmations])
        fresh = [one for one in confirmations if one.event.pk in open_ones]
        drafts = [_draft(one) for one in fresh]
        origin = Origin("calendar", source.name)
        added = add_records(person=source.person, drafts=drafts, origin=origin, by=by, at=at)
        if isinstance(added, Refusal):
            return added
        for one, record in zip(fresh, added, strict=True):
            CalendarEvent.objects.filter(pk=one.event.pk).update(state=State.ADDED, record=record)
    return added


def match_events(
    *, source: CalendarSource, pairs: Mapping[int, Record], by: Person | None, at: datetime
) -> int | Refusal:
    """These events (ids) are the records beside them: nothing is added, the calendar is a source of both."""
    refusal = permissions.may_keep_transcript(by=by, person=source.person, at=at)
    if refusal is not None:
        return refusal
    done = 0
    with transaction.atomic():
        for event_id, record in pairs.items():
            if record.person_id == source.person_id:
                rows = CalendarEvent.objects.filter(calendar=source, pk=event_id, state=State.PROPOSED)
                done += rows.update(state=State.MATCHED, record=record)
        _logged("match-events", source, {"events": done}, by, at)
    return done


def leave_out_events(
    *, source: CalendarSource, events: Sequence[int], by: Person | None, at: datetime
) -> int | Refusal:
    """These events (ids) are not proposed again; ``propose_again`` brings them back."""
    return _turn(source, events, State.PROPOSED, State.LEFT_OUT, "leave-out-events", by, at)


def propose_again(
    *, source: CalendarSource, events: Sequence[int], by: Person | None, at: datetime
) -> int | Refusal:
    """Undoes ``leave_out_events``."""
    return _turn(source, events, State.LEFT_OUT, State.PROPOSED, "propose-events-again", by, at)


def remove_calendar(*, source: CalendarSource, by: Person | None, at: datetime) -> CalendarSource | Refusal:
    """It is read no more, its address and file forgotten. The records that came from it stay."""
    refusal = permissions.may_keep_transcript(by=by, person=source.person, at=at)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        kept = CalendarSource.objects.select_for_update().get(pk=source.pk)
        kept.removed_at, kept.url = kept.removed_at or at, ""
        kept.save(update_fields=["removed_at", "url"])
        CalendarFile.objects.filter(calendar=kept).delete()
        CalendarEvent.objects.filter(calendar=kept, state__in=(State.PROPOSED, State.LEFT_OUT)).delete()
        _logged("remove-calendar", source, {"name": kept.name}, by, at)
        _note(kept, is_given=False, at=at)
    return kept


def _note(source: CalendarSource, *, is_given: bool, at: datetime) -> None:
    note_consent(
        person=source.person,
        purpose="calendar-in",
        is_given=is_given,
        subject=f"calendar {source.pk}",
        detail=source.name,
        at=at,
    )


def _read(content: bytes, person: Person, at: datetime) -> list[Event]:
    since = (at - timedelta(days=366 * YEARS_BACK)).date()
    return read_events(content, since=since, until=at, zone=person.time_zone)


def _refusal(error: CalendarRefused) -> Refusal:
    return Refusal(error.code, trouble_sentence([error.code, *error.values]))


def _keep_file(source: CalendarSource, content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    CalendarFile.objects.update_or_create(calendar=source, defaults={"content": content, "sha256": digest})


def _propose(source: CalendarSource, events: list[Event], at: datetime) -> None:
    """Proposals follow the calendar: new ones come, moved ones move, those no longer there go."""
    filters = filters_of(source)
    wanted = {(one.uid, one.occurrence): one for one in events if one.title and filters.take(one)}
    rows = {(row.uid, row.occurrence): row for row in CalendarEvent.objects.filter(calendar=source)}
    fresh = [_row(source, one, at) for place, one in wanted.items() if place not in rows]
    CalendarEvent.objects.bulk_create(fresh, batch_size=ROWS_AT_ONCE)
    changed = []
    for place, row in rows.items():
        one = wanted.get(place)
        if row.state == State.PROPOSED and one is None:
            row.state = State.GONE
            changed.append(row)
        elif one is not None and row.state in (State.PROPOSED, State.GONE):
            row.title, row.held_on, row.minutes = one.title, one.held_on, one.minutes
            row.starts_at, row.state = one.starts_at, State.PROPOSED
            changed.append(row)
    CalendarEvent.objects.bulk_update(
        changed, ["title", "held_on", "minutes", "starts_at", "state"], batch_size=200
    )


def _row(source: CalendarSource, one: Event, at: datetime) -> CalendarEvent:
    return CalendarEvent(
        calendar=source,
        uid=one.uid,
        occurrence=one.occurrence,
        title=one.title,
        organiser=one.organiser,
        location=one.location,
        starts_at=one.starts_at,
        held_on=one.held_on,
        minutes=one.minutes,
        seen_at=at,
    )


def _draft(one: Confirmation) -> RecordDraft:
    return RecordDraft(
        title=one.event.title,
        provider=one.provider,
        completed_on=one.event.held_on,
        amounts=one.amounts,
        format=one.format,
    )


def _open(source: CalendarSource, events: Sequence[CalendarEvent]) -> set[int]:
    rows = CalendarEvent.objects.select_for_update().filter(
        calendar=source, pk__in=[one.pk for one in events], state=State.PROPOSED
    )
    return {row.pk for row in rows}


def _turn(
    source: CalendarSource,
    events: Sequence[int],
    before: str,
    after: str,
    verb: str,
    by: Person | None,
    at: datetime,
) -> int | Refusal:
    refusal = permissions.may_keep_transcript(by=by, person=source.person, at=at)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        rows = CalendarEvent.objects.filter(calendar=source, pk__in=list(events), state=before)
        done = rows.update(state=after)
        _logged(verb, source, {"events": done}, by, at)
    return done


def _logged(
    verb: str, source: CalendarSource, after: Mapping[str, object], by: Person | None, at: datetime
) -> None:
    audit.record(verb=verb, subject=source, by=by, at=at, on_behalf_of=source.person, after=after)
