"""The optimum under caps is the best there is, by brute force on small numbers."""

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from osler.core.rules.caps import fill
from osler.core.rules.optimum import Segment
from osler.core.rules.simplex import largest_sum

GROUPS = 3


@st.composite
def plain(draw: st.DrawFn) -> tuple[list[Segment], list[int]]:
    """Up to five segments of up to three ticks, under up to three caps that may overlap in any way."""
    memberships = st.sets(st.integers(0, GROUPS - 1)).map(lambda groups: tuple(sorted(groups)))
    shapes = draw(st.lists(st.tuples(st.integers(1, 3), memberships), min_size=1, max_size=5))
    limits = draw(st.lists(st.integers(0, 6), min_size=GROUPS, max_size=GROUPS))
    return [Segment(n, ticks, groups) for n, (ticks, groups) in enumerate(shapes)], limits


def keeps(segments: list[Segment], limits: list[int], taken: list[int]) -> bool:
    return all(
        sum(ticks for segment, ticks in zip(segments, taken, strict=True) if group in segment.groups) <= limit
        for group, limit in enumerate(limits)
    )


@given(plain())
def test_the_most_that_all_caps_allow_is_counted(asked: tuple[list[Segment], list[int]]) -> None:
    segments, limits = asked
    # Doubled amounts: three caps that overlap pairwise may share a tick in halves.
    doubled = [Segment(s.record, 2 * s.ticks, s.groups) for s in segments]
    twice = [2 * limit for limit in limits]
    taken = fill(doubled, twice)
    assert keeps(doubled, twice, taken)
    assert all(0 <= ticks <= segment.ticks for segment, ticks in zip(doubled, taken, strict=True))
    choices = product(*(range(segment.ticks + 1) for segment in doubled)) if len(doubled) < 4 else ()
    every = [sum(choice) for choice in choices if keeps(doubled, twice, list(choice))]
    assert not every or sum(taken) == max(every)
    whole = [
        sum(choice)
        for choice in product(*(range(segment.ticks + 1) for segment in segments))
        if keeps(segments, limits, list(choice))
    ]
    assert sum(taken) >= 2 * max(whole)


@given(plain())
def test_whole_ticks_are_not_lost_to_fractions(asked: tuple[list[Segment], list[int]]) -> None:
    segments, limits = asked
    taken = fill(segments, limits)
    assert keeps(segments, limits, taken)
    for n, segment in enumerate(segments):
        if taken[n] < segment.ticks:
            one_more = [ticks + (at == n) for at, ticks in enumerate(taken)]
            assert not keeps(segments, limits, one_more)


@given(plain(), st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_change_the_sum(
    asked: tuple[list[Segment], list[int]], random: object
) -> None:
    segments, limits = asked
    doubled = [Segment(s.record, 2 * s.ticks, s.groups) for s in segments]
    shuffled = list(doubled)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    limits = [2 * limit for limit in limits]
    assert sum(fill(doubled, limits)) == sum(fill(shuffled, limits))
    assert fill(doubled, limits) == fill(doubled, limits)


@st.composite
def currencies(draw: st.DrawFn) -> tuple[list[Segment], list[int]]:
    """Up to three records of one or two credit types; each type under a cap or none."""
    segments = []
    for record in range(draw(st.integers(1, 3))):
        for choice in range(draw(st.integers(1, 2))):
            groups = tuple(sorted(draw(st.sets(st.integers(0, 1)))))
            segments.append(Segment(record, 12 * draw(st.integers(1, 2)), groups, choice))
    return segments, [12 * limit for limit in draw(st.lists(st.integers(0, 3), min_size=2, max_size=2))]


@given(currencies())
def test_the_same_hours_in_two_currencies_count_as_the_most_they_can(
    asked: tuple[list[Segment], list[int]],
) -> None:
    segments, limits = asked
    taken = fill(segments, limits)
    assert keeps(segments, limits, taken)
    for record in {segment.record for segment in segments}:
        parts = [Fraction(t, s.ticks) for s, t in zip(segments, taken, strict=True) if s.record == record]
        assert sum(parts) <= 1
    # Brute force in quarters of each record.
    best = 0
    for quarters in product(range(5), repeat=len(segments)):
        ticks = [segment.ticks * quarter // 4 for segment, quarter in zip(segments, quarters, strict=True)]
        whole: dict[int, int] = {}
        for segment, quarter in zip(segments, quarters, strict=True):
            whole[segment.record] = whole.get(segment.record, 0) + quarter
        if max(whole.values()) <= 4 and keeps(segments, limits, ticks):
            best = max(best, sum(ticks))
    assert sum(taken) >= best - len(segments)


@given(
    st.lists(st.tuples(st.integers(1, 40), st.sets(st.integers(0, 1))), min_size=1, max_size=5),
    st.lists(st.integers(0, 4), min_size=2, max_size=2),
)
@settings(max_examples=60)
def test_a_share_of_the_sum_is_never_exceeded_and_nearly_used(
    shapes: list[tuple[int, set[int]]], quarters: list[int]
) -> None:
    shares = {group: Fraction(quarter, 4) for group, quarter in enumerate(quarters)}
    segments = [Segment(n, 60 * units, tuple(sorted(groups))) for n, (units, groups) in enumerate(shapes)]
    taken = fill(segments, [0, 0], shares)
    for group, share in shares.items():
        inside = sum(t for s, t in zip(segments, taken, strict=True) if group in s.groups)
        assert inside <= share * sum(taken)
    free = sum(s.ticks for s in segments if not s.groups)
    assert sum(taken) >= free
    if all(share == 1 for share in shares.values()):
        assert taken == [segment.ticks for segment in segments]


def test_nothing_is_nothing() -> None:
    assert fill([], []) == []
    assert largest_sum(0, [], []) == []


def test_a_program_that_cycles_without_care_comes_to_an_end() -> None:
    one = Fraction(1)
    rows = [{0: one, 1: one}, {0: one}, {1: one}]
    assert sum(largest_sum(2, rows, [3, 2, 2])) == 3
    assert largest_sum(2, rows, [0] * 3) == [0, 0]


def test_a_share_that_is_no_whole_number_of_ticks_is_kept_below() -> None:
    segments = [Segment(0, 100, (0,)), Segment(1, 100, (0,)), Segment(2, 100)]
    taken = fill(segments, [0], {0: Fraction(1, 4)})
    assert taken == [33, 0, 100]
    two = [Segment(0, 100, (0,)), Segment(1, 100, (1,)), Segment(2, 101)]
    taken = fill(two, [0, 0], {0: Fraction(1, 3), 1: Fraction(1, 7)})
    assert taken[2] == 101
    assert 3 * taken[0] <= sum(taken)
    assert 7 * taken[1] <= sum(taken)
    assert sum(taken) > 185


def test_ticks_that_whole_numbers_put_over_a_share_are_taken_away() -> None:
    shares = {0: Fraction(1, 2), 1: Fraction(3, 28), 2: Fraction(3, 28)}
    segments = [Segment(0, 90, (0,)), Segment(1, 90, (1,)), Segment(2, 90, (2,)), Segment(3, 4)]
    # The optimum is 7 + 1.5 + 1.5 + 4; without the halves, 7 of 13 would be more than the half.
    assert fill(segments, [0, 0, 0], shares) == [6, 1, 1, 4]
