"""What judging one requirement of one credential can look at."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from osler.core.rules.answer import Question, RequirementAnswer
from osler.core.rules.condition import Condition, Facts, Truth
from osler.core.rules.index import RecordIndex
from osler.core.rules.plan import Plan
from osler.core.rules.schedule import Missing, Schedule
from osler.core.rules.timing import Timing
from osler.core.time import Period


@dataclass(frozen=True, slots=True)
class State:
    """One answer a requirement could have: the hours that fill it, beside which others it is asked, and how
    much of the hours it does not need (``None``: what it counts above what it asks).
    """

    answer: RequirementAnswer
    hours: dict[int, int]
    beside: tuple[str, ...] = ()
    surplus: int | None = None


@dataclass(frozen=True, slots=True)
class Possible:
    """The states a requirement could be in: ``deciding[n]`` are the unknown facts that decide between state
    ``n`` and those behind it.
    """

    states: tuple[State, ...]
    deciding: tuple[tuple[str, ...], ...]


_OF_THE_CYCLE = frozenset({"cycle-start", "cycle-end", "expires"})
_OF_THE_ISSUE = frozenset({"renewal", "licence-months"})
_WORKED_OUT = _OF_THE_CYCLE | _OF_THE_ISSUE | {"age"}


class Context:
    """One credential on one day.

    ``answers`` fills up as requirements are judged, in the order of their need; ``hours`` holds for those
    that others need the ticks that count of every record, by the record's number in ``index``; ``timings``
    by their numbers in the plan.
    """

    __slots__ = (
        "_truths",
        "answers",
        "as_of",
        "asked_beside",
        "cycle",
        "facts",
        "hours",
        "index",
        "issued",
        "last_day",
        "possible",
        "schedule",
        "surplus",
        "timings",
        "until",
    )

    def __init__(
        self,
        *,
        as_of: date,
        schedule: Schedule | Missing,
        issued: date | None,
        index: RecordIndex,
        facts: Facts,
        timings: int,
    ) -> None:
        self.as_of, self.schedule, self.issued = as_of, schedule, issued
        self.index, self.facts = index, facts
        self.cycle: Period | None = None
        self.last_day = date.max
        if not isinstance(schedule, Missing):
            self.cycle, self.last_day = schedule.period, schedule.last_day
        # The records completed by the day of the question; every requirement needs them.
        self.until = index.through(as_of)
        self.asked_beside: dict[str, tuple[str, ...]] = {}
        self.answers: dict[str, RequirementAnswer] = {}
        self.hours: dict[str, dict[int, int]] = {}
        self.surplus: dict[str, int] = {}
        self.possible: dict[str, Possible] = {}
        self.timings: list[Timing | None] = [None] * timings
        self._truths: dict[int, Truth] = {}

    def truth(self, condition: Condition) -> Truth:
        """What is known of a condition, remembered: an equivalence is asked of every requirement."""
        truth = self._truths.get(id(condition))
        if truth is None:
            truth = self._truths[id(condition)] = condition.test(self.facts)
        return truth

    def questions(
        self, facts: Collection[str], plan: Plan, *, is_optional: bool = False
    ) -> tuple[Question, ...]:
        """One question for each unknown fact; of what is worked out, for what it is worked out from."""
        asked = dict.fromkeys([self._stated(fact) if fact in _WORKED_OUT else fact for fact in facts])
        return tuple([plan.question(fact, is_optional=is_optional) for fact in asked])

    def _stated(self, fact: str) -> str:
        if fact == "age":
            return "birth-date"
        if fact in _OF_THE_ISSUE and self.issued is None:
            return "issued"
        return self.schedule.fact if isinstance(self.schedule, Missing) else fact

    def state(self, requirement_id: str, answer: RequirementAnswer) -> State:
        """Where a requirement stands now, with the answer just found."""
        return State(
            answer,
            self.hours.get(requirement_id, {}),
            self.asked_beside.get(requirement_id, ()),
            self.surplus.get(requirement_id),
        )

    def put(self, requirement_id: str, state: State) -> None:
        """Let a requirement stand as ``state`` says; its answer is put by who judges it."""
        self.hours[requirement_id] = state.hours
        self.asked_beside[requirement_id] = state.beside
        self.surplus.pop(requirement_id, None)
        if state.surplus is not None:
            self.surplus[requirement_id] = state.surplus

    def beside(self, requirement_id: str) -> list[str]:
        """The requirements asked in addition to this one: hours that fill them do not fill it."""
        return [
            other
            for other, beside in self.asked_beside.items()
            if requirement_id in beside and other in self.answers
        ]
