"""Caps that overlap, and records that could count as one of several credit types, as a linear programme.

The programme does not grow with the records. Hours under the same caps are one variable. Records whose
choices differ only in scale are one kind with one variable for each choice: what such records can fill
together is exactly what one record as large as all of them could fill.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from osler.core.rules.simplex import Row, largest_sum


class Segment(NamedTuple):
    """Hours of one record that fall under the same caps. ``choice`` numbers the record's alternative
    currencies.
    """

    record: int
    ticks: int
    groups: tuple[int, ...] = ()
    choice: int = 0


_Piece = tuple[tuple[int, ...], int]
"""Caps, and the ticks under them in the kind's own measure."""


@dataclass(slots=True)
class _Kind:
    """Records whose ``choices`` are alike but for their scale."""

    choices: tuple[tuple[_Piece, ...], ...]
    scales: list[int] = field(default_factory=list)
    members: list[list[list[list[int]]]] = field(default_factory=list)
    """The numbers of the segments, for each record by choice and piece."""


@dataclass(slots=True)
class Program:
    """``x >= 0`` with the largest sum under ``rows · x <= right``; ``groups`` are the caps of each one."""

    groups: list[tuple[int, ...]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    right: list[int] = field(default_factory=list)

    def variable(self, groups: tuple[int, ...]) -> int:
        """The number of a new variable."""
        self.groups.append(groups)
        return len(self.groups) - 1

    def constrain(self, row: Row, most: int) -> None:
        """Add an inequality."""
        self.rows.append(row)
        self.right.append(most)

    def keep(self, limits: Mapping[int, int], shares: Mapping[int, Fraction]) -> None:
        """Add the caps themselves."""
        for group, share in shares.items():
            # What is in the group is at most a share of everything: (1 - p) inside - p outside <= 0.
            every = {v: 1 - share if group in groups else -share for v, groups in enumerate(self.groups)}
            self.constrain({v: by for v, by in every.items() if by}, 0)
        for group, most in limits.items():
            inside = [v for v, groups in enumerate(self.groups) if group in groups]
            self.constrain(dict.fromkeys(inside, Fraction(1)), most)


class Optimum:
    """The programme for some segments, of which those in the ``limits`` and ``shares`` are the caps that
    bind.
    """

    def __init__(
        self, segments: Sequence[Segment], limits: Mapping[int, int], shares: Mapping[int, Fraction]
    ) -> None:
        self.segments = segments
        self.program = Program()
        self._plain: dict[tuple[int, ...], list[int]] = {}
        self._kinds: dict[object, _Kind] = {}
        self._sort({*limits, *shares})
        for groups, numbers in self._plain.items():
            v = self.program.variable(groups)
            self.program.constrain({v: Fraction(1)}, sum([segments[n].ticks for n in numbers]))
        for kind in self._kinds.values():
            self._describe(kind)
        self.program.keep(limits, shares)

    def _sort(self, binding: set[int]) -> None:
        """Segments of records without a choice by their caps, records with one by their kind."""
        records: dict[int, dict[int, dict[tuple[int, ...], list[int]]]] = {}
        for n, segment in enumerate(self.segments):
            if segment.ticks > 0:
                groups = tuple(sorted([g for g in segment.groups if g in binding]))
                choices = records.setdefault(segment.record, {})
                choices.setdefault(segment.choice, {}).setdefault(groups, []).append(n)
        for choices in records.values():
            if len(choices) == 1:
                for pieces in choices.values():
                    for groups, numbers in pieces.items():
                        self._plain.setdefault(groups, []).extend(numbers)
            else:
                self._add(choices.values())

    def _add(self, choices: Iterable[dict[tuple[int, ...], list[int]]]) -> None:
        """Add a record to its kind."""
        told = [
            sorted((groups, sum([self.segments[n].ticks for n in of]), of) for groups, of in pieces.items())
            for pieces in choices
        ]
        told.sort()
        scale = math.gcd(*[ticks for pieces in told for _, ticks, _ in pieces])
        key = tuple([tuple([(groups, ticks // scale) for groups, ticks, _ in pieces]) for pieces in told])
        kind = self._kinds.setdefault(key, _Kind(key))
        kind.scales.append(scale)
        kind.members.append([[numbers for _, _, numbers in pieces] for pieces in told])

    def _describe(self, kind: _Kind) -> None:
        """The variables of a kind; the shares of it taken through its choices add up to at most one."""
        scale = sum(kind.scales)
        shares: Row = {}
        for pieces in kind.choices:
            whole = sum([ticks for _, ticks in pieces])
            for groups, ticks in pieces:
                v = self.program.variable(groups)
                shares[v] = Fraction(1, whole)
                if len(pieces) > 1:
                    self.program.constrain({v: Fraction(1)}, ticks * scale)
        self.program.constrain(shares, scale)

    def taken(self) -> tuple[list[int], int]:
        """Whole ticks for each segment, and the most that they could be together; fractions of a tick are
        lost.
        """
        program = self.program
        values = largest_sum(len(program.groups), program.rows, program.right)
        taken = [0] * len(self.segments)
        at = iter(values)
        for numbers in self._plain.values():
            self._give(int(next(at)), numbers, taken)
        for kind in self._kinds.values():
            amounts = [[next(at) for _ in pieces] for pieces in kind.choices]
            if all(len(pieces) == 1 for pieces in kind.choices):
                self._hand_out(kind, [int(amount) for (amount,) in amounts], taken)
            else:
                self._divide(kind, amounts, taken)
        return taken, int(sum(values))

    def _give(self, ticks: int, numbers: Iterable[int], taken: list[int]) -> None:
        for n in numbers:
            taken[n] = min(ticks, self.segments[n].ticks)
            ticks -= taken[n]

    def _hand_out(self, kind: _Kind, left: list[int], taken: list[int]) -> None:
        """Earlier records first, each by the first choice of which anything is left."""
        wholes = [ticks for ((_, ticks),) in kind.choices]
        measure = math.lcm(*wholes)
        for scale, choices in zip(kind.scales, kind.members, strict=True):
            free = scale * measure
            for c, (numbers,) in enumerate(choices):
                step = measure // wholes[c]
                ticks = min(left[c], free // step)
                left[c] -= ticks
                free -= ticks * step
                self._give(ticks, numbers, taken)

    def _divide(self, kind: _Kind, amounts: list[list[Fraction]], taken: list[int]) -> None:
        """Each record by its scale: what suits the kind as a whole suits each part of it."""
        whole = sum(kind.scales)
        for scale, choices in zip(kind.scales, kind.members, strict=True):
            for pieces, values in zip(choices, amounts, strict=True):
                for numbers, amount in zip(pieces, values, strict=True):
                    self._give(int(amount * scale / whole), numbers, taken)
