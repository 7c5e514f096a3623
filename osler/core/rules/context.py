"""What judging one requirement of one credential can look at."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from osler.core.rules.answer import Question, RequirementAnswer
from osler.core.rules.condition import Facts
from osler.core.rules.index import RecordIndex
from osler.core.rules.requirement import Version
from osler.core.rules.schedule import Missing, Schedule
from osler.core.time import ONE_DAY, Period


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


@dataclass(slots=True)
class Context:
    """One credential on one day.

    ``answers`` fills up as requirements are judged, in the order of their need; ``hours`` holds for each the
    ticks that count of every record, by the record's number in ``index``.
    """

    as_of: date
    schedule: Schedule | Missing
    issued: date | None
    index: RecordIndex
    facts: Facts
    version: Version
    until: int = field(init=False)
    asked_beside: dict[str, tuple[str, ...]] = field(default_factory=dict)
    answers: dict[str, RequirementAnswer] = field(default_factory=dict)
    hours: dict[str, dict[int, int]] = field(default_factory=dict)
    surplus: dict[str, int] = field(default_factory=dict)
    possible: dict[str, Possible] = field(default_factory=dict)
    inside: list[str] = field(default_factory=list)
    """The requirements whose ways are being judged, outermost first."""

    def __post_init__(self) -> None:
        # The records completed by the day of the question; every requirement needs them.
        self.until = self.index.between(Period(date.min, self.as_of + ONE_DAY))

    @property
    def cycle(self) -> Period | None:
        return None if isinstance(self.schedule, Missing) else self.schedule.period

    def questions(
        self, facts: Collection[str], requirement_id: str, *, is_optional: bool = False
    ) -> tuple[Question, ...]:
        """One question for each unknown fact; of what is worked out, for what it is worked out from."""
        if not facts:
            return ()
        asked = dict.fromkeys(self._stated(fact) for fact in facts)
        return tuple(Question(fact, (requirement_id,), is_optional=is_optional) for fact in asked)

    def _stated(self, fact: str) -> str:
        if fact == "age":
            return "birth-date"
        if fact in _OF_THE_ISSUE and self.issued is None:
            return "issued"
        if fact in _OF_THE_ISSUE | _OF_THE_CYCLE and isinstance(self.schedule, Missing):
            return self.schedule.fact
        return fact

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

    def beside(self, requirement_id: str) -> tuple[str, ...]:
        """The requirements asked in addition to this one: hours that fill them do not fill it."""
        return tuple(
            other
            for other, beside in self.asked_beside.items()
            if requirement_id in beside and other in self.answers
        )
