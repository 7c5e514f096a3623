"""What an unknown fact leaves possible: the answers a requirement could have, and whether it matters which.

A requirement measured by another whose form is not known (a share of it, hours asked in addition to it) is
judged once for each form the other could take. Where all agree, nobody is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product

from osler.core.rules.answer import MET, NOT_APPLICABLE, UNKNOWN, WAIVED, RequirementAnswer
from osler.core.rules.context import Context, Possible, State
from osler.core.rules.plan import Plan

UNCHANGED = frozenset({MET, NOT_APPLICABLE, WAIVED})
"""Between these nobody needs to be told the difference."""


def agree(one: RequirementAnswer, other: RequirementAnswer) -> bool:
    """Whether it makes no difference which of two answers holds."""
    if one.status in UNCHANGED and other.status in UNCHANGED:
        return True
    return _told(one) == _told(other)


def _told(answer: RequirementAnswer) -> tuple[object, ...]:
    asked = frozenset(question.fact for question in answer.questions if not question.is_optional)
    return answer.status, answer.required, answer.counted, answer.due, asked


def settle(
    plan: Plan, states: Sequence[State], deciding: Sequence[Sequence[str]], context: Context
) -> RequirementAnswer:
    """The one answer where all possible ones agree; else unknown, with the facts that decide.

    ``deciding[n]`` are the facts that decide between state ``n`` and those behind it.
    """
    agreed = all(agree(states[0].answer, state.answer) for state in states[1:])
    wanted = MET if agreed else None
    shown = next((state for state in states if state.answer.status is wanted), None)
    if shown is None:
        shown = next((s for s in states if s.answer.status is not NOT_APPLICABLE), states[0])
    context.put(plan.id, shown)
    if plan.is_measure and any(state != shown for state in states):
        context.possible[plan.id] = Possible(tuple(states), tuple(map(tuple, deciding)))
    facts = [
        fact
        for at, names in enumerate(deciding)
        if any(not agree(states[at].answer, state.answer) for state in states[at + 1 :])
        for fact in names
    ]
    if agreed:
        return shown.answer
    answer = shown.answer.copy()
    answer.status, answer.expected = UNKNOWN, None
    if len({state.answer.required for state in states}) > 1:
        answer.required = None
    if len({state.answer.due for state in states}) > 1:
        answer.due = None
    # What could relieve from one form or another is offered once it is known which form speaks.
    asked = [question for state in states for question in state.answer.questions]
    inner = [question.fact for question in asked if not question.is_optional]
    answer.questions = tuple([plan.question(fact) for fact in dict.fromkeys([*facts, *inner])])
    return answer


def in_every_case(
    plan: Plan,
    context: Context,
    judge_measured: Callable[[Plan, Context], RequirementAnswer],
) -> RequirementAnswer:
    """Judge an amount for every form that the requirements it is measured by could take."""
    sources = _open_sources(plan, context)
    if not sources:
        return judge_measured(plan, context)
    cases = {name: context.possible[name] for name in sources}
    before = {name: context.state(name, context.answers[name]) for name in sources}
    found: dict[tuple[int, ...], State] = {}
    for choice in product(*(range(len(case.states)) for case in cases.values())):
        for name, at in zip(sources, choice, strict=True):
            context.put(name, cases[name].states[at])
            context.answers[name] = cases[name].states[at].answer
        found[choice] = context.state(plan.id, judge_measured(plan, context))
    for name, state in before.items():
        context.put(name, state)
        context.answers[name] = state.answer
    facts = [fact for place, name in enumerate(sources) for fact in _deciding(place, cases[name], found)]
    states = list(found.values())
    return settle(plan, states, [facts] * (len(states) - 1), context)


def _deciding(place: int, case: Possible, found: Mapping[tuple[int, ...], State]) -> list[str]:
    """The facts behind one source whose value, all other sources alike, changes the answer."""
    groups: dict[tuple[int, ...], list[State]] = {}
    for choice, state in found.items():
        groups.setdefault(choice[:place] + choice[place + 1 :], []).append(state)
    return [
        fact
        for at, names in enumerate(case.deciding)
        if any(
            not agree(states[at].answer, state.answer)
            for states in groups.values()
            for state in states[at + 1 :]
        )
        for fact in names
    ]


def _open_sources(plan: Plan, context: Context) -> list[str]:
    """The requirements by whose numbers this one is measured, and of which it is open how they stand."""
    named = list(plan.sources)
    for name, case in context.possible.items():
        # Who is asked beside this one takes hours from it only where there are any.
        if any(plan.id in state.beside and state.hours for state in case.states):
            named.append(name)
    return [name for name in dict.fromkeys(named) if name in context.answers and name in context.possible]
