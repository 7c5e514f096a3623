"""A whole portfolio: versions by the cycle's end, questions gathered, and the answer as plain data."""

from dataclasses import replace
from datetime import date

import pytest

from osler.core.rules.answer import Reason, Status, worst
from osler.core.rules.as_data import assessment_data
from osler.core.rules.evaluate import assess
from osler.core.rules.order import OrderError
from osler.core.rules.plan import plan_of
from osler.core.rules.record import Clinician, Credential, Portfolio
from osler.core.rules.requirement import Reference, RequirementSet, Spill, Version
from tests.core.rules.asking import (
    accept,
    answer,
    answers,
    ask,
    asked,
    cap,
    day,
    hours,
    record,
    relief,
    rules,
    share,
)


def two_versions() -> RequirementSet:
    old, new = rules([ask(40)]), rules([ask(50)], effective="2026-01-01")
    return replace(old, versions=(*old.versions, *new.versions))


@pytest.mark.parametrize(
    ("expires", "required", "version"),
    [("2025-12-31", 40, "2000-01-01"), ("2026-01-01", 50, "2026-01-01"), ("2026-06-30", 50, "2026-01-01")],
)
def test_the_version_in_force_at_the_end_of_the_cycle_holds(
    expires: str, required: int, version: str
) -> None:
    portfolio = Portfolio(Clinician(), (Credential("xx", expires=day(expires)),))
    found = assess(portfolio, {"xx": two_versions()}, date(2025, 7, 1)).credentials[0]
    assert (found.requirements[0].required, found.version) == (hours(required), day(version))


def test_rules_that_do_not_reach_back_so_far_answer_nothing() -> None:
    rule = rules([ask(40)], effective="2027-01-01")
    for expires in (date(2026, 6, 30), None):
        portfolio = Portfolio(Clinician(), (Credential("xx", expires=expires),))
        found = assess(portfolio, {"xx": rule}, date(2025, 7, 1)).credentials[0]
        assert (found.status, found.version, found.requirements) == (Status.UNKNOWN, None, ())
        assert found.because == "the rules on file hold for cycles that end on or after 2027-01-01"
        assert (found.cycle is None) is (expires is None)


def test_a_portfolio_of_a_set_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        assess(Portfolio(Clinician(), (Credential("yy"),)), {}, date(2025, 7, 1))


def test_each_fact_is_asked_once_with_all_that_waits_for_it() -> None:
    waived = ask(10, "c", relief=(relief("dea"), relief("resident")))
    asks = (waived, ask(10, "a", applies_when="dea"), ask(10, "b", applies_when="dea"))
    one, other = rules(asks), replace(rules([ask(5, "z", applies_when="share > 25")]), id="yy")
    held = (Credential("xx", expires=date(2026, 6, 30)), Credential("yy", expires=date(2026, 6, 30)))
    found = assess(Portfolio(Clinician(), held), {"xx": one, "yy": other}, date(2025, 7, 1))
    assert [(q.fact, q.needed_by, q.is_optional) for q in found.questions] == [
        ("dea", ("xx/c", "xx/a", "xx/b"), False),
        ("share", ("yy/z",), False),
        ("resident", ("xx/c",), True),
    ]
    assert asked(found.credentials[0]) == ["dea", "resident?"]


def test_a_fact_of_the_credential_goes_before_one_of_the_person() -> None:
    rule = rules([ask(10, applies_when="supervises")])
    held = Credential("xx", expires=date(2026, 6, 30), facts={"supervises": False})
    portfolio = Portfolio(Clinician(facts={"supervises": True}), (held,))
    found = assess(portfolio, {"xx": rule}, date(2025, 7, 1))
    assert found.credentials[0].requirements[0].status is Status.NOT_APPLICABLE


def test_the_worst_part_speaks_for_the_whole() -> None:
    assert worst([]) is Status.MET
    assert worst([Status.WAIVED, Status.NOT_APPLICABLE]) is Status.MET
    assert worst([Status.MET, Status.UNKNOWN]) is Status.UNKNOWN
    assert worst([Status.UNKNOWN, Status.SHORT]) is Status.SHORT
    assert worst([Status.SHORT, Status.OVERDUE]) is Status.OVERDUE


# -- which is answered after which


def order(*asks: object) -> list[str]:
    version = Version(date(2000, 1, 1), tuple(asks))  # type: ignore[arg-type]
    plan = plan_of(version)
    assert plan_of(version) is plan
    return [each.id for each in plan.in_order]


def test_what_is_measured_by_another_comes_after_it() -> None:
    assert order(ask(share(10, "total"), "a"), ask(50)) == ["total", "a"]
    assert order(ask(5, "a", caps=(cap(share(10, "total")),)), ask(50)) == ["total", "a"]
    assert order(ask(5, "a", spill=Spill("total")), ask(50)) == ["total", "a"]
    assert order(ask(5, "a", relief=(relief("x", to=share(10, "total")),)), ask(50)) == ["total", "a"]
    assert order(ask(50), ask(5, "a", in_addition_to=("total",))) == ["a", "total"]
    assert order(ask(id="a", ways=(ask(share(10, "total"), "a-1"), ask(5, "a-2"))), ask(50)) == ["total", "a"]
    assert order(ask(50), ask(5, "a", caps=(cap(share(10)), cap(share(10, "a"))))) == ["total", "a"]


@pytest.mark.parametrize(
    ("asks", "says"),
    [
        ((ask(share(10, "b"), "a"), ask(share(10, "a"), "b")), "each other's numbers: a, b, a"),
        ((ask(share(10, "nothing"), "a"),), "a is measured by 'nothing'"),
    ],
)
def test_a_circle_or_a_gap_is_told(asks: tuple[object, ...], says: str) -> None:
    with pytest.raises(OrderError, match=says):
        order(*asks)


def test_many_versions_are_remembered_and_forgotten() -> None:
    versions = [Version(date(2000, 1, 1), (ask(n, f"r{n}"),)) for n in range(1, 2_100)]
    assert [plan_of(version).in_order[0].id for version in versions] == [f"r{n}" for n in range(1, 2_100)]


# -- as plain data


def test_an_answer_is_plain_data_with_decimal_strings() -> None:
    reference = Reference("r1", "Rule 1", "https://example.org/1", "2025-10", date(2025, 10, 1))
    said = replace(
        rules(
            [
                ask(
                    50,
                    caps=(cap(4, id="self-study", formats=["self-study"]),),
                    references=("r1", "gone"),
                    says="Fifty hours.",
                    unverified="Not read.",
                ),
                ask(id="pain", ways=(ask(30, "pain-1"), ask(20, "pain-2")), applies_when="dea"),
                ask(20, "yearly", window="each 12 months of the cycle"),
                ask(10, "rolling", window="last 12 months"),
            ]
        ),
        references=(reference,),
        checked=date(2025, 10, 1),
        not_modelled=("Something",),
    )
    held = Credential("xx", "A1", date(2018, 6, 30), date(2026, 6, 30))
    records = (
        record("a", "2025-01-01", 5.5),
        record("b", "2025-02-01", 6, format="self-study"),
        record("c", "2020-02-01", 6),
    )
    data = assessment_data(
        assess(Portfolio(Clinician(), (held,), records), {"xx": said}, date(2025, 7, 1)), {"xx": said}
    )
    assert data["as_of"] == "2025-07-01"
    assert data["questions"] == [{"fact": "dea", "needed_by": ["xx/pain"], "optional": False}]
    credential = data["credentials"][0]
    assert credential["cycle"] == {"start": "2024-07-01", "end": "2026-06-30"}
    assert (credential["version"], credential["checked"]) == ("2000-01-01", "2025-10-01")
    assert (credential["verified"], credential["not_modelled"]) == (True, ["Something"])
    total, pain, yearly, rolling = credential["requirements"]
    assert (total["required"], total["counted"], total["remaining"]) == ("50", "9.5", "40.5")
    assert (total["rule"], total["unverified"], total["late"]) == ("Fifty hours.", "Not read.", False)
    assert total["pace"] == {"expected": "25.0684", "on_pace": False}
    assert total["counted_records"] == [{"id": "a", "amount": "5.5"}, {"id": "b", "amount": "4"}]
    assert [(item["id"], item["amount"], item["reason"]) for item in total["not_counted"]] == [
        ("c", "6", "outside-window"),
        ("b", "2", "over-cap"),
    ]
    assert total["references"] == [
        {
            "id": "r1",
            "title": "Rule 1",
            "url": "https://example.org/1",
            "as_of": "2025-10",
            "checked": "2025-10-01",
        }
    ]
    assert [way["id"] for way in pain["ways"]] == ["pain-1", "pain-2"]
    assert pain["status"] == "unknown"
    assert [part["status"] for part in yearly["periods"]] == ["overdue", "short"]
    assert (rolling["lapses"], rolling["pace"]) == ("2026-01-01", None)


def test_what_was_carried_names_where_from_and_what_is_not_known_is_nothing() -> None:
    rule = rules(
        [
            ask(5, "a", accepts=accept(tags=["x"])),
            ask(9, "b", accepts=accept(not_tags=["x"]), spill=Spill("a")),
        ]
    )
    held = Credential("xx", expires=date(2026, 6, 30))
    found = Portfolio(Clinician(), (held,), (record("r", "2025-01-01", 8, tags=["x"]),))
    data = assessment_data(assess(found, {"xx": rule}, date(2025, 7, 1)), {"xx": rule})
    spilled = data["credentials"][0]["requirements"][1]
    assert spilled["counted_records"] == [{"id": "r", "amount": "3", "via": "left over from a"}]
    nothing = assess(Portfolio(Clinician(), (Credential("xx"),)), {"xx": rule}, date(2025, 7, 1))
    data = assessment_data(nothing, {"xx": rule})["credentials"][0]
    assert (data["cycle"], data["requirements"][0]["due"], data["checked"]) == (None, None, None)


# -- records that do not count


def test_refusals_are_a_sequence_in_the_order_of_the_dates() -> None:
    held = [record("b", "2020-02-01", 1), record("a", "2020-01-01", 1), record("c", "2025-01-01", 1)]
    found = answer(ask(5), records=held)
    assert [item.record.id for item in found.not_counted] == ["a", "b"]
    assert found.not_counted[0].reason is Reason.OUTSIDE_WINDOW
    assert [item.record.id for item in found.not_counted[:1]] == ["a"]
    assert len(found.not_counted) == 2
    assert (found.counted_records[0].record.id, len(found.counted_records)) == ("c", 1)
    assert found.counted_records[:1] == (found.counted_records[0],)


def test_a_record_between_two_stretches_lies_outside_the_window() -> None:
    found = answers(
        ask(5, window="each 12 months of the cycle", accepts=accept(since_issue=True)),
        records=[record("a", "2025-01-01", 1)],
        issued="2025-03-01",
    ).requirements[0]
    assert found.not_counted[0].detail == "completed on 2025-01-01, before the window opened on 2025-03-01"
