"""Days of repetition, against an independent reading of the same rules."""

from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from osler.adapters.calendars.repetition import days_of, read_rule

FIRST = date(2024, 1, 31)
UNTIL = date(2026, 12, 31)


def days(text: str, first: date = FIRST, until: date = UNTIL, since: date | None = None) -> list[date]:
    parts = dict(part.split("=") for part in text.split(";"))
    rule = read_rule({name: value.split(",") for name, value in parts.items()}, None)
    assert rule is not None, text
    return list(days_of(rule, first, until, since))


def oracle(text: str, first: date = FIRST, until: date = UNTIL) -> list[date]:
    start = datetime(first.year, first.month, first.day)
    return [one.date() for one in rrulestr(text, dtstart=start).between(start, datetime(2027, 1, 1), inc=True)
            if one.date() <= until]  # fmt: skip


WEEKDAYS = st.lists(
    st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, max_size=3, unique=True
)
NUMBERED = st.lists(st.sampled_from(["1MO", "2WE", "-1FR", "5TH"]), min_size=1, max_size=2, unique=True)


@st.composite
def rules(draw: st.DrawFn) -> str:
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={freq}", f"INTERVAL={draw(st.integers(1, 4))}"]
    if freq == "WEEKLY" and draw(st.booleans()):
        parts.append(f"BYDAY={','.join(draw(WEEKDAYS))}")
    if freq == "MONTHLY":
        kind = draw(st.integers(0, 3))
        if kind == 1:
            parts.append(f"BYDAY={','.join(draw(NUMBERED))}")
        elif kind == 2:
            parts.append(f"BYMONTHDAY={draw(st.sampled_from(['1', '15,31', '-1']))}")
        elif kind == 3:
            parts += [
                f"BYDAY={','.join(draw(WEEKDAYS))}",
                f"BYSETPOS={draw(st.sampled_from(['1', '-1', '2']))}",
            ]
    if freq == "YEARLY" and draw(st.booleans()):
        parts += [f"BYMONTH={draw(st.integers(1, 12))}", f"BYDAY={','.join(draw(NUMBERED))}"]
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 30))}")
    return ";".join(parts)


@given(rules(), st.integers(0, 400))
def test_rules_give_the_days_that_others_read(rule: str, shift: int) -> None:
    first = FIRST + timedelta(days=shift)
    assert days(rule, first) == oracle(rule, first)


@given(rules(), st.integers(0, 900))
def test_passing_over_the_past_loses_nothing_since(rule: str, gone: int) -> None:
    since = FIRST + timedelta(days=gone)
    whole = [day for day in days(rule) if day >= since]
    assert [day for day in days(rule, since=since) if day >= since] == whole


@pytest.mark.parametrize(
    "text", ["FREQ=SECONDLY", "FREQ=DAILY;BYHOUR=1,2", "FREQ=WEEKLY;BYDAY=XX", "COUNT=3"]
)
def test_what_is_not_understood_is_not_repeated(text: str) -> None:
    parts = dict(part.split("=") for part in text.split(";"))
    assert read_rule({name: value.split(",") for name, value in parts.items()}, None) is None


def test_a_rule_that_never_comes_ends() -> None:
    assert days("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30") == []
    assert days("FREQ=YEARLY", date(1604, 3, 4), since=date(2025, 1, 1))[-2:] == [
        date(2025, 3, 4), date(2026, 3, 4),
    ]  # fmt: skip
