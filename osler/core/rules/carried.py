"""What counts here though it was earned elsewhere: the excess of the cycle before or of another amount."""

from __future__ import annotations

from dataclasses import dataclass, field

from osler.core.rules.answer import Counted, Reason
from osler.core.rules.context import Context
from osler.core.rules.counting import Tally, tally
from osler.core.rules.index import Accepted
from osler.core.rules.plan import Plan
from osler.core.rules.requirement import Cap
from osler.core.rules.schedule import Missing
from osler.core.time import Period


@dataclass(slots=True)
class Carried:
    """Records of the cycle before with what they give, their mask, and what of them stays behind."""

    counted: list[Counted] = field(default_factory=list)
    mask: int = 0
    left_behind: list[tuple[int, int, Reason, str]] = field(default_factory=list)


def carried_over(
    plan: Plan, caps: tuple[Cap, ...], required: int, context: Context, accepted: Accepted, period: Period
) -> Carried:
    """What the cycle before left over: its excess, from the latest records that may be carried."""
    rule, at = plan.requirement.carry_over, context.schedule
    carried = Carried()
    if rule is None or isinstance(at, Missing):
        return carried
    before = period.previous(at.step)
    if context.issued is not None and context.issued >= before.end:
        return carried
    index = context.index
    earned = index.between(before) & context.until
    past = tally(plan, caps, accepted, index, earned, required=required, cycle=before)
    left = min(past.counted - required, rule.at_most)
    kinds = index.matching(rule.match)
    for n, ticks in reversed(past.items):
        if left <= 0:
            break
        part = min(ticks - index.share(n, rule.not_hours_on), left)
        if kinds >> n & 1 and part > 0:
            via = f"carried over from the cycle to {before.last_day}"
            carried.counted.insert(0, Counted(index.records[n], part, via=via))
            carried.mask |= 1 << n
            rest, says = accepted.amounts[n] - part, f"the rest belongs to the cycle to {before.last_day}"
            if rest > 0:
                carried.left_behind.append((n, rest, Reason.OUTSIDE_WINDOW, says))
            left -= part
    return carried


def spilled(plan: Plan, context: Context, found: Tally) -> list[Counted]:
    """What another requirement holds above its own need, from its latest records that do not count here
    already.
    """
    rule = plan.requirement.spill
    source = context.answers.get(rule.source) if rule is not None else None
    if rule is None or source is None or source.required is None:
        return []
    left = source.counted - source.required
    if rule.at_most is not None:
        left = min(left, rule.at_most)
    own = {context.index.records[n].id for n, _ in found.items}
    over = []
    for item in reversed(source.counted_records):
        if left <= 0:
            break
        if item.record.id not in own:
            part = min(item.ticks, left)
            over.append(Counted(item.record, part, via=f"left over from {source.title}"))
            left -= part
    return over[::-1]
