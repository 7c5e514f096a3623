"""What judging one requirement of one credential can look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from osler.core.rules.answer import RequirementAnswer
from osler.core.rules.condition import Facts
from osler.core.rules.index import RecordIndex
from osler.core.rules.requirement import Version
from osler.core.rules.schedule import Missing, Schedule
from osler.core.time import ONE_DAY, Period


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

    def __post_init__(self) -> None:
        # The records completed by the day of the question; every requirement needs them.
        self.until = self.index.between(Period(date.min, self.as_of + ONE_DAY))

    @property
    def cycle(self) -> Period | None:
        return None if isinstance(self.schedule, Missing) else self.schedule.period

    def beside(self, requirement_id: str) -> tuple[str, ...]:
        """The requirements asked in addition to this one: hours that fill them do not fill it."""
        return tuple(
            other
            for other, beside in self.asked_beside.items()
            if requirement_id in beside and other in self.answers
        )
