"""Judging one requirement: whom it binds, what relieves it, which of its forms speaks, and what is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

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
from osler.core.rules.condition import TRUE, Truth
from osler.core.rules.context import Context, Possible, State
from osler.core.rules.measured import judge_amount
from osler.core.rules.plan import Plan
from osler.core.rules.possible import UNCHANGED, in_every_case, settle
from osler.core.rules.requirement import Cap, Percent, Quantity, Relief
from osler.core.rules.schedule import EVER, Missing, due_date, windows
from osler.core.rules.timing import is_past
from osler.core.rules.ways import judge_ways
from osler.core.rules.window import Clock
from osler.core.time import add_months


def judge(plan: Plan, context: Context) -> RequirementAnswer:
    """Where one requirement stands, with its own words, references and questions."""
    if context.possible:
        context.possible.pop(plan.id, None)
    applies = TRUE if plan.applies_when is None else plan.applies_when.test(context.facts)
    if applies.value is False:
        return plan.answer(NOT_APPLICABLE, _because(plan, "it does not apply to you"))
    if plan.is_plain and not context.possible:
        answer = _judge_measured(plan, context)
    else:
        answer = _judge_form(plan, context)
    if applies.value:
        if answer.status not in UNCHANGED:
            _offer(answer, _relief(plan, context, answer))
        return answer
    # Whether this binds the person is open; where it is not met, the answer hangs on what we do not know.
    offered = () if answer.status in UNCHANGED else _relief(plan, context, answer)
    if plan.is_measure:
        _leave_open(plan, applies, context, answer)
    if answer.status not in UNCHANGED:
        answer.status = UNKNOWN
        binds = context.questions(applies.unknown, plan)
        answer.questions = (*binds, *[q for q in answer.questions if q.fact not in applies.unknown])
        _offer(answer, offered)
    return answer


def _offer(answer: RequirementAnswer, offered: tuple[Question, ...]) -> None:
    """Add the questions that could relieve to those that are asked anyway."""
    if offered:
        known = {question.fact for question in answer.questions}
        answer.questions = (*answer.questions, *[q for q in offered if q.fact not in known])


def _leave_open(plan: Plan, applies: Truth, context: Context, answer: RequirementAnswer) -> None:
    """Remember for requirements measured by this one that it may also not apply."""
    case = context.possible.get(plan.id)
    states = case.states if case is not None else (context.state(plan.id, answer.copy()),)
    deciding = case.deciding if case is not None else ()
    binds = tuple([question.fact for question in context.questions(applies.unknown, plan)])
    absent = State(plan.answer(NOT_APPLICABLE), {})
    context.possible[plan.id] = Possible((absent, *states), (binds, *deciding))


def _relief(plan: Plan, context: Context, answer: RequirementAnswer) -> tuple[Question, ...]:
    """Mark an open answer as waived where a stated fact grants it; else the optional questions that could."""
    offered: list[str] = []
    for when, says, references in plan.waivers:
        grants = context.truth(when)
        if grants.value:
            answer.status, answer.because, answer.questions = WAIVED, says, ()
            answer.references = references or plan.references
            return ()
        offered += grants.unknown
    for relief in plan.requirement.relief:
        offered += context.truth(relief.when).unknown
    return context.questions(offered, plan, is_optional=True) if offered else ()


def _judge_form(plan: Plan, context: Context) -> RequirementAnswer:
    if plan.variants:
        return _judge_variants(plan, context)
    if plan.ways:
        return judge_ways(plan, context, judge)
    asked = plan.requirement
    if asked.holds is not None:
        return _judge_fact(plan, asked.holds, context)
    if asked.in_addition_to:
        context.asked_beside[plan.id] = asked.in_addition_to
    if context.possible:
        return in_every_case(plan, context, _judge_measured)
    return _judge_measured(plan, context)


def _judge_measured(plan: Plan, context: Context) -> RequirementAnswer:
    """Where an amount stands, while everything it is measured by is known."""
    source = context.answers.get(plan.measured_by) if plan.measured_by else None
    if source is not None and source.status is NOT_APPLICABLE:
        return plan.answer(NOT_APPLICABLE, f"{source.title} does not apply")
    required, because = plan.fixed, ""
    if required is None:
        required = _ticks(plan.requirement.at_least, context)
    if plan.reductions:
        required, because = _reduced(plan, required, context)
    answer = judge_amount(
        plan, _shared_caps(plan, context) if plan.has_shared_caps else plan.caps, required, context
    )
    if because:
        answer.because = because
    if plan.asks_of_person:
        missing = _unstated(plan, context, answer)
        if missing:
            answer.status, answer.questions = UNKNOWN, context.questions([missing], plan)
    return answer


def _shared_caps(plan: Plan, context: Context) -> tuple[Cap, ...]:
    """The caps, those that are shares of other requirements as amounts."""
    return tuple(
        replace(cap, at_most=_ticks(cap.at_most, context))
        if isinstance(cap.at_most, Percent) and cap.at_most.of not in ("", plan.id)
        else cap
        for cap in plan.caps
    )


def _unstated(plan: Plan, context: Context, answer: RequirementAnswer) -> str | None:
    """What of the person decides which credit counts, and is not stated."""
    accept = plan.taking.accept
    if accept.own_specialties and "specialty" not in context.facts and not answer.status.is_settled:
        return "specialty"
    if accept.since_issue and context.issued is None and answer.status is MET and answer.counted:
        return "issued"
    return None


def _judge_variants(plan: Plan, context: Context) -> RequirementAnswer:
    """The first variant whose condition holds; while that is open, an answer only where all candidates
    agree.
    """
    states: list[State] = []
    unknown: list[tuple[str, ...]] = []
    for when, form in plan.variants:
        truth = TRUE if when is None else when.test(context.facts)
        if truth.value is False:
            continue
        if states:
            _forget(plan, context)
        answer = judge(form, context)
        if truth.value and not states:
            return answer
        states.append(context.state(plan.id, answer))
        if truth.value:
            break
        unknown.append(truth.unknown)
    else:
        none = _because(plan, "none of its cases is yours")
        if not states:
            return plan.answer(NOT_APPLICABLE, none)
        states.append(State(plan.answer(NOT_APPLICABLE, none), {}))
    deciding = [[q.fact for q in context.questions(names, plan)] for names in unknown]
    return settle(plan, states, deciding, context)


def _forget(plan: Plan, context: Context) -> None:
    """Before another form of a requirement is judged, what the last one left behind goes."""
    context.put(plan.id, State(plan.answer(UNKNOWN), {}))
    context.possible.pop(plan.id, None)


def _judge_fact(plan: Plan, fact: str, context: Context) -> RequirementAnswer:
    """A document or a named course, stated as a fact: true, or the date on which it was obtained."""
    asked = plan.requirement
    value = context.facts.get(fact)
    periods, due = windows(asked.window, context.schedule, context.as_of)
    if asked.due is not None:
        due = due_date(asked.due, context.schedule, context.issued, context.as_of)
    clock = asked.window.clock
    if value is None or (value is True and clock is Clock.EVERY_MONTHS):
        answer = plan.answer(UNKNOWN)
        answer.questions = (plan.question(fact),)
        answer.due = None if isinstance(due, Missing) else due
        return answer
    if isinstance(value, date) and clock is Clock.EVERY_MONTHS:
        periods, due = (EVER,), add_months(value, asked.window.length)
    if isinstance(value, date) and not periods and isinstance(due, Missing):
        answer = plan.answer(UNKNOWN)
        answer.questions = context.questions([due.fact], plan)
        return answer
    is_done = bool(value) and (
        not isinstance(value, date)
        or (value <= context.as_of and (not periods or any(value in period for period in periods)))
    )
    if isinstance(value, date) and clock is Clock.EVERY_MONTHS:
        is_done = value <= context.as_of <= (due if isinstance(due, date) else value)
    if is_done:
        status = MET
    elif isinstance(due, Missing):
        answer = plan.answer(UNKNOWN)
        answer.questions = (plan.question(due.fact),)
        return answer
    else:
        status = OVERDUE if is_past(asked, due, context.as_of) else SHORT
    answer = plan.answer(status)
    answer.due = due if isinstance(due, date) else None
    answer.is_late = (
        is_done and isinstance(value, date) and isinstance(due, date) and clock is Clock.ONCE and value > due
    )
    if isinstance(value, date):
        answer.because = f"stated for {value}"
    return answer


def _reduced(plan: Plan, required: int, context: Context) -> tuple[int, str]:
    """The amount asked after every reduction that a stated fact grants, and the sentence that says so."""
    because = ""
    for relief in plan.reductions:
        reduced = _after(relief, required, context)
        if reduced < required and context.truth(relief.when).value:
            required, because = reduced, relief.says or f"reduced: {relief.when.text}"
    return required, because


def _after(relief: Relief, required: int, context: Context) -> int:
    """What is left of an amount by a reduction, if it is granted."""
    if relief.to is not None:
        if isinstance(relief.to, Percent) and not relief.to.of:
            return relief.to.part_of(required)
        return _ticks(relief.to, context)
    if relief.by is not None:
        return max(0, required - relief.by)
    most = relief.prorate_months or 1
    held = context.facts.get("licence-months")
    months = int(held) if held is not None and not isinstance(held, (str, date, tuple)) else most
    return required * min(months, most) // most


def _ticks(quantity: Quantity | None, context: Context) -> int:
    if isinstance(quantity, int):
        return quantity
    if quantity is None:
        return 0
    source = context.answers.get(quantity.of)
    if source is None:
        return 0
    return quantity.part_of(source.counted if quantity.measure == "earned" else (source.required or 0))


def _because(plan: Plan, otherwise: str) -> str:
    return f"only where {plan.applies_when.text}" if plan.applies_when else otherwise
