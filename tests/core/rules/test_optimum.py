"""Records that are alike are merged, and the merged programme finds what the whole one does."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from osler.core.rules.caps import fill
from osler.core.rules.optimum import Optimum, Segment
from tests.core.rules.one_by_one import most

GROUPS = 3
_GROUPS = st.sets(st.integers(0, GROUPS - 1)).map(lambda groups: tuple(sorted(groups)))
_SCALES = st.sampled_from([1, 1, 2, 3])


@st.composite
def kinds(draw: st.DrawFn, most_pieces: int) -> list[list[tuple[int, tuple[int, ...]]]]:
    """The choices of a record: for each the ticks of its pieces, and their caps."""
    piece = st.tuples(st.sampled_from([12, 12, 12, 24, 30]), _GROUPS)
    choices = st.lists(piece, min_size=1, max_size=most_pieces)
    return draw(st.lists(choices, min_size=1, max_size=3))


@st.composite
def transcripts(draw: st.DrawFn, most_pieces: int = 1) -> tuple[list[Segment], list[int]]:
    """Up to six records of up to three kinds, each at a scale of its own."""
    shapes = draw(st.lists(kinds(most_pieces), min_size=1, max_size=3))
    segments = []
    for record in range(draw(st.integers(1, 6))):
        shape, scale = draw(st.sampled_from(shapes)), draw(_SCALES)
        for choice, pieces in enumerate(shape):
            segments += [Segment(record, ticks * scale, groups, choice) for ticks, groups in pieces]
    return segments, [12 * n for n in draw(st.lists(st.integers(0, 9), min_size=GROUPS, max_size=GROUPS))]


def kept(
    segments: list[Segment], limits: list[int], taken: list[int], shares: dict[int, Fraction] | None = None
) -> bool:
    """Whether every cap holds, no record counts for more than itself, and nothing is less than none."""
    told = list(zip(segments, taken, strict=True))
    whole: dict[tuple[int, int], int] = {}
    for record, ticks, _, choice in segments:
        whole[record, choice] = whole.get((record, choice), 0) + ticks
    used: dict[int, Fraction] = {}
    for segment, ticks in told:
        used[segment.record] = used.get(segment.record, Fraction(0)) + Fraction(
            ticks, whole[segment.record, segment.choice]
        )
    inside = [sum(ticks for segment, ticks in told if g in segment.groups) for g in range(GROUPS)]
    return (
        all(0 <= ticks <= segment.ticks for segment, ticks in told)
        and all(part <= 1 for part in used.values())
        and all(
            ticks <= (shares[g] * sum(taken) if shares and g in shares else limits[g])
            for g, ticks in enumerate(inside)
        )
    )


@given(transcripts())
@settings(max_examples=150)
def test_kinds_reach_what_their_records_reach_one_by_one(asked: tuple[list[Segment], list[int]]) -> None:
    segments, limits = asked
    taken = fill(segments, limits)
    assert kept(segments, limits, taken)
    best = most(segments, limits)
    assert best - len(segments) < sum(taken) <= best
    same_hours = len({(s.record, s.ticks) for s in segments}) == len({s.record for s in segments})
    if best.denominator == 1 and same_hours:
        assert sum(taken) == best


@given(transcripts(most_pieces=3))
@settings(max_examples=100)
def test_records_cut_by_caps_reach_the_same_but_for_parts_of_a_tick(
    asked: tuple[list[Segment], list[int]],
) -> None:
    segments, limits = asked
    taken = fill(segments, limits)
    assert kept(segments, limits, taken)
    best = most(segments, limits)
    assert best - len(segments) < sum(taken) <= best


@given(transcripts(), st.sampled_from([Fraction(1, 4), Fraction(3, 10), Fraction(1, 2)]))
@settings(max_examples=60)
def test_choices_under_a_share_of_the_sum_reach_the_same(
    asked: tuple[list[Segment], list[int]], share: Fraction
) -> None:
    segments, limits = asked
    taken = fill(segments, limits, {0: share})
    assert kept(segments, limits, taken, {0: share})
    best = most(segments, limits, {0: share})
    # Each tick lost to a fraction outside the share may cost others inside it.
    assert best - 4 * len(segments) < sum(taken) <= best


def two_currencies(count: int) -> list[Segment]:
    """Hours in two currencies, each under a cap of its own, some of them in a third that fits both caps."""
    segments = []
    for n in range(count):
        ticks = 12 * (n % 7 + 1)
        held = [(0,), (1,), (0, 1)] if n % 3 else [(0, 2), (1,)]
        segments += [Segment(n, ticks, groups, choice) for choice, groups in enumerate(held)]
    return segments


def test_the_program_is_as_large_as_the_kinds_whatever_the_records() -> None:
    few, many = two_currencies(20), two_currencies(2_000)
    sizes = []
    for segments in (few, many):
        limits = dict.fromkeys(range(3), 100 * len(segments))
        sizes.append(len(Optimum(segments, limits, {}).program.groups))
    assert sizes == [5, 5]
    taken = fill(many, [30_000, 20_000, 5_000])
    assert sum(taken) == 50_000
    assert kept(many, [30_000, 20_000, 5_000], taken)


def test_pieces_in_proportion_are_one_kind() -> None:
    segments = [
        Segment(n, ticks * (n + 1), groups, choice)
        for n in range(50)
        for choice, ticks, groups in ((0, 20, (0,)), (0, 10, (0, 1)), (1, 40, (1,)))
    ]
    assert len(Optimum(segments, {0: 90, 1: 90}, {}).program.groups) == 3


def test_a_choice_under_more_caps_and_worth_no_more_is_never_taken() -> None:
    segments = [Segment(n, 12, groups, choice) for n in range(5) for choice, groups in enumerate([(0,), ()])]
    assert fill(segments, [6]) == [0, 12] * 5


def test_earlier_records_of_a_kind_are_filled_first() -> None:
    segments = [Segment(n, 12, (choice,), choice) for n in range(4) for choice in (0, 1)]
    assert fill(segments, [18, 12]) == [12, 0, 6, 6, 0, 6, 0, 0]
