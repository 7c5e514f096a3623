"""Records that came twice, and a calendar that proposes more: one persona each."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import Person

DANIEL, RUTH = "daniel.okafor@demo.example", "ruth.mehta@demo.example"
_EVENT = """\
BEGIN:VEVENT
UID:{uid}
SUMMARY:{title}
ORGANIZER;CN=Office of Continuing Education:mailto:cme@hospital.example
LOCATION:{place}
DTSTART;TZID=America/Los_Angeles:{day}T{hour}0000
DURATION:PT1H
{more}END:VEVENT
"""


def bring_sources(email: str, *, at: datetime) -> None:
    """Daniel's hospital reports what he typed already; Ruth's calendar holds three weeks of grand rounds."""
    from osler.apps.people.queries import person_by_email

    person = person_by_email(email)
    if person is not None and email == DANIEL:
        _report_again(person, at)
    if person is not None and email == RUTH:
        _bring_calendar(person, at)


def _report_again(person: Person, at: datetime) -> None:
    from osler.apps.credit.actions import RecordDraft, add_records
    from osler.apps.credit.actions.drafts import Origin
    from osler.apps.credit.queries import transcript_rows

    newest = transcript_rows(person).first()
    if newest is None:
        return
    # Spelled as the hospital does: for an assessment it is the same activity, and counts once.
    draft = RecordDraft(
        title=newest.title.upper(),
        provider=newest.provider,
        completed_on=newest.completed_on,
        format=newest.format,
        amounts=tuple((part.credit_type, part.ticks) for part in newest.amounts.all()),
        note="Attendance confirmed by the hospital.",
    )
    origin = Origin("api", "Hospital learning system")
    add_records(person=person, drafts=[draft], origin=origin, by=person, at=at)


def _bring_calendar(person: Person, at: datetime) -> None:
    from osler.adapters.calendars import Filters
    from osler.apps.credit.actions.calendars import add_calendar, choose_events

    first = (at - timedelta(days=25)).strftime("%Y%m%d")
    lunch = (at - timedelta(days=9)).strftime("%Y%m%d")
    text = "BEGIN:VCALENDAR\nVERSION:2.0\n"
    text += _EVENT.format(
        uid="rounds@hospital.example", title="Medicine grand rounds", place="Hall 2", day=first, hour="08",
        more="RRULE:FREQ=WEEKLY;COUNT=3\n",
    )  # fmt: skip
    text += _EVENT.format(
        uid="lunch@hospital.example", title="Lunch with the residents", place="Canteen", day=lunch, hour="12",
        more="",
    )  # fmt: skip
    made = add_calendar(
        person=person,
        name="Hospital calendar",
        content=f"{text}END:VCALENDAR\n".encode(),
        by=person,
        at=at,
    )
    if not isinstance(made, Refusal):
        choose_events(source=made, filters=Filters(words=("grand rounds",)), by=None, at=at)
