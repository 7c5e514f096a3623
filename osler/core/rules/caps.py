"""The largest amount that satisfies every cap, exactly.

A credit type through which a record could only reach less, or fall under more caps, is left out first. Caps
that then nest (or do not touch) are filled greedily, which is optimal for them. Caps that overlap, and
records that could still count as one of several credit types, make a small linear programme.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from osler.core.rules.optimum import Optimum, Segment

_NONE: Mapping[int, Fraction] = {}


def fill(
    segments: Sequence[Segment], limits: Sequence[int], shares: Mapping[int, Fraction] = _NONE
) -> list[int]:
    """Ticks that count of each segment, the sum as large as the ``limits`` of the groups allow.

    Segments of one record with different ``choice`` are the same hours in different currencies: the shares
    of the record taken through its choices add up to at most one. Earlier segments are filled first. A group
    of ``shares`` is limited to that share of the sum itself.
    """
    kept = list(range(len(segments)))
    binding = _binding(segments, limits, shares)
    if any(segment.choice for segment in segments):
        kept, binding = _worth_choosing(segments, limits, shares)
    taken = [0] * len(segments)
    for n, ticks in zip(kept, _filled([segments[n] for n in kept], limits, shares, binding), strict=True):
        taken[n] = ticks
    return taken


def _filled(
    segments: Sequence[Segment], limits: Sequence[int], shares: Mapping[int, Fraction], binding: list[int]
) -> list[int]:
    wholes = _wholes(segments)
    has_choices = len(wholes) > len({record for record, _ in wholes})
    if not has_choices and not binding:
        return [segment.ticks for segment in segments]
    if not has_choices and not shares and _nests(segments, binding):
        return _greedy(segments, limits, set(binding))
    most = {group: limits[group] for group in binding if group not in shares}
    taken, reached = Optimum(segments, most, shares).taken()
    if shares:
        _keep_shares(segments, taken, shares)
    elif sum(taken) < reached:
        _top_up(segments, limits, taken, wholes)
    return taken


def _binding(segments: Sequence[Segment], limits: Sequence[int], shares: Mapping[int, Fraction]) -> list[int]:
    """The groups that all their segments together would exceed."""
    totals = [0] * len(limits)
    for segment in segments:
        for group in segment.groups:
            totals[group] += segment.ticks
    return [g for g, total in enumerate(totals) if g in shares or total > limits[g]]


def _worth_choosing(
    segments: Sequence[Segment], limits: Sequence[int], shares: Mapping[int, Fraction]
) -> tuple[list[int], list[int]]:
    """The segments without those of choices that no optimum needs, and the groups that still bind."""
    kept = list(range(len(segments)))
    while True:
        binding = _binding([segments[n] for n in kept], limits, shares)
        needless = _needless([segments[n] for n in kept], set(binding))
        if not needless:
            return kept, binding
        kept = [n for n in kept if (segments[n].record, segments[n].choice) not in needless]


def _needless(segments: Sequence[Segment], binding: set[int]) -> set[tuple[int, int]]:
    """Choices in whose place another of the same record holds as much, all of it under no other caps."""
    several = {segment.record for segment in segments if segment.choice}
    choices: dict[int, dict[int, tuple[int, set[int], set[int]]]] = {}
    bounds: dict[tuple[int, ...], set[int]] = {}
    for record, ticks, groups, choice in segments:
        if record not in several:
            continue
        bound = bounds.get(groups)
        if bound is None:
            bound = bounds[groups] = binding.intersection(groups)
        whole, anywhere, everywhere = choices.setdefault(record, {}).get(choice, (0, set(), bound))
        choices[record][choice] = (whole + ticks, anywhere | bound, everywhere & bound)
    found = set()
    for record, held in choices.items():
        left = dict(held)
        for choice in reversed(held):
            whole, _, everywhere = held[choice]
            if any(
                other != choice and most >= whole and (anywhere <= everywhere or not whole)
                for other, (most, anywhere, _) in left.items()
            ):
                del left[choice]
                found.add((record, choice))
    return found


def _wholes(segments: Sequence[Segment]) -> dict[tuple[int, int], int]:
    """The ticks of each record by each of its choices."""
    wholes: dict[tuple[int, int], int] = {}
    for record, ticks, _, choice in segments:
        wholes[record, choice] = wholes.get((record, choice), 0) + ticks
    return wholes


def _top_up(
    segments: Sequence[Segment],
    limits: Sequence[int],
    taken: list[int],
    wholes: Mapping[tuple[int, int], int],
) -> None:
    """Give back the ticks that whole numbers lost to fractions."""
    left = list(limits)
    free: dict[int, Fraction] = {}
    for (record, _, groups, choice), ticks in zip(segments, taken, strict=True):
        for group in groups:
            left[group] -= ticks
        if ticks:
            free[record] = free.get(record, Fraction(1)) - Fraction(ticks, wholes[record, choice])
    for n, (record, ticks, groups, choice) in enumerate(segments):
        most = free.get(record, Fraction(1)) * wholes[record, choice]
        more = min([ticks - taken[n], int(most), *(left[g] for g in groups)])
        if more:
            taken[n] += more
            free[record] = (most - more) / wholes[record, choice]
            for group in groups:
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
