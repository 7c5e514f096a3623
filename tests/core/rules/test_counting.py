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
