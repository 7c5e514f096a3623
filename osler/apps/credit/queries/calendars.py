"""Calendars and what they propose, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from osler.adapters.calendars import Filters
from osler.apps.credit.models import CalendarEvent, CalendarSource
from osler.apps.credit.queries.portfolio import records_for_portfolio
from osler.core.credit.sameness import Activity, Likeness, likeness
from osler.core.rules.record import CreditRecord

if TYPE_CHECKING:
    from osler.apps.people.models import Person

HOURS_BETWEEN = 12
# {0} is the value of the refusal.
SENTENCES: dict[str, Promise] = {
    "address": _("This is not the address of a calendar. It begins with https:// or webcal://."),
    "https": _("Only addresses with https:// are read, so that nobody on the way can see the calendar."),
    "private": _("This address lies inside a private network. Osler reads calendars from public ones only."),
    "no-host": _("There is no machine of this name. Check the address."),
    "unreachable": _("The calendar could not be reached. What was read before is kept."),
    "late": _("The calendar did not answer within {0} seconds. What was read before is kept."),
    "redirects": _("The address leads on and on. Take the one at which the calendar itself lies."),
    "status": _("The calendar answered with “{0}” instead of its events. Perhaps the address has expired."),
    "too-large": _("The calendar is larger than {0} MB. Share a smaller one, with your education only."),
    "too-many": _("The calendar holds more than {0} events. Share a smaller one, with your education only."),
    "no-calendar": _("This is not a calendar (.ics). Nothing was kept."),
}


def trouble_sentence(trouble: list[str]) -> str:
    """What went wrong at the last reading, in words; empty where nothing did."""
    return str(SENTENCES[trouble[0]]).format(*trouble[1:]) if trouble else ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One event to confirm, and the record it looks like, if any."""

    event: CalendarEvent
    record: CreditRecord | None
    like: Likeness | None


def calendars_of(person: Person) -> QuerySet[CalendarSource]:
    """A person's calendars, newest first, removed ones left out."""
    return CalendarSource.objects.filter(person=person, removed_at=None)


def calendars_with_counts(person: Person) -> QuerySet[CalendarSource]:
    """A person's calendars; ``proposed`` says how many events wait to be confirmed. One query."""
    waits = Q(events__state=CalendarEvent.State.PROPOSED)
    return calendars_of(person).annotate(proposed=Count("events", filter=waits))


def calendar_by_key(person: Person, key: str) -> CalendarSource | None:
    """One calendar of this person by its public key; never anybody else's."""
    return calendars_of(person).filter(key=key).first()


def filters_of(source: CalendarSource) -> Filters:
    """Which of its events are education."""
    return Filters.from_data(source.filters)


def events_of(source: CalendarSource, *, states: tuple[str, ...]) -> QuerySet[CalendarEvent]:
    """Events in these states, newest first."""
    return CalendarEvent.objects.filter(calendar=source, state__in=states).select_related("record")


def proposals(source: CalendarSource, events: list[CalendarEvent]) -> list[Proposal]:
    """Events with what they look like in the person's record. Three queries, whatever their number."""
    records = records_for_portfolio(source.person_id) if events else ()
    by_day: dict[object, list[CreditRecord]] = {}
    for record in records:
        by_day.setdefault(record.completed, []).append(record)
    return [_proposal(event, by_day.get(event.held_on, [])) for event in events]


def _proposal(event: CalendarEvent, records: list[CreditRecord]) -> Proposal:
    here = Activity(event.pk, event.title, "", event.held_on, origin=f"calendar:{event.calendar_id}")
    for record in records:
        # A calendar names no provider and no credit: title and day are all there is to compare.
        like = likeness(here, Activity(record.id, record.title, "", record.completed))
        if like is not None:
            return Proposal(event, record, like)
    return Proposal(event, None, None)


def calendars_to_read(at: datetime) -> list[int]:
    """The ids of subscribed calendars that were not asked for half a day; longer after failures."""
    rows = CalendarSource.objects.filter(removed_at=None, person__is_active=True).exclude(url="")
    found = []
    for pk, asked_at, failures in rows.values_list("pk", "asked_at", "failures"):
        wait = timedelta(hours=HOURS_BETWEEN * 2 ** min(failures, 5))
        if asked_at is None or asked_at <= at - wait:
            found.append(pk)
    return found
