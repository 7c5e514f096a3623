"""Judging an amount: which window, what counts in it, how far it reaches, and by when the rest is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from osler.core.rules.answer import PeriodAnswer, Question, Reason, RequirementAnswer, Status
from osler.core.rules.carried import carried_over, spilled
from osler.core.rules.context import Context
from osler.core.rules.counting import Reserved, Tally, completed_on, tally
from osler.core.rules.index import Accepted, bits
from osler.core.rules.refusals import NOWHERE, CountedRecords, Refusals
from osler.core.rules.requirement import Requirement
from osler.core.rules.schedule import EVER, Missing, due_date, windows
from osler.core.rules.window import Clock, Moment
from osler.core.time import ONE_DAY, Period, add_months

SPLIT = frozenset({Clock.CALENDAR_YEARS, Clock.EACH, Clock.ANY})
"""Clocks that ask the amount of every stretch, not of the whole."""


def judge_amount(requirement: Requirement, required: int, context: Context) -> RequirementAnswer:
    """Where an amount of credit (or a number of activities) stands; ``required`` ticks are asked of each
    stretch.
    """
    periods, due = _when(requirement, context)
    if not periods and not isinstance(due, Missing):
        answer = RequirementAnswer(requirement.id, requirement.title, Status.NOT_APPLICABLE, requirement.unit)
        answer.because = "no whole stretch of it lies in this cycle"
        return answer
    if isinstance(due, Missing) and not periods:
        return RequirementAnswer(
            requirement.id,
            requirement.title,
            Status.UNKNOWN,
            requirement.unit,
            required,
            questions=(Question(due.fact, (requirement.id,)),),
            not_counted=(),
        )
    accepted = context.index.accepted(requirement.accept, activities=requirement.unit == "activity")
    answer = RequirementAnswer(requirement.id, requirement.title, Status.SHORT, requirement.unit, required)
    first = periods[0]
    if first.start != date.min and first.end != date.max:
        answer.window = first if len(periods) == 1 else Period(first.start, max(p.end for p in periods))
    if not isinstance(due, Missing):
        answer.due = due
    if requirement.window.clock is Clock.EVERY_MONTHS:
        _judge_clock(requirement, required, context, accepted, answer, due)
    elif requirement.window.clock in SPLIT:
        _judge_stretches(requirement, required, context, accepted, answer, periods)
    else:
        _judge_window(requirement, required, context, accepted, answer, periods[0], due)
    return answer


def _when(requirement: Requirement, context: Context) -> tuple[tuple[Period, ...], date | Missing]:
    """The stretches, opened at the issue where only credit since then counts, and the day the amount is
    due.
    """
    periods, due = windows(requirement.window, context.schedule, context.as_of)
    if not periods and isinstance(due, Missing):
        return (), due
    if requirement.due is not None:
        due = due_date(requirement.due, context.schedule, context.issued, context.as_of)
    elif requirement.window.clock is Clock.EVERY_MONTHS and context.issued is not None:
        # The first one is so many months after the issue. Where that lies before this cycle, what was done
        # then may simply not be on file: it is asked by the end of this cycle rather than called overdue.
        first = add_months(context.issued, requirement.window.length)
        if context.cycle is None or first >= context.cycle.start:
            due = first
    if requirement.accept.since_issue and context.issued is not None:
        issued = context.issued
        periods = tuple(Period(max(p.start, issued), max(p.end, issued)) for p in periods)
    if requirement.window.clock in SPLIT and context.issued is not None:
        # Nothing is asked of a stretch that had ended before there was a licence.
        periods = tuple(period for period in periods if period.end > context.issued)
    return periods, due


def _judge_window(
    requirement: Requirement,
    required: int,
    context: Context,
    accepted: Accepted,
    answer: RequirementAnswer,
    period: Period,
    due: date | Missing,
) -> None:
    index = context.index
    window = index.between(period) & context.until
    found = tally(
        requirement,
        accepted,
        index,
        window,
        required=required,
        cycle=context.cycle,
        reserved=_reserved(requirement, context),
    )
    answer.counted, answer.counted_records = found.counted, CountedRecords(index, found.items)
    elsewhere: dict[str, int] = {}
    if requirement.carry_over is not None or requirement.spill is not None:
        extra = carried_over(requirement, required, context, accepted, period)
        more = spilled(requirement, context, found)
        answer.counted += sum(item.ticks for item in (*extra.counted, *more))
        answer.counted_records = (*extra.counted, *answer.counted_records, *more)
        window |= extra.mask
        found.over += extra.left_behind
        elsewhere = {item.record.id: item.ticks for item in more}
    _explain(answer, requirement, context, accepted, found, (period,), window, elsewhere)
    context.hours[requirement.id] = dict(found.items)
    _settle(requirement, required, context, found, answer, period, due)
    if answer.status is Status.MET and requirement.window.clock is Clock.LAST:
        answer.lapses_on = _lapse(requirement, required, context, accepted, found)


def _settle(
    requirement: Requirement,
    required: int,
    context: Context,
    found: Tally,
    answer: RequirementAnswer,
    period: Period,
    due: date | Missing,
) -> None:
    clock = requirement.window.clock
    if answer.counted >= required:
        answer.status = Status.MET
        if clock is Clock.ONCE and isinstance(due, date):
            done = completed_on(found.items, context.index, required)
            answer.is_late = done is not None and done > due
    elif isinstance(due, Missing):
        answer.status = Status.UNKNOWN
        answer.questions = (Question(due.fact, (requirement.id,)),)
    elif (
        clock is Clock.NTH_CYCLE
        and not isinstance(context.schedule, Missing)
        and due > context.schedule.last_day
    ):
        # Nothing of it is owed at the end of this cycle; what is already there is shown and goes on counting.
        answer.status = Status.NOT_APPLICABLE
        answer.because = f"not asked at this renewal, but at the one of {due}"
    else:
        answer.status = Status.OVERDUE if is_past(requirement, due, context) else Status.SHORT
    if clock is Clock.LAST or not isinstance(due, date):
        return
    start = period.start if period.start != date.min else context.issued
    if start is not None and start <= due:
        whole = (due - start).days + 1
        gone = (context.as_of - start).days + 1
        answer.expected = required * max(0, min(gone, whole)) // whole


def is_past(requirement: Requirement, due: date, context: Context) -> bool:
    """Whether the due day has gone by; what is asked at all times has no day left. On the due day there is
    still time.
    """
    asked_always = requirement.due is not None and requirement.due.moment is Moment.NOW
    return asked_always or context.as_of > due


def _lapse(
    requirement: Requirement, required: int, context: Context, accepted: Accepted, found: Tally
) -> date | None:
    """The first day on which credits that expire one by one would no longer reach the amount."""
    index, months = context.index, requirement.window.length
    if not (requirement.caps or accepted.bonus):
        alive = found.counted
        for n, ticks in found.items:
            alive -= ticks
            if alive < required:
                return add_months(index.records[n].completed, months)
        return None
    # Where a cap held something back, it may count once something else has expired: count again each time.
    for n in bits(found.taken):
        day = add_months(index.records[n].completed, months)
        alive_then = index.between(Period.ending_on(day, months)) & context.until
        then = tally(requirement, accepted, index, alive_then, required=required, cycle=context.cycle)
        if then.counted < required:
            return day
    return None


def _reserved(requirement: Requirement, context: Context) -> tuple[Reserved, ...]:
    """Hours that fill requirements which are asked in addition to this one."""
    held = []
    for other_id in context.beside(requirement.id):
        other = context.answers[other_id]
        if other.required is None or other.status in (Status.WAIVED, Status.NOT_APPLICABLE):
            continue
        surplus = context.surplus.get(other_id, max(0, other.counted - other.required))
        held.append(Reserved(other.title, context.hours.get(other_id, {}), surplus))
    return tuple(held)


def _judge_stretches(
    requirement: Requirement,
    required: int,
    context: Context,
    accepted: Accepted,
    answer: RequirementAnswer,
    periods: tuple[Period, ...],
) -> None:
    """Ask the amount of every stretch: a past one that was missed is overdue, though the cycle runs on."""
    index, as_of = context.index, context.as_of
    until = context.until
    reserved = tuple(held.settled() for held in _reserved(requirement, context))
    whole = 0
    for period in periods:
        whole |= index.between(period)
    spread = accepted
    if requirement.accept.no_repeats:
        once = tally(requirement, accepted, index, whole & until, required=required, cycle=context.cycle)
        spread = replace(accepted, mask=once.taken, refused=accepted.refused + once.refused)
    counted: dict[int, int] = {}
    over: dict[int, tuple[int, int, Reason, str]] = {}
    refused: list[tuple[Reason, int]] = []
    stretches = []
    expected = 0
    for period in periods:
        found = tally(
            requirement,
            spread,
            index,
            index.between(period) & until,
            required=required,
            cycle=context.cycle,
            reserved=reserved,
        )
        for n, ticks in found.items:
            counted[n] = max(ticks, counted.get(n, 0))
        for part in found.over:
            over.setdefault(part[0], part)
        refused += found.refused
        status = Status.MET if found.counted >= required else Status.SHORT
        if status is Status.SHORT and period.last_day < as_of:
            status = Status.OVERDUE
        gone, days = period.elapsed(as_of)
        expected += required * gone // days
        stretches.append(PeriodAnswer(period, required, found.counted, status))
    items = sorted(counted.items())
    context.hours[requirement.id] = dict(items)
    open_ = [part for part in stretches if part.status is not Status.MET]
    answer.periods = tuple(stretches)
    if requirement.window.clock is Clock.ANY and stretches:
        # Stretches that slide share their records: only the first one open, or the leanest, can be shown as
        # a number.
        shown = open_[0] if open_ else min(stretches, key=lambda part: part.counted)
        answer.required, answer.counted, expected = required, shown.counted, 0
    else:
        answer.required, answer.counted = required * len(stretches), sum(ticks for _, ticks in items)
    answer.counted_records = CountedRecords(index, items)
    answer.expected = expected
    answer.status = min((part.status for part in stretches), key=lambda s: s.rank, default=Status.MET)
    answer.due = open_[0].period.last_day if open_ else (stretches[-1].period.last_day if stretches else None)
    rests = [
        (n, accepted.amounts[n] - counted.get(n, 0), reason, says)
        for n, (_, _, reason, says) in sorted(over.items())
    ]
    merged = Tally(answer.counted, items, _mask(items), refused, [rest for rest in rests if rest[1] > 0])
    # Repeats are refused by `spread`; what lies outside every stretch is known to `accepted` alone.
    told = replace(spread, mask=accepted.mask)
    _explain(answer, requirement, context, told, merged, periods, whole & until)


def _judge_clock(
    requirement: Requirement,
    required: int,
    context: Context,
    accepted: Accepted,
    answer: RequirementAnswer,
    first_due: date | Missing,
) -> None:
    """A duty that returns so many months after it was last done, independent of the cycle."""
    index, months = context.index, requirement.window.length
    until = context.until
    found = tally(
        requirement,
        accepted,
        index,
        until,
        required=required,
        cycle=context.cycle,
        reserved=_reserved(requirement, context),
    )
    run: list[tuple[int, int]] = []
    kept: list[tuple[int, int]] = []
    last: date | None = None
    for item in found.items:
        day = index.records[item[0]].completed
        run = [old for old in run if add_months(index.records[old[0]].completed, months) > day]
        run.append(item)
        if sum(ticks for _, ticks in run) >= required:
            last, kept, run = day, run, []
    due = first_due if last is None else add_months(last, months)
    is_met = last is not None and isinstance(due, date) and context.as_of <= due
    shown = (
        kept + run
        if is_met
        else [i for i in run if add_months(index.records[i[0]].completed, months) > context.as_of]
    )
    answer.counted = sum(ticks for _, ticks in shown)
    answer.counted_records = CountedRecords(index, shown)
    answer.due = due if isinstance(due, date) else None
    context.hours[requirement.id] = dict(shown)
    before = found.taken & ~_mask(shown) & _mask(found.items)
    reason = Reason.BEFORE_LAST_COMPLETION if is_met else Reason.OUTSIDE_WINDOW
    refused = [*found.refused, (reason, before)]
    period = EVER if is_met else Period.ending_on(context.as_of, months)
    over = [
        part
        for part in found.over
        if part[0] in context.hours[requirement.id] or not _mask(found.items) >> part[0] & 1
    ]
    _explain(
        answer, requirement, context, accepted, replace(found, refused=refused, over=over), (period,), until
    )
    if not required:
        answer.status = Status.MET
    elif is_met:
        answer.status, answer.lapses_on = Status.MET, due + ONE_DAY if isinstance(due, date) else None
    elif isinstance(due, Missing):
        answer.status, answer.questions = Status.UNKNOWN, (Question(due.fact, (requirement.id,)),)
    else:
        answer.status = Status.OVERDUE if context.as_of > due else Status.SHORT


def _explain(
    answer: RequirementAnswer,
    requirement: Requirement,
    context: Context,
    accepted: Accepted,
    found: Tally,
    periods: tuple[Period, ...],
    window: int,
    elsewhere: Mapping[str, int] = NOWHERE,
) -> None:
    index = context.index
    later = index.everything & ~context.until
    masks = [
        *accepted.refused,
        (Reason.AFTER_AS_OF, accepted.mask & later & ~window),
        (Reason.OUTSIDE_WINDOW, accepted.mask & ~window & ~later),
        *found.refused,
    ]
    answer.not_counted = Refusals(
        index, requirement.accept, masks, found.over, periods, context.as_of, elsewhere
    )


def _mask(items: list[tuple[int, int]]) -> int:
    mask = 0
    for n, _ in items:
        mask |= 1 << n
    return mask
