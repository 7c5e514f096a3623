"""All cycles of a credential with where each stands: kept as it was, or worked out now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from osler.apps.requirements.models import ClosedCycle, Standing, StruckCycle
from osler.apps.requirements.queries.assessment import CredentialStanding, PersonAssessment
from osler.apps.requirements.queries.standings import percent_of
from osler.core.rules.answer import CredentialAnswer, RequirementAnswer, Status
from osler.core.rules.cycles import Cycles, as_of_cycle, cycles_of, first_end_from, in_cycle
from osler.core.rules.evaluate import assess
from osler.core.rules.record import Credential, Portfolio
from osler.core.rules.schedule import Missing
from osler.core.time import Period
from osler.requirement_sets.loader import load_sets

if TYPE_CHECKING:
    from osler.apps.people.models import HeldCredential, Person

MOST_WORKED_OUT = 6
"""Cycles of the past that are worked out for one page; older ones are when somebody opens them."""


class Place(StrEnum):
    """Where a cycle lies, seen from today."""

    PAST = "past"
    RUNNING = "running"
    WAITING = "waiting"
    """It has ended, and nobody said until when the credential was renewed."""
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class CycleStanding:
    """One cycle. ``kept`` is the answer kept when it closed; ``answer`` the one worked out now.

    Both are ``None`` for a cycle of the past from which no record is there, so that nothing can be said of
    it, and for one too old to be worked out beside the others.
    """

    period: Period
    place: Place
    records_count: int
    kept: ClosedCycle | None = None
    answer: CredentialAnswer | None = None

    @property
    def status(self) -> str:
        """``met``, ``short``, ``unknown`` or, where nothing can be said, empty."""
        if self.kept is not None:
            return self.kept.status
        if self.answer is None or self.answer.version is None:
            # Rules that are not on file say nothing of how it stood.
            return ""
        return ended_as(self.answer)

    @property
    def percent(self) -> int:
        if self.kept is not None:
            return self.kept.percent
        return percent_of(self.answer) if self.answer is not None else 0


@dataclass(frozen=True, slots=True)
class CredentialCycles:
    """Every cycle of one credential, the oldest first. ``renews_until`` is the day a renewal leads to."""

    standing: CredentialStanding
    value: Credential
    today: date
    cycles: Cycles
    all: tuple[CycleStanding, ...]
    renews_until: date | None

    @property
    def is_waiting(self) -> bool:
        """The last cycle has ended and nobody said what came after it."""
        return self.cycles.is_waiting(self.today)

    def starting(self, start: date) -> CycleStanding | None:
        """The cycle that began on this day."""
        return next((one for one in self.all if one.period.start == start), None)


def closed_cycles(person: Person, *, credential: HeldCredential | None = None) -> QuerySet[ClosedCycle]:
    """What was kept of a person's ended cycles, oldest first, without the answers themselves and without the
    cycles that they struck.
    """
    rows = ClosedCycle.objects.filter(~Exists(_strikes()), person=person).defer("packed")
    return rows if credential is None else rows.filter(credential=credential)


def struck_cycles(credential: HeldCredential) -> QuerySet[StruckCycle]:
    """The kept cycles of a credential that its holder struck and has not brought back."""
    return StruckCycle.objects.filter(credential=credential, brought_back_at=None)


def _strikes() -> QuerySet[StruckCycle]:
    """The strike of the closed cycle of an outer query, if there is one."""
    return StruckCycle.objects.filter(
        credential=OuterRef("credential"), last_on=OuterRef("last_on"), brought_back_at=None
    )


def assessments_of(credential: HeldCredential, last_on: date) -> QuerySet[ClosedCycle]:
    """Every assessment kept of one cycle with its answer: first the one made when it closed."""
    return ClosedCycle.objects.filter(credential=credential, last_on=last_on).order_by("number")


def ended_unkept(today: date) -> QuerySet[Standing]:
    """Standings whose cycle has ended, was seen running by Osler, and is not kept yet."""
    kept = ClosedCycle.objects.filter(
        credential=OuterRef("credential"), last_on=OuterRef("cycle_ends_on"), number=1
    )
    return Standing.objects.filter(
        ~Exists(kept), credential__removed_at=None, cycle_ends_on__lt=today
    ).select_related("credential")


def credential_value_of(found: PersonAssessment, key: str) -> Credential:
    """The credential with this public key as rules see it; it must be one of ``found.standings``."""
    pairs = zip(found.standings, found.portfolio.credentials, strict=True)
    return next(value for standing, value in pairs if standing.held.key == key)


def cycles_of_credential(
    found: PersonAssessment, standing: CredentialStanding, kept: Sequence[ClosedCycle]
) -> CredentialCycles | Missing:
    """The cycles of one credential with their standings, or the fact without which no cycle is known.

    Asks nothing of the database: ``kept`` are the rows of ``closed_cycles`` for this credential.
    """
    value, today = credential_value_of(found, standing.held.key), found.as_of
    first = {row.last_on: row for row in reversed(kept) if row.number == 1}
    days = [record.completed for record in found.portfolio.credits]
    rule, clinician = standing.rules.cycle, found.portfolio.clinician
    laid = cycles_of(
        rule,
        value,
        clinician,
        today,
        kept=[Period(row.start_on, _after(row.last_on)) for row in first.values()],
        known_from=min(days, default=None),
    )
    if isinstance(laid, Missing):
        return laid
    shown: list[CycleStanding] = []
    left = MOST_WORKED_OUT
    for period in reversed(laid.all):
        one = _standing_in(found, standing, laid, period, days, first.get(period.last_day), left > 0)
        left -= one.answer is not None
        shown.append(one)
    until = first_end_from(rule, value, clinician, laid.current, today) if laid.following else None
    return CredentialCycles(standing, value, today, laid, tuple(reversed(shown)), until)


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _standing_in(
    found: PersonAssessment,
    standing: CredentialStanding,
    laid: Cycles,
    period: Period,
    days: Sequence[date],
    kept: ClosedCycle | None,
    may_work_out: bool,
) -> CycleStanding:
    place = _place(laid, period, found.as_of)
    count = sum(day in period for day in days)
    answer = None
    if period == laid.current and place is not Place.PAST:
        answer = standing.answer
    elif place is Place.AHEAD:
        answer = answer_ahead(found, standing, period)
    elif kept is None and count and may_work_out:
        answer = answer_in(found, standing, period)
    return CycleStanding(period, place, count, kept if place is not Place.RUNNING else None, answer)


def _place(laid: Cycles, period: Period, today: date) -> Place:
    if period.last_day < today:
        return Place.WAITING if period == laid.current else Place.PAST
    return Place.AHEAD if period.start > today or period == laid.following else Place.RUNNING


def answer_in(
    found: PersonAssessment, standing: CredentialStanding, period: Period, as_of: date | None = None
) -> CredentialAnswer:
    """The answer for one cycle at its close, or at the close of ``as_of``, from the records and rules of
    today.
    """
    value = as_of_cycle(credential_value_of(found, standing.held.key), period)
    return _answered(found, standing, value, as_of or min(period.last_day, found.as_of))


def answer_ahead(found: PersonAssessment, standing: CredentialStanding, period: Period) -> CredentialAnswer:
    """What counts by today for a cycle still to come: what is carried over, or was done early."""
    value = in_cycle(credential_value_of(found, standing.held.key), period)
    return _answered(found, standing, value, found.as_of)


def _answered(
    found: PersonAssessment, standing: CredentialStanding, value: Credential, as_of: date
) -> CredentialAnswer:
    portfolio = Portfolio(found.portfolio.clinician, (value,), found.portfolio.credits)
    return assess(portfolio, {standing.rules.id: load_sets()[standing.rules.id]}, as_of).credentials[0]


def open_at_end(answer: CredentialAnswer) -> tuple[RequirementAnswer, ...]:
    """What was still missing when a cycle closed; duties due only later are left out."""
    last_day = answer.cycle.last_day if answer.cycle is not None else date.max
    return tuple(
        one
        for one in answer.requirements
        if one.status is Status.OVERDUE
        or (one.status is Status.SHORT and (one.due is None or one.due <= last_day))
    )


def ended_as(answer: CredentialAnswer) -> str:
    """How a cycle closed: ``met``, ``short``, or ``unknown`` where a question was still open."""
    if open_at_end(answer):
        return "short"
    is_open = any(one.status is Status.UNKNOWN for one in answer.requirements)
    return "unknown" if is_open or answer.status is Status.UNKNOWN else "met"
