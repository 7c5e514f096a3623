"""Records: added, changed, removed and restored; the transcript made of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from osler.apps.audit.queries import history
from osler.apps.credit import actions, queries, signals
from osler.apps.credit.models import Record
from osler.apps.credit.queries import TranscriptFilters
from osler.apps.people.models import Person
from osler.core.credit.amount import TICKS, amount_text
from osler.core.credit.refusal import Refusal
from osler.core.rules.record import CreditRecord
from tests.factories import NOW, TODAY, PersonFactory, a_record, draft


def test_a_record_is_as_it_was_stated_and_rounded_as_its_authority_rounds(ruth: Person) -> None:
    record = a_record(
        ruth,
        "  Chronic   pain ",
        amounts=(("AMA_PRA_1", 67 * TICKS // 10),),
        topics=(("pain-management", 4 * TICKS),),
        tags=("post-test",),
    )
    (seen,) = queries.records_for_portfolio(ruth.pk)
    assert seen == CreditRecord(
        id=record.key,
        completed=TODAY - timedelta(days=30),
        credits=(("AMA_PRA_1", 65 * TICKS // 10),),
        title="Chronic pain",
        provider="Example University",
        format="live",
        topics=(("pain-management", 4 * TICKS),),
        tags=frozenset({"post-test"}),
    )
    assert history(record).get().verb == "add-record"


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"title": "  "}, "no-title"),
        ({"title": "x" * 301}, "too-long"),
        ({"format": "sitting"}, "unknown-format"),
        ({"tags": ("brilliant",)}, "unknown-tag"),
        ({"completed_on": TODAY + timedelta(days=2)}, "in-future"),
        ({"completed_on": date(1900, 1, 1)}, "too-long-ago"),
        ({"amounts": ()}, "no-amount"),
        ({"amounts": (("AMA_PRA_1", 0),)}, "no-amount"),
        ({"amounts": (("AMA_PRA_1", TICKS // 5),)}, "no-amount"),
        ({"amounts": (("NOBEL", TICKS),)}, "unknown-type"),
        ({"amounts": (("ANCC", TICKS), ("ANCC", TICKS))}, "type-twice"),
        ({"topics": (("alchemy", TICKS),)}, "unknown-topic"),
        ({"topics": (("ethics", 2 * TICKS),)}, "unknown-topic"),
        ({"topics": (("pain-management", 2 * TICKS),)}, "topic-share"),
    ],
)
def test_what_cannot_be_is_refused_in_words(ruth: Person, changes: dict[str, Any], rule: str) -> None:
    refused = actions.add_record(person=ruth, draft=draft(**changes), by=ruth, at=NOW)
    assert isinstance(refused, Refusal)
    assert refused.rule == rule
    assert refused.sentence.endswith(".")
    assert not Record.objects.exists()


def test_a_change_replaces_amounts_and_topics_and_is_logged(ruth: Person) -> None:
    record = a_record(ruth, hours=2, topics=(("pain-management", TICKS),))
    stated = draft("Grand rounds", 3, amounts=(("ANCC", 3 * TICKS),))
    changed = actions.change_record(record=record, draft=stated, by=ruth, at=NOW)
    assert isinstance(changed, Record)
    (seen,) = queries.records_for_portfolio(ruth.pk)
    assert (seen.credits, seen.topics) == ((("ANCC", 3 * TICKS),), ())
    entry = history(record).first()
    assert entry is not None
    assert entry.before == {"credits": {"AMA_PRA_1": "2"}, "topics": {"pain-management": "1"}}
    assert entry.after == {"credits": {"ANCC": "3"}, "topics": {}}


def test_removing_takes_it_out_of_every_answer_and_can_be_undone(
    ruth: Person, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    record = a_record(ruth)
    told: list[int] = []

    def hear(sender: Any, person_id: int, **rest: Any) -> None:
        told.append(person_id)

    signals.records_changed.connect(hear)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_record(record=record, by=ruth, at=NOW)
        assert queries.records_for_portfolio(ruth.pk) == ()
        assert queries.transcript(ruth).count == 0
        actions.remove_record(record=record, by=ruth, at=NOW)
        actions.restore_record(record=record, by=ruth, at=NOW)
    assert len(queries.records_for_portfolio(ruth.pk)) == 1
    assert told == [ruth.pk, ruth.pk]


def test_a_stranger_sees_and_changes_nothing(ruth: Person, stranger: Person) -> None:
    record = a_record(ruth)
    tried = [
        actions.add_record(person=ruth, draft=draft(), by=stranger, at=NOW),
        actions.change_record(record=record, draft=draft("Mine now"), by=stranger, at=NOW),
        actions.remove_record(record=record, by=stranger, at=NOW),
        actions.restore_record(record=record, by=stranger, at=NOW),
    ]
    assert [one.rule if isinstance(one, Refusal) else one for one in tried] == ["not-yours"] * 4
    assert queries.record_by_key(stranger, record.key) is None
    assert queries.transcript(stranger).count == 0
    assert queries.records_for_portfolio(ruth.pk)[0].title == "Grand rounds"


@pytest.fixture
def full(ruth: Person) -> Person:
    """A transcript of four records over two years."""
    a_record(ruth, "Chronic pain", 4, completed_on=date(2025, 5, 1), topics=(("pain-management", 4 * TICKS),))
    a_record(ruth, "Asthma", 1, completed_on=date(2025, 6, 1), provider="County Hospital", format="journal")
    a_record(
        ruth,
        "Sepsis",
        2,
        completed_on=date(2024, 6, 1),
        amounts=(("ANCC", 2 * TICKS), ("AMA_PRA_1", 2 * TICKS)),
    )
    a_record(ruth, "Birds", 3, completed_on=date(2024, 1, 1), note="with pain, in the rain")
    return ruth


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ({}, ["Asthma", "Chronic pain", "Sepsis", "Birds"]),
        ({"sort": "-amount"}, ["Chronic pain", "Birds", "Sepsis", "Asthma"]),
        ({"sort": "title"}, ["Asthma", "Birds", "Chronic pain", "Sepsis"]),
        ({"sort": "; drop table"}, ["Asthma", "Chronic pain", "Sepsis", "Birds"]),
        ({"search": "PAIN"}, ["Chronic pain", "Birds"]),
        ({"search": "county asthma"}, ["Asthma"]),
        ({"filters": TranscriptFilters(credit_type="ANCC")}, ["Sepsis"]),
        ({"filters": TranscriptFilters(topic="pain-management")}, ["Chronic pain"]),
        ({"filters": TranscriptFilters(format="journal")}, ["Asthma"]),
        ({"filters": TranscriptFilters(year=2024)}, ["Sepsis", "Birds"]),
        (
            {"filters": TranscriptFilters(completed_from=date(2024, 6, 1), completed_until=date(2025, 5, 1))},
            ["Chronic pain", "Sepsis"],
        ),
        ({"page": 2, "page_size": 3}, ["Birds"]),
        ({"page": 99, "page_size": 3}, ["Birds"]),
    ],
    ids=str,
)
def test_the_transcript_is_searched_filtered_sorted_and_paged(
    full: Person, question: dict[str, Any], titles: list[str]
) -> None:
    assert [record.title for record in queries.transcript(full, **question).records] == titles


def test_totals_are_added_up_by_type_and_year(full: Person) -> None:
    totals = {one.credit_type: (one.records, amount_text(one.ticks)) for one in queries.totals_by_type(full)}
    assert totals == {"AMA_PRA_1": (4, "10"), "ANCC": (1, "2")}
    years = [
        (year.year, [amount_text(t.ticks) for t in year.totals]) for year in queries.totals_by_year(full)
    ]
    assert years == [(2025, ["5"]), (2024, ["5", "2"])]


@pytest.mark.parametrize("count", [1, 3, 40])
def test_a_transcript_asks_the_same_however_long_it_is(
    ruth: Person, count: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(count):
        a_record(ruth, f"Session {n}", topics=(("pain-management", TICKS // 2),))
    with django_assert_max_num_queries(5):
        page = queries.transcript(ruth)
        assert all(record.amounts.all() and record.topics.all() for record in page.records)
    with django_assert_max_num_queries(3):
        assert len(queries.records_for_portfolio(ruth.pk)) == count


def test_a_key_belongs_to_one_person(ruth: Person) -> None:
    other = PersonFactory()
    for person in (ruth, other):
        actions.add_record(person=person, draft=replace(draft(), key="c1"), by=person, at=NOW)
    again = actions.add_record(person=ruth, draft=replace(draft("Other"), key="c1"), by=ruth, at=NOW)
    assert isinstance(again, Record)
    assert again.key != "c1"
    assert [record.id for record in queries.records_for_portfolio(other.pk)] == ["c1"]
