"""Caps that nest, overlap, return each day or year, cut a record, or are a share of something."""

from fractions import Fraction

from osler.core.rules.requirement import Rate
from tests.core.rules.asking import (
    accept,
    answer,
    answers,
    ask,
    cap,
    counted,
    hours,
    match,
    part,
    record,
    refused,
    share,
)

TWO = Fraction(2)

# -- caps

SELF = {"format": "self-study"}


def test_what_is_over_a_cap_says_which() -> None:
    found = answer(
        ask(50, caps=(cap(20, id="self-study", formats=["self-study"]),)),
        records=[
            record("a", "2025-01-01", 15, **SELF),
            record("b", "2025-02-01", 15, **SELF),
            record("c", "2025-03-01", 15, **SELF),
            record("d", "2025-03-01", 15),
        ],
    )
    assert counted(found) == {"a": "15", "b": "5", "d": "15"}
    assert [(item.record.id, item.ticks, item.reason.value, item.detail) for item in found.not_counted] == [
        ("b", hours(10), "over-cap", "at most 20: self study"),
        ("c", hours(15), "over-cap", "at most 20: self study"),
    ]


def test_caps_nest() -> None:
    caps = (
        cap(20, id="self-study", formats=["self-study", "journal"]),
        cap(10, id="journal", formats=["journal"]),
    )
    held = [
        record("j", "2025-01-01", 15, format="journal"),
        record("s", "2025-02-01", 15, **SELF),
        record("l", "2025-03-01", 5, format="live"),
    ]
    found = answer(ask(50, caps=caps), records=held)
    assert found.counted == hours(25)
    assert answer(ask(50, caps=caps), records=held[:1]).counted == hours(10)


def test_overlapping_caps_count_the_most_that_satisfies_both() -> None:
    caps = (cap(10, id="web", tags=["web"]), cap(10, id="abroad", tags=["foreign"]))
    held = [
        record("a", "2024-08-01", 10, tags=["web", "foreign"]),
        record("b", "2025-01-01", 10, tags=["web"]),
        record("c", "2025-02-01", 10, tags=["foreign"]),
    ]
    found = answer(ask(50, caps=caps), records=held)
    assert counted(found) == {"b": "10", "c": "10"}, "a pass in the order of the dates would count 10"
    assert refused(found) == {"a": "over-cap"}


def test_caps_per_part_of_the_window() -> None:
    held = [
        record("a", "2024-07-01", 6, title="A", provider="P"),
        record("b", "2024-07-01", 6, title="B", provider="P"),
        record("c", "2024-12-31", 6, title="A", provider="P"),
        record("d", "2025-01-01", 6, title="A", provider="P"),
        record("e", "2025-06-30", 6),
        record("f", "2025-07-01", 6),
    ]

    def under(per: str) -> dict[str, str]:
        return counted(answer(ask(50, caps=(cap(8, per=per),)), records=held))

    assert under("day") == {"a": "6", "b": "2", "c": "6", "d": "6", "e": "6", "f": "6"}
    assert under("calendar-year") == {"a": "6", "b": "2", "d": "6", "e": "2"}
    assert under("cycle-year") == {"a": "6", "b": "2", "f": "6"}
    assert under("record") == {"a": "6", "b": "6", "c": "6", "d": "6", "e": "6", "f": "6"}
    assert under("title") == {"a": "6", "b": "6", "c": "2", "e": "6", "f": "6"}
    four = counted(answer(ask(50, caps=(cap(4, per="record"),)), records=held))
    assert four == dict.fromkeys("abcdef", "4")


def test_years_of_the_cycle_before_are_years_too() -> None:
    held = [record("a", "2022-07-01", 6), record("b", "2023-06-30", 6), record("c", "2023-07-01", 6)]
    found = answer(
        ask(50, window="every 2 cycles from renewal 2", caps=(cap(8, per="cycle-year"),)), records=held
    )
    assert counted(found) == {"a": "6", "b": "2", "c": "6"}


def test_a_cap_names_its_part() -> None:
    held = [record("a", "2025-01-01", 9), record("b", "2025-01-01", 9)]
    found = answer(ask(50, caps=(cap(12, id="one-day", per="day"),)), records=held)
    assert [item.detail for item in found.not_counted] == ["at most 12 per day: one day"]


def test_a_cap_on_a_topic_cuts_a_record() -> None:
    held = [
        record("a", "2025-01-01", 10, topics={"practice": 4}),
        record("b", "2025-02-01", 10, topics={"practice": 4}),
        record("c", "2025-03-01", 2, topics={"practice": 2}),
    ]
    found = answer(ask(50, caps=(cap(5, topics=["practice"]),)), records=held)
    assert found.counted == hours(12 + 5)
    assert counted(found) == {"a": "10", "b": "7"}
    assert refused(found) == {"b": "over-cap", "c": "over-cap"}


def test_hours_under_two_topic_caps_lie_side_by_side_as_far_as_they_fit() -> None:
    caps = (cap(0, id="one", topics=["practice"]), cap(0, id="other", topics=["money"]))
    apart = record("a", "2025-01-01", 10, topics={"practice": 4, "money": 4})
    assert counted(answer(ask(50, caps=caps), records=[apart])) == {"a": "2"}
    over = record("a", "2025-01-01", 6, topics={"practice": 4, "money": 4})
    assert counted(answer(ask(50, caps=caps), records=[over])) == {}
    whole = record("a", "2025-01-01", 4, topics={"practice": 4, "money": 1})
    assert counted(answer(ask(50, caps=caps), records=[whole])) == {}
    nothing = record("a", "2025-01-01", 4, topics={"practice": 0, "money": 1})
    assert counted(answer(ask(50, caps=caps), records=[nothing])) == {"a": "3"}


def test_a_cap_on_a_topic_limits_what_its_hours_are_worth() -> None:
    double = Rate(match(formats=["teaching"]), times=TWO)
    held = [record("a", "2025-01-01", 10, format="teaching", topics={"practice": 4})]
    found = answer(ask(50, accepts=accept(rates=[double]), caps=(cap(3, topics=["practice"]),)), records=held)
    assert counted(found) == {"a": "15"}, "6 hours elsewhere are worth 12, those on the topic 3 of 8"


def test_a_cap_may_be_a_share_of_what_is_asked() -> None:
    held = [record("a", "2025-01-01", 40, **SELF), record("b", "2025-01-01", 5)]
    found = answer(ask(50, caps=(cap(share(30), formats=["self-study"]),)), records=held)
    assert counted(found) == {"a": "15", "b": "5"}


def test_a_cap_may_be_a_share_of_what_another_requirement_asks() -> None:
    held = [record("a", "2025-01-01", 40, **SELF)]
    found = answers(
        ask(20, "core", caps=(cap(share(30, "total"), formats=["self-study"]),)),
        ask(50),
        records=held,
    )
    assert counted(part(found, "core")) == {"a": "15"}


def test_a_cap_may_be_a_share_of_what_is_earned() -> None:
    half = cap(share(50, measure="earned"), formats=["self-study"])
    held = [record("a", "2025-01-01", 40, **SELF), record("b", "2025-01-01", 5)]
    found = answer(ask(50, caps=(half,)), records=held)
    assert counted(found) == {"a": "5", "b": "5"}
    assert found.not_counted[0].detail == "at most 50 % of what is earned: cap"
    assert answer(ask(50, caps=(half,)), records=held[:1]).counted == 0


def test_two_shares_of_what_is_earned_do_not_starve_each_other() -> None:
    caps = tuple(cap(share(50, measure="earned"), id=kind, formats=[kind]) for kind in ("journal", "live"))
    held = [record("a", "2025-01-01", 30, format="journal"), record("b", "2025-01-01", 30, format="live")]
    assert counted(answer(ask(10, caps=caps), records=held)) == {"a": "30", "b": "30"}


def test_all_of_what_is_earned_is_no_limit() -> None:
    every = cap(share(100, measure="earned"), formats=["live"])
    assert answer(
        ask(50, caps=(every,)), records=[record("a", "2025-01-01", 9, format="live")]
    ).counted == hours(9)


def test_a_cap_on_one_credit_type_lets_the_other_one_speak() -> None:
    only = cap(2, credits=["ANCC"])
    held = [record("a", "2025-01-01", {"AMA_PRA_1": 4, "ANCC": 6})]
    # Wholly as AMA 4; or a third as ANCC 2 and two thirds as AMA 2⅔, which is more.
    found = answer(ask(50, caps=(only,)), records=held)
    assert found.counted == hours(4) * 2 // 3 + hours(2)
    same = [record("a", "2025-01-01", {"AMA_PRA_1": 6, "ANCC": 6})]
    assert counted(answer(ask(50, caps=(only,)), records=same)) == {"a": "6"}
    assert refused(answer(ask(50, caps=(only,)), records=same)) == {}


def test_the_multiplied_hours_stay_under_the_caps() -> None:
    double = Rate(match(formats=["pi"]), times=TWO, first=hours(20))
    held = [record("a", "2025-01-01", 10, format="pi"), record("b", "2025-02-01", 10, format="pi")]
    found = answer(ask(50, accepts=accept(rates=[double]), caps=(cap(15, formats=["pi"]),)), records=held)
    assert found.counted == hours(15)
    assert sum(item.ticks for item in found.not_counted) == hours(25)
