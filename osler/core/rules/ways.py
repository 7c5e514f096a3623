"""A requirement that can be met in several ways: any of them, some of them, or all of its parts."""

from __future__ import annotations

from collections.abc import Callable

from osler.core.rules.answer import (
    MET,
    NOT_APPLICABLE,
    OVERDUE,
    SHORT,
    UNKNOWN,
    WAIVED,
    Question,
    RequirementAnswer,
)
from osler.core.rules.context import Context, State
from osler.core.rules.plan import Plan


def judge_ways(
    plan: Plan, context: Context, judge: Callable[[Plan, Context], RequirementAnswer]
) -> RequirementAnswer:
    """Any of (or some of, or all of) several ways; the answer shows the numbers of the way that is
    nearest.
    """
    ways = tuple([judge(way, context) for way in plan.ways])
    open_ways = [way for way in ways if way.status is not NOT_APPLICABLE]
    needed = min(plan.requirement.ways_needed, len(open_ways))
    by_best = sorted(open_ways, key=lambda way: (_HOPE[way.status], -_progress(way)))
    decisive = by_best[:needed]
    if not decisive:
        answer = plan.answer(NOT_APPLICABLE)
        answer.ways = ways
        return answer
    takes_all = needed == len(open_ways) and len(ways) == plan.requirement.ways_needed
    status = decisive[-1].status
    if takes_all:
        status = min([way.status for way in decisive], key=lambda status: status.rank)
    if status is WAIVED and any(way.status is MET for way in decisive):
        status = MET
    shown = next((way for way in decisive if way.status is status), decisive[-1])
    answer = shown.copy()
    answer.id, answer.title, answer.status, answer.ways, answer.questions = (
        plan.id,
        plan.title,
        status,
        ways,
        (),
    )
    answer.says, answer.references, answer.unverified = plan.says, plan.references, plan.unverified
    if not status.is_settled:
        _ask_and_date(plan, answer, decisive if takes_all else open_ways, open_ways, takes_all=takes_all)
    if takes_all:
        answer.lapses_on = min((way.lapses_on for way in decisive if way.lapses_on is not None), default=None)
        answer.is_late = any(way.is_late for way in decisive)
    if plan.keeps_hours:
        _fill_by_ways(plan, decisive, context)
    return answer


def _ask_and_date(
    plan: Plan,
    answer: RequirementAnswer,
    wanted: list[RequirementAnswer],
    open_ways: list[RequirementAnswer],
    *,
    takes_all: bool,
) -> None:
    """The last day for what is still open: the first of all, or the last of any; and what would decide it."""
    dues = [way.due for way in wanted if way.due is not None and not way.status.is_settled]
    if dues:
        answer.due = min(dues) if takes_all else max(dues)
    asked: dict[str, Question] = {}
    for way in open_ways:
        for question in way.questions:
            optional = question.is_optional or (answer.status is not UNKNOWN and not takes_all)
            if question.fact not in asked or not optional:
                asked[question.fact] = plan.question(question.fact, is_optional=optional)
    answer.questions = tuple(asked.values())


def _fill_by_ways(plan: Plan, decisive: list[RequirementAnswer], context: Context) -> None:
    """The hours that fill several ways fill the whole; each way leaves over what it holds above its need."""
    hours: dict[int, int] = {}
    beside = list(plan.requirement.in_addition_to)
    for way in decisive:
        beside += context.asked_beside.get(way.id, ())
        for n, ticks in context.hours.get(way.id, {}).items():
            hours[n] = max(ticks, hours.get(n, 0))
    surplus = sum(max(0, way.counted - (way.required or 0)) for way in decisive)
    state = State(decisive[0], hours, tuple(dict.fromkeys(beside)), surplus)
    context.put(plan.id, state)


_HOPE = {
    MET: 0,
    WAIVED: 0,
    NOT_APPLICABLE: 1,
    UNKNOWN: 2,
    SHORT: 3,
    OVERDUE: 4,
}


def _progress(answer: RequirementAnswer) -> float:
    """How far along a way is, only to choose which one to show first."""
    if answer.ways:
        return min(_progress(way) for way in answer.ways)
    return min(1.0, answer.counted / answer.required) if answer.required else 0.0
