"""For whom a requirement holds, what relieves it, which form speaks, and what is asked."""

from datetime import date

import pytest

from osler.core.credit.amount import amount_text
from osler.core.rules.answer import RequirementAnswer, Status
from osler.core.rules.requirement import Requirement
from tests.core.rules.asking import (
    answer,
    answers,
    ask,
    asked,
    equivalence,
    hours,
    record,
    relief,
    share,
    when,
)

TEN = [record("a", "2025-01-01", 10)]


def stands(found: RequirementAnswer) -> tuple[str, str | None, str]:
    required = None if found.required is None else amount_text(found.required)
    return found.status.value, required, amount_text(found.counted)


# -- for whom


@pytest.mark.parametrize(
    ("facts", "status", "questions"),
    [({"a": True}, "short", []), ({"a": False}, "not_applicable", []), ({}, "unknown", ["a"])],
)
def test_a_condition_says_for_whom(facts: dict[str, bool], status: str, questions: list[str]) -> None:
    found = answer(ask(20, applies_when="a"), records=TEN, facts=facts)
    assert (found.status.value, asked(found)) == (status, questions)


def test_what_is_met_needs_no_question_about_whom_it_binds() -> None:
    found = answer(ask(10, applies_when="a"), records=TEN)
    assert (found.status, asked(found)) == (Status.MET, [])


def test_both_what_binds_and_what_is_asked_are_questions() -> None:
    found = answer(ask(id="course", applies_when="a", holds="b"))
    assert (found.status.value, asked(found)) == ("unknown", ["a", "b"])


@pytest.mark.parametrize(
    ("condition", "held", "question"),
    [
        ("renewal = 1", {"issued": None}, "issued"),
        ("licence-months < 24", {"issued": None}, "issued"),
        ("renewal = 1", {"expires": None}, "expires"),
        ("cycle-end >= 2025-01-01", {"expires": None}, "expires"),
        ("age > 70", {}, "birth-date"),
        ("specialty in [urology]", {}, "specialty"),
        ("degree = MD", {}, "degree"),
    ],
)
def test_what_is_worked_out_is_not_asked_but_what_it_is_worked_out_from(
    condition: str, held: dict[str, None], question: str
) -> None:
    found = answer(ask(20, applies_when=condition, window="once", due="2026-01-01"), **held)
    assert (found.status.value, asked(found)) == ("unknown", [question])


def test_what_is_known_of_the_person_and_the_credential_is_not_asked() -> None:
    condition = (
        "profession = physician and degree = MD and specialty = urology and birth-date < 1990-01-01"
        " and age = 45"
        " and issued = 2018-06-30 and expires = 2026-06-30 and renewal = 4 and licence-months = 96"
        " and cycle-start = 2024-07-01 and cycle-end = 2026-06-30 and as-of = 2025-07-01 and a"
    )
    found = answer(
        ask(20, applies_when=condition),
        profession="physician",
        degree="MD",
        specialties=("urology",),
        birth_date=date(1980, 5, 17),
        facts={"a": True},
    )
    assert found.status is Status.SHORT


# -- waivers and equivalences

WAIVED = relief("resident", says="Residents are exempt", references=("r2",))


@pytest.mark.parametrize(
    ("facts", "status", "questions"),
    [({"resident": True}, "waived", []), ({"resident": False}, "short", []), ({}, "short", ["resident?"])],
)
def test_a_waiver_is_granted_only_when_stated(
    facts: dict[str, bool], status: str, questions: list[str]
) -> None:
    found = answer(ask(20, relief=(WAIVED,), references=("r1",)), facts=facts, records=TEN)
    assert (found.status.value, asked(found)) == (status, questions)
    if status == "waived":
        assert (found.because, found.references, found.remaining) == ("Residents are exempt", ("r2",), 0)


def test_what_is_met_is_met_and_not_waived() -> None:
    found = answer(ask(10, relief=(WAIVED,)), facts={"resident": True}, records=TEN)
    assert (found.status, asked(found)) == (Status.MET, [])
    assert answer(ask(10, relief=(WAIVED,)), records=TEN).questions == ()


def test_a_waiver_settles_what_is_not_known() -> None:
    found = answer(ask(id="course", holds="b", applies_when="a", relief=(WAIVED,)), facts={"resident": True})
    assert (found.status, asked(found)) == (Status.WAIVED, [])


def certified(*requirements: Requirement, **rest: object) -> dict[str, str]:
    found = answers(*requirements, facts={"certified": True}, **rest)  # type: ignore[arg-type]
    flat = [each for top in found.requirements for each in (top, *top.ways)]
    return {each.id: each.status.value for each in flat}


def test_an_equivalence_waives_all_but_its_exceptions() -> None:
    both = (ask(20), ask(2, "opioids"))
    assert certified(*both, equivalences=[equivalence("certified")]) == {
        "total": "waived",
        "opioids": "waived",
    }
    but = [equivalence("certified", excepted=["opioids"])]
    assert certified(*both, equivalences=but) == {"total": "waived", "opioids": "short"}
    only = [equivalence("certified", covers=["opioids"])]
    assert certified(*both, equivalences=only) == {"total": "short", "opioids": "waived"}


def test_an_exception_holds_for_the_ways_of_what_is_excepted() -> None:
    either = ask(id="opioids", ways=(ask(2, "opioids-1"), ask(3, "opioids-2")))
    but = [equivalence("certified", excepted=["opioids"])]
    assert certified(ask(20), either, equivalences=but) == {
        "total": "waived",
        "opioids": "short",
        "opioids-1": "short",
        "opioids-2": "short",
    }


def test_an_exception_may_name_a_part() -> None:
    every = ask(id="law", ways=(ask(2, "ethics"), ask(3, "opioids")), ways_needed=2)
    but = [equivalence("certified", excepted=["opioids"])]
    assert certified(every, equivalences=but) == {"law": "short", "ethics": "waived", "opioids": "short"}


def test_an_unknown_equivalence_is_offered() -> None:
    found = answers(ask(20), equivalences=[equivalence("certified")])
    assert (found.status.value, asked(found)) == ("short", ["certified?"])
    assert found.questions[0].needed_by == ("total",)


# -- reductions


@pytest.mark.parametrize(
    ("words", "facts", "expected"),
    [
        ({"to": hours(25)}, {"new": True}, "25"),
        ({"to": hours(25)}, {"new": False}, "50"),
        ({"to": hours(60)}, {"new": True}, "50"),
        ({"by": hours(10)}, {"new": True}, "40"),
        ({"by": hours(70)}, {"new": True}, "0"),
        ({"to": share(50)}, {"new": True}, "25"),
    ],
)
def test_a_reduction_lowers_what_is_asked(
    words: dict[str, int], facts: dict[str, bool], expected: str
) -> None:
    found = answer(ask(50, relief=(relief("new", says="First renewal", **words),)), facts=facts)
    assert amount_text(found.required or 0) == expected
    assert found.because == ("First renewal" if expected not in ("50",) else "")


@pytest.mark.parametrize(
    ("issued", "expected"),
    [("2024-06-30", "50"), ("2024-07-01", "50"), ("2025-01-01", "37.5"), ("2026-01-15", "10.4166")],
)
def test_a_prorated_amount_counts_whole_months_of_the_licence(issued: str, expected: str) -> None:
    found = answer(ask(50, relief=(relief("renewal = 1", prorate_months=24),)), issued=issued)
    assert amount_text(found.required or 0) == expected


def test_an_unknown_reduction_is_offered_and_not_granted() -> None:
    found = answer(ask(50, relief=(relief("new", to=hours(25)),)))
    assert (stands(found), asked(found)) == (("short", "50", "0"), ["new?"])


# -- variants


def variants(**facts: bool) -> RequirementAnswer:
    said = ask(variants=((when("a"), ask(10)), (when("b"), ask(30)), (None, ask(50))))
    return answer(said, records=TEN, facts=facts)


def test_the_first_variant_whose_condition_holds_speaks() -> None:
    assert stands(variants(a=True, b=True)) == ("met", "10", "10")
    assert stands(variants(a=False, b=True)) == ("short", "30", "10")
    assert stands(variants(a=False, b=False)) == ("short", "50", "10")


def test_a_variant_that_is_not_known_is_asked() -> None:
    found = variants(a=False)
    assert (stands(found), asked(found)) == (("unknown", None, "10"), ["b"])
    assert asked(variants()) == ["a", "b"]
    assert asked(variants(b=True)) == ["a"]


def test_a_variant_that_changes_nothing_is_not_asked() -> None:
    same = ask(variants=((when("a"), ask(30)), (when("b"), ask(30)), (None, ask(30))))
    assert (stands(answer(same, records=TEN)), asked(answer(same))) == (("short", "30", "10"), [])
    late = ask(variants=((when("a"), ask(10)), (when("b"), ask(30)), (None, ask(30))))
    assert asked(answer(late, records=TEN)) == ["a"]
    both = ask(variants=((when("a"), ask(5)), (None, ask(10))))
    assert (answer(both, records=TEN).status, asked(answer(both, records=TEN))) == (Status.MET, [])


def test_where_no_variant_holds_nothing_is_asked() -> None:
    some = ask(variants=((when("a"), ask(20)),))
    assert answer(some, facts={"a": False}).status is Status.NOT_APPLICABLE
    assert asked(answer(some)) == ["a"]
    assert answer(ask(variants=((when("a"), ask(10)),)), records=TEN).status is Status.MET
