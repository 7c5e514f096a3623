"""The simplex method in rational numbers: no answer hangs on a rounding error."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Row = dict[int, Fraction]
"""The coefficients of one inequality by the number of the variable; what is not there is zero."""


def largest_sum(size: int, rows: Sequence[Row], right: Sequence[int]) -> list[Fraction]:
    """The ``size`` variables ``x >= 0`` with the largest sum under ``rows · x <= right`` (no right side
    negative).

    The variable that gains most enters. Where a step gains nothing, Bland's rule chooses until one does: so
    it ends, and gives the same vertex for the same input. Rows are kept sparse, as most are about a few
    variables of their own.
    """
    # Row i says: its basic variable = value[i] - the sum of its coefficients by variables that are zero now.
    # The variables beyond ``size`` are what the inequalities leave over.
    table = [dict(row) for row in rows]
    value = [Fraction(most) for most in right]
    basic = list(range(size, size + len(table)))
    gain: Row = dict.fromkeys(range(size), Fraction(1))
    is_stuck = False
    while better := [j for j, by in gain.items() if by > 0]:
        entering = min(better) if is_stuck else min(better, key=lambda j: (-gain[j], j))
        step, _, at = min(
            (value[i] / row[entering], basic[i], i) for i, row in enumerate(table) if row.get(entering, 0) > 0
        )
        is_stuck = not step
        row = table[at]
        pivot = row.pop(entering)
        row = table[at] = {j: by / pivot for j, by in row.items()}
        row[basic[at]] = 1 / pivot
        value[at], basic[at] = step, entering
        for i, other in enumerate(table):
            if i != at and (factor := other.pop(entering, None)):
                value[i] -= factor * step
                _subtract(other, factor, row)
        _subtract(gain, gain.pop(entering), row)
    found = [Fraction(0)] * size
    for variable, most in zip(basic, value, strict=True):
        if variable < size:
            found[variable] = most
    return found


def _subtract(row: Row, factor: Fraction, other: Row) -> None:
    """Take ``factor`` times the ``other`` row from a row."""
    for j, by in other.items():
        left = row.get(j, 0) - factor * by
        if left:
            row[j] = left
        else:
            row.pop(j, None)
