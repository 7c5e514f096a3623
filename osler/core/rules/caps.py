"""The largest amount that satisfies every cap, exactly.

Caps that nest (or do not touch) are filled greedily, which is optimal for them. Caps that overlap, and
records that could count as one of several credit types, make a small linear programme, solved here in
rational numbers: no answer hangs on a rounding error.
"""

from __future__ import annotations

from collections.abc import Sequence
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


def fill(segments: Sequence[Segment], limits: Sequence[int]) -> list[int]:
    """Ticks that count of each segment, the sum as large as the ``limits`` of the groups allow.

    Segments of one record with different ``choice`` are the same hours in different currencies: the shares
    of the record taken through its choices add up to at most one. Earlier segments are filled first.
    """
    totals = [0] * len(limits)
    has_choices = False
    for segment in segments:
        has_choices = has_choices or segment.choice > 0
        for group in segment.groups:
            totals[group] += segment.ticks
    binding = [g for g, total in enumerate(totals) if total > limits[g]]
    if not has_choices and not binding:
        return [segment.ticks for segment in segments]
    if not has_choices and _nests(segments, binding):
        return _greedy(segments, limits, set(binding))
    return _optimum(segments, limits, binding)


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


def _optimum(segments: Sequence[Segment], limits: Sequence[int], binding: Sequence[int]) -> list[int]:
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
    for group in binding:
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
