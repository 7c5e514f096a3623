"""What counts, how much of it, under which caps, and what is said of the rest."""

from fractions import Fraction

import pytest

from osler.core.rules.answer import Status
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


# -- what is accepted


def test_each_refusal_has_its_reason() -> None:
    found = answer(
        ask(
            10,
            accepts=accept(
                credits=["AMA_PRA_1"],
                formats=["live", "enduring"],
                not_formats=["enduring"],
                topics=["ethics"],
                tags=["post-test"],
                not_tags=["foreign"],
                at_least_each=1,
                completed_from="2024-08-01",
                completed_until="2025-05-31",
            ),
        ),
        records=[
            record("ok", "2025-01-01", 2, format="live", topics={"ethics": 2}, tags=["post-test"]),
            record(
                "type", "2025-01-01", {"ANCC": 2}, format="live", topics={"ethics": 2}, tags=["post-test"]
            ),
            record("format", "2025-01-01", 2, format="other", topics={"ethics": 2}, tags=["post-test"]),
            record("enduring", "2025-01-01", 2, format="enduring", topics={"ethics": 2}, tags=["post-test"]),
            record("topic", "2025-01-01", 2, format="live", topics={"pain": 2}, tags=["post-test"]),
            record("no-tag", "2025-01-01", 2, format="live", topics={"ethics": 2}),
            record(
                "abroad", "2025-01-01", 2, format="live", topics={"ethics": 2}, tags=["post-test", "foreign"]
            ),
            record("small", "2025-01-01", 2, format="live", topics={"ethics": 0.75}, tags=["post-test"]),
            record("from", "2024-07-31", 2, format="live", topics={"ethics": 2}, tags=["post-test"]),
            record("until", "2025-06-01", 2, format="live", topics={"ethics": 2}, tags=["post-test"]),
            record("first", "2024-08-01", 1, format="live", topics={"ethics": 1}, tags=["post-test"]),
            record("last", "2025-05-31", 1, format="live", topics={"ethics": 1}, tags=["post-test"]),
            record("before", "2024-06-30", 2, format="live", topics={"ethics": 2}, tags=["post-test"]),
            record("later", "2025-07-02", 2, format="live", topics={"ethics": 2}, tags=["post-test"]),
        ],
    )
    assert counted(found) == {"first": "1", "ok": "2", "last": "1"}
    assert refused(found) == {
        "type": "type-not-accepted",
        "format": "format-not-accepted",
        "enduring": "format-not-accepted",
        "topic": "off-topic",
        "no-tag": "tag-not-accepted",
        "abroad": "tag-not-accepted",
        "small": "too-small",
        "from": "outside-window",
        "until": "outside-window",
        "before": "outside-window",
        "later": "outside-window",  # outside what is accepted, whenever it is asked
    }
    said = {item.record.id: item.detail for item in found.not_counted}
    assert said["type"] == "ANCC is not accepted here"
    assert said["format"] == "the format other is not accepted here"
    assert said["topic"] == "no hours on ethics"
    assert said["no-tag"] == "only what is post-test is accepted here"
    assert said["abroad"] == "foreign is not accepted here"
    assert said["small"] == "less than 1 of it counts"


def test_the_day_of_the_question_counts_and_the_next_does_not() -> None:
    found = answer(ask(10), records=[record("now", "2025-07-01", 1), record("next", "2025-07-02", 1)])
    assert counted(found) == {"now": "1"}
    assert refused(found) == {"next": "after-as-of"}
    assert found.not_counted[0].detail == "completed on 2025-07-02, after 2025-07-01"


def test_the_first_and_the_last_day_of_the_window_lie_inside() -> None:
    found = answer(
        ask(10),
        records=[
            record("before", "2024-06-30", 1),
            record("first", "2024-07-01", 1),
            record("last", "2026-06-30", 1),
            record("after", "2026-07-01", 1),
        ],
        as_of="2027-01-01",
    )
    assert counted(found) == {"first": "1", "last": "1"}
    said = {item.record.id: item.detail for item in found.not_counted}
    assert said["before"] == "completed on 2024-06-30, before the window opened on 2024-07-01"
    assert said["after"] == "completed on 2026-07-01, after the window closed on 2026-06-30"


def test_several_credit_types_of_one_record_count_once_through_the_best() -> None:
    held = [record("a", "2025-01-01", {"AMA_PRA_1": 4, "ANCC": 6, "AAPA_CAT1": 9})]
    found = answer(ask(10, accepts=accept(credits=["AMA_PRA_1", "ANCC"])), records=held)
    assert counted(found) == {"a": "6"}
    assert counted(answer(ask(10), records=held)) == {"a": "9"}


def test_an_amount_is_rounded_as_its_type_rounds() -> None:
    found = answer(
        ask(10), records=[record("a", "2025-01-01", {"AMA_PRA_1": 1.4}), record("b", "2025-01-01", 0.2)]
    )
    assert counted(found) == {"a": "1.25"} or counted(found) == {"a": "1.5", "b": "0.25"}


def test_a_record_of_nothing_is_told_as_such() -> None:
    found = answer(ask(1), records=[record("zero", "2025-01-01", 0), record("none", "2025-01-01", {})])
    assert counted(found) == {}
    assert refused(found) == {"none": "too-small", "zero": "too-small"}
    assert {item.detail for item in found.not_counted} == {"no amount of it counts here"}


def test_a_topic_gives_the_largest_of_its_shares_and_never_more_than_the_record() -> None:
    held = record("a", "2025-01-01", 3, topics={"pain": 2, "opioids": 1.5, "ethics": 3})
    assert counted(answer(ask(9, accepts=accept(topics=["pain", "opioids"])), records=[held])) == {"a": "2"}
    wide = record("a", "2025-01-01", {"AMA_PRA_1": 1, "ANCC": 3}, topics={"pain": 3})
    only = accept(topics=["pain"], credits=["AMA_PRA_1"])
    assert counted(answer(ask(9, accepts=only), records=[wide])) == {"a": "1"}


def test_hours_on_other_topics_are_taken_away() -> None:
    held = [
        record("some", "2025-01-01", 5, topics={"safety": 4, "opioids": 2}),
        record("all", "2025-01-02", 2, topics={"safety": 2, "opioids": 2}),
        record("none", "2025-01-03", 2, topics={"safety": 1}),
    ]
    found = answer(ask(9, accepts=accept(topics=["safety"], not_hours_on=["opioids"])), records=held)
    assert counted(found) == {"some": "3", "none": "1"}
    assert refused(found) == {"all": "too-small"}


def test_the_own_specialty_is_a_topic() -> None:
    held = [record("a", "2025-01-01", 3, topics={"urology": 2}), record("b", "2025-01-01", 3)]
    own = ask(2, accepts=accept(own_specialties=True))
    found = answer(own, records=held, specialties=("urology",))
    assert (found.status, counted(found)) == (Status.MET, {"a": "2"})
    assert refused(found) == {"b": "off-topic"}
    assert found.not_counted[0].detail == "no hours on own specialty"
    assert answer(own, records=held, specialties=()).status is Status.SHORT


def test_an_own_specialty_that_is_not_stated_is_asked() -> None:
    own = ask(2, accepts=accept(own_specialties=True))
    found = answer(own, records=[record("a", "2025-01-01", 3, topics={"urology": 2})])
    assert found.status is Status.UNKNOWN
    assert [question.fact for question in found.questions] == ["specialty"]


# -- the same activity twice


def test_one_activity_written_down_twice_counts_once_with_its_larger_amount() -> None:
    found = answer(
        ask(10),
        records=[
            record("a", "2025-01-01", 2, title="Grand Rounds", provider="Example University"),
            record("b", "2025-01-01", 3, title="grand  rounds", provider="EXAMPLE university"),
            record("c", "2025-01-02", 2, title="Grand Rounds", provider="Example University"),
            record("d", "2025-01-01", 2, title="Grand Rounds", provider="Another"),
            record("e", "2025-01-01", 2, title="Grand Rounds"),
        ],
    )
    assert counted(found) == {"b": "3", "c": "2", "d": "2", "e": "2"}
    assert refused(found) == {"a": "duplicate"}
    assert found.not_counted[0].detail == "the same activity, recorded twice"


def test_of_two_equal_twins_the_first_by_name_counts_whatever_their_order() -> None:
    twins = [record(name, "2025-01-01", 2, title="Rounds", provider="University") for name in "ab"]
    assert counted(answer(ask(10), records=twins)) == {"a": "2"}
    assert counted(answer(ask(10), records=twins[::-1])) == {"a": "2"}


def test_a_twin_counts_where_the_other_one_does_not() -> None:
    held = [
        record("a", "2025-01-01", 3, title="Rounds", provider="University"),
        record("b", "2025-01-01", 2, title="Rounds", provider="University", topics={"pain": 1}),
    ]
    found = answers(ask(10), ask(1, "pain", accepts=accept(topics=["pain"])), records=held)
    assert counted(part(found, "total")) == {"a": "3"}
    assert counted(part(found, "pain")) == {"b": "1"}


def test_repeats_count_once_where_the_rule_says_so() -> None:
    held = [
        record("a", "2024-08-01", 1, title="Course", provider="University"),
        record("b", "2025-02-01", 2, title="Course", provider="University"),
        record("c", "2025-03-01", 1),
    ]
    assert counted(answer(ask(9), records=held)) == {"a": "1", "b": "2", "c": "1"}
    found = answer(ask(9, accepts=accept(no_repeats=True)), records=held)
    assert counted(found) == {"b": "2", "c": "1"}
    assert refused(found) == {"a": "duplicate"}


# -- rates


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        (Rate(match(formats=["teaching"]), times=TWO), "8"),
        (Rate(match(formats=["live"]), times=TWO), "4"),
        (Rate(match(not_formats=["teaching"]), times=TWO), "4"),
        (Rate(match(tags=["volunteer"]), times=Fraction(1, 4)), "1"),
        (Rate(match(not_tags=["volunteer"]), times=Fraction(1, 4)), "4"),
        (Rate(match(credits=["AMA_PRA_1"]), times=Fraction(3, 2)), "6"),
        (Rate(match(tags=["volunteer"]), each=hours(10)), "10"),
        (Rate(match(), steps=((hours(1), hours(1)), (hours(3), hours(2)), (hours(6), hours(4)))), "2"),
        (Rate(match(), times=Fraction(0)), None),
    ],
)
def test_a_rate_says_what_a_record_is_worth(rate: Rate, expected: str | None) -> None:
    held = [record("a", "2025-01-01", 4, format="teaching", tags=["volunteer"])]
    found = answer(ask(50, accepts=accept(rates=[rate])), records=held)
    assert counted(found) == ({} if expected is None else {"a": expected})


@pytest.mark.parametrize(
    ("amount", "worth"), [(0.75, None), (1, "1"), (2.75, "1"), (3, "2"), (6, "4"), (60, "4")]
)
def test_steps_give_the_highest_that_is_reached(amount: float, worth: str | None) -> None:
    steps = Rate(match(), steps=((hours(1), hours(1)), (hours(3), hours(2)), (hours(6), hours(4))))
    found = answer(ask(50, accepts=accept(rates=[steps])), records=[record("a", "2025-01-01", amount)])
    assert counted(found) == ({} if worth is None else {"a": worth})


def test_the_first_rate_that_matches_speaks() -> None:
    rates = [Rate(match(formats=["live"]), times=TWO), Rate(match(), times=Fraction(3))]
    held = [record("a", "2025-01-01", 1, format="live"), record("b", "2025-01-01", 1)]
    assert counted(answer(ask(9, accepts=accept(rates=rates)), records=held)) == {"a": "2", "b": "3"}


def test_a_rate_for_a_topic_takes_the_hours_on_it_and_leaves_the_rest() -> None:
    rates = [Rate(match(topics=["pain"]), times=TWO), Rate(match(topics=["ethics"]), times=Fraction(3))]
    held = [record("a", "2025-01-01", 5, topics={"pain": 1, "ethics": 2}), record("b", "2025-01-01", 5)]
    # 1 × 2 for pain, 2 × 3 for ethics, 2 plainly.
    assert counted(answer(ask(50, accepts=accept(rates=rates)), records=held)) == {"a": "10", "b": "5"}


def test_only_the_first_hours_are_multiplied() -> None:
    double = Rate(match(credits=["AAPA_CAT1_PI"]), times=TWO, first=hours(20))
    held = [record(f"c{n}", f"2025-0{n}-01", {"AAPA_CAT1_PI": 15}) for n in (1, 2, 3)]
    found = answer(ask(100, accepts=accept(rates=[double])), records=held)
    assert found.counted == hours(45 + 20)
    assert counted(found) == {"c1": "30", "c2": "20", "c3": "15"}
    assert [item.detail for item in found.not_counted] == ["only the first 20 count 2 times"] * 2
    few = answer(ask(100, accepts=accept(rates=[double])), records=held[:1])
    assert counted(few) == {"c1": "30"}
    assert refused(few) == {}


def test_the_least_of_the_amounts_where_the_rule_says_so() -> None:
    half = Rate(match(tags=["foreign"]), times=Fraction(1, 2), least=True)
    held = [
        record("a", "2025-01-01", {"AMA_PRA_1": 10, "EACCME_ECMEC": 6}, tags=["foreign"]),
        record("b", "2025-01-01", {"AMA_PRA_1": 10, "EACCME_ECMEC": 6}),
    ]
    assert counted(answer(ask(50, accepts=accept(rates=[half])), records=held)) == {"a": "3", "b": "10"}


# -- activities


def test_activities_are_counted_instead_of_hours() -> None:
    held = [record("a", "2025-01-01", 10), record("b", "2025-01-01", 0.25)]
    found = answer(ask(2, unit="activity"), records=held)
    assert (found.status, found.counted) == (Status.MET, hours(2))


def test_an_activity_too_small_is_none() -> None:
    held = [
        record("a", "2025-01-01", 10, topics={"pain": 0.5}),
        record("b", "2025-01-01", 1, topics={"pain": 1}),
        record("c", "2025-01-01", 0),
    ]
    found = answer(ask(2, unit="activity", accepts=accept(at_least_each=1)), records=held)
    assert (counted(found), refused(found)) == ({"a": "1", "b": "1"}, {"c": "too-small"})
    found = answer(ask(2, unit="activity", accepts=accept(at_least_each=1, topics=["pain"])), records=held)
    assert (counted(found), refused(found)) == ({"b": "1"}, {"a": "too-small", "c": "off-topic"})


def test_caps_on_activities_count_activities() -> None:
    held = [
        record(f"c{n}", f"2025-0{n}-01", {"AMA_PRA_1": 5, "ANCC": 6}, topics={"pain": 0.5})
        for n in range(1, 5)
    ]
    by_topic = ask(9, unit="activity", caps=(cap(2, topics=["pain"]),))
    assert answer(by_topic, records=held).counted == hours(2)
    assert counted(answer(by_topic, records=held)) == {"c1": "1", "c2": "1"}
    by_type = ask(9, unit="activity", caps=(cap(2, credits=["AMA_PRA_1"]),))
    assert answer(by_type, records=held).counted == hours(4), "each may be counted through ANCC"
    only = ask(
        9, unit="activity", accepts=accept(credits=["AMA_PRA_1"]), caps=(cap(2, credits=["AMA_PRA_1"]),)
    )
    assert counted(answer(only, records=held)) == {"c1": "1", "c2": "1"}


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
