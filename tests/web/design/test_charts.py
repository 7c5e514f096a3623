"""The charts say what they show: a finding as title, every figure in words, coordinates inside the plot."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from osler.web.design.cycle_strip import CycleStrip, StripCycle
from osler.web.design.step_chart import HEIGHT, MOST_POINTS, Gain, StepChart
from osler.web.design.timeline import Cycle, Timeline

START, DUE = date(2024, 7, 1), date(2026, 6, 30)


def chart(*gains: Gain, today: date = date(2025, 6, 30), required: int = 50) -> StepChart:
    return StepChart(gains, required, START, DUE, today)


def render(source: str, **context: object) -> str:
    return Template("{% load osler_design %}" + source).render(Context(context))


# On 30 June 2025, 364 of 730 days have gone by: an even pace of 50 hours stands at 24.93.
@pytest.mark.parametrize(
    ("earned", "today", "finding"),
    [
        ("28", date(2025, 6, 30), "Credit is three hours ahead of an even pace"),
        ("24", date(2025, 6, 30), "Credit is one hour behind an even pace"),
        ("25", date(2025, 6, 30), "Credit is on an even pace"),
        ("5", date(2025, 6, 30), "Credit is 20 hours behind an even pace"),
        ("50", date(2025, 6, 30), "All 50\xa0h are there"),
        ("62", date(2025, 6, 30), "All 50\xa0h are there"),
        ("32.25", date(2026, 7, 1), "The cycle ended 17.75\xa0h short"),
    ],
)
def test_the_title_states_the_finding(earned: str, today: date, finding: str) -> None:
    assert chart(Gain(date(2024, 9, 1), earned), today=today).finding == finding


def test_what_lies_after_today_is_not_counted_yet() -> None:
    drawn = chart(Gain(date(2024, 9, 1), 6), Gain(date(2025, 12, 1), 20))
    assert drawn.earned == 6
    assert [row.running for row in drawn.rows] == [6]


def test_the_order_of_records_does_not_matter() -> None:
    gains = [Gain(date(2024, 9, 1), 6, "a"), Gain(date(2025, 2, 1), 2, "b"), Gain(date(2024, 8, 1), 1, "c")]
    assert chart(*gains).steps == chart(*reversed(gains)).steps


def test_the_picture_has_a_text_and_a_table_behind_it() -> None:
    html = render("{% step_chart chart %}", chart=chart(Gain(date(2024, 9, 1), "6.25", "Rounds <b>")))
    assert "6.25\xa0h of 50\xa0h counted by 30 June 2025; an even pace would have brought 24.9\xa0h." in html
    assert '<td class="numeric">6.25\xa0h</td>' in html
    assert "Rounds &lt;b&gt;" in html
    assert "style=" not in html


def test_an_empty_cycle_is_drawn_and_said() -> None:
    html = render("{% step_chart chart %}", chart=chart())
    assert "Nothing counted yet in this cycle." in html
    assert "25 hours behind" in html


@given(
    days=st.lists(st.integers(min_value=-400, max_value=1200), max_size=30),
    amount=st.decimals(min_value="0.25", max_value=90, places=2),
    today=st.integers(min_value=0, max_value=1000),
)
def test_every_line_stays_inside_the_plot(days: list[int], amount: Decimal, today: int) -> None:
    gains = tuple(Gain(date.fromordinal(START.toordinal() + day), amount) for day in days)
    drawn = chart(*gains, today=date.fromordinal(START.toordinal() + today))
    for line in [*drawn.steps, drawn.pace_line]:
        for x in (line.x1, line.x2):
            assert 0 <= Decimal(x.removesuffix("%")) <= 100
        for y in (line.y1, line.y2):
            assert 0 <= Decimal(y) <= HEIGHT
    assert 12 <= Decimal(drawn.now_text_y) <= HEIGHT - 18


CYCLES = (
    Cycle("Texas", date(2024, 9, 1), date(2026, 8, 31), "met", 100, "/texas"),
    Cycle("California", START, DUE, "short", 64),
    Cycle("A certificate of ten years", date(2020, 1, 1), date(2035, 12, 31), "on-pace", 40),
)


def test_the_cycle_due_first_comes_first() -> None:
    drawn = Timeline(CYCLES, date(2026, 1, 31))
    assert [bar.cycle.name for bar in drawn.bars][:2] == ["California", "Texas"]
    assert drawn.finding == "Two cycles end within a year, California first on 30 June 2026"


def test_one_cycle_is_said_in_the_singular() -> None:
    drawn = Timeline(CYCLES[1:], date(2026, 1, 31))
    assert drawn.finding == "One cycle ends within a year: California on 30 June 2026"


def test_a_long_certificate_does_not_press_the_others() -> None:
    drawn = Timeline(CYCLES, date(2026, 1, 31))
    long = drawn.bars[-1]
    assert (long.clipped_start, long.clipped_end) == (True, True)
    assert (drawn.first_day, drawn.last_day) == (date(2023, 1, 1), date(2031, 12, 31))
    california = drawn.bars[0]
    assert Decimal(california.width.removesuffix("%")) > 20


def test_the_counted_part_ends_at_today_on_an_even_pace() -> None:
    # Half of the credit after half of the days: the full part and today stand under each other.
    cycle = Cycle("Half", date(2025, 1, 1), date(2026, 12, 31), "on-pace", 50)
    drawn = Timeline((cycle,), date(2026, 1, 1))
    assert drawn.bars[0].counted == drawn.now.x


def test_each_bar_speaks() -> None:
    html = render("{% timeline timeline %}", timeline=Timeline(CYCLES, date(2026, 1, 31)))
    assert 'aria-label="1 July 2024 to 30 June 2026, 64 percent counted, short"' in html
    assert '<a href="/texas">Texas</a>' in html
    assert "style=" not in html


def test_nothing_held_is_no_error() -> None:
    assert Timeline((), date(2026, 1, 31)).finding == "No cycle ends within a year"


def test_each_step_can_be_read_where_it_is_and_many_are_told_together() -> None:
    few = StepChart(
        [Gain(date(2025, 3, 2), 6, "Pain", url="/record/x"), Gain(date(2025, 9, 2), 2, "Heart")],
        50,
        date(2024, 7, 1),
        date(2026, 6, 30),
        date(2026, 1, 31),
    )
    assert [point.url for point in few.points] == ["/record/x", ""]
    assert few.points[0].text.endswith("2 March 2025 · Pain")
    many = [Gain(date(2024, 7, 1) + timedelta(days=n), 1, f"Session {n}") for n in range(500)]
    crowded = StepChart(many, 500, date(2024, 7, 1), date(2026, 6, 30), date(2026, 1, 31))
    assert len(crowded.points) <= MOST_POINTS + 1
    assert "records" in crowded.points[0].text


def test_what_was_carried_over_is_told_and_stands_first() -> None:
    chart = StepChart(
        [Gain(date(2025, 3, 2), 6, "Pain"), Gain(date(2024, 5, 2), 2, "Heart", is_carried=True)],
        50,
        date(2024, 7, 1),
        date(2026, 6, 30),
        date(2026, 1, 31),
    )
    assert "2\N{NO-BREAK SPACE}h carried over from the cycle before" in chart.alternative
    assert [row.is_carried for row in chart.rows] == [True, False]


def test_overlapping_cycles_take_turns_on_two_lines() -> None:
    cycles = [
        StripCycle(date(2019, 7, 1), date(2022, 2, 28), "met", 100, "Met"),
        StripCycle(date(2021, 7, 1), date(2024, 2, 29), "short", 40, "Ended short"),
        StripCycle(date(2023, 7, 1), date(2026, 2, 28), "", 0, "Not begun"),
    ]
    strip = CycleStrip(cycles, [date(2020, 1, 1)] * 3, date(2024, 1, 31), "Two of three were met")
    assert [bar.y for bar in strip.bars] == [30, 58, 30]
    assert len(strip.marks) == 1
    assert "1 July 2021 to 29 February 2024: Ended short." in strip.alternative
    assert strip.bars[2].tone == "quiet"


def test_many_records_are_told_month_by_month_in_the_table_and_drawn_as_one_line() -> None:
    gains = [Gain(date(2024, 7, 1) + timedelta(days=n), 1, f"Rounds {n}") for n in range(100)]
    drawn = chart(*gains)
    assert [(row.on, row.title, row.running) for row in drawn.table][:2] == [
        (date(2024, 7, 31), "31 records since 1 July 2024", 31),
        (date(2024, 8, 31), "31 records since 1 August 2024", 62),
    ]
    assert len(drawn.rows) == 100
    assert drawn.drawn.startswith("M0 ")
    assert render("{% step_chart chart %}", chart=drawn).count("chart-step") == 1
