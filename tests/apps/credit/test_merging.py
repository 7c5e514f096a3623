"""One activity from two sources becomes one record, counts once, and comes apart exactly."""

from datetime import timedelta

import pytest

from osler.apps.audit.queries import history
from osler.apps.credit.actions import (
    add_record,
    change_record,
    confirm_import,
    forget_distinction,
    keep_apart,
    merge_records,
    remove_record,
    restore_record,
    start_import,
    undo_import,
    undo_merge,
)
from osler.apps.credit.actions.merging import values_of
from osler.apps.credit.models import Document, Import, Merge, Record
from osler.apps.credit.queries import record_by_key, records_for_portfolio
from osler.apps.credit.queries.merging import (
    merges_of,
    pair_by_keys,
    sources_of,
    suspected_keys,
    suspected_pairs,
    twins_of,
)
from osler.apps.people.models import Person
from osler.core.credit.amount import TICKS
from osler.core.credit.refusal import Refusal
from tests.factories import NOW, TODAY, PersonFactory, a_record, draft

LATER = NOW + timedelta(hours=1)
DAY = TODAY - timedelta(days=30)
FILE = f"Title,Provider,Completed,Format,Credits\nGrand Rounds!,Example Univ,{DAY},live,AMA_PRA_1 1; ANCC 1\n"


@pytest.fixture
def ruth(db: None) -> Person:
    return PersonFactory(given_name="Ruth")


def merge(first: Record, second: Record, by: Person, **chosen: object) -> Merge:
    made = merge_records(first=first, second=second, chosen=chosen, by=by, at=LATER)  # type: ignore[arg-type]
    assert isinstance(made, Merge), made
    return made


def imported(person: Person, text: str = FILE) -> Import:
    made = start_import(person=person, content=text.encode(), filename="export.csv", by=person, at=NOW)
    assert isinstance(made, Import), made
    also = list(made.rows.values_list("pk", flat=True))
    done = confirm_import(came_with=made, also=also, by=person, at=NOW)
    assert isinstance(done, Import), done
    return done


def test_two_of_one_are_found_with_the_reason(ruth: Person) -> None:
    first, second = a_record(ruth, "Pain update"), a_record(ruth, "PAIN Update!", note="Booth 4")
    a_record(ruth, "Something else")
    assert suspected_keys(ruth) == [(first.key, second.key)]
    (pair,) = suspected_pairs(ruth, suspected_keys(ruth))
    assert (pair.first, pair.second) == (first, second)
    assert pair.like.reasons == ("same-title", "same-provider", "same-day", "same-amount")
    assert [found.field for found in pair.differences] == ["title"]
    assert [each.second for each in twins_of(first)] == [second]


def test_the_one_holds_the_best_of_both_and_counts_once(ruth: Person) -> None:
    first = a_record(ruth, "Pain update", format="other", topics=(("pain-management", TICKS),))
    second = a_record(ruth, "Pain update.", 1, amounts=(("AMA_PRA_1", TICKS), ("ANCC", TICKS)), note="Hall 2")
    made = merge(first, second, ruth)
    assert made.kept == first
    (counted,) = records_for_portfolio(ruth.pk)
    assert counted.id == first.key
    assert dict(counted.credits) == {"AMA_PRA_1": TICKS, "ANCC": TICKS}
    assert counted.topics == (("pain-management", TICKS),)
    assert counted.format == "live"
    kept = record_by_key(ruth, first.key)
    assert kept is not None
    assert kept.note == "Hall 2"
    assert next(entry.verb for entry in history(kept)) == "merge-records"
    assert suspected_keys(ruth) == []


def test_undoing_brings_both_back_exactly(ruth: Person) -> None:
    first = a_record(ruth, "Pain update", topics=(("pain-management", TICKS),))
    second = a_record(ruth, "Pain update.", note="Hall 2")
    before = [values_of(first), values_of(second)]
    made = merge(first, second, ruth)
    undone = undo_merge(merge=made, by=ruth, at=LATER)
    assert isinstance(undone, Merge)
    rows = list(Record.objects.filter(person=ruth, removed_at=None).order_by("pk"))
    assert [values_of(row) for row in rows] == before
    assert all(row.merged_into is None for row in rows)
    assert not merges_of(ruth).exists()
    assert undo_merge(merge=made, by=ruth, at=LATER) == undone


def test_what_was_changed_after_merging_stays_changed(ruth: Person) -> None:
    first, second = a_record(ruth, "Pain update"), a_record(ruth, "Pain update.", note="Hall 2")
    made = merge(first, second, ruth)
    kept = Record.objects.get(pk=first.pk)
    change_record(record=kept, draft=draft("Pain, the update", note="Hall 2"), by=ruth, at=LATER)
    undo_merge(merge=made, by=ruth, at=LATER)
    kept.refresh_from_db()
    assert (kept.title, kept.note) == ("Pain, the update", "")


def test_contradictions_are_chosen_by_the_person(ruth: Person) -> None:
    first, second = a_record(ruth, "Pain update", 2), a_record(ruth, "Pain update", 3)
    refused = merge_records(first=first, second=second, by=ruth, at=LATER)
    assert isinstance(refused, Refusal)
    assert refused.rule == "not-chosen"
    assert len(records_for_portfolio(ruth.pk)) == 2
    merge(first, second, ruth, **{"credit:AMA_PRA_1": 2 * TICKS})
    assert records_for_portfolio(ruth.pk)[0].credits == (("AMA_PRA_1", 2 * TICKS),)


def test_merging_twice_is_merging_once(ruth: Person) -> None:
    first, second = a_record(ruth), a_record(ruth)
    assert merge(first, second, ruth) == merge(second, first, ruth)


def test_a_part_cannot_be_changed_removed_or_restored_by_itself(ruth: Person) -> None:
    first, second = a_record(ruth), a_record(ruth)
    merge(first, second, ruth)
    part = Record.objects.get(pk=second.pk)
    for answer in (
        change_record(record=part, draft=draft(), by=ruth, at=LATER),
        remove_record(record=part, by=ruth, at=LATER),
        restore_record(record=part, by=ruth, at=LATER),
    ):
        assert isinstance(answer, Refusal)
        assert answer.rule == "merged"


def test_mergings_come_apart_in_the_opposite_order(ruth: Person) -> None:
    one, two, three = (a_record(ruth) for _n in range(3))
    early, late = merge(one, two, ruth), merge(one, three, ruth)
    refused = undo_merge(merge=early, by=ruth, at=LATER)
    assert isinstance(refused, Refusal)
    assert isinstance(undo_merge(merge=late, by=ruth, at=LATER), Merge)
    assert isinstance(undo_merge(merge=early, by=ruth, at=LATER), Merge)
    assert Record.objects.filter(person=ruth, removed_at=None).count() == 3


def test_documents_come_along_and_go_back(ruth: Person) -> None:
    first, second = a_record(ruth), a_record(ruth)
    for number, (row, digest) in enumerate(((first, "a"), (second, "a"), (second, "b"))):
        Document.objects.create(
            person=ruth, record=row, sha256=digest * 64, bytes_count=1, media_type="application/pdf",
            filename=f"{number}.pdf", state=Document.State.ATTACHED, added_at=NOW,
        )  # fmt: skip
    made = merge(first, second, ruth)
    assert sorted(first.documents.values_list("filename", flat=True)) == ["0.pdf", "2.pdf"]
    undo_merge(merge=made, by=ruth, at=LATER)
    assert sorted(second.documents.values_list("filename", flat=True)) == ["1.pdf", "2.pdf"]


def test_where_it_came_from_names_every_source(ruth: Person) -> None:
    typed = a_record(ruth, "Grand rounds", provider="Example University")
    came_with = imported(ruth)
    row = Record.objects.get(came_with=came_with)
    merge(typed, row, ruth)
    kept = Record.objects.get(pk=typed.pk)
    assert [(one.kind, one.name, one.line) for one in sources_of(kept)] == [
        ("manual", "", None),
        ("import", "export.csv", 2),
    ]


def test_undoing_an_import_takes_its_part_out_and_leaves_what_was_typed(ruth: Person) -> None:
    typed = a_record(ruth, "Grand rounds", provider="Example University")
    before = values_of(typed)
    came_with = imported(ruth)
    merge(typed, Record.objects.get(came_with=came_with), ruth)
    assert isinstance(undo_import(came_with=came_with, by=ruth, at=LATER), Import)
    (left,) = Record.objects.filter(person=ruth, removed_at=None)
    assert left == typed
    assert values_of(left) == before


def test_a_file_that_lists_a_part_again_adds_nothing(ruth: Person) -> None:
    typed = a_record(ruth, "Grand rounds", provider="Example University")
    merge(typed, Record.objects.get(came_with=imported(ruth)), ruth)
    again = start_import(person=ruth, content=FILE.encode(), filename="again.csv", by=ruth, at=LATER)
    assert isinstance(again, Import)
    assert [(row.state, row.twin) for row in again.rows.all()] == [("duplicate", typed)]


def test_two_said_to_be_different_are_not_asked_about_again(ruth: Person) -> None:
    first, second = a_record(ruth), a_record(ruth)
    keep_apart(first=second, second=first, by=ruth, at=LATER)
    assert suspected_keys(ruth) == []
    assert twins_of(first) == []
    forget_distinction(first=first, second=second, by=ruth, at=LATER)
    assert len(suspected_keys(ruth)) == 1


def test_nobody_merges_for_another(ruth: Person) -> None:
    other = PersonFactory()
    mine, theirs = a_record(ruth), a_record(other)
    assert isinstance(merge_records(first=mine, second=theirs, by=ruth, at=LATER), Refusal)
    assert isinstance(merge_records(first=theirs, second=a_record(other), by=ruth, at=LATER), Refusal)
    assert isinstance(keep_apart(first=theirs, second=a_record(other), by=ruth, at=LATER), Refusal)
    assert pair_by_keys(ruth, mine.key, theirs.key) is None


def test_finding_pairs_costs_the_same_for_few_and_many(
    ruth: Person, django_assert_max_num_queries: object
) -> None:
    for count in (1, 3):
        for n in range(count):
            a_record(ruth, f"Topic {count} {n}")
            a_record(ruth, f"TOPIC {count} {n}")
        with django_assert_max_num_queries(9):  # type: ignore[operator]
            assert suspected_pairs(ruth, suspected_keys(ruth))


def test_a_copy_with_other_spelling_from_an_action_is_told_apart_by_its_own_row(ruth: Person) -> None:
    added = add_record(person=ruth, draft=draft(), by=ruth, at=NOW)
    assert isinstance(added, Record)
    assert twins_of(added) == []
