"""The programme of the caps as it is written down: a variable for each record, choice and set of caps."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from osler.core.rules.optimum import Segment


def most(
    segments: Sequence[Segment], limits: Sequence[int], shares: Mapping[int, Fraction] | None = None
) -> Fraction:
    """The largest sum that keeps every cap, in fractions of ticks: slow, and merges nothing."""
    shares = shares or {}
    size = len(segments)
    rows: list[list[Fraction]] = []
    right: list[Fraction] = []

    def constrain(coefficients: list[Fraction], least: int) -> None:
        rows.append(coefficients)
        right.append(Fraction(least))

    for n, segment in enumerate(segments):
        constrain([Fraction(at == n) for at in range(size)], segment.ticks)
    for group, limit in enumerate(limits):
        inside = [Fraction(group in segment.groups) for segment in segments]
        if group in shares:
            constrain([each - shares[group] for each in inside], 0)
        else:
            constrain(inside, limit)
    wholes: dict[tuple[int, int], int] = {}
    for record, ticks, _, choice in segments:
        wholes[record, choice] = wholes.get((record, choice), 0) + ticks
    for number in {segment.record for segment in segments}:
        of_it = [Fraction(s.record == number, wholes[s.record, s.choice]) for s in segments]
        constrain(of_it, 1)
    return _largest(rows, right)


def _largest(rows: list[list[Fraction]], right: list[Fraction]) -> Fraction:
    """The simplex method by Bland's rule over a full table."""
    count, size = len(rows), len(rows[0])
    table = [[*row, *(Fraction(i == j) for j in range(count)), right[i]] for i, row in enumerate(rows)]
    goal = [Fraction(-1)] * size + [Fraction(0)] * (count + 1)
    basis = list(range(size, size + count))
    while (entering := next((j for j in range(size + count) if goal[j] < 0), None)) is not None:
        _, _, leaving = min(
            (table[i][-1] / table[i][entering], basis[i], i) for i in range(count) if table[i][entering] > 0
        )
        pivot = table[leaving][entering]
        table[leaving] = [value / pivot for value in table[leaving]]
        for line in (*(table[i] for i in range(count) if i != leaving), goal):
            factor = line[entering]
            if factor:
                line[:] = [a - factor * b for a, b in zip(line, table[leaving], strict=True)]
        basis[leaving] = entering
    return goal[-1]
