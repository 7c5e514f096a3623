"""Where a person stands: the live answer, the kept one, and the same whichever way the credit came in."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osler.adapters.live import LiveEvent, person_room
from osler.adapters.transcripts import templates
from osler.apps.credit import actions as credit
from osler.apps.credit.models import Import
from osler.apps.people import actions as people
from osler.apps.people.models import HeldCredential, Person
from osler.apps.requirements import actions, queries
from osler.apps.requirements.models import Standing
from osler.core.credit.amount import TICKS
from osler.core.credit.refusal import Refusal
from osler.core.rules.answer import Status
from osler.core.rules.as_data import assessment_data
from osler.core.rules.evaluate import assess
from osler.core.rules.record import CreditRecord, Portfolio
from osler.requirement_sets.loader import load_sets
from osler.requirement_sets.portfolio_file import read_portfolio
from tests.factories import NOW, TODAY, HeldCredentialFactory, PersonFactory, a_record


@pytest.fixture
def california(ruth: Person) -> HeldCredential:
    """Ruth's licence, in the middle of its cycle."""
    return HeldCredentialFactory(person=ruth)


def test_the_live_answer_names_credential_rules_and_amounts(ruth: Person, california: HeldCredential) -> None:
    a_record(ruth, "Chronic pain", 6, topics=(("pain-management", 6 * TICKS),))
    found = queries.assessment_of(ruth, TODAY)
    (standing,) = found.standings
    assert (standing.held, standing.rules.id) == (california, "us-ca-md")
    total = next(one for one in standing.answer.requirements if one.id == "total")
    assert (total.status, total.counted, total.remaining) == (Status.SHORT, 6 * TICKS, 44 * TICKS)
    assert found.standing(california.key) == standing
    assert queries.percent_of(standing.answer) == 12
    assert queries.standing_sentence(standing.answer).startswith("44 h in total")


@pytest.mark.parametrize("count", [1, 3])
def test_an_answer_takes_at_most_eight_queries(
    ruth: Person, count: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(count):
        HeldCredentialFactory(person=ruth, requirement_set=("us-ca-md", "us-tx-mddo", "abim-moc")[n])
        a_record(ruth, f"Session {n}")
        people.state_fact(person=ruth, name="holds-dea", value=True, by=ruth, at=NOW)
    with django_assert_max_num_queries(5):
        assert len(queries.assessment_of(ruth, TODAY).standings) == count


def test_a_set_that_osler_no_longer_carries_is_said_and_breaks_nothing(ruth: Person) -> None:
    gone = HeldCredentialFactory(person=ruth, requirement_set="us-xx-gone")
    found = queries.assessment_of(ruth, TODAY)
    assert (found.standings, found.unbound) == ((), (gone,))


def test_one_persons_records_never_count_for_another(
    ruth: Person, stranger: Person, california: HeldCredential
) -> None:
    a_record(stranger, "Theirs", 40)
    (standing,) = queries.assessment_of(ruth, TODAY).standings
    assert all(one.counted == 0 for one in standing.answer.requirements)


def test_the_questions_are_asked_in_words_and_answered_where_they_belong(ruth: Person) -> None:
    dea = HeldCredentialFactory(
        person=ruth, requirement_set="dea-mate", issued_on=None, expires_on=date(2027, 3, 31)
    )
    asked = {question.fact.id: question for question in queries.assessment_of(ruth, TODAY).questions}
    assert asked["issued"].fact.question == "On which day was it first issued to you?"
    assert [standing.held for standing in asked["issued"].standings] == [dea]
    assert queries.standing_sentence(asked["issued"].standings[0].answer) == "One question decides it"
    told = actions.answer_question(
        person=ruth, name="issued", value=date(2026, 1, 30), credential=dea, by=ruth, at=NOW
    )
    assert told is None
    dea.refresh_from_db()
    assert dea.issued_on == date(2026, 1, 30)
    assert "issued" not in {question.fact.id for question in queries.assessment_of(ruth, TODAY).questions}


def test_answers_about_the_person_go_to_the_profile_or_become_facts(ruth: Person) -> None:
    for name, value in (("specialty", ("pathology",)), ("degree", "DO"), ("birth-date", date(1980, 5, 17))):
        assert actions.answer_question(person=ruth, name=name, value=value, by=ruth, at=NOW) is None
        ruth.refresh_from_db()
    assert actions.answer_question(person=ruth, name="holds-dea", value=True, by=ruth, at=NOW) is None
    clinician = queries.portfolio_of(ruth).clinician
    assert (clinician.specialties, clinician.degree, clinician.birth_date) == (
        ("pathology",),
        "DO",
        date(1980, 5, 17),
    )
    assert clinician.facts == {"holds-dea": True}


def test_a_stranger_answers_no_question(ruth: Person, stranger: Person, california: HeldCredential) -> None:
    tried = [
        actions.answer_question(
            person=ruth, name="issued", value=TODAY, credential=california, by=stranger, at=NOW
        ),
        actions.answer_question(person=ruth, name="degree", value="DO", by=stranger, at=NOW),
        actions.answer_question(person=ruth, name="holds-dea", value=True, by=stranger, at=NOW),
    ]
    assert [one and one.rule for one in tried] == ["not-yours"] * 3


def transcript_of(count: int) -> list[CreditRecord]:
    """A transcript of many kinds of records over the last three years."""
    topics = ("pain-management", "medical-errors", "geriatrics", "medical-ethics", "end-of-life")
    found = []
    for n in range(count):
        quarters = 1 + n * 7 % 13
        found.append(
            CreditRecord(
                id=f"c{n}",
                completed=TODAY - timedelta(days=n * 1095 // count),
                credits=(("ABIM_MOC_POINT", quarters * TICKS // 4), ("AMA_PRA_1", quarters * TICKS // 4))
                if n % 4 == 0
                else (("AMA_PRA_1", quarters * TICKS // 4),),
                title=f"Session {n // 2 if n % 50 == 1 else n}, “quoted”; with marks",
                provider=("Example University", "State Medical Society, Inc.", "County Hospital")[n % 3],
                format=("live", "enduring", "journal")[n % 3],
                topics=((topics[n % 5], quarters * TICKS // 8 // 900 * 900),) if n % 3 == 0 else (),
                tags=frozenset({"post-test"}) if n % 6 == 0 else frozenset(),
            )
        )
    return found


def imported(person: Person, records: list[CreditRecord], as_workbook: bool) -> None:
    lines = [templates.Written(record) for record in records]
    content = templates.written_workbook(lines) if as_workbook else templates.written_csv(lines)
    made = credit.start_import(person=person, content=content, filename="mine", by=person, at=NOW)
    assert isinstance(made, Import), made
    done = credit.confirm_import(came_with=made, by=person, at=NOW)
    assert isinstance(done, Import), done
    assert done.status == "added"


@pytest.mark.parametrize("as_workbook", [False, True], ids=["csv", "xlsx"])
def test_three_hundred_records_give_the_same_answer_uploaded_and_as_a_portfolio_file(
    ruth: Person, as_workbook: bool
) -> None:
    for set_id in ("us-ca-md", "us-tx-mddo", "us-fl-md", "abim-moc"):
        held = people.add_credential(
            person=ruth,
            requirement_set=set_id,
            number="7",
            issued_on=date(2015, 6, 30),
            expires_on=date(2026, 12, 31),
            by=ruth,
            at=NOW,
        )
        assert isinstance(held, HeldCredential)
    records = transcript_of(300)
    before = queries.portfolio_of(ruth)
    stated = Portfolio(before.clinician, before.credentials, tuple(records))
    imported(ruth, records, as_workbook)
    assert sorted(queries.portfolio_of(ruth).credits, key=lambda r: r.id) == sorted(
        records, key=lambda r: r.id
    )
    expected = assessment_data(assess(stated, load_sets(), TODAY), load_sets())
    assert assessment_data(queries.assessment_of(ruth, TODAY).assessment, load_sets()) == expected
    read_back, _warnings = read_portfolio(queries.portfolio_file(ruth), load_sets())
    assert assessment_data(assess(read_back, load_sets(), TODAY), load_sets()) == expected


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 299), max_size=12, unique=True))
def test_a_portfolio_exported_and_read_back_is_the_same(db: None, chosen: list[int]) -> None:
    person = PersonFactory()
    HeldCredentialFactory(person=person, number="A 1")
    people.state_fact(person=person, name="holds-dea", value=True, by=person, at=NOW)
    all_records = transcript_of(300)
    if chosen:
        imported(person, [all_records[n] for n in chosen], as_workbook=False)
    for form in ("yaml", "json"):
        read_back, warnings = read_portfolio(queries.portfolio_file(person, form), load_sets())
        assert (read_back, list(warnings)) == (queries.portfolio_of(person), [])


def test_a_change_refreshes_the_kept_standing_and_tells_the_open_pages(
    ruth: Person,
    california: HeldCredential,
    immediate_tasks: None,
    live_events: list[LiveEvent],
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        a_record(ruth, hours=25)
    kept = queries.standings_of(ruth).get()
    assert (kept.credential, kept.status, kept.percent) == (california, "short", 50)
    assert kept.missing[0] == ["total", kept.missing[0][1], 25 * TICKS, "hour"]
    assert LiveEvent(person_room(ruth.pk), "standing-changed") in live_events
    with django_capture_on_commit_callbacks(execute=True):
        people.remove_credential(credential=california, by=ruth, at=NOW)
    assert not Standing.objects.exists()


def test_refreshing_twice_is_refreshing_once_and_a_late_job_changes_nothing(
    ruth: Person, california: HeldCredential
) -> None:
    actions.refresh_standings(person_id=ruth.pk, at=NOW)
    actions.refresh_standings(person_id=ruth.pk, at=NOW)
    a_record(ruth, hours=25)
    actions.refresh_standings(person_id=ruth.pk, at=NOW - timedelta(days=1))
    assert queries.standings_of(ruth).get().percent == 0
    assert actions.refresh_standings(person_id=0, at=NOW) == 0


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("california", "us-ca-md"),
        ("Medical Board of Calif", "us-ca-md"),
        ("texas", "us-tx-mddo"),
        ("TX", "us-tx-mddo"),
        ("internal medicine", "abim-moc"),
        ("royal college", "ca-rcpsc"),
        ("flroida", "us-fl-md"),
        ("us-ny-mddo", "us-ny-mddo"),
    ],
)
def test_an_authority_is_found_by_name_even_misspelled(text: str, first: str) -> None:
    assert queries.sets_offered(text, "physician", "MD")[0].id == first


def test_sets_for_ones_own_degree_come_first_and_nothing_is_hidden() -> None:
    florida = [one.id for one in queries.sets_offered("florida", "physician", "DO")]
    assert florida[:2] == ["us-fl-do", "us-fl-md"]
    assert len(queries.sets_offered()) == len(load_sets())
    assert queries.sets_offered("zzzzqqq") == ()


def test_only_what_decides_is_asked_when_a_credential_is_added(ruth: Person) -> None:
    rules = queries.requirement_set("us-ca-md")
    assert rules is not None

    def asked(**known: Any) -> set[str]:
        return {
            fact.id
            for fact in queries.facts_asked(
                rules, ruth, as_of=TODAY, issued=date(2015, 6, 30), expires=date(2026, 6, 30), **known
            )
        }

    assert "specialty" in asked()
    ruth.specialties = ["pathology"]
    assert asked() == set()
    ruth.specialties = ["internal-medicine"]
    assert asked() == {"patients-65-plus-share"}


def test_the_search_box_finds_ones_own_things_and_the_sets(
    ruth: Person, stranger: Person, california: HeldCredential, django_assert_max_num_queries: Any
) -> None:
    a_record(ruth, "Pain in California")
    a_record(stranger, "California dreaming")
    with django_assert_max_num_queries(10):
        found = queries.search(ruth, "california", as_of=TODAY)
    assert [one.held for one in found.credentials] == [california]
    assert [record.title for record in found.records] == ["Pain in California"]
    assert found.sets[0].id == "us-ca-md"
    assert queries.search(ruth, california.number, as_of=TODAY).credentials[0].held == california
    assert queries.search(ruth, "  ", as_of=TODAY).is_empty
    asked = queries.search(ruth, "pain management", as_of=TODAY).requirements
    assert [(one.standing.held, one.answer.id) for one in asked] == [(california, "pain-management")]
    assert queries.search(stranger, "pain management", as_of=TODAY).requirements == ()
    assert queries.search(ruth, "xyzzy plugh", as_of=TODAY).is_empty


def test_what_is_missing_reads_as_a_person_would_say_it() -> None:
    part = queries.MissingPart
    assert queries.missing_sentence([]) == "Nothing missing"
    assert (
        queries.missing_sentence(
            [
                part("total", "Education", 71 * TICKS // 4, "hour"),
                part("pain-management", "Pain management", 4 * TICKS, "hour"),
            ]
        )
        == "17.75 h in total, 4 h pain management"
    )
    assert queries.missing_sentence([part("total", "MOC points", TICKS, "point")]) == "1 point in total"
    assert (
        queries.missing_sentence([part(str(n), f"Duty {n}", 0, "hour") for n in range(5)])
        == "Duty 0, Duty 1, Duty 2, 2 more"
    )


def test_a_refusal_is_no_answer(ruth: Person, california: HeldCredential) -> None:
    told = actions.answer_question(
        person=ruth, name="issued", value=date(2030, 1, 1), credential=california, by=ruth, at=NOW
    )
    assert isinstance(told, Refusal)
    assert told.rule == "expires-before-issued"
