"""The largest amount that satisfies every cap, exactly.

Caps that nest (or do not touch) are filled greedily, which is optimal for them. Caps that overlap, and
records that could count as one of several credit types, make a small linear programme, solved here in
rational numbers: no answer hangs on a rounding error.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Segment:
    """Hours of one record that fall under the same caps. ``choice`` numbers the record's alternative
    currencies.
    """

    record: int
    ticks: int
    groups: tuple[int, ...] = ()
    choice: int = 0


_NONE: Mapping[int, Fraction] = {}


def fill(
    segments: Sequence[Segment], limits: Sequence[int], shares: Mapping[int, Fraction] = _NONE
) -> list[int]:
    """Ticks that count of each segment, the sum as large as the ``limits`` of the groups allow.

    Segments of one record with different ``choice`` are the same hours in different currencies: the shares
    of the record taken through its choices add up to at most one. Earlier segments are filled first. A group
    of ``shares`` is limited to that share of the sum itself.
    """
    totals = [0] * len(limits)
    has_choices = False
    for segment in segments:
        has_choices = has_choices or segment.choice > 0
        for group in segment.groups:
            totals[group] += segment.ticks
    binding = [g for g, total in enumerate(totals) if g in shares or total > limits[g]]
    if not has_choices and not binding:
        return [segment.ticks for segment in segments]
    if not has_choices and not shares and _nests(segments, binding):
        return _greedy(segments, limits, set(binding))
    taken = _optimum(segments, limits, binding, shares)
    if shares:
        _keep_shares(segments, taken, shares)
    elif not has_choices:
        _top_up(segments, limits, taken)
    return taken


def _top_up(segments: Sequence[Segment], limits: Sequence[int], taken: list[int]) -> None:
    """Give back the ticks that whole numbers lost to fractions."""
    left = list(limits)
    for segment, ticks in zip(segments, taken, strict=True):
        for group in segment.groups:
            left[group] -= ticks
    for n, segment in enumerate(segments):
        more = min([segment.ticks - taken[n], *(left[g] for g in segment.groups)])
        taken[n] += more
        for group in segment.groups:
            left[group] -= more


def _keep_shares(segments: Sequence[Segment], taken: list[int], shares: Mapping[int, Fraction]) -> None:
    """Take away the ticks, from the last segments, by which whole numbers exceed a share."""
    is_kept = False
    while not is_kept:
        is_kept = True
        for group, share in shares.items():
            members = [n for n, segment in enumerate(segments) if group in segment.groups]
            over = sum(taken[n] for n in members) - share * sum(taken)
            if over <= 0:
                continue
            is_kept = False
            excess = math.ceil(over / (1 - share))
            for n in reversed(members):
                less = min(taken[n], excess)
                taken[n] -= less
                excess -= less


def _nests(segments: Sequence[Segment], binding: Sequence[int]) -> bool:
    members = dict.fromkeys(binding, 0)
    for n, segment in enumerate(segments):
        for group in segment.groups:
            if group in members:
                members[group] |= 1 << n
    masks = list(members.values())
    return all((one & other) in (0, one, other) for at, one in enumerate(masks) for other in masks[at + 1 :])


def _greedy(segments: Sequence[Segment], limits: Sequence[int], binding: set[int]) -> list[int]:
    left = list(limits)
    taken = []
    for segment in segments:
        groups = [g for g in segment.groups if g in binding]
        ticks = min([segment.ticks, *(left[g] for g in groups)])
        for group in groups:
            left[group] -= ticks
        taken.append(ticks)
    return taken


def _optimum(
    segments: Sequence[Segment],
    limits: Sequence[int],
    binding: Sequence[int],
    shares: Mapping[int, Fraction],
) -> list[int]:
    """Merge segments under the same binding caps into one variable, solve, and share each variable out
    again.
    """
    chosen = {segment.record for segment in segments if segment.choice > 0}
    bound = set(binding)
    kinds: dict[tuple[object, ...], list[int]] = {}
    for n, segment in enumerate(segments):
        groups = tuple(g for g in segment.groups if g in bound)
        key = (groups, segment.record, segment.choice) if segment.record in chosen else (groups,)
        kinds.setdefault(key, []).append(n)

    variables = list(kinds.items())
    rows: list[list[Fraction]] = []
    right: list[Fraction] = []

    def constrain(coefficients: dict[int, Fraction], most: int) -> None:
        rows.append([coefficients.get(v, Fraction(0)) for v in range(len(variables))])
        right.append(Fraction(most))

    for v, (_, members) in enumerate(variables):
        constrain({v: Fraction(1)}, sum(segments[n].ticks for n in members))
    for group, share in shares.items():
        # What is in the group is at most a share of everything: (1 - p) inside - p outside <= 0.
        constrain(
            {
                v: 1 - share if group in segments[members[0]].groups else -share
                for v, (_, members) in enumerate(variables)
            },
            0,
        )
    for group in (g for g in binding if g not in shares):
        constrain(
            {
                v: Fraction(1)
                for v, (_, members) in enumerate(variables)
                if group in segments[members[0]].groups
            },
            limits[group],
        )
    for record in sorted(chosen):
        whole: dict[int, int] = {}
        for segment in segments:
            if segment.record == record:
                whole[segment.choice] = whole.get(segment.choice, 0) + segment.ticks
        constrain(
            {
                v: Fraction(1, whole[segments[members[0]].choice])
                for v, (_, members) in enumerate(variables)
                if segments[members[0]].record == record and whole[segments[members[0]].choice]
            },
            1,
        )

    taken = [0] * len(segments)
    for (_, members), value in zip(variables, largest_sum(rows, right), strict=True):
        left = int(value)
        for n in members:
            taken[n] = min(left, segments[n].ticks)
            left -= taken[n]
    return taken


def largest_sum(rows: list[list[Fraction]], right: list[Fraction]) -> list[Fraction]:
    """The ``x >= 0`` with the largest sum under ``rows · x <= right`` (no right side negative), by the
    simplex method.

    Bland's rule makes it end, and makes it give the same vertex for the same input.
    """
    count, size = len(rows), len(rows[0]) if rows else 0
    table = [[*row, *(Fraction(int(i == j)) for j in range(count)), right[i]] for i, row in enumerate(rows)]
    goal = [Fraction(-1)] * size + [Fraction(0)] * (count + 1)
    basis = list(range(size, size + count))
    while (entering := next((j for j in range(size + count) if goal[j] < 0), None)) is not None:
        candidates = [
            (table[i][-1] / table[i][entering], basis[i], i) for i in range(count) if table[i][entering] > 0
        ]
        _, _, leaving = min(candidates)
        pivot = table[leaving][entering]
        table[leaving] = [value / pivot for value in table[leaving]]
        for line in (*(table[i] for i in range(count) if i != leaving), goal):
            factor = line[entering]
            if factor:
                line[:] = [a - factor * b for a, b in zip(line, table[leaving], strict=True)]
        basis[leaving] = entering
    values = [Fraction(0)] * size
    for i, variable in enumerate(basis):
        if variable < size:
            values[variable] = table[i][-1]
    return values
