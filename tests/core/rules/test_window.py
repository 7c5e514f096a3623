"""Windows and due dates are read as they are written, or it is told what could be."""

from datetime import date

import pytest

from osler.core.rules.window import Clock, Moment, WindowError, parse_due, parse_window


@pytest.mark.parametrize(
    ("text", "clock", "length", "first"),
    [
        ("cycle", Clock.CYCLE, 0, 0),
        ("this cycle", Clock.CYCLE, 0, 0),
        ("once", Clock.ONCE, 0, 0),
        ("Once  ever", Clock.ONCE, 0, 0),
        ("every 3 cycles", Clock.NTH_CYCLE, 3, 3),
        ("every 3 cycles from renewal 1", Clock.NTH_CYCLE, 3, 1),
        ("every 48 months", Clock.EVERY_MONTHS, 48, 0),
        ("each calendar year", Clock.CALENDAR_YEARS, 12, 0),
        ("each 12 months of the cycle", Clock.EACH, 12, 0),
        ("any 24 months of the cycle", Clock.ANY, 24, 0),
        ("last 60 months", Clock.LAST, 60, 0),
        ("18 months before expiry", Clock.BEFORE_EXPIRY, 18, 0),
    ],
)
def test_a_window_is_read(text: str, clock: Clock, length: int, first: int) -> None:
    window = parse_window(text)
    assert (window.clock, window.length, window.first) == (clock, length, first)


@pytest.mark.parametrize("text", ["", "every cycle", "each 12 months", "every 0 months", "last 1201 months"])
def test_what_is_no_window_is_refused(text: str) -> None:
    with pytest.raises(WindowError):
        parse_window(text)


@pytest.mark.parametrize(
    ("text", "moment", "number", "day"),
    [
        ("cycle end", Moment.CYCLE_END, 0, None),
        ("now", Moment.NOW, 0, None),
        ("issue", Moment.AFTER_ISSUE, 0, None),
        ("Renewal 2", Moment.RENEWAL, 2, None),
        ("12 months after issue", Moment.AFTER_ISSUE, 12, None),
        ("2025-12-31", Moment.DATE, 0, date(2025, 12, 31)),
        ("first renewal on or after 2023-06-27", Moment.RENEWAL_FROM, 0, date(2023, 6, 27)),
    ],
)
def test_a_due_phrase_is_read(text: str, moment: Moment, number: int, day: date | None) -> None:
    due = parse_due(text)
    assert (due.moment, due.number, due.day) == (moment, number, day)


def test_the_sooner_and_the_later_of_several_are_read() -> None:
    due = parse_due("later of renewal 2, 2025-12-31, 12 months after issue")
    assert due.moment is Moment.LATER
    assert [part.moment for part in due.parts] == [Moment.RENEWAL, Moment.DATE, Moment.AFTER_ISSUE]
    assert parse_due("sooner of now, cycle end").moment is Moment.SOONER


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no due date"),
        ("some day", "no due date"),
        ("2025-02-30", "not a day of the calendar"),
        ("sooner of 2025-01-01", "at least two dates"),
        ("later of some day, now", "no due date"),
        ("renewal 0", "between 1 and 1200"),
        ("100000 months after issue", "between 1 and 1200"),
    ],
)
def test_what_is_no_due_date_is_refused(text: str, says: str) -> None:
    with pytest.raises(WindowError, match=says):
        parse_due(text)
