"""Two answers are told apart by what they ask of somebody, never by their words."""

from dataclasses import replace
from datetime import date

import pytest

from osler.core.rules.answer import Status
from osler.core.rules.difference import Difference, Figures, differences, figures_of
from tests.core.rules.asking import answers, ask, hours, record

TOTAL = Figures("total", "Total", Status.SHORT.value, "hour", hours(40), hours(10), date(2026, 6, 30))
PAIN = Figures("pain", "Pain", Status.MET.value, "hour", hours(2), 0, date(2026, 6, 30))
WAIVED = replace(PAIN, id="ethics", status=Status.WAIVED.value)


def test_the_figures_are_the_numbers_of_the_answer() -> None:
    found = answers(ask(10), records=[record("a", "2025-01-01", 4)])
    assert figures_of(found) == (
        Figures("total", "total", "short", "hour", hours(10), hours(6), date(2026, 6, 30)),
    )


def test_the_same_answer_differs_in_nothing() -> None:
    assert differences([TOTAL, PAIN], [PAIN, TOTAL]) == ()


def test_a_new_title_changes_nobodys_answer() -> None:
    assert differences([TOTAL], [replace(TOTAL, title="All credit")]) == ()


@pytest.mark.parametrize(
    "after",
    [
        replace(TOTAL, status=Status.OVERDUE.value),
        replace(TOTAL, unit="activity"),
        replace(TOTAL, required=hours(50)),
        replace(TOTAL, remaining=hours(20)),
        replace(TOTAL, due=date(2026, 12, 31)),
        replace(TOTAL, status=Status.NOT_APPLICABLE.value),
    ],
)
def test_another_number_is_told_with_both_sides(after: Figures) -> None:
    assert differences([TOTAL, PAIN], [after, PAIN]) == (Difference(TOTAL, after),)


def test_how_much_more_is_missing() -> None:
    assert Difference(TOTAL, replace(TOTAL, remaining=hours(25))).ticks_more == hours(15)
    assert Difference(TOTAL, replace(TOTAL, remaining=0)).ticks_more == -hours(10)
    assert Difference(None, TOTAL).ticks_more == hours(10)
    assert Difference(TOTAL, None).ticks_more == -hours(10)


def test_what_is_new_stands_in_its_place_and_what_is_gone_comes_last() -> None:
    gone = replace(TOTAL, id="gone")
    found = differences([gone, PAIN], [TOTAL, PAIN])
    assert found == (Difference(None, TOTAL), Difference(gone, None))
    assert [one.requirement.id for one in found] == ["total", "gone"]


def test_what_asks_nothing_on_either_side_is_not_told() -> None:
    elsewhere = replace(WAIVED, status=Status.NOT_APPLICABLE.value)
    assert differences([WAIVED], []) == ()
    assert differences([], [WAIVED]) == ()
    assert differences([WAIVED], [elsewhere]) == ()


def test_what_is_waived_from_now_on_is_told_though_nothing_is_missing() -> None:
    before = replace(WAIVED, status=Status.MET.value)
    assert differences([before], [WAIVED]) == (Difference(before, WAIVED),)
    assert not WAIVED.asks
    assert before.asks
