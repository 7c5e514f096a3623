"""Imports: previewed before anything is kept, confirmed once, undone exactly."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any, Literal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osler.adapters.live import LiveEvent, import_room
from osler.adapters.transcripts import templates
from osler.adapters.transcripts.columns import ROLES
from osler.apps.audit.queries import history
from osler.apps.credit import actions, queries
from osler.apps.credit.actions import adding, imports
from osler.apps.credit.models import ColumnMapping, Import, ImportRow, Record
from osler.apps.credit.queries.wording import SENTENCES
from osler.apps.people.models import Person
from osler.core.credit.amount import TICKS
from osler.core.credit.refusal import Refusal
from osler.core.credit.types import CREDIT_TYPES
from tests.factories import NOW, PersonFactory, a_record

OWN = """Id,Title,Provider,Completed,Format,AMA_PRA_1,Topics
c1,Grand rounds on sepsis,Example University,2025-03-02,live,1.5,
c2,Chronic pain and opioids,State Medical Society,2025-04-02,enduring,6,opioid-prescribing 3
c3,Asthma,State Medical Society,2025-02-30,enduring,1,
c4,grand ROUNDS on sepsis,example university,2025-03-02,live,1.5,
"""
STRANGE = "When;Lecture;Hrs\n03/04/2025;Sepsis in the ward;1,5\n04/05/2025;Asthma at night;2\n"


def uploaded(person: Person, text: str | bytes = OWN, name: str = "mine.csv") -> Import:
    content = text.encode() if isinstance(text, str) else text
    made = actions.start_import(person=person, content=content, filename=name, by=person, at=NOW)
    assert isinstance(made, Import), made
    return made


def confirmed(came_with: Import, **chosen: Any) -> Import:
    found = actions.confirm_import(came_with=came_with, by=came_with.person, at=NOW, **chosen)
    assert isinstance(found, Import), found
    return found


def titles(person: Person) -> list[str]:
    return sorted(record.title for record in queries.records_for_portfolio(person.pk))


def test_nothing_is_added_before_it_is_confirmed(ruth: Person) -> None:
    made = uploaded(ruth)
    page = queries.import_page(made)
    assert (made.status, made.layout) == ("previewed", "osler")
    assert page.counts == {"new": 2, "duplicate": 1, "likely-duplicate": 0, "refused": 1}
    assert [(row.line, row.state, row.reasons) for row in page.rows] == [
        (2, "new", ()),
        (3, "new", ()),
        (4, "refused", ("“2025-02-30” is not a date.",)),
        (5, "duplicate", ("The same activity as line 2.",)),
    ]
    assert titles(ruth) == []
    assert bytes(made.file.content) == OWN.encode()


def test_confirming_adds_the_new_rows_once_with_the_ids_of_the_file(ruth: Person) -> None:
    made = uploaded(ruth)
    assert confirmed(made).status == "added"
    confirmed(made)
    assert titles(ruth) == ["Chronic pain and opioids", "Grand rounds on sepsis"]
    assert sorted(record.id for record in queries.records_for_portfolio(ruth.pk)) == ["c1", "c2"]
    page = queries.import_page(made)
    assert [row.is_added for row in page.rows] == [True, True, False, False]
    assert [entry.verb for entry in history(made)][::-1] == ["start-import", "confirm-import", "add-import"]


def test_rows_are_left_out_and_lookalikes_taken_on_request(ruth: Person) -> None:
    a_record(ruth, "Chronic pain & opioids", 6, completed_on=date(2025, 4, 2), provider="State Medical Soc.")
    made = uploaded(ruth)
    sepsis, pain = ImportRow.objects.filter(came_with=made, line__in=[2, 3])
    assert pain.state == "likely-duplicate"
    assert "Chronic pain & opioids" in queries.import_page(made).rows[1].reasons[0]
    confirmed(made, also=[pain.pk], leave_out=[sepsis.pk])
    assert titles(ruth) == ["Chronic pain & opioids", "Chronic pain and opioids"]


def test_a_row_of_another_import_cannot_be_smuggled_in(ruth: Person, stranger: Person) -> None:
    theirs = uploaded(stranger)
    foreign = ImportRow.objects.filter(came_with=theirs, state="duplicate").get()
    foreign.state = "likely-duplicate"
    foreign.save()
    confirmed(uploaded(ruth), also=[foreign.pk])
    assert len(titles(ruth)) == 2


def test_undoing_removes_exactly_what_was_added(ruth: Person) -> None:
    kept = a_record(ruth, "By hand")
    made = confirmed(uploaded(ruth))
    undone = actions.undo_import(came_with=made, by=ruth, at=NOW)
    assert isinstance(undone, Import)
    assert undone.status == "undone"
    assert titles(ruth) == ["By hand"]
    again = actions.undo_import(came_with=made, by=ruth, at=NOW)
    assert isinstance(again, Import)
    assert [record.id for record in queries.records_for_portfolio(ruth.pk)] == [kept.key]
    confirmed(uploaded(ruth))
    assert {record.id for record in queries.records_for_portfolio(ruth.pk)} == {kept.key, "c1", "c2"}


def test_the_same_file_again_adds_nothing(ruth: Person) -> None:
    confirmed(uploaded(ruth))
    again = uploaded(ruth)
    page = queries.import_page(again)
    assert page.counts["duplicate"] == 3
    assert page.earlier is not None
    refused = actions.confirm_import(came_with=again, by=ruth, at=NOW)
    assert isinstance(refused, Refusal)
    assert refused.rule == "nothing-to-add"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_exported_transcript_uploaded_again_adds_nothing(
    ruth: Person, form: Literal["csv", "xlsx"]
) -> None:
    confirmed(uploaded(ruth))
    exported = queries.transcript_file(queries.transcript_rows(ruth), form)
    assert queries.import_page(uploaded(ruth, exported)).counts["duplicate"] == 2


def test_every_role_of_a_column_has_a_name() -> None:
    assert set(ROLES) < {role for role, _name in queries.role_choices()}
    assert queries.role_name("credit:AMA_PRA_1") == CREDIT_TYPES["AMA_PRA_1"].name
    assert queries.role_name("topic:pain-management") == "Pain management"


def test_two_previews_of_one_file_add_it_once(ruth: Person) -> None:
    first, second = uploaded(ruth), uploaded(ruth)
    confirmed(first)
    confirmed(second)
    assert len(titles(ruth)) == 2


def test_unknown_columns_are_confirmed_once_and_remembered(ruth: Person) -> None:
    made = uploaded(ruth, STRANGE)
    page = queries.import_page(made)
    assert made.status == "unmapped"
    assert {code for code, _sentence in page.questions} >= {"which-credit-type", "which-date-order"}
    sample = queries.sample_lines(made)
    assert sample is not None
    assert [(c.heading, c.examples[0]) for c in sample.columns] == [
        ("When", "03/04/2025"),
        ("Lecture", "Sepsis in the ward"),
        ("Hrs", "1,5"),
    ]
    mapping = actions.Mapping(
        ("completed", "title", "amount"), header_line=1, date_order="dmy", credit_type="AMA_PRA_1"
    )
    told = actions.set_mapping(came_with=made, mapping=mapping, by=ruth, at=NOW)
    assert isinstance(told, Import)
    assert told.status == "previewed"
    assert str(queries.import_page(told).rows[0].completed_on) == "2025-04-03"
    assert uploaded(ruth, STRANGE.replace("Asthma", "Angina")).status == "previewed"
    assert uploaded(PersonFactory(), STRANGE).status == "unmapped"


def test_an_incomplete_mapping_is_kept_and_asks_on(ruth: Person) -> None:
    made = uploaded(ruth, STRANGE)
    told = actions.set_mapping(
        came_with=made,
        mapping=actions.Mapping(("completed", "title", "amount"), header_line=1),
        by=ruth,
        at=NOW,
    )
    assert isinstance(told, Import)
    assert told.status == "unmapped"
    assert not ColumnMapping.objects.exists()
    wrong = actions.set_mapping(came_with=made, mapping=actions.Mapping(("title", "title")), by=ruth, at=NOW)
    assert isinstance(wrong, Refusal)


def test_a_file_that_is_no_transcript_is_refused_and_not_kept(ruth: Person) -> None:
    refused = actions.start_import(person=ruth, content=b"MZ\x90\x00" * 9, filename="cv.csv", by=ruth, at=NOW)
    assert isinstance(refused, Refusal)
    assert refused == Refusal("executable", "This is a program, not a transcript. It was not opened.")
    assert not Import.objects.exists()


def test_a_path_in_the_name_is_dropped(ruth: Person) -> None:
    assert uploaded(ruth, name="..\\..\\windows/../secret.csv").filename == "secret.csv"


def test_a_stranger_may_not_touch_an_import(ruth: Person, stranger: Person) -> None:
    made = uploaded(ruth)
    mapping = queries.mapping_of(made)
    tried = [
        actions.start_import(person=ruth, content=OWN.encode(), filename="x", by=stranger, at=NOW),
        actions.set_mapping(came_with=made, mapping=mapping, by=stranger, at=NOW),
        actions.confirm_import(came_with=made, by=stranger, at=NOW),
        actions.undo_import(came_with=made, by=stranger, at=NOW),
        actions.discard_import(came_with=made, by=stranger, at=NOW),
    ]
    assert [one.rule if isinstance(one, Refusal) else one for one in tried] == ["not-yours"] * 5
    assert queries.import_by_key(stranger, made.key) is None
    confirmed(made)
    assert isinstance(actions.confirm_import(came_with=made, by=stranger, at=NOW), Refusal)
    assert isinstance(actions.undo_import(came_with=made, by=stranger, at=NOW), Refusal)
    assert len(titles(ruth)) == 2


def test_a_discarded_upload_leaves_neither_file_nor_rows(ruth: Person) -> None:
    made = uploaded(ruth)
    actions.discard_import(came_with=made, by=ruth, at=NOW)
    assert not ImportRow.objects.exists()
    assert list(queries.imports_of(ruth)) == []
    refused = actions.confirm_import(came_with=made, by=ruth, at=NOW)
    assert isinstance(refused, Refusal)
    assert refused.rule == "import-is-discarded"


@pytest.mark.django_db(transaction=True)
def test_confirming_in_two_windows_at_once_adds_once() -> None:
    made = uploaded(PersonFactory())

    def confirm(_window: int) -> str:
        try:
            return confirmed(made).status
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as windows:
        assert set(windows.map(confirm, range(4))) == {"added"}
    assert len(titles(made.person)) == 2


def long_file(lines: int) -> str:
    return "Title,Completed,AMA_PRA_1\n" + "".join(
        f"Session {n},20{10 + n % 15}-0{1 + n % 9}-{1 + n % 28:02},0.5\n" for n in range(lines)
    )


@pytest.mark.django_db(transaction=True)
def test_a_long_import_is_written_by_a_job_that_tells_its_progress(
    run_tasks: Callable[[], None], live_events: list[LiveEvent]
) -> None:
    ruth = PersonFactory()
    made = uploaded(ruth, long_file(1200))
    assert confirmed(made).status == "adding"
    assert confirmed(made).status == "adding"
    assert titles(ruth) == []
    run_tasks()
    made.refresh_from_db()
    assert made.status == "added"
    assert len(titles(ruth)) == 1200
    told = [json.loads(event.data)["value"] for event in live_events if event.room == import_room(made.key)]
    assert told[:2] == [1000, 1200]
    assert actions.write_import(import_id=made.pk, at=NOW) == 0
    assert len(titles(ruth)) == 1200


@pytest.mark.django_db(transaction=True)
def test_a_job_that_was_broken_off_goes_on_where_it_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    ruth = PersonFactory()
    made = confirmed(uploaded(ruth, long_file(600)))
    monkeypatch.setattr(adding, "ROWS_AT_ONCE", 250)
    ordinary, parts = adding.write_drafts, []

    def write_drafts(*args: Any, **named: Any) -> Any:
        if len(parts) == 1:
            raise OSError("The machine went away.")
        parts.append(1)
        return ordinary(*args, **named)

    monkeypatch.setattr(adding, "write_drafts", write_drafts)
    with pytest.raises(OSError, match="went away"):
        actions.write_import(import_id=made.pk, at=NOW)
    made.refresh_from_db()
    assert (made.status, made.rows_done, made.rows_in_all) == ("adding", 250, 600)
    assert len(titles(ruth)) == 250
    monkeypatch.setattr(adding, "write_drafts", ordinary)
    assert actions.write_import(import_id=made.pk, at=NOW) == 350
    made.refresh_from_db()
    assert (made.status, made.rows_done) == ("added", 600)
    assert len(titles(ruth)) == 600


@pytest.mark.django_db(transaction=True)
def test_a_long_file_is_read_by_a_job_that_tells_its_progress(
    run_tasks: Callable[[], None], live_events: list[LiveEvent], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "LINES_READ_IN_ONE_REQUEST", 700)
    ruth = PersonFactory()
    made = uploaded(ruth, long_file(1200))
    assert (made.status, made.rows_in_all, made.rows.count()) == ("reading", 1200, 0)
    refused = actions.confirm_import(came_with=made, by=ruth, at=NOW)
    assert isinstance(refused, Refusal)
    assert refused.rule == "import-is-reading"
    run_tasks()
    made.refresh_from_db()
    assert (made.status, made.rows_done, made.rows.count()) == ("previewed", 1200, 1200)
    told = [json.loads(event.data) for event in live_events if event.room == import_room(made.key)]
    assert [one["value"] for one in told] == [0, 500, 1000, 1200, 1200]
    assert [one["is_done"] for one in told] == [False] * 4 + [True]
    assert told[1]["text"] == "500 of 1200 rows read"
    assert actions.read_import(import_id=made.pk, at=NOW) == 0


def test_a_lookalike_is_made_one_with_its_record_on_request(ruth: Person) -> None:
    there = a_record(
        ruth,
        "Chronic pain & opioids",
        6,
        completed_on=date(2025, 4, 2),
        provider="State Medical Soc.",
        format="enduring",
    )
    made = uploaded(ruth)
    pain = ImportRow.objects.get(came_with=made, line=3)
    confirmed(made, as_one=[pain.pk])
    assert titles(ruth) == ["Chronic pain and opioids", "Grand rounds on sepsis"]
    kept = Record.objects.get(pk=there.pk)
    assert [(part.topic, part.ticks // TICKS) for part in kept.topics.all()] == [("opioid-prescribing", 3)]
    actions.undo_import(came_with=made, by=ruth, at=NOW)
    assert titles(ruth) == ["Chronic pain & opioids"]


def test_a_page_of_rows_asks_the_same_however_many_there_are(
    ruth: Person, django_assert_max_num_queries: Any
) -> None:
    small, large = uploaded(ruth), uploaded(ruth, long_file(300))
    for made, count in ((small, 4), (large, 300)):
        with django_assert_max_num_queries(6):
            page = queries.import_page(made, page_size=50)
        assert page.count == count
    assert len(queries.import_page(large, page=6, page_size=50).rows) == 50


def test_every_remark_has_its_sentence() -> None:
    import re
    from pathlib import Path

    folder = Path(templates.__file__).parent
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    used = set(re.findall(r'(?:refuse|remark|FileRefused|Remark)\(\s*"([a-z-]+)"', text))
    used |= set(re.findall(r'b", "([a-z-]+)"\)', text))
    assert used
    assert used <= set(SENTENCES)


ROWS = st.lists(
    st.tuples(st.sampled_from("ABCDEF"), st.integers(1, 9), st.integers(1, 12)), min_size=1, max_size=12
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS)
def test_adding_and_undoing_leaves_what_was_there(db: None, rows: list[tuple[str, int, int]]) -> None:
    person = PersonFactory()
    a_record(person, "By hand")
    before = queries.records_for_portfolio(person.pk)
    text = "Title,Completed,AMA_PRA_1\n" + "".join(f"{t},2025-01-0{d},{q / 4}\n" for t, d, q in rows)
    made = confirmed(uploaded(person, text))
    added = queries.records_for_portfolio(person.pk)
    assert len(added) == 1 + len({(title, day) for title, day, _ in rows})
    assert Record.objects.filter(came_with=made).count() == len(added) - 1
    actions.undo_import(came_with=made, by=person, at=NOW)
    assert queries.records_for_portfolio(person.pk) == before
