"""All cycles of one credential: those that have ended, the one its expiry names, and the one after it.

Only the rule and the stated dates decide. A cycle of the past that was kept when it closed stands as it was
kept; before it, and in the gaps, cycles are counted back from the later one in the rule's own steps. How far
back they reach hangs on the day of issue: while nobody has stated it, nothing is said of a time from which no
credit is known either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from osler.core.rules.record import Clinician, Credential
from osler.core.rules.requirement import CycleRule
from osler.core.rules.schedule import Missing, schedule
from osler.core.time import ONE_DAY, Period, months_before_end

MOST_PAST = 60
"""No more cycles of the past are told; a yearly one then reaches back a working life."""

_INTO = timedelta(days=16)
"""So far inside a neighbouring cycle a day surely lies, whichever month is short."""


@dataclass(frozen=True, slots=True)
class Cycles:
    """The cycles of a credential, ``past`` from the oldest on. ``current`` is the one its expiry, or else its
    rule, names.

    ``following`` is ``None`` where the window ends on whatever day is asked, so that nothing follows.
    ``reaches_back`` is ``False`` while the issue is not stated: there may be earlier cycles nobody knows of.
    """

    past: tuple[Period, ...]
    current: Period
    following: Period | None
    reaches_back: bool

    @property
    def all(self) -> tuple[Period, ...]:
        """From the oldest to the one to come."""
        return (*self.past, self.current, *((self.following,) if self.following is not None else ()))

    def starting(self, start: date) -> Period | None:
        """The cycle whose first day is ``start``."""
        return next((period for period in self.all if period.start == start), None)

    def is_waiting(self, today: date) -> bool:
        """Whether the current cycle has ended and nobody said what came after it."""
        return self.current.last_day < today


def cycles_of(
    rule: CycleRule,
    credential: Credential,
    clinician: Clinician,
    today: date,
    *,
    kept: Sequence[Period] = (),
    known_from: date | None = None,
) -> Cycles | Missing:
    """The cycles of a credential as they are known on ``today``, or the fact without which none is known.

    ``kept`` are cycles of the past as they were when they closed; ``known_from`` is the day of the first
    credit on record, which says how far back cycles are worth telling while the issue is not stated.
    """
    found = schedule(rule, credential, clinician, today)
    if isinstance(found, Missing):
        return found
    current, is_rolling = found.period, rule.anchor == "rolling" and credential.expires is None
    if is_rolling:
        return Cycles((), current, None, reaches_back=True)
    past = _past(rule, credential, clinician, current, kept, known_from)
    following = _neighbour(rule, credential, clinician, current, 1)
    return Cycles(past, current, following, reaches_back=credential.issued is not None)


def as_of_cycle(credential: Credential, period: Period) -> Credential:
    """The credential as it stood in one of its cycles: what it said of its expiry then.

    Where nobody stated an expiry the rule finds the cycle by the day of the question, and nothing is changed.
    """
    return credential if credential.expires is None else replace(credential, expires=period.last_day)


def in_cycle(credential: Credential, period: Period) -> Credential:
    """The credential with this cycle as its running one, whatever the day of the question."""
    return replace(credential, expires=period.last_day)


def first_end_from(
    rule: CycleRule, credential: Credential, clinician: Clinician, current: Period, today: date
) -> date | None:
    """The last day of the cycle that a renewal leads to: the first after ``current`` that has not ended by
    ``today``.
    """
    period: Period | None = current
    for _ in range(MOST_PAST):
        period = _neighbour(rule, credential, clinician, period, 1) if period else None
        if period is None or period.last_day >= today:
            break
    return period.last_day if period else None


def _past(
    rule: CycleRule,
    credential: Credential,
    clinician: Clinician,
    current: Period,
    kept: Sequence[Period],
    known_from: date | None,
) -> tuple[Period, ...]:
    first = credential.issued or known_from
    before = sorted((one for one in kept if one.last_day < current.last_day), key=lambda one: one.last_day)
    found: list[Period] = []
    period = current
    while len(found) < MOST_PAST:
        counted = _neighbour(rule, credential, clinician, period, -1)
        if before and (counted is None or _is_near(before[-1], counted, rule)):
            period = before.pop()
        elif counted is not None and first is not None and _is_after(counted, first, credential):
            period = counted
        elif before:
            period = before.pop()
        else:
            break
        found.append(period)
    return tuple(reversed(found))


def _is_after(period: Period, first: date, credential: Credential) -> bool:
    # A cycle that ends on the day of issue is none: the first renewal is later than the issue.
    return period.last_day > first if credential.issued is not None else period.last_day >= first


def _is_near(kept: Period, counted: Period, rule: CycleRule) -> bool:
    """Whether a kept cycle is the one that was counted back, or a later one: at most half a step apart."""
    return kept.last_day >= counted.last_day - timedelta(days=rule.renews_every * 15)


def _neighbour(
    rule: CycleRule, credential: Credential, clinician: Clinician, period: Period, steps: int
) -> Period | None:
    """The cycle one renewal before (-1) or after (1) another; ``None`` where calendar or rule end."""
    try:
        if credential.expires is not None:
            end = months_before_end(period.end, -steps * rule.renews_every)
            return Period.ending_on(end - ONE_DAY, rule.months)
        day = (
            period.last_day + _INTO if steps > 0 else months_before_end(period.end, rule.renews_every) - _INTO
        )
        found = schedule(rule, credential, clinician, day)
    except OverflowError:
        return None
    if isinstance(found, Missing) or (found.period.last_day - period.last_day).days * steps <= 0:
        return None
    return found.period
