"""A requirement that can be met in several ways: any of them, some of them, or all of its parts."""

from __future__ import annotations

from collections.abc import Callable

from osler.core.rules.answer import Question, RequirementAnswer, Status
from osler.core.rules.context import Context, State
from osler.core.rules.plan import Plan


def judge_ways(
    plan: Plan, context: Context, judge: Callable[[Plan, Context], RequirementAnswer]
) -> RequirementAnswer:
    """Any of (or some of, or all of) several ways; the answer shows the numbers of the way that is
    nearest.
    """
    ways = tuple([judge(way, context) for way in plan.ways])
    open_ways = [way for way in ways if way.status is not Status.NOT_APPLICABLE]
    needed = min(plan.requirement.ways_needed, len(open_ways))
    by_best = sorted(open_ways, key=lambda way: (_HOPE[way.status], -_progress(way)))
    decisive = by_best[:needed]
    if not decisive:
        answer = plan.answer(Status.NOT_APPLICABLE)
        answer.ways = ways
        return answer
    takes_all = needed == len(open_ways) and len(ways) == plan.requirement.ways_needed
    status = decisive[-1].status
    if takes_all:
        status = min([way.status for way in decisive], key=lambda status: status.rank)
    if status is Status.WAIVED and any(way.status is Status.MET for way in decisive):
        status = Status.MET
    shown = next((way for way in decisive if way.status is status), decisive[-1])
    answer = RequirementAnswer(
        plan.id,
        plan.title,
        status,
        unit=shown.unit,
        required=shown.required,
        counted=shown.counted,
        due=shown.due,
        window=shown.window,
        expected=shown.expected,
        is_late=shown.is_late,
        lapses_on=shown.lapses_on,
        says=plan.says,
        because=shown.because,
        unverified=plan.unverified,
        references=plan.references,
        counted_records=shown.counted_records,
        not_counted=shown.not_counted,
        ways=ways,
        periods=shown.periods,
    )
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
            optional = question.is_optional or (answer.status is not Status.UNKNOWN and not takes_all)
            if question.fact not in asked or not optional:
                asked[question.fact] = Question(question.fact, (plan.id,), is_optional=optional)
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
