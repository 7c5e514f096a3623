"""When a requirement is asked of one credential: its stretches with their records, and the day it is due.

Requirements of the same window, due date and start share one ``Timing``; a set has few of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from osler.core.rules.plan import Plan
from osler.core.rules.requirement import Requirement
from osler.core.rules.schedule import Missing, due_date, windows
from osler.core.rules.window import Clock, Moment
from osler.core.time import Period, add_months

if TYPE_CHECKING:
    from osler.core.rules.context import Context


@dataclass(slots=True, eq=False)
class Timing:
    """``masks`` are the records of each of the ``periods``, done by the day of the question.

    ``due`` is ``None`` while the fact ``missing`` is not stated. ``window`` is what is shown as one.
    """

    periods: tuple[Period, ...]
    due: date | None
    missing: str
    masks: tuple[int, ...] = ()
    window: Period | None = None
    is_past: bool = False
    """The due day has gone by, or it is asked at all times; on the due day there is still time."""
    is_later: bool = False
    """It is due only at a later renewal."""
    pace: tuple[int, int] | None = None
    """Days gone by and days in all; ``None`` where there is no pace."""


def timing_of(plan: Plan, context: Context) -> Timing:
    """The timing of a requirement, kept in the context for all that share its number in the plan."""
    asked = plan.requirement
    periods, due = _when(plan, asked, context)
    if isinstance(due, Missing):
        timing = Timing(periods, None, due.fact)
    else:
        timing = Timing(periods, due, "")
        timing.is_past = is_past(asked, due, context.as_of)
        timing.is_later = plan.clock is Clock.NTH_CYCLE and due > context.last_day
    context.timings[plan.timing] = timing
    if not periods:
        return timing
    between, until = context.index.between, context.until
    timing.masks = tuple([between(period) & until for period in periods])
    first = periods[0]
    if first.start != date.min and first.end != date.max:
        timing.window = (
            first if len(periods) == 1 else Period(first.start, max(period.end for period in periods))
        )
    if timing.due is not None and plan.clock is not Clock.LAST:
        timing.pace = _pace(first, timing.due, context)
    return timing


def _when(plan: Plan, asked: Requirement, context: Context) -> tuple[tuple[Period, ...], date | Missing]:
    """The stretches, opened at the issue where only credit since then counts, and the day the amount is
    due.
    """
    clock, issued = plan.clock, context.issued
    periods, due = windows(asked.window, context.schedule, context.as_of)
    if not periods and isinstance(due, Missing):
        return (), due
    if asked.due is not None:
        due = due_date(asked.due, context.schedule, issued, context.as_of)
    elif clock is Clock.EVERY_MONTHS and issued is not None:
        # The first one is so many months after the issue. Where that lies before this cycle, what was done
        # then may simply not be on file: it is asked by the end of this cycle rather than called overdue.
        first = add_months(issued, asked.window.length)
        if context.cycle is None or first >= context.cycle.start:
            due = first
    if asked.accept.since_issue and issued is not None:
        periods = tuple([Period(max(each.start, issued), max(each.end, issued)) for each in periods])
    if plan.is_split and issued is not None:
        # Nothing is asked of a stretch that had ended before there was a licence.
        periods = tuple([period for period in periods if period.end > issued])
    return periods, due


def _pace(period: Period, due: date, context: Context) -> tuple[int, int] | None:
    start = period.start if period.start != date.min else context.issued
    if start is None or start > due:
        return None
    whole, gone = (due - start).days + 1, (context.as_of - start).days + 1
    return max(0, min(gone, whole)), whole


def is_past(asked: Requirement, due: date, as_of: date) -> bool:
    """Whether the due day has gone by; what is asked at all times has no day left. On the due day there is
    still time.
    """
    asked_always = asked.due is not None and asked.due.moment is Moment.NOW
    return asked_always or as_of > due
