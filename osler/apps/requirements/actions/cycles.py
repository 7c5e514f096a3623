"""Keeping a cycle as it was assessed, and going on into the next one."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from osler.apps.audit import actions as audit
from osler.apps.people import actions as people
from osler.apps.people import permissions
from osler.apps.people.queries import person_by_id
from osler.apps.requirements.actions.striking import bring_cycle_back
from osler.apps.requirements.models import ClosedCycle
from osler.apps.requirements.packing import packed
from osler.apps.requirements.queries.assessment import CredentialStanding, PersonAssessment, assessment_of
from osler.apps.requirements.queries.cycles import (
    answer_in,
    assessments_of,
    closed_cycles,
    credential_value_of,
    cycles_of_credential,
    ended_as,
    ended_unkept,
)
from osler.apps.requirements.queries.kept import content_of, set_hash
from osler.apps.requirements.queries.standings import percent_of
from osler.apps.requirements.signals import cycle_closed
from osler.core.credit.refusal import Refusal
from osler.core.rules.cycles import as_of_cycle, in_cycle
from osler.core.rules.schedule import Missing, schedule
from osler.core.time import Period, add_months

if TYPE_CHECKING:
    from osler.apps.people.models import HeldCredential, Person

Reason = ClosedCycle.Reason
MOST_YEARS_AHEAD = 20


class Details(NamedTuple):
    """What else a renewed licence may say: its number, its first issue, the holder's name for it."""

    number: str
    issued_on: date | None
    name: str


def local_day(person: Person, at: datetime) -> date:
    """The day it is where the person is: their cycle ends at their midnight."""
    return at.astimezone(ZoneInfo(person.time_zone)).date()


def close_ended_cycles(*, person_id: int, at: datetime) -> list[ClosedCycle]:
    """Keeps every cycle of a person that has ended since Osler last looked; Osler itself does it.

    Only cycles that Osler saw running are kept: what ended before a credential was added is not claimed to
    have been assessed at the time. Doing it twice keeps nothing twice.
    """
    person = person_by_id(person_id)
    if person is None:
        return []
    today = local_day(person, at)
    ended = {row.credential_id: row for row in ended_unkept(today).filter(person=person)}
    seen = {
        pk: row.cycle_ends_on
        for pk, row in ended.items()
        if row.cycle_ends_on and row.as_of <= row.cycle_ends_on
    }
    if not seen:
        return []
    found = assessment_of(person, today)
    kept = []
    for standing in found.standings:
        last_day = seen.get(standing.held.pk)
        period = None if last_day is None else _ending(found, standing, last_day)
        if period is not None:
            kept.append(_keep(found, standing, period, Reason.ENDED, by=None, at=at))
    return kept


def _ending(found: PersonAssessment, standing: CredentialStanding, last_day: date) -> Period | None:
    value = credential_value_of(found, standing.held.key)
    held = (
        value
        if value.expires is None
        else in_cycle(value, Period(last_day, date.fromordinal(last_day.toordinal() + 1)))
    )
    laid = schedule(standing.rules.cycle, held, found.portfolio.clinician, last_day)
    return None if isinstance(laid, Missing) or laid.last_day != last_day else laid.period


def close_cycle(
    *, credential: HeldCredential, start: date, by: Person | None, at: datetime
) -> ClosedCycle | Refusal:
    """Keeps the answer for a cycle that has ended, as it is worked out today.

    Refused: somebody else's, no cycle that began on that day, one that still runs. A cycle kept already is
    given as it was kept.
    """
    refusal = permissions.may_change_credential(by=by, credential=credential, at=at)
    if refusal is not None:
        return refusal
    found, standing = _found(credential, at)
    period = None if standing is None else _cycle(found, standing, start)
    if standing is None or period is None:
        return Refusal("no-such-cycle", _("No cycle of this credential began on that day."))
    if period.last_day >= found.as_of:
        return Refusal("still-running", _("This cycle still runs; it is kept when it has ended."))
    return _keep(found, standing, period, Reason.ASKED, by=by, at=at)


def assess_again(
    *, credential: HeldCredential, last_on: date, note: str, by: Person | None, at: datetime
) -> ClosedCycle | Refusal:
    """Keeps today's answer for a closed cycle beside the one kept then, with the reason in ``note``.

    Refused: somebody else's, a cycle that is not kept, and no reason.
    """
    refusal = permissions.may_change_credential(by=by, credential=credential, at=at)
    if refusal is not None:
        return refusal
    if not note.strip():
        return Refusal("no-reason", _("Say in a few words why the cycle is assessed again."))
    kept = list(assessments_of(credential, last_on).defer("packed"))
    found, standing = _found(credential, at)
    if standing is None or not kept:
        return Refusal("not-kept", _("No assessment of this cycle is kept yet."))
    period = Period(kept[0].start_on, date.fromordinal(last_on.toordinal() + 1))
    return _keep(
        found,
        standing,
        period,
        Reason.CORRECTED,
        by=by,
        at=at,
        note=note.strip()[:400],
        number=kept[-1].number + 1,
        as_of=kept[0].as_of,
    )


def renew_credential(
    *,
    credential: HeldCredential,
    until: date,
    details: Details | None = None,
    by: Person | None,
    at: datetime,
) -> HeldCredential | Refusal:
    """The credential was renewed and now runs until ``until``; the cycle it leaves is kept as it stands.

    ``details`` are what the renewed licence says otherwise.

    Refused: somebody else's, and a day that lies not after the cycle that runs or has ended.
    """
    refusal = permissions.may_change_credential(by=by, credential=credential, at=at)
    if refusal is not None:
        return refusal
    found, standing = _found(credential, at)
    cycle = None if standing is None else standing.answer.cycle
    if cycle is not None and until <= cycle.last_day:
        return Refusal("not-later", _("A renewal leads to a day after the one on which the cycle ends."))
    if until > add_months(found.as_of, 12 * MOST_YEARS_AHEAD):
        return Refusal("too-far", _("That day is more than 20 years away; check the year."))
    said = details or Details(credential.number, credential.issued_on, credential.name)
    with transaction.atomic():
        kept = {}
        if standing is not None and cycle is not None and cycle.start <= found.as_of:
            row = _keep(found, standing, cycle, Reason.RENEWED, by=by, at=at)
            kept = {"start": row.start_on.isoformat(), "last": row.last_on.isoformat(), "digest": row.digest}
        renewed = people.change_credential(
            credential=credential,
            number=said.number,
            issued_on=said.issued_on,
            expires_on=until,
            name=said.name,
            renewal=kept,
            by=by,
            at=at,
        )
        if isinstance(renewed, Refusal):
            transaction.set_rollback(True)
    return renewed


def _found(credential: HeldCredential, at: datetime) -> tuple[PersonAssessment, CredentialStanding | None]:
    person = credential.person
    found = assessment_of(person, local_day(person, at))
    return found, found.standing(credential.key)


def _cycle(found: PersonAssessment, standing: CredentialStanding, start: date) -> Period | None:
    kept = list(closed_cycles(standing.held.person, credential=standing.held))
    laid = cycles_of_credential(found, standing, kept)
    one = None if isinstance(laid, Missing) else laid.starting(start)
    return None if one is None else one.period


def _keep(
    found: PersonAssessment,
    standing: CredentialStanding,
    period: Period,
    reason: ClosedCycle.Reason,
    *,
    by: Person | None,
    at: datetime,
    note: str = "",
    number: int = 1,
    as_of: date | None = None,
) -> ClosedCycle:
    """One row and its entry in the log; the row that is there already where another was quicker.

    A renewal has one entry for all it does. Who keeps a cycle that was struck brings it back.
    """
    held = standing.held
    bring_cycle_back(credential=held, last_on=period.last_day, by=by, at=at)
    day = as_of or min(period.last_day, found.as_of)
    answer = answer_in(found, standing, period, day)
    value = as_of_cycle(credential_value_of(found, held.key), period)
    small, digest = packed(content_of(found, standing, value, answer, day))
    with transaction.atomic():
        row, is_new = ClosedCycle.objects.get_or_create(
            credential=held,
            last_on=period.last_day,
            number=number,
            defaults={
                "person_id": held.person_id,
                "start_on": period.start,
                "as_of": day,
                "closed_at": at,
                "closed_by": None if by is None else by.pk,
                "reason": reason,
                "note": note,
                "status": ended_as(answer),
                "percent": percent_of(answer),
                "set_version": answer.version,
                "set_hash": set_hash(standing.rules.id),
                "digest": digest,
                "packed": small,
            },
        )
        if is_new:
            told = {"start": period.start.isoformat(), "last": period.last_day.isoformat()}
            after = {**told, "reason": str(reason), "note": note, "digest": digest}
            if reason != Reason.RENEWED:
                audit.record(
                    verb="close-cycle", subject=held, by=by, at=at, on_behalf_of=held.person, after=after
                )
            transaction.on_commit(
                lambda: cycle_closed.send(
                    sender=ClosedCycle,
                    person_id=held.person_id,
                    credential_id=held.pk,
                    last_on=period.last_day,
                    at=at,
                )
            )
    return row
