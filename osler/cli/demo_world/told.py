"""What the demo world was told in the week before it was loaded: digests, a reminder, a calendar address."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from osler.apps.people.models import Person

WHO = "ruth.mehta@demo.example"
WEEK = timedelta(days=8)
DAY = timedelta(days=1)
DISTANCES = (180, 90, 30, 7)


def begin_week(person: Person, at: datetime) -> None:
    """Begins to watch a week before ``at``, when nothing was recorded yet: so that there is news to tell."""
    from osler.apps.messages.actions import choose_messages
    from osler.apps.requirements.actions import keep_watch
    from osler.apps.requirements.queries import assessment_of

    since = at - WEEK
    found = assessment_of(person, since.date())
    if person.email == WHO:
        # One distance that falls into this week, whatever the day on which the demo is loaded.
        days = [one.answer.cycle.last_day for one in found.standings if one.answer.cycle is not None]
        ahead = [(day - since.date()).days - 4 for day in days if day > at.date()]
        distances = {*DISTANCES, *sorted(one for one in ahead if one > 0)[:1]}
        choose_messages(
            person=person, off=(), distances=distances, digest_weekday=0, hour=7, by=person, at=since
        )
    keep_watch(person=person, found=found, at=since)


def tell(person: Person, at: datetime) -> None:
    """Writes what fell due in that week; the worker sends it when the demo starts."""
    from osler.apps.requirements.actions import remind, renew_calendar, write_digest

    # In the morning in California, during the day elsewhere.
    yesterday = at.replace(hour=16) - DAY
    remind(person_id=person.pk, at=yesterday)
    write_digest(person_id=person.pk, at=yesterday)
    if person.email == WHO:
        renew_calendar(person=person, by=person, at=at)
