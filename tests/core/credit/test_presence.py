"""Minutes from agendas and attendance: overlapping time counts once, taught time not at all."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.core.credit.presence import Span, attendable_minutes, merged, minutes_present

spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 30)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    max_size=7,
)


def minutes_in(found: list[Span]) -> set[int]:
    return {minute for start, end in found for minute in range(start, end)}


def test_concurrent_tracks_offer_one_learner_the_longest_path() -> None:
    # A 60-minute plenary, then 90 minutes beside two of 40 with a gap, then a break that is no session.
    assert attendable_minutes([(0, 60), (60, 150), (60, 100), (110, 150)]) == 150
    assert attendable_minutes([]) == 0


def test_attending_two_rooms_at_once_counts_once_and_the_break_not_at_all() -> None:
    agenda = [(0, 60), (30, 90), (105, 165)]
    assert minutes_present([(0, 120)], agenda) == 90 + 15
    assert minutes_present([(0, 50), (40, 60), (200, 300)], agenda) == 60


def test_who_teaches_a_session_learns_nothing_in_it_but_may_learn_elsewhere() -> None:
    assert minutes_present([(0, 120)], [(0, 60), (60, 120)], taught=[(0, 60)]) == 60


def test_a_span_that_ends_before_it_starts_is_an_error() -> None:
    with pytest.raises(ValueError, match="ends at minute 5"):
        attendable_minutes([(10, 5)])


@given(spans, spans, spans)
def test_minutes_present_are_the_minutes_one_would_count_by_hand(
    present: list[Span], sessions: list[Span], taught: list[Span]
) -> None:
    by_hand = (minutes_in(present) & minutes_in(sessions)) - minutes_in(taught)
    assert minutes_present(present, sessions, taught) == len(by_hand)


@given(spans)
def test_merged_spans_are_apart_in_order_and_cover_the_same_minutes(found: list[Span]) -> None:
    whole = merged(found)
    assert minutes_in(list(whole)) == minutes_in(found)
    assert all(left[1] < right[0] for left, right in pairwise(whole))


@given(spans)
def test_the_longest_path_is_the_best_of_all_choices(sessions: list[Span]) -> None:
    best = 0
    for size in range(len(sessions) + 1):
        for chosen in combinations(sorted(sessions), size):
            if all(left[1] <= right[0] for left, right in pairwise(chosen)):
                best = max(best, sum(end - start for start, end in chosen))
    assert attendable_minutes(sessions) == best
