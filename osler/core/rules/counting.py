"""How much counts toward one requirement in one window: the records taken, the caps kept, the rest with its
reason.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from osler.core.credit.amount import amount_text
from osler.core.rules.answer import Reason
from osler.core.rules.caps import fill
from osler.core.rules.index import Accepted, RecordIndex
from osler.core.rules.masks import bits, mask_of, total
from osler.core.rules.optimum import Segment
from osler.core.rules.plan import Plan
from osler.core.rules.requirement import Accept, Cap, Percent
from osler.core.rules.worth import Worth
from osler.core.time import Period, add_months


class Tally:
    """``counted`` ticks from ``items`` (record number and ticks), of the records ``taken`` (a mask).

    ``refused`` are whole records and ``over`` parts of them, refused with a sentence. Where every record
    taken counts in full, the items are told from the amounts when somebody asks for them.
    """

    __slots__ = ("_items", "amounts", "counted", "over", "refused", "taken")

    def __init__(self, taken: int, amounts: Sequence[int]) -> None:
        self.taken, self.amounts, self.counted = taken, amounts, 0
        self.refused: Sequence[tuple[Reason, int]] = ()
        self.over: Sequence[tuple[int, int, Reason, str]] = ()
        self._items: list[tuple[int, int]] | None = None

    @property
    def items(self) -> list[tuple[int, int]]:
        """The numbers of the records that count, in the order of their dates, with the ticks of each."""
        if self._items is None:
            amounts = self.amounts
            self._items = [(n, amounts[n]) for n in bits(self.taken)]
        return self._items

    @items.setter
    def items(self, items: list[tuple[int, int]]) -> None:
        self._items = items


@dataclass(slots=True)
class Reserved:
    """Hours of records that fill a requirement standing beside this one, and how many of them may count
    here too.
    """

    title: str
    hours: Mapping[int, int]
    surplus: int

    def settled(self) -> Reserved:
        """The same with the earliest hours named that fill the other, so that stretches cannot each take the
        surplus.
        """
        need = max(0, sum(self.hours.values()) - self.surplus)
        kept: dict[int, int] = {}
        for n, ticks in sorted(self.hours.items()):
            if need > 0:
                kept[n] = min(ticks, need)
                need -= kept[n]
        return Reserved(self.title, kept, 0)


def tally(
    plan: Plan,
    caps: tuple[Cap, ...],
    accepted: Accepted,
    index: RecordIndex,
    window: int,
    *,
    required: int,
    cycle: Period | None = None,
    reserved: tuple[Reserved, ...] = (),
) -> Tally:
    """Count the records of ``window`` (a mask) that ``accepted`` takes, as many ticks as every cap allows."""
    mask = accepted.mask & window
    result = Tally(mask, accepted.amounts)
    if not mask:
        return result
    if index.repeats or plan.taking.accept.no_repeats:
        mask = result.taken = _without_repeats(plan.taking.accept, accepted, index, mask, result)
    binding = _binding(plan, caps, accepted, index, mask, required) if caps else []
    if binding or reserved or (accepted.bonus and any(mask >> n & 1 for n in accepted.bonus)):
        _capped(plan, binding, accepted, index, mask, cycle, reserved, result)
    else:
        result.counted = total(mask, accepted.amounts)
    return result


class _Reached(NamedTuple):
    """A cap with its number, the records it reaches, and how much it allows."""

    at: int
    cap: Cap
    mask: int
    limit: int


def _binding(
    plan: Plan, caps: tuple[Cap, ...], accepted: Accepted, index: RecordIndex, mask: int, required: int
) -> list[_Reached]:
    """The caps that all they reach, taken together, would exceed. No other cap can cost anything."""
    found = []
    is_plain = not plan.taking.counts_activities and not plan.taking.accept.rates
    amounts = accepted.amounts
    for at, cap in enumerate(caps):
        reached = mask & index.matching(cap.match)
        if not reached:
            continue
        topics = cap.match.topics
        if topics and is_plain:
            on_topic = bits(reached & index.on_topics(topics))
            whole = sum([min(amounts[n], index.share(n, topics)) for n in on_topic])
        else:
            whole = total(reached, amounts)
        limit = _limit(cap, required)
        if whole and whole > limit:
            found.append(_Reached(at, cap, reached, limit))
    return found


def _limit(cap: Cap, required: int) -> int:
    """A share of what is earned is kept by other means than a limit."""
    most = cap.at_most
    if isinstance(most, int):
        return most
    return 0 if most.measure == "earned" else most.part_of(required)


def _without_repeats(accept: Accept, accepted: Accepted, index: RecordIndex, mask: int, result: Tally) -> int:
    groups = index.repeats
    if accept.no_repeats:
        groups = [*groups, *index.alike(bits(mask))]
    for group in groups:
        eligible = group & mask
        if eligible & (eligible - 1):
            best = max(bits(eligible), key=lambda n: (accepted.amounts[n], -n))
            lost = eligible & ~(1 << best)
            result.refused = [*result.refused, (Reason.DUPLICATE, lost)]
            mask &= ~lost
    return mask


class _Groups:
    """The caps of one requirement as numbered groups with limits."""

    def __init__(self) -> None:
        self.limits: list[int] = []
        self.says: list[tuple[Reason, str]] = []
        self.shares: dict[int, Fraction] = {}
        self._numbers: dict[object, int] = {}

    def number(self, key: object, limit: int, reason: Reason, says: str) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self.limits)
            self.limits.append(limit)
            self.says.append((reason, says))
        return self._numbers[key]

    def number_of(self, reached: _Reached, index: RecordIndex, n: int, cycle: Period | None) -> int:
        """The group of one record under a cap: one for the window, or one for each day, year, record or
        title.
        """
        at, cap, _, limit = reached
        key = (at, None if cap.per == "window" else _part_of(cap.per, index, n, cycle))
        known = self._numbers.get(key)
        if known is not None:
            return known
        most, named = cap.at_most, cap.says or cap.id.replace("-", " ")
        if isinstance(most, Percent) and most.measure == "earned":
            says = f"at most {most.share * 100} % of what is earned: {cap.says or cap.id}"
            self.shares[len(self.limits)] = most.share
        else:
            each = "" if cap.per == "window" else f" per {cap.per.replace('-', ' ')}"
            says = f"at most {amount_text(limit)}{each}: {named}"
        return self.number(key, limit, Reason.OVER_CAP, says)


def _part_of(per: str, index: RecordIndex, n: int, cycle: Period | None) -> object:
    completed = index.records[n].completed
    if per == "day":
        return completed
    if per == "calendar-year" or (per == "cycle-year" and cycle is None):
        return completed.year
    if per == "cycle-year" and cycle is not None:
        return _year_of(cycle, completed)
    if per == "record":
        return n
    return index.activity(n) or n if per == "title" else None


def _year_of(cycle: Period, completed: date) -> int:
    """The year of the cycle in which a day lies; years before it are negative."""
    year = completed.year - cycle.start.year
    return year if add_months(cycle.start, 12 * year) <= completed else year - 1


def _under(cap: Cap, index: RecordIndex, n: int, worth: Worth, *, activities: bool) -> int:
    """How much of a record's plain worth falls under a cap: on topics, what the hours on them are worth."""
    plain = worth.ticks - worth.bonus
    if not cap.match.topics:
        return worth.ticks
    share = index.share(n, cap.match.topics)
    if activities or not share:
        return plain if share else 0
    if worth.recorded in (0, plain):
        return share
    return -(-share * plain // worth.recorded)


def _capped(
    plan: Plan,
    caps: list[_Reached],
    accepted: Accepted,
    index: RecordIndex,
    mask: int,
    cycle: Period | None,
    reserved: tuple[Reserved, ...],
    result: Tally,
) -> None:
    groups = _Groups()
    segments: list[Segment] = []
    tells_types = any(each.cap.match.credits for each in caps)
    accept, activities = plan.taking.accept, plan.taking.counts_activities
    tells_rates = bool(accept.rates) and any(each.cap.match.topics for each in caps)
    for n in bits(mask):
        if tells_types or (tells_rates and not activities):
            worths = index.worths(n, accept, activities=activities)
            worths = worths if tells_types else worths[:1]
        else:
            worths = [accepted.bonus.get(n) or Worth(accepted.amounts[n], "")]
        for choice, worth in enumerate(worths):
            cuts = [
                (
                    groups.number_of(each, index, n, cycle),
                    _under(each.cap, index, n, worth, activities=activities),
                )
                for each in caps
                if each.mask >> n & 1
                and (not each.cap.match.credits or worth.credit_type in each.cap.match.credits)
            ]
            for held in reserved:
                if n in held.hours:
                    says = f"these hours count toward {held.title}, which is asked in addition"
                    group = groups.number(
                        ("reserved", held.title), held.surplus, Reason.COUNTED_ELSEWHERE, says
                    )
                    cuts.append((group, held.hours[n]))
            plain = worth.ticks - worth.bonus
            segments += _cut(n, plain, cuts, choice)
            if worth.bonus and worth.rate is not None and worth.rate.first is not None:
                limit = int(worth.rate.first * (worth.rate.times - 1))
                says = f"only the first {amount_text(worth.rate.first)} count {worth.rate.times} times"
                extra = groups.number(("bonus", id(worth.rate)), limit, Reason.OVER_CAP, says)
                segments.append(
                    Segment(n, worth.bonus, (*(g for g, part in cuts if part >= plain), extra), choice)
                )
    _collect(segments, fill(segments, groups.limits, groups.shares), groups, accepted, result)


def _cut(n: int, whole: int, cuts: list[tuple[int, int]], choice: int) -> list[Segment]:
    """Cut a record where only some of its hours fall under a cap.

    Hours under different caps are laid side by side as far as they fit, which is the reading that lets most
    of them count and contradicts nothing the record says.
    """
    if not cuts:
        return [Segment(n, whole, (), choice)]
    if all(part >= whole for _, part in cuts):
        return [Segment(n, whole, tuple(dict.fromkeys(group for group, _ in cuts)), choice)]
    marks = {0, whole}
    spans: list[tuple[int, int, int]] = []
    at = 0
    for group, part in cuts:
        part = min(part, whole)
        if part <= 0:
            continue
        if part == whole:
            spans.append((group, 0, whole))
            continue
        end = at + part
        for start, stop in ((at, min(end, whole)), (0, max(0, end - whole))):
            if stop > start:
                spans.append((group, start, stop))
                marks |= {start, stop}
        at = end % whole
    edges = sorted(marks)
    pieces = [
        Segment(
            n, stop - start, tuple(dict.fromkeys(g for g, a, b in spans if a <= start and stop <= b)), choice
        )
        for start, stop in itertools.pairwise(edges)
    ]
    # Hours under fewest caps first: they cost the caps nothing.
    return sorted(pieces, key=lambda piece: len(piece.groups))


def _collect(
    segments: list[Segment], taken: list[int], groups: _Groups, accepted: Accepted, result: Tally
) -> None:
    counted: dict[int, int] = {}
    short: dict[int, tuple[int, ...]] = {}
    for segment, ticks in zip(segments, taken, strict=True):
        counted[segment.record] = counted.get(segment.record, 0) + ticks
        if ticks < segment.ticks:
            short.setdefault(segment.record, segment.groups)
    used = [0] * len(groups.limits)
    for segment, ticks in zip(segments, taken, strict=True):
        for group in segment.groups:
            used[group] += ticks
    items, over = [], []
    for n, ticks in sorted(counted.items()):
        if ticks:
            items.append((n, ticks))
        left = accepted.amounts[n] - ticks
        if left > 0:
            full = [g for g in short.get(n, ()) if used[g] >= groups.limits[g]] or list(short.get(n, ()))
            reason, says = groups.says[full[0]] if full else (Reason.OVER_CAP, "over the cap")
            over.append((n, left, reason, says))
    result.items, result.counted, result.over = items, sum([ticks for _, ticks in items]), over
    result.taken = mask_of(counted)


def completed_on(items: list[tuple[int, int]], index: RecordIndex, required: int) -> date | None:
    """The day on which the items, in the order of their dates, first reached the required amount."""
    reached = 0
    for n, ticks in items:
        reached += ticks
        if reached >= required:
            return index.records[n].completed
    return None
