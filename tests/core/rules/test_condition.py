"""Conditions are read as they are written, and nobody is asked what would change nothing."""

from collections.abc import Mapping
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.core.rules.condition import Condition, ConditionError, parse_condition, read_value
from osler.core.rules.record import FactValue
from tests.core.rules.asking import day, number


def truth(text: str, facts: Mapping[str, FactValue] | None = None) -> tuple[bool | None, tuple[str, ...]]:
    found = parse_condition(text)(facts or {})
    return found.value, found.unknown


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("holds-dea", {"holds-dea": True}, True),
        ("holds-dea", {"holds-dea": False}, False),
        ("holds-dea", {"holds-dea": date(2020, 1, 1)}, True),
        ("share", {"share": number(0)}, False),
        ("specialty", {"specialty": ()}, False),
        ("not holds-dea", {"holds-dea": True}, False),
        ("not holds-dea", {"holds-dea": False}, True),
        ("degree = DO", {"degree": "DO"}, True),
        ("degree = do", {"degree": "DO"}, True),
        ("degree != DO", {"degree": "MD"}, True),
        ("degree != DO", {"degree": "DO"}, False),
        ("specialty in [urology, internal-medicine]", {"specialty": ("internal-medicine",)}, True),
        ("specialty in [urology]", {"specialty": ("internal-medicine",)}, False),
        ("specialty != urology", {"specialty": ("internal-medicine", "urology")}, False),
        ("specialty = urology", {"specialty": ()}, False),
        ("share > 25", {"share": number(25)}, False),
        ("share >= 25", {"share": number(25)}, True),
        ("share < 25.5", {"share": number(25)}, True),
        ("share <= 24", {"share": number(25)}, False),
        ("renewal = 1", {"renewal": number(1)}, True),
        ("renewal != 1", {"renewal": number(1)}, False),
        ("in-residency = true", {"in-residency": True}, True),
        ("in-residency = false", {"in-residency": True}, False),
        ("issued >= 2020-01-01", {"issued": date(2020, 1, 1)}, True),
        ("issued < 2020-01-01", {"issued": date(2020, 1, 1)}, False),
        (
            "certified-on >= cycle-start",
            {"certified-on": date(2024, 7, 1), "cycle-start": date(2024, 7, 1)},
            True,
        ),
        (
            "certified-on > cycle-start",
            {"certified-on": date(2024, 7, 1), "cycle-start": date(2024, 7, 1)},
            False,
        ),
        ("certified-on = issued", {"certified-on": date(2024, 7, 1), "issued": date(2024, 7, 1)}, True),
        ("certified-on != issued", {"certified-on": date(2024, 7, 1), "issued": date(2024, 7, 1)}, False),
        ("certified-on >= cycle-start", {"certified-on": False, "cycle-start": date(2024, 7, 1)}, False),
        ("certified-on >= 2020-01-01", {"certified-on": False}, False),
        ("share > 25", {"share": False}, False),
        ("a or b and c", {"a": True, "b": False, "c": False}, True),
        ("(a or b) and c", {"a": True, "b": False, "c": False}, False),
        ("not (a and b)", {"a": True, "b": False}, True),
        ("not a and b", {"a": False, "b": False}, False),
    ],
)
def test_a_condition_holds_or_not(text: str, facts: Mapping[str, FactValue], expected: bool) -> None:
    assert truth(text, facts) == (expected, ())


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2023-06-29", False), ("2023-06-30", True), ("2026-06-30", True), ("2026-07-01", False)],
)
def test_both_days_of_within_lie_inside(value: str, expected: bool) -> None:
    facts = {"certified-on": day(value), "cycle-end": date(2026, 6, 30)}
    assert truth("certified-on within 36 months before cycle-end", facts) == (expected, ())


@pytest.mark.parametrize(
    ("text", "facts", "asked"),
    [
        ("a and b", {"b": False}, None),
        ("a or b", {"b": True}, None),
        ("a and b", {"b": True}, ("a",)),
        ("a or b", {"b": False}, ("a",)),
        ("a and b", {}, ("a", "b")),
        ("not a", {}, ("a",)),
        ("a and (b or c)", {"c": True}, ("a",)),
        ("degree = DO", {}, ("degree",)),
        ("specialty in [urology]", {}, ("specialty",)),
        ("share > 25", {}, ("share",)),
        ("share > 25", {"share": True}, ("share",)),
        ("certified-on >= 2020-01-01", {"certified-on": True}, ("certified-on",)),
        ("certified-on >= cycle-start", {"cycle-start": date(2024, 1, 1)}, ("certified-on",)),
        ("certified-on >= cycle-start", {"certified-on": date(2024, 1, 1)}, ("cycle-start",)),
        (
            "certified-on >= cycle-start",
            {"certified-on": True, "cycle-start": date(2024, 1, 1)},
            ("certified-on",),
        ),
        ("certified-on within 36 months before cycle-end", {}, ("certified-on", "cycle-end")),
        (
            "certified-on within 36 months before cycle-end",
            {"certified-on": True, "cycle-end": date(2024, 1, 1)},
            ("certified-on",),
        ),
        ("certified-on within 36 months before cycle-end", {"certified-on": False}, None),
    ],
)
def test_only_facts_that_matter_are_asked(
    text: str, facts: Mapping[str, FactValue], asked: tuple[str, ...] | None
) -> None:
    value, unknown = truth(text, facts)
    assert (value is None) is (asked is not None)
    assert unknown == (asked or ())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "expected the name of a fact but found the end"),
        ("and b", "expected the name of a fact but found 'and'"),
        ("a b", "expected 'and', 'or' or the end but found 'b'"),
        ("(a", "expected '\\)' but found the end"),
        ("a in urology", "expected '\\['"),
        ("a in [b", "expected '\\]'"),
        ("a =", "expected a value but found the end"),
        ("a = and", "expected a value but found 'and'"),
        ("a within urology months before issued", "expected a number of months but found 'urology'"),
        ("a within 36 years before issued", "expected 'months'"),
        ("a within 36 months after issued", "expected 'before'"),
        ("a ; b", "cannot read '; b'"),
        ("issued >= 2020-13-01", "2020-13-01 is not a day of the calendar"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, says: str) -> None:
    with pytest.raises(ConditionError, match=says):
        parse_condition(text)


def test_every_name_is_told_once() -> None:
    assert parse_condition("a and not b or a = 3 and c >= cycle-end").names == ("a", "b", "c", "cycle-end")


def test_equal_texts_are_equal_conditions() -> None:
    one, other = parse_condition("a  and b"), parse_condition("a and b")
    assert one == other
    assert hash(one) == hash(other)
    assert one != parse_condition("b and a")
    assert one != "a and b"


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("true", True),
        ("false", False),
        ("2024-02-29", date(2024, 2, 29)),
        ("2024-02-30", "2024-02-30"),
        ("25", number(25)),
        ("internal-medicine", "internal-medicine"),
        ("MD", "MD"),
    ],
)
def test_a_word_is_read_as_what_it_looks_like(word: str, value: FactValue) -> None:
    assert read_value(word) == value


# -- three-valued logic against brute force

NAMES = ("a", "b", "c", "d")


@st.composite
def once_each(draw: st.DrawFn, names: tuple[str, ...] = NAMES) -> str:
    """A condition that names every fact exactly once."""
    if len(names) == 1:
        return draw(st.sampled_from(["{}", "not {}", "not (not {})"])).format(names[0])
    cut = draw(st.integers(1, len(names) - 1))
    left, right = draw(once_each(names[:cut])), draw(once_each(names[cut:]))
    return draw(st.sampled_from(["({} and {})", "({} or {})", "not ({} and {})"])).format(left, right)


def _completions(known: Mapping[str, FactValue]) -> list[dict[str, FactValue]]:
    open_ = [name for name in NAMES if name not in known]
    return [
        {**known, **dict(zip(open_, values, strict=True))}
        for values in product([True, False], repeat=len(open_))
    ]


def _depends(condition: Condition, known: Mapping[str, FactValue], name: str) -> bool:
    return any(
        condition({**facts, name: True}).value is not condition({**facts, name: False}).value
        for facts in _completions(known)
    )


@given(once_each(), st.dictionaries(st.sampled_from(NAMES), st.booleans()))
def test_a_fact_is_asked_exactly_where_it_could_change_the_truth(text: str, known: dict[str, bool]) -> None:
    condition = parse_condition(text)
    found = condition(known)
    possible = {condition(facts).value for facts in _completions(known)}
    assert found.value is (possible.pop() if len(possible) == 1 else None)
    wanted = {name for name in NAMES if name not in known and _depends(condition, known, name)}
    assert set(found.unknown) == wanted
