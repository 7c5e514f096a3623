"""A cycle of the demo that closed two hours short as it was assessed, and a certificate that came late."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from osler.cli.demo_world.persona import ago, earned, share
from osler.core.time import ONE_DAY

if TYPE_CHECKING:
    from osler.apps.people.models import HeldCredential, Person

WHOSE = {"ruth.mehta@demo.example": "us-tx-mddo"}
Line = tuple[str, str, int, int, str]
EARLIER: tuple[Line, ...] = (
    (
        "Internal medicine board review course",
        "Pacific Society of Internal Medicine",
        28,
        20,
        "medical-ethics",
    ),
    ("Grand rounds, spring series", "Sierra Valley University Hospital", 26, 8, "controlled-substances"),
)
LATE: Line = ("Perioperative medicine workshop", "Pacific Society of Internal Medicine", 25, 4, "")


def keep_a_past_cycle(person_email: str, *, at: datetime) -> None:
    """The cycle before the running one is kept the morning after it ended; one record is added only ``at``.

    So the page of that cycle shows what was kept, and beside it what the late certificate would have changed.
    """
    from osler.apps.people.queries import credentials_held, person_by_email
    from osler.apps.requirements.actions import refresh_standings
    from osler.apps.requirements.queries import assessment_of

    set_id = WHOSE.get(person_email)
    person = person_by_email(person_email) if set_id else None
    held = credentials_held(person).filter(requirement_set=set_id).first() if person else None
    if person is None or held is None:
        return
    _earn(person, EARLIER, at)
    standing = assessment_of(person, at.date()).standing(held.key)
    cycle = standing.answer.cycle if standing is not None else None
    if cycle is not None:
        _close_before(held, cycle.start)
    _earn(person, (LATE,), at)
    refresh_standings(person_id=person.pk, at=at)


def _close_before(held: HeldCredential, next_begins: date) -> None:
    """Keeps the cycle that ended the day before ``next_begins``, on the evening after."""
    from osler.apps.requirements.actions import close_cycle
    from osler.apps.requirements.queries import assessment_of, cycles_of_credential
    from osler.core.rules.schedule import Missing

    found = assessment_of(held.person, next_begins)
    standing = found.standing(held.key)
    laid = cycles_of_credential(found, standing, []) if standing is not None else None
    if laid is None or isinstance(laid, Missing):
        return
    for one in laid.all:
        if one.period.last_day == next_begins - ONE_DAY:
            moment = datetime.combine(next_begins, time(17), UTC)
            close_cycle(credential=held, start=one.period.start, by=None, at=moment)


def _earn(person: Person, lines: tuple[Line, ...], at: datetime) -> None:
    from osler.apps.credit.actions import RecordDraft, add_records

    drafts = [
        RecordDraft(
            title=title,
            provider=provider,
            completed_on=ago(at.date(), months),
            format="live",
            amounts=earned(AMA_PRA_1=hours),
            topics=share(topic, 2) if topic else (),
        )
        for title, provider, months, hours, topic in lines
    ]
    add_records(person=person, drafts=drafts, by=person, at=at)
