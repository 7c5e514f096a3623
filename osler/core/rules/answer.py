"""What the evaluator says: a status with its numbers, every record counted, every record refused and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from osler.core.rules.record import CreditRecord
from osler.core.time import Period


class Status(StrEnum):
    """How a requirement, or a whole credential, stands."""

    MET = "met"
    SHORT = "short"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"
    WAIVED = "waived"
    NOT_APPLICABLE = "not_applicable"

    @property
    def rank(self) -> int:
        """0 is worst: overdue, short, unknown, then everything that asks nothing."""
        return _RANKS[self]

    @property
    def is_settled(self) -> bool:
        """Nothing is left to do: met, waived or not applicable."""
        return self in _SETTLED


MET, SHORT, OVERDUE, UNKNOWN, WAIVED, NOT_APPLICABLE = Status
"""The statuses by short names: to look a member up in its enum costs more than to compare it."""

_RANKS = {
    Status.OVERDUE: 0,
    Status.SHORT: 1,
    Status.UNKNOWN: 2,
    Status.MET: 3,
    Status.WAIVED: 3,
    Status.NOT_APPLICABLE: 3,
}
_SETTLED = frozenset({Status.MET, Status.WAIVED, Status.NOT_APPLICABLE})


def worst(statuses: Sequence[Status]) -> Status:
    """The worst of several in the order overdue, short, unknown, met; ``MET`` when there is nothing to do."""
    found = min(statuses, key=_RANKS.__getitem__, default=Status.MET)
    return Status.MET if found in _SETTLED else found


class Reason(StrEnum):
    """Why a record, or a part of it, does not count toward a requirement."""

    OFF_TOPIC = "off-topic"
    TYPE = "type-not-accepted"
    FORMAT = "format-not-accepted"
    TAG = "tag-not-accepted"
    TOO_SMALL = "too-small"
    AFTER_AS_OF = "after-as-of"
    OUTSIDE_WINDOW = "outside-window"
    DUPLICATE = "duplicate"
    OVER_CAP = "over-cap"
    COUNTED_ELSEWHERE = "counted-elsewhere"
    BEFORE_LAST_COMPLETION = "before-last-completion"


class Counted(NamedTuple):
    """Ticks of one record that count. ``via`` names the cycle or requirement they were carried over from."""

    record: CreditRecord
    ticks: int
    via: str = ""


class NotCounted(NamedTuple):
    """Ticks of one record that do not count, the reason, and a sentence that says so to a person."""

    record: CreditRecord
    ticks: int
    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that would change an answer. An ``is_optional`` one could only make it better (a waiver)."""

    fact: str
    needed_by: tuple[str, ...]
    is_optional: bool = False


@dataclass(slots=True)
class PeriodAnswer:
    """One stretch of a requirement that is asked of every year, or of every other stretch, of a cycle."""

    period: Period
    required: int
    counted: int
    status: Status


@dataclass(slots=True)
class RequirementAnswer:
    """Where one requirement stands. Amounts are ticks of ``unit``; ``due`` is the last day on which it can
    be met.

    ``expected`` is what an even pace would have reached by now (``None`` where there is no pace). ``is_late``
    says that a once-ever duty was done after its due date. ``lapses_on`` is the first day on which something
    now met would no longer be. ``ways`` hold the parts of an any-of or all-of.
    """

    id: str
    title: str
    status: Status
    unit: str = "hour"
    required: int | None = None
    counted: int = 0
    due: date | None = None
    window: Period | None = None
    expected: int | None = None
    is_late: bool = False
    lapses_on: date | None = None
    says: str = ""
    because: str = ""
    unverified: str = ""
    references: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    counted_records: Sequence[Counted] = ()
    not_counted: Sequence[NotCounted] = ()
    ways: tuple[RequirementAnswer, ...] = ()
    periods: tuple[PeriodAnswer, ...] = ()

    def copy(self) -> RequirementAnswer:
        """The same answer, to be changed on its own."""
        return RequirementAnswer(*_VALUES(self))

    @property
    def remaining(self) -> int:
        """Ticks still missing, never below zero; what is missing in each period where there are several."""
        if self.status.is_settled or self.required is None:
            return 0
        apart = sum(part.required for part in self.periods)
        if self.periods and apart == self.required:
            return sum(max(0, part.required - part.counted) for part in self.periods)
        # Stretches that slide share their hours: what the one shown lacks is what is missing.
        return max(0, self.required - self.counted)

    @property
    def is_on_pace(self) -> bool:
        """Nothing is missing by now: settled, or at least what an even pace would have reached."""
        return self.status.is_settled or (
            self.status is Status.SHORT and self.expected is not None and self.counted >= self.expected
        )


_VALUES = attrgetter(*[each.name for each in fields(RequirementAnswer)])


@dataclass(slots=True)
class CredentialAnswer:
    """Where one credential stands in its running cycle."""

    requirement_set: str
    number: str
    status: Status
    cycle: Period | None
    version: date | None
    requirements: tuple[RequirementAnswer, ...] = ()
    questions: tuple[Question, ...] = ()
    because: str = ""


@dataclass(slots=True)
class Assessment:
    """The answer for a whole portfolio on one day."""

    as_of: date
    credentials: tuple[CredentialAnswer, ...] = ()
    questions: tuple[Question, ...] = field(default=())
