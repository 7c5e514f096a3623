"""Minutes from spans of time: what an agenda offers one learner, and what one person took part in.

A span is ``(start, end)`` in whole minutes from any fixed moment, half-open. Breaks, meals and welcomes are
left out by not being among the certified sessions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

Span = tuple[int, int]


def _checked(spans: Iterable[Span]) -> list[Span]:
    found = sorted(spans)
    for start, end in found:
        if end < start:
            raise ValueError(f"a span ends at minute {end}, before it starts at {start}")
    return found


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same minutes as separate spans in order; time covered twice is there once."""
    result: list[Span] = []
    for start, end in _checked(spans):
        if end == start:
            continue
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def _minutes(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)


def _shared(left: Iterable[Span], right: Iterable[Span]) -> tuple[Span, ...]:
    others = merged(right)
    return merged(
        (max(start, begin), min(end, stop))
        for start, end in merged(left)
        for begin, stop in others
        if max(start, begin) < min(end, stop)
    )


def attendable_minutes(sessions: Iterable[Span]) -> int:
    """The longest path one learner could attend: concurrent sessions exclude each other (AMA, 2010)."""
    in_order = sorted(_checked(sessions), key=lambda span: span[1])
    ends = [end for _, end in in_order]
    best = [0]
    for index, (start, end) in enumerate(in_order):
        before = bisect_right(ends, start, hi=index)
        best.append(max(best[index], best[before] + end - start))
    return best[-1]


def minutes_present(present: Iterable[Span], sessions: Iterable[Span], taught: Iterable[Span] = ()) -> int:
    """Minutes of certified sessions somebody was present in as a learner.

    Time in concurrent sessions counts once; the sessions the person taught (``taught``) do not count at all,
    for a presenter claims them as teaching.
    """
    learned = _shared(present, sessions)
    return _minutes(learned) - _minutes(_shared(learned, taught))
