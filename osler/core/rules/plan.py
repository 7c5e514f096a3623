"""What can be worked out of a version of the rules before anybody's records are seen, once for everybody.

A ``Plan`` is one requirement at its place: what relieves it there, by which numbers it is measured, when it
is asked. It holds nothing of any person. Judging walks the plans and looks nothing of this up again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from osler.core.rules.answer import Question, RequirementAnswer, Status
from osler.core.rules.condition import Condition
from osler.core.rules.order import in_order_of_need, measures_of_others, parts
from osler.core.rules.requirement import Accept, Cap, Equivalence, Percent, Relief, Requirement, Version
from osler.core.rules.taking import Taking, taking_of
from osler.core.rules.window import Clock

SPLIT = frozenset({Clock.CALENDAR_YEARS, Clock.EACH, Clock.ANY})
"""Clocks that ask the amount of every stretch, not of the whole."""

Waiver = tuple[Condition, str, tuple[str, ...]]
"""When something is waived, the sentence that says so, and where that is written."""


@dataclass(slots=True, eq=False)
class Plan:
    """One requirement at its place among the others.

    ``says``, ``references`` and ``unverified`` are its own or else those of the requirement whose variant it
    is. ``timing`` numbers the window, the due date and the start that it shares with others of the version.
    """

    requirement: Requirement
    id: str
    title: str
    unit: str
    clock: Clock
    is_split: bool
    """The amount is asked of every stretch, not of the whole."""
    fixed: int | None
    """The amount asked, where it is no share of another's."""
    says: str
    references: tuple[str, ...]
    unverified: str
    applies_when: Condition | None
    timing: int
    is_plain: bool
    """It asks an amount that stands beside no other."""
    taking: Taking
    waivers: tuple[Waiver, ...]
    reductions: tuple[Relief, ...]
    is_measure: bool
    """Another requirement is measured by this one's numbers."""
    keeps_hours: bool
    """Another one asks which hours fill this one, or the whole of which it is a part."""
    measured_by: str
    """The requirement of which this one asks a share; empty where it asks a fixed amount."""
    sources: tuple[str, ...]
    """The requirements by whose numbers any of its amounts is measured."""
    caps: tuple[Cap, ...]
    has_shared_caps: bool
    """A cap is a share of another requirement."""
    brings_more: bool
    """Hours from the cycle before, or from another requirement, count too."""
    asks_of_person: bool
    """Which credit counts hangs on something that the person may not have stated."""
    ways: tuple[Plan, ...] = ()
    variants: tuple[tuple[Condition | None, Plan], ...] = ()
    questions: dict[tuple[str, bool], Question] = field(default_factory=dict)

    def question(self, fact: str, *, is_optional: bool = False) -> Question:
        """The question for a fact that this requirement waits for; one and the same each time."""
        key = (fact, is_optional)
        if key not in self.questions:
            self.questions[key] = Question(fact, (self.id,), is_optional=is_optional)
        return self.questions[key]

    def answer(self, status: Status, because: str = "") -> RequirementAnswer:
        """An answer in the requirement's own words, without numbers."""
        return RequirementAnswer(
            self.id,
            self.title,
            status,
            self.unit,
            says=self.says,
            because=because,
            unverified=self.unverified,
            references=self.references,
        )


@dataclass(slots=True, eq=False)
class VersionPlan:
    """The plans of a version in the order of need, and how many different timings they have."""

    version: Version
    in_order: tuple[Plan, ...]
    timings: int


_KNOWN: dict[int, VersionPlan] = {}
_MOST_KNOWN = 2_000


def plan_of(version: Version) -> VersionPlan:
    """The plan of a version, remembered as long as the version is in use for anybody."""
    known = _KNOWN.get(id(version))
    if known is None:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        known = _KNOWN[id(version)] = _Planner(version).plan()
    return known


class _Planner:
    def __init__(self, version: Version) -> None:
        self.version = version
        self.measures = measures_of_others(version)
        self.timings: dict[object, int] = {}
        self.takings: dict[tuple[Accept, bool], Taking] = {}

    def plan(self) -> VersionPlan:
        in_order = tuple(
            self._plan(each, inside=(), keeps_hours=self._keeps_hours(each))
            for each in in_order_of_need(self.version)
        )
        return VersionPlan(self.version, in_order, len(self.timings))

    def _keeps_hours(self, asked: Requirement) -> bool:
        return asked.id in self.measures or any(part.in_addition_to for part in parts(asked))

    def _plan(
        self, asked: Requirement, inside: tuple[str, ...], *, keeps_hours: bool, whole: Plan | None = None
    ) -> Plan:
        """The plan of a requirement ``inside`` others as one of their ways, or of one form of a ``whole``."""
        amounts = [asked.at_least, *(relief.to for relief in asked.relief)]
        amounts += [cap.at_most for cap in asked.caps]
        sources = [amount.of for amount in amounts if isinstance(amount, Percent)]
        if asked.spill is not None:
            sources.append(asked.spill.source)
        timing = (asked.window, asked.due, asked.accept.since_issue)
        plan = Plan(
            requirement=asked,
            id=asked.id,
            title=asked.title,
            unit=asked.unit,
            clock=asked.window.clock,
            is_split=asked.window.clock in SPLIT,
            fixed=None if isinstance(asked.at_least, Percent) else asked.at_least or 0,
            says=asked.says or (whole.says if whole else ""),
            references=asked.references or (whole.references if whole else ()),
            unverified=asked.unverified or (whole.unverified if whole else ""),
            applies_when=asked.applies_when,
            timing=self.timings.setdefault(timing, len(self.timings)),
            is_plain=asked.holds is None and not (asked.ways or asked.variants or asked.in_addition_to),
            taking=self._taking(asked),
            waivers=tuple(self._waivers(asked, inside)),
            reductions=tuple(relief for relief in asked.relief if not _is_waiver(relief)),
            is_measure=asked.id in self.measures,
            keeps_hours=keeps_hours,
            measured_by=asked.at_least.of if isinstance(asked.at_least, Percent) else "",
            sources=tuple(dict.fromkeys(sources)),
            caps=asked.caps,
            has_shared_caps=any(isinstance(cap.at_most, Percent) and cap.at_most.of for cap in asked.caps),
            asks_of_person=asked.accept.own_specialties or asked.accept.since_issue,
            brings_more=asked.carry_over is not None or asked.spill is not None,
        )
        beneath = (*inside, asked.id)
        plan.ways = tuple(self._plan(way, beneath, keeps_hours=keeps_hours) for way in asked.ways)
        plan.variants = tuple(
            (when, self._plan(form, inside, keeps_hours=keeps_hours, whole=plan))
            for when, form in asked.variants
        )
        return plan

    def _taking(self, asked: Requirement) -> Taking:
        is_activity = asked.unit == "activity"
        key = (asked.accept, is_activity)
        if key not in self.takings:
            self.takings[key] = taking_of(asked.accept, counts_activities=is_activity)
        return self.takings[key]

    def _waivers(self, asked: Requirement, inside: tuple[str, ...]) -> Iterator[Waiver]:
        for relief in asked.relief:
            if _is_waiver(relief):
                yield relief.when, relief.says or relief.when.text, relief.references
        for equal in self.version.equivalences:
            if _is_covered(asked, equal, inside):
                yield equal.when, equal.title, equal.references


def _is_waiver(relief: Relief) -> bool:
    return relief.to is None and relief.by is None and relief.prorate_months is None


def _is_covered(asked: Requirement, equal: Equivalence, inside: Iterable[str]) -> bool:
    """Whether an equivalence speaks of this one: an exception holds for its ways, and a way for its whole."""
    if equal.covers:
        return asked.id in equal.covers
    if not equal.excepted:
        return True
    names = {*inside, *(part.id for part in parts(asked))}
    return not names & equal.excepted
