"""Judging one requirement: whom it binds, what relieves it, which of its forms speaks, and what is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from osler.core.rules.answer import Question, RequirementAnswer, Status
from osler.core.rules.condition import TRUE, Truth, always_or
from osler.core.rules.context import Context
from osler.core.rules.measured import is_past, judge_amount
from osler.core.rules.requirement import Percent, Quantity, Relief, Requirement
from osler.core.rules.schedule import EVER, Missing, due_date, windows
from osler.core.rules.window import Clock
from osler.core.time import add_months

_UNCHANGED = frozenset({Status.MET, Status.NOT_APPLICABLE, Status.WAIVED})


def judge(requirement: Requirement, context: Context) -> RequirementAnswer:
    """Where one requirement stands, with its own words, references and questions."""
    answer = _judge_applicability(requirement, context)
    answer.says = answer.says or requirement.says
    answer.references = answer.references or requirement.references
    answer.unverified = answer.unverified or requirement.unverified
    return answer


def _judge_applicability(requirement: Requirement, context: Context) -> RequirementAnswer:
    applies = always_or(requirement.applies_when, context.facts)
    if applies.value is False:
        return _plain(
            requirement, Status.NOT_APPLICABLE, because=_because(requirement, "it does not apply to you")
        )
    answer = _judge_form(requirement, context)
    if answer.status in _UNCHANGED:
        return answer
    offered = _relief(requirement, context, answer)
    if answer.status is Status.WAIVED:
        return answer
    if applies.value is None:
        # Whether this binds the person is open, and it is not met: the answer hangs on what we do not know.
        answer.status = Status.UNKNOWN
        answer.questions = tuple(Question(fact, (requirement.id,)) for fact in applies.unknown)
    answer.questions = (*answer.questions, *offered)
    return answer


def _relief(requirement: Requirement, context: Context, answer: RequirementAnswer) -> tuple[Question, ...]:
    """Mark an open answer as waived where a stated fact grants it; else the optional questions that could."""
    offered: dict[str, Question] = {}
    for grants, says, references in _waivers(requirement, context):
        if grants.value:
            answer.status, answer.because, answer.questions = Status.WAIVED, says, ()
            answer.references = references or requirement.references
            return ()
        for fact in grants.unknown:
            offered[fact] = Question(fact, (requirement.id,), is_optional=True)
    for relief in requirement.relief:
        for fact in relief.when(context.facts).unknown:
            offered[fact] = Question(fact, (requirement.id,), is_optional=True)
    return tuple(offered.values())


def _waivers(requirement: Requirement, context: Context) -> Iterable[tuple[Truth, str, tuple[str, ...]]]:
    for relief in requirement.relief:
        if relief.to is None and relief.by is None and relief.prorate_months is None:
            yield relief.when(context.facts), relief.says or relief.when.text, relief.references
    for equal in context.version.equivalences:
        covered = requirement.id in equal.covers if equal.covers else requirement.id not in equal.excepted
        if covered:
            yield equal.when(context.facts), equal.title, equal.references


def _judge_form(requirement: Requirement, context: Context) -> RequirementAnswer:
    if requirement.variants:
        return _judge_variants(requirement, context)
    if requirement.ways:
        return _judge_ways(requirement, context)
    if requirement.holds is not None:
        return _judge_fact(requirement, requirement.holds, context)
    if requirement.in_addition_to:
        context.asked_beside[requirement.id] = requirement.in_addition_to
    required, because = _required(requirement, context)
    answer = judge_amount(requirement, required, context)
    answer.because = because or answer.because
    if requirement.accept.own_specialties and "specialty" not in context.facts:
        _leave_open(answer)
    return answer


def _leave_open(answer: RequirementAnswer) -> None:
    """Hours in a specialty nobody has named are neither short nor overdue: the specialty is asked."""
    if answer.status in (Status.SHORT, Status.OVERDUE):
        answer.status = Status.UNKNOWN
        answer.questions = (*answer.questions, Question("specialty", (answer.id,)))


def _judge_variants(requirement: Requirement, context: Context) -> RequirementAnswer:
    """The first variant whose condition holds; while that is open, an answer only where all candidates
    agree.
    """
    candidates: list[RequirementAnswer] = []
    unknown: list[str] = []
    for when, variant in requirement.variants:
        truth = TRUE if when is None else when(context.facts)
        if truth.value is False:
            continue
        candidates.append(judge(variant, context))
        if truth.value:
            break
        unknown += truth.unknown
    else:
        candidates.append(
            _plain(
                requirement,
                Status.NOT_APPLICABLE,
                because=_because(requirement, "none of its cases is yours"),
            )
        )
    first = candidates[0]
    if not unknown or all(_same(first, other) for other in candidates[1:]):
        return first
    if all(candidate.status in _UNCHANGED for candidate in candidates):
        return next((candidate for candidate in candidates if candidate.status is Status.MET), first)
    asked = {candidate.required for candidate in candidates}
    required = first.required if len(asked) == 1 else None
    answer = replace(first, status=Status.UNKNOWN, required=required, due=None, expected=None)
    answer.questions = tuple(Question(fact, (requirement.id,)) for fact in dict.fromkeys(unknown))
    return answer


def _same(one: RequirementAnswer, other: RequirementAnswer) -> bool:
    return (one.status, one.required, one.counted, one.due) == (
        other.status,
        other.required,
        other.counted,
        other.due,
    )


def _judge_ways(requirement: Requirement, context: Context) -> RequirementAnswer:
    """Any of (or some of, or all of) several ways; the answer shows the numbers of the way that is
    nearest.
    """
    ways = tuple(judge(way, context) for way in requirement.ways)
    open_ways = [way for way in ways if way.status is not Status.NOT_APPLICABLE]
    needed = min(requirement.ways_needed, len(open_ways))
    by_best = sorted(open_ways, key=lambda way: (_HOPE[way.status], -_progress(way)))
    decisive = by_best[:needed]
    if not decisive:
        return replace(_plain(requirement, Status.NOT_APPLICABLE), ways=ways)
    takes_all = needed == len(open_ways) and len(requirement.ways) == requirement.ways_needed
    status = min((way.status for way in decisive), key=lambda s: s.rank) if takes_all else decisive[-1].status
    if status is Status.WAIVED and any(way.status is Status.MET for way in decisive):
        status = Status.MET
    shown = next((way for way in decisive if way.status is status), decisive[-1])
    answer = replace(shown, id=requirement.id, title=requirement.title, status=status, ways=ways)
    answer.says, answer.references, answer.unverified = (
        requirement.says,
        requirement.references,
        requirement.unverified,
    )
    dues = [way.due for way in (decisive if takes_all else open_ways) if way.due is not None]
    if not status.is_settled and dues:
        answer.due = min(dues) if takes_all else max(dues)
    asked: dict[str, Question] = {}
    if not status.is_settled:
        for way in open_ways:
            for question in way.questions:
                optional = question.is_optional or (status is not Status.UNKNOWN and not takes_all)
                if question.fact not in asked or not optional:
                    asked[question.fact] = Question(question.fact, (requirement.id,), is_optional=optional)
    answer.questions = tuple(asked.values())
    context.hours[requirement.id] = context.hours.get(shown.id, {})
    return answer


_HOPE = {
    Status.MET: 0,
    Status.WAIVED: 0,
    Status.NOT_APPLICABLE: 1,
    Status.UNKNOWN: 2,
    Status.SHORT: 3,
    Status.OVERDUE: 4,
}


def _progress(answer: RequirementAnswer) -> float:
    """How far along a way is, only to choose which one to show first."""
    if answer.ways:
        return min(_progress(way) for way in answer.ways)
    return min(1.0, answer.counted / answer.required) if answer.required else 0.0


def _judge_fact(requirement: Requirement, fact: str, context: Context) -> RequirementAnswer:
    """A document or a named course, stated as a fact: true, or the date on which it was obtained."""
    value = context.facts.get(fact)
    periods, due = windows(requirement.window, context.schedule, context.as_of)
    if requirement.due is not None:
        due = due_date(requirement.due, context.schedule, context.issued, context.as_of)
    clock = requirement.window.clock
    if value is None or (value is True and clock is Clock.EVERY_MONTHS):
        answer = _plain(requirement, Status.UNKNOWN)
        answer.questions = (Question(fact, (requirement.id,)),)
        answer.due = None if isinstance(due, Missing) else due
        return answer
    if isinstance(value, date) and clock is Clock.EVERY_MONTHS:
        periods, due = (EVER,), add_months(value, requirement.window.length)
    is_done = bool(value) and (
        not isinstance(value, date)
        or (value <= context.as_of and (not periods or any(value in period for period in periods)))
    )
    if isinstance(value, date) and clock is Clock.EVERY_MONTHS:
        is_done = value <= context.as_of <= (due if isinstance(due, date) else value)
    if is_done:
        status = Status.MET
    elif isinstance(due, Missing):
        answer = _plain(requirement, Status.UNKNOWN)
        answer.questions = (Question(due.fact, (requirement.id,)),)
        return answer
    else:
        status = Status.OVERDUE if is_past(requirement, due, context) else Status.SHORT
    answer = _plain(requirement, status)
    answer.due = due if isinstance(due, date) else None
    answer.is_late = (
        is_done and isinstance(value, date) and isinstance(due, date) and clock is Clock.ONCE and value > due
    )
    if isinstance(value, date):
        answer.because = f"stated for {value}"
    return answer


def _required(requirement: Requirement, context: Context) -> tuple[int, str]:
    """The amount asked after every reduction that a stated fact grants, and the sentence that says so."""
    required = _ticks(requirement.at_least, context)
    because = ""
    for relief in requirement.relief:
        reduced = _reduced(required, relief, context)
        if reduced < required and relief.when(context.facts).value:
            required, because = reduced, relief.says or f"reduced: {relief.when.text}"
    return required, because


def _reduced(required: int, relief: Relief, context: Context) -> int:
    if relief.to is not None:
        return _ticks(relief.to, context)
    if relief.by is not None:
        return max(0, required - relief.by)
    if relief.prorate_months is not None:
        held = context.facts.get("licence-months")
        months = (
            int(held)
            if held is not None and not isinstance(held, (str, date, tuple))
            else relief.prorate_months
        )
        return required * min(months, relief.prorate_months) // relief.prorate_months
    return required


def _ticks(quantity: Quantity | None, context: Context) -> int:
    if quantity is None:
        return 0
    if not isinstance(quantity, Percent):
        return quantity
    source = context.answers.get(quantity.of)
    if source is None:
        return 0
    base = source.counted if quantity.measure == "earned" else (source.required or 0)
    return int(base * quantity.share)


def _plain(requirement: Requirement, status: Status, because: str = "") -> RequirementAnswer:
    return RequirementAnswer(requirement.id, requirement.title, status, requirement.unit, because=because)


def _because(requirement: Requirement, otherwise: str) -> str:
    return f"only where {requirement.applies_when.text}" if requirement.applies_when else otherwise
