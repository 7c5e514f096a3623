"""Judging an amount: what counts in its window, how far it reaches, and by when the rest is due."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from osler.core.rules.answer import (
    MET,
    NOT_APPLICABLE,
    OVERDUE,
    SHORT,
    UNKNOWN,
    WAIVED,
    PeriodAnswer,
    Reason,
    RequirementAnswer,
)
from osler.core.rules.carried import carried_over, spilled
from osler.core.rules.context import Context
from osler.core.rules.counting import Reserved, Tally, completed_on, tally
from osler.core.rules.index import Accepted
from osler.core.rules.masks import bits, mask_of
from osler.core.rules.plan import Plan
from osler.core.rules.refusals import NOWHERE, CountedRecords, Refusals
from osler.core.rules.requirement import Cap
from osler.core.rules.schedule import EVER
from osler.core.rules.timing import Timing, timing_of
from osler.core.rules.window import Clock
from osler.core.time import ONE_DAY, Period, add_months

_EVERY_MONTHS, _LAST, _ONCE = Clock.EVERY_MONTHS, Clock.LAST, Clock.ONCE


def judge_amount(plan: Plan, caps: tuple[Cap, ...], required: int, context: Context) -> RequirementAnswer:
    """Where an amount of credit (or a number of activities) stands; ``required`` ticks are asked of each
    stretch.
    """
    timing = context.timings[plan.timing] or timing_of(plan, context)
    answer = RequirementAnswer(
        plan.id,
        plan.title,
        SHORT,
        plan.unit,
        required,
        says=plan.says,
        unverified=plan.unverified,
        references=plan.references,
    )
    if not timing.periods:
        if timing.due is None:
            answer.status, answer.questions = UNKNOWN, (plan.question(timing.missing),)
        else:
            answer.status, answer.required = NOT_APPLICABLE, None
            answer.because = "no whole stretch of it lies in this cycle"
        return answer
    answer.window, answer.due = timing.window, timing.due
    accepted = context.index.accepted(plan.taking)
    if plan.clock is _EVERY_MONTHS:
        _judge_clock(plan, caps, required, context, accepted, answer, timing)
    elif plan.is_split:
        _judge_stretches(plan, caps, required, context, accepted, answer, timing)
    else:
        _judge_window(plan, caps, required, context, accepted, answer, timing)
    return answer


def _judge_window(
    plan: Plan,
    caps: tuple[Cap, ...],
    required: int,
    context: Context,
    accepted: Accepted,
    answer: RequirementAnswer,
    timing: Timing,
) -> None:
    index, window = context.index, timing.masks[0]
    reserved = _reserved(plan, context) if context.asked_beside else ()
    found = tally(
        plan, caps, accepted, index, window, required=required, cycle=context.cycle, reserved=reserved
    )
    answer.counted, answer.counted_records = found.counted, CountedRecords(index, found)
    elsewhere = NOWHERE
    if plan.brings_more:
        extra = carried_over(plan, caps, required, context, accepted, timing.periods[0])
        more = spilled(plan, context, found)
        answer.counted += sum(item.ticks for item in (*extra.counted, *more))
        answer.counted_records = (*extra.counted, *answer.counted_records, *more)
        window |= extra.mask
        found.over = [*found.over, *extra.left_behind]
        elsewhere = {item.record.id: item.ticks for item in more}
    answer.not_counted = Refusals(
        index, plan.taking.accept, accepted, found, window, timing.periods, context.as_of, elsewhere
    )
    if plan.keeps_hours:
        context.hours[plan.id] = dict(found.items)
    _settle(plan, required, context, found, answer, timing)
    if answer.status is MET and plan.clock is _LAST:
        answer.lapses_on = _lapse(plan, caps, required, context, accepted, found)


def _settle(
    plan: Plan, required: int, context: Context, found: Tally, answer: RequirementAnswer, timing: Timing
) -> None:
    due = timing.due
    if answer.counted >= required:
        answer.status = MET
        if due is not None and plan.clock is _ONCE:
            done = completed_on(found.items, context.index, required)
            answer.is_late = done is not None and done > due
    elif due is None:
        answer.status, answer.questions = UNKNOWN, (plan.question(timing.missing),)
    elif timing.is_later:
        # Nothing of it is owed at the end of this cycle; what is already there is shown and goes on counting.
        answer.status = NOT_APPLICABLE
        answer.because = f"not asked at this renewal, but at the one of {due}"
    elif timing.is_past:
        answer.status = OVERDUE
    if timing.pace is not None:
        gone, whole = timing.pace
        answer.expected = required * gone // whole


def _lapse(
    plan: Plan, caps: tuple[Cap, ...], required: int, context: Context, accepted: Accepted, found: Tally
) -> date | None:
    """The first day on which credits that expire one by one would no longer reach the amount."""
    index, months = context.index, plan.requirement.window.length
    repeats = 0
    if plan.taking.accept.no_repeats:
        for _, mask in found.refused:
            repeats |= mask
    if not (caps or accepted.bonus or repeats):
        alive = found.counted
        for n, ticks in found.items:
            alive -= ticks
            if alive < required:
                return add_months(index.days[n], months)
        return None
    # Where a cap held something back, it may count once something else has expired: count again.
    numbers = bits(found.taken | repeats)

    def day_of(at: int) -> date:
        return add_months(index.days[numbers[at]], months)

    def is_short(at: int) -> bool:
        alive_then = index.between(Period.ending_on(day_of(at), months)) & context.until
        then = tally(plan, caps, accepted, index, alive_then, required=required, cycle=context.cycle)
        return then.counted < required

    every = range(len(numbers))
    if repeats:
        # A repeat may take the place of what has expired, and something else go short before.
        first = next((at for at in every if is_short(at)), len(numbers))
    else:
        first = bisect_left(every, True, key=is_short)
    return day_of(first) if first < len(numbers) else None


def _reserved(plan: Plan, context: Context) -> tuple[Reserved, ...]:
    """Hours that fill requirements which are asked in addition to this one."""
    held = []
    for other_id in context.beside(plan.id):
        other = context.answers[other_id]
        if other.required is None or other.status in (WAIVED, NOT_APPLICABLE):
            continue
        if hours := context.hours.get(other_id):
            surplus = context.surplus.get(other_id, max(0, other.counted - other.required))
            held.append(Reserved(other.title, hours, surplus))
    return tuple(held)


def _judge_stretches(
    plan: Plan,
    caps: tuple[Cap, ...],
    required: int,
    context: Context,
    accepted: Accepted,
    answer: RequirementAnswer,
    timing: Timing,
) -> None:
    """Ask the amount of every stretch: a past one that was missed is overdue, though the cycle runs on."""
    index, cycle = context.index, context.cycle
    reserved = tuple(held.settled() for held in _reserved(plan, context))
    whole = 0
    for mask in timing.masks:
        whole |= mask
    spread = accepted
    if plan.taking.accept.no_repeats:
        once = tally(plan, caps, accepted, index, whole, required=required, cycle=cycle)
        spread = replace(accepted, mask=once.taken, refused=[*accepted.refused, *once.refused])
    merged = Tally(0, accepted.amounts)
    refused: list[tuple[Reason, int]] = []
    counted: dict[int, int] = {}
    over: dict[int, tuple[int, int, Reason, str]] = {}
    stretches = []
    expected = 0
    for period, mask in zip(timing.periods, timing.masks, strict=True):
        found = tally(plan, caps, spread, index, mask, required=required, cycle=cycle, reserved=reserved)
        for n, ticks in found.items:
            counted[n] = max(ticks, counted.get(n, 0))
        for part in found.over:
            over.setdefault(part[0], part)
        refused += found.refused
        status = MET if found.counted >= required else SHORT
        if status is SHORT and period.last_day < context.as_of:
            status = OVERDUE
        gone, days = period.elapsed(context.as_of)
        expected += required * gone // days
        stretches.append(PeriodAnswer(period, required, found.counted, status))
    items = sorted(counted.items())
    merged.items, merged.refused = items, refused
    if plan.keeps_hours:
        context.hours[plan.id] = dict(items)
    _show_stretches(plan, required, answer, stretches, sum([ticks for _, ticks in items]), expected)
    rests = [
        (n, accepted.amounts[n] - counted.get(n, 0), reason, says)
        for n, (_, _, reason, says) in sorted(over.items())
    ]
    merged.over = [rest for rest in rests if rest[1] > 0]
    answer.counted_records = CountedRecords(index, merged)
    # Repeats are refused by `spread`; what lies outside every stretch is known to `accepted` alone.
    told = replace(spread, mask=accepted.mask)
    answer.not_counted = Refusals(
        index, plan.taking.accept, told, merged, whole, timing.periods, context.as_of
    )


def _show_stretches(
    plan: Plan,
    required: int,
    answer: RequirementAnswer,
    stretches: list[PeriodAnswer],
    counted: int,
    expected: int,
) -> None:
    """The numbers of all stretches as those of one requirement."""
    answer.periods = tuple(stretches)
    open_ = [part for part in stretches if part.status is not MET]
    if plan.clock is Clock.ANY:
        # Stretches that slide share their records: only the first one open, or the leanest, can be shown as
        # a number.
        shown = open_[0] if open_ else min(stretches, key=lambda part: part.counted)
        answer.counted, answer.expected = shown.counted, 0
    else:
        answer.required, answer.counted = required * len(stretches), counted
        answer.expected = expected
    answer.status = min((part.status for part in stretches), key=lambda status: status.rank)
    answer.due = (open_[0] if open_ else stretches[-1]).period.last_day


def _judge_clock(
    plan: Plan,
    caps: tuple[Cap, ...],
    required: int,
    context: Context,
    accepted: Accepted,
    answer: RequirementAnswer,
    timing: Timing,
) -> None:
    """A duty that returns so many months after it was last done, independent of the cycle."""
    index, as_of, months = context.index, context.as_of, plan.requirement.window.length
    found = tally(
        plan,
        caps,
        accepted,
        index,
        context.until,
        required=required,
        cycle=context.cycle,
        reserved=_reserved(plan, context) if context.asked_beside else (),
    )
    last, kept, run = _last_reached(found.items, index.days, required, months)
    due = timing.due if last is None else add_months(last, months)
    is_met = last is not None and due is not None and as_of <= due
    shown = Tally(found.taken, accepted.amounts)
    shown.items = kept + run if is_met else [i for i in run if add_months(index.days[i[0]], months) > as_of]
    counting, counted = mask_of([n for n, _ in shown.items]), mask_of([n for n, _ in found.items])
    answer.counted = sum([ticks for _, ticks in shown.items])
    answer.counted_records = CountedRecords(index, shown)
    answer.due = due
    if plan.keeps_hours:
        context.hours[plan.id] = dict(shown.items)
    reason = Reason.BEFORE_LAST_COMPLETION if is_met else Reason.OUTSIDE_WINDOW
    shown.refused = [*found.refused, (reason, found.taken & counted & ~counting)]
    shown.over = [part for part in found.over if (counting | ~counted) >> part[0] & 1]
    period = EVER if is_met else Period.ending_on(as_of, months)
    answer.not_counted = Refusals(index, plan.taking.accept, accepted, shown, context.until, (period,), as_of)
    if not required:
        answer.status = MET
    elif due is None:
        answer.status, answer.questions = UNKNOWN, (plan.question(timing.missing),)
    elif is_met:
        answer.status, answer.lapses_on = MET, due + ONE_DAY
    else:
        answer.status = OVERDUE if as_of > due else SHORT


_Items = list[tuple[int, int]]


def _last_reached(
    items: _Items, days: Sequence[date], required: int, months: int
) -> tuple[date | None, _Items, _Items]:
    """The last day on which fresh items, within ``months`` of each other, reached the amount; those that did;
    and those since then that are still fresh together.
    """
    last: date | None = None
    kept: _Items = []
    run: deque[tuple[int, int]] = deque()
    reached = 0
    for n, ticks in items:
        while run and add_months(days[run[0][0]], months) <= days[n]:
            reached -= run.popleft()[1]
        run.append((n, ticks))
        reached += ticks
        if reached >= required:
            last, kept, reached = days[n], list(run), 0
            run.clear()
    return last, kept, list(run)
