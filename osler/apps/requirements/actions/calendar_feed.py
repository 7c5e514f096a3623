"""The calendar address: making it, renewing it so that the old one ends, and what stands in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from osler.adapters.calendar_feed import CalendarDay, written_calendar
from osler.apps.audit import actions as audit
from osler.apps.messages import permissions
from osler.apps.messages.actions import address, in_words_of
from osler.apps.messages.queries import wishes_of
from osler.apps.needs.queries import open_goals
from osler.apps.people.actions import note_consent
from osler.apps.requirements.models import CalendarFeed
from osler.apps.requirements.models.alert import new_secret
from osler.apps.requirements.queries.assessment import CredentialStanding, assessment_of
from osler.apps.requirements.queries.open_work import OpenPart, open_parts
from osler.apps.requirements.queries.watches import feed_of
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import Person

FURTHEST_ALARM = 90
READ_STEP = timedelta(hours=1)


class Feed(NamedTuple):
    """The calendar as it is handed out, and when its content last changed."""

    content: bytes
    changed_at: datetime


def renew_calendar(*, person: Person, by: Person | None, at: datetime) -> CalendarFeed | Refusal:
    """Makes the person's calendar address, or a new one in place of the old, which ends at once."""
    refusal = permissions.may_decide(by=by, person=person)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        feed, is_new = CalendarFeed.objects.select_for_update().update_or_create(
            person=person,
            defaults={"secret": new_secret(), "made_at": at, "changed_at": at, "read_at": None},
        )
        verb = "make-calendar-address" if is_new else "renew-calendar-address"
        audit.record(verb=verb, subject=feed, by=by, at=at, on_behalf_of=person)
        _note(feed, is_given=True, at=at)
    return feed


def end_calendar(*, person: Person, by: Person | None, at: datetime) -> Refusal | None:
    """Ends the calendar address for good; making one again gives another."""
    refusal = permissions.may_decide(by=by, person=person)
    feed = feed_of(person)
    if refusal is not None or feed is None:
        return refusal
    with transaction.atomic():
        audit.record(verb="end-calendar-address", subject=feed, by=by, at=at, on_behalf_of=person)
        _note(feed, is_given=False, at=at)
        feed.delete()
    return None


def _note(feed: CalendarFeed, *, is_given: bool, at: datetime) -> None:
    note_consent(
        person=feed.person,
        purpose="calendar-out",
        is_given=is_given,
        subject=f"calendar address {feed.pk}",
        detail=_("Whoever knows the address sees your due dates and what is missing."),
        at=at,
    )


def read_calendar(*, feed: CalendarFeed, at: datetime) -> Feed:
    """What a calendar program gets: worked out now, its date the moment at which it last became different."""
    person = feed.person
    with in_words_of(person):
        today = at.astimezone(ZoneInfo(person.time_zone)).date()
        days = [*_credential_days(person, today), *_goal_days(person)]
        language = get_language() or settings.LANGUAGE_CODE
        name = _("Osler due days")
        bare = written_calendar(days, name=name, language=language, changed_at=feed.made_at)
        sha256 = hashlib.sha256(bare).hexdigest()
        is_changed = sha256 != feed.content_sha256
        if is_changed:
            feed.content_sha256, feed.changed_at = sha256, at.replace(microsecond=0)
        # Programs read every few minutes; an hour is exact enough for "last read".
        if is_changed or feed.read_at is None or at - feed.read_at > READ_STEP:
            CalendarFeed.objects.filter(pk=feed.pk, secret=feed.secret).update(
                content_sha256=feed.content_sha256, changed_at=feed.changed_at, read_at=at
            )
        content = written_calendar(days, name=name, language=language, changed_at=feed.changed_at)
    return Feed(content, feed.changed_at)


def _host() -> str:
    return urlsplit(settings.OSLER_PUBLIC_URL).hostname or "osler"


def _credential_days(person: Person, today: date) -> Iterator[CalendarDay]:
    """One event per credential and due day: the end of its cycle, and every earlier or later duty."""
    alarms = tuple(one for one in wishes_of(person.pk).distances if one <= FURTHEST_ALARM)
    for standing in assessment_of(person, today).standings:
        cycle = standing.answer.cycle
        is_rolling = standing.rules.cycle.anchor == "rolling"
        parts = open_parts(standing, today)
        if cycle is not None and not is_rolling:
            by_end = [one for one in parts if one.due is None or one.due == cycle.last_day]
            name = f"{standing.held.key}.cycle"
            title = _("%(name)s: the cycle ends") % {"name": standing.name}
            yield _day(standing, name, cycle.last_day, title, by_end, alarms)
        for part in parts:
            if part.due is None or (cycle is not None and part.due == cycle.last_day):
                continue
            title = f"{standing.name}: {part.title}"
            name = f"{standing.held.key}.{part.answer.id}"
            yield _day(standing, name, part.due, title, [part], alarms)


def _day(
    standing: CredentialStanding,
    name: str,
    day: date,
    title: str,
    parts: list[OpenPart],
    alarms: tuple[int, ...],
) -> CalendarDay:
    url = address("requirements:credential", standing.held.key)
    lines = [f"{one.title}: {one.amount}" for one in parts] or [_("Nothing is missing.")]
    return CalendarDay(
        uid=f"{name}@{_host()}",
        day=day,
        title=title if parts else _("%(title)s, nothing missing") % {"title": title},
        text="\n".join([*lines, url]),
        url=url,
        # Where nothing is missing no alarm goes off.
        alarms=alarms if parts else (),
    )


def _goal_days(person: Person) -> Iterator[CalendarDay]:
    for goal in open_goals(person):
        yield CalendarDay(
            uid=f"goal.{goal.key}@{_host()}",
            day=goal.due_on,
            title=_("Goal: %(title)s") % {"title": goal.title},
            text=goal.why,
            alarms=(7,),
        )
