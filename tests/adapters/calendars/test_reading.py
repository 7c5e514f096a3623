"""Calendars as programs write them: zones, whole days, repetitions, exceptions, bad files."""

from datetime import UTC, date, datetime

import pytest

from osler.adapters.calendars import CalendarRefused, Event, Filters
from osler.adapters.calendars.reading import read_events

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
SINCE = date(2023, 1, 31)


def calendar(*events: str, head: str = "") -> bytes:
    body = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{body}END:VCALENDAR\r\n".encode()


def read(*events: str, head: str = "") -> list[Event]:
    return read_events(calendar(*events, head=head), since=SINCE, until=NOW, zone="America/Los_Angeles")


def test_an_event_is_read_with_its_place_in_time() -> None:
    (one,) = read(
        "UID:a@x\r\nSUMMARY:Grand rounds\\, sepsis\r\nLOCATION:Hall 2\r\nCATEGORIES:CME,Work\r\n"
        'ORGANIZER;CN="Dr. Mehta: chair":mailto:r@x.example\r\n'
        "DTSTART;TZID=America/New_York:20260112T200000\r\nDTEND;TZID=America/New_York:20260112T213000"
    )
    assert (one.title, one.organiser, one.location) == ("Grand rounds, sepsis", "Dr. Mehta: chair", "Hall 2")
    assert one.starts_at == datetime(2026, 1, 13, 1, tzinfo=UTC)
    assert (one.held_on, one.minutes, one.categories) == (date(2026, 1, 12), 90, ("CME", "Work"))


@pytest.mark.parametrize(
    ("lines", "day", "minutes"),
    [
        ("DTSTART:20260112T080000Z\r\nDURATION:PT1H30M", date(2026, 1, 12), 90),
        # In UTC it is the next day already; where the person is, it is not.
        ("DTSTART:20260113T040000Z\r\nDTEND:20260113T050000Z", date(2026, 1, 12), 60),
        ("DTSTART:20260112T080000\r\nDTEND:20260112T090000", date(2026, 1, 12), 60),
        ("DTSTART;VALUE=DATE:20260112\r\nDTEND;VALUE=DATE:20260115", date(2026, 1, 14), 0),
        ("DTSTART;VALUE=DATE:20260112", date(2026, 1, 12), 0),
        ("DTSTART;TZID=Eastern Standard Time:20260112T080000\r\nDURATION:PT45M", date(2026, 1, 12), 45),
        (
            "DTSTART;TZID=/citadel.org/x/Europe/Vienna:20260112T080000\r\nDURATION:P1D",
            date(2026, 1, 13),
            1440,
        ),
    ],
)
def test_times_are_those_of_the_place(lines: str, day: date, minutes: int) -> None:
    (one,) = read(f"UID:a\r\nSUMMARY:x\r\n{lines}")
    assert (one.held_on, one.minutes) == (day, minutes)


def test_a_zone_that_only_the_file_knows_is_taken_from_it() -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0500\r\n"
        "TZOFFSETTO:+0545\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    (one,) = read("UID:a\r\nDTSTART;TZID=Ours:20260112T080000\r\nDURATION:PT1H", head=zone)
    assert one.starts_at == datetime(2026, 1, 12, 2, 15, tzinfo=UTC)


def test_a_series_is_expanded_across_summer_time_with_its_exceptions() -> None:
    found = read(
        "UID:s\r\nSUMMARY:Rounds\r\nDTSTART;TZID=America/New_York:20251022T080000\r\nDURATION:PT1H\r\n"
        "RRULE:FREQ=WEEKLY;COUNT=4\r\nEXDATE;TZID=America/New_York:20251029T080000",
        "UID:s\r\nSUMMARY:Rounds\\, moved\r\nRECURRENCE-ID;TZID=America/New_York:20251105T080000\r\n"
        "DTSTART;TZID=America/New_York:20251106T170000\r\nDURATION:PT2H",
    )
    assert [(one.title, one.starts_at.isoformat(), one.minutes) for one in found] == [
        ("Rounds", "2025-10-22T12:00:00+00:00", 60),
        ("Rounds, moved", "2025-11-06T22:00:00+00:00", 120),
        ("Rounds", "2025-11-12T13:00:00+00:00", 60),
    ]
    assert len({(one.uid, one.occurrence) for one in found}) == 3


def test_a_moved_occurrence_keeps_its_place_when_the_series_is_read_again() -> None:
    base = "UID:s\r\nDTSTART:20251022T080000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=2"
    moved = "UID:s\r\nRECURRENCE-ID:20251029T080000Z\r\nDTSTART:20251030T080000Z\r\nDURATION:PT1H"
    before, after = read(base), read(base, moved)
    assert {one.occurrence for one in before} == {one.occurrence for one in after}


def test_cancelled_coming_and_long_past_events_are_left_out() -> None:
    time = "DTSTART:20260112T080000Z\r\nDURATION:PT1H"
    assert read(f"UID:a\r\nSTATUS:CANCELLED\r\n{time}") == []
    assert read("UID:a\r\nDTSTART:20260212T080000Z\r\nDURATION:PT1H") == []
    assert read("UID:a\r\nDTSTART:20220112T080000Z\r\nDURATION:PT1H") == []
    assert read(f"SUMMARY:no id\r\n{time}") == []
    series = "UID:s\r\nDTSTART:20251022T080000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=2"
    gone = "UID:s\r\nRECURRENCE-ID:20251029T080000Z\r\nSTATUS:CANCELLED\r\nDTSTART:20251029T080000Z"
    assert len(read(series, gone)) == 1


def test_folded_lines_are_one() -> None:
    (one,) = read("UID:a\r\nSUMMARY:Grand\r\n  rounds\r\nDTSTART:20260112T080000Z\r\nDURATION:PT1H")
    assert one.title == "Grand rounds"


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b"MZ\x90", b"%PDF-1.7", b"\xff\xfe\x00B", b"BEGIN:VCARD\r\nEND:VCARD\r\n"],
)
def test_what_is_no_calendar_is_refused(content: bytes) -> None:
    with pytest.raises(CalendarRefused) as refused:
        read_events(content, since=SINCE, until=NOW, zone="UTC")
    assert refused.value.code == "no-calendar"


def test_a_calendar_made_to_exhaust_is_refused() -> None:
    with pytest.raises(CalendarRefused, match="too-many"):
        read_events(b"BEGIN:VCALENDAR\r\n" * 50, since=SINCE, until=NOW, zone="UTC")
    daily = "UID:{n}\r\nDTSTART:20230201T000000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY"
    with pytest.raises(CalendarRefused, match="too-many"):
        read(*(daily.format(n=n) for n in range(30)))
    counted = "UID:{n}\r\nDTSTART:19260201T000000Z\r\nRRULE:FREQ=YEARLY;COUNT=9;BYMONTH=2;BYMONTHDAY=30"
    with pytest.raises(CalendarRefused, match="too-many"):
        read(*(counted.format(n=n) for n in range(120)))


def test_broken_lines_cost_only_themselves() -> None:
    (one,) = read(
        "UID:a\r\nDTSTART:20269912T080000Z",
        "UID:b\r\nDTSTART:20260112T080000Z\r\nDTEND:20260111T080000Z\r\nRRULE:FREQ=WEEKLY;UNTIL=nonsense;COUNT=1",
        "nonsense",
    )
    assert (one.uid, one.minutes) == ("b", 0)


def test_filters_tell_education_from_the_rest() -> None:
    (one,) = read(
        "UID:a\r\nSUMMARY:Grand Rounds\r\nCATEGORIES:Education\r\nORGANIZER:mailto:cme@hospital.example\r\n"
        "DTSTART:20260112T080000Z\r\nDURATION:PT1H"
    )
    for filters, taken in (
        (Filters(), False),
        (Filters(everything=True), True),
        (Filters(words=("rounds",)), True),
        (Filters(words=("dentist",), organisers=("@HOSPITAL.example",)), True),
        (Filters(categories=("education",)), True),
        (Filters(categories=("edu",)), False),
    ):
        assert filters.take(one) is taken
        assert Filters.from_data(filters.as_data()) == filters
