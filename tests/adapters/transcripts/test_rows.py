"""From a table to activities: layouts recognised, columns proposed, rows read exactly or refused in words."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osler.adapters.transcripts import FileRefused, Mapping, ReadRow, read_table, templates
from osler.adapters.transcripts.columns import Proposal, propose, questions_of, recalled, signature
from osler.adapters.transcripts.identity import Known, Twin, find_twins
from osler.adapters.transcripts.mapping import faults_of
from osler.adapters.transcripts.rows import read_rows
from osler.core.credit.amount import TICKS, amount_text
from osler.core.credit.formats import FORMATS
from osler.core.rules.record import CreditRecord
from osler.requirement_sets.vocabulary import load_vocabulary

AS_OF = date(2026, 1, 31)
SHARED = Path(__file__).resolve().parents[3].parent / "shared"


def read(text: str | bytes, **changes: object) -> tuple[Proposal, tuple[ReadRow, ...]]:
    table = read_table(text.encode() if isinstance(text, str) else text)
    proposal = propose(table, AS_OF)
    mapping = Mapping.from_data({**proposal.mapping.as_data(), **changes})
    return proposal, read_rows(table, mapping, as_of=AS_OF, own_numbers=["ME 0000002"])


def amounts(row: ReadRow) -> dict[str, str]:
    return {code: amount_text(ticks) for code, ticks in row.amounts}


def codes(row: ReadRow) -> list[str]:
    return [remark.code for remark in row.reasons]


def test_oslers_own_layout() -> None:
    proposal, (row, wrong) = read(
        "Id,Title,Provider,Completed,Format,AMA_PRA_1,ANCC,Topics,Tags,Note\n"
        "c1,Grand rounds,Example University,2025-03-02,live,10.1,10,"
        "opioid-prescribing 3; Pain management,post-test,Good\n"
        ",Half a day,,2025-02-30,sitting,,,,,\n"
    )
    assert (proposal.layout, proposal.is_certain) == ("osler", True)
    assert amounts(row) == {"AMA_PRA_1": "10", "ANCC": "10"}
    assert dict(row.topics) == {"opioid-prescribing": 3 * TICKS, "pain-management": 10 * TICKS}
    assert (row.key, row.format, row.tags, row.note) == ("c1", "live", ("post-test",), "Good")
    assert [note.code for note in row.notes] == ["rounded"]
    assert codes(wrong) == ["not-a-date", "no-amount"]
    assert wrong.lines == (3,)


def test_one_column_of_all_credits_is_as_good() -> None:
    _, (row,) = read("Title,Completed,Credits\nA,2025-03-02,AMA_PRA_1 6; ANCC 5.5\n")
    assert amounts(row) == {"AMA_PRA_1": "6", "ANCC": "5.5"}


@pytest.mark.parametrize("template", [templates.template_csv(), templates.template_workbook()])
def test_the_template_is_recognised_and_its_example_is_not_imported(template: bytes) -> None:
    proposal, (row,) = read(template)
    assert proposal.is_certain
    assert codes(row) == ["example-line"]


def test_a_transcript_of_the_accme_joins_the_credits_of_one_activity() -> None:
    proposal, rows = read(
        "ModuleName,ReportingOrganization,CompletedDateTime,activityCertification,numberOfCredits,moduleID\n"
        "Sepsis,Example Society,2025-01-02T00:00:00,AMA PRA Category 1,2,123456789\n"
        "Asthma,Example Society,2025-01-02T00:00:00,Nursing,1,123456790\n"
        "Sepsis,Example Society,2025-01-02T00:00:00,American Board of Internal Medicine,2,123456789\n"
        "Sepsis,Example Society,2025-01-03T00:00:00,AMA PRA Category 1,1,123456789\n"
    )
    assert (proposal.layout, proposal.is_certain) == ("accme-transcript", True)
    assert [(row.lines, amounts(row)) for row in rows] == [
        ((2, 4), {"AMA_PRA_1": "2", "ABIM_MOC_POINT": "2"}),
        ((3,), {"ANCC": "1"}),
        ((5,), {"AMA_PRA_1": "1"}),
    ]


def test_a_log_of_the_nccpa_knows_whose_category_i_it_is() -> None:
    proposal, rows = read(
        "Activity Title,Activity Start Date,Activity End Date,Credits Logged,Category,Sponsor\n"
        "PA conference,03/04/2025,03/06/2025,10,Category I,AAPA\n"
        "Asthma,3/5/2025,,4,Category I,AMA\n"
        "Self-assessment,3/7/2025,,5,Self-Assessment (SA),AAPA\n"
        "Reading,3/8/2025,,2.5,Category II,\n"
        "Mystery,3/9/2025,,1,Category I,Nobody\n"
    )
    assert (proposal.layout, proposal.is_certain) == ("nccpa-log", True)
    assert [amounts(row) for row in rows] == [
        {"AAPA_CAT1": "10"},
        {"AMA_PRA_1": "4"},
        {"AAPA_CAT1_SA": "5"},
        {"AAPA_CAT2": "2.5"},
        {"AAPA_CAT1": "1"},
    ]
    assert [row.completed for row in rows[:2]] == [date(2025, 3, 6), date(2025, 3, 5)]
    assert [note.code for note in rows[4].notes] == ["type-assumed"]


def test_a_ce_broker_roster_gives_ones_own_lines_with_hours() -> None:
    path = SHARED / "data" / "reporting" / "cebroker_excel_full_credit_layout.csv"
    if not path.exists():
        pytest.skip("the shared sample of a CE Broker roster is not here")
    proposal, (other, own) = read(path.read_bytes(), credit_type="BOARD_APPROVED")
    assert proposal.layout == "ce-broker-roster"
    assert [question.code for question in proposal.questions] == ["which-credit-type"]
    assert codes(other) == ["other-licence", "no-amount"]
    assert (own.reasons, own.completed, amounts(own)) == ((), date(2025, 12, 3), {"BOARD_APPROVED": "2"})


UNKNOWN = (
    "My education,,,,\n,,,,\n"
    "Course attended;When;Hrs;Kind of credit;Who ran it\n"
    "Chronic pain and opioids;25/03/2025;1,5;AMA PRA Category 1 Credit(s)™;State Society\n"
    "Total;;1,5;;\n"
).replace(",,,,", "")


def test_another_layout_is_proposed_from_headings_and_content_and_never_certain() -> None:
    proposal, (row,) = read(UNKNOWN)
    assert not proposal.is_certain
    assert not proposal.questions
    assert proposal.mapping.roles[1:4] == ("completed", "amount", "credit-type")
    assert (row.title, row.completed, amounts(row)) == (
        "Chronic pain and opioids",
        date(2025, 3, 25),
        {"AMA_PRA_1": "1.5"},
    )


def test_a_file_without_headings_is_proposed_from_its_content() -> None:
    proposal, rows = read(
        "Grand rounds on sepsis;2025-01-02;1.5;AMA PRA Cat. 1\n"
        "Asthma in schools;2025-01-09;1;AMA PRA Cat. 1\n"
    )
    assert proposal.mapping.header_line == 0
    assert [(row.title, amounts(row)) for row in rows] == [
        ("Grand rounds on sepsis", {"AMA_PRA_1": "1.5"}),
        ("Asthma in schools", {"AMA_PRA_1": "1"}),
    ]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Title,Date,Hours,Type\nA,03/04/2025,1,AMA_PRA_1\n", ["which-date-order"]),
        ("Title,Date,Hours\nA,2025-03-04,1\n", ["which-credit-type"]),
        ("Provider,Format,Type\nX,live,AMA_PRA_1\n", ["which-title", "which-date", "which-amount"]),
    ],
)
def test_what_the_file_does_not_say_is_asked(text: str, asked: list[str]) -> None:
    table = read_table(text.encode())
    assert [question.code for question in propose(table, AS_OF).questions] == asked


def test_an_answer_settles_the_question() -> None:
    table = read_table(b"Title,Date,Hours,Type\nA,03/04/2025,1,AMA_PRA_1\n")
    mapping = Mapping.from_data({**propose(table, AS_OF).mapping.as_data(), "date_order": "dmy"})
    assert questions_of(table, mapping, AS_OF) == ()
    assert read_rows(table, mapping, as_of=AS_OF)[0].completed == date(2025, 4, 3)


def test_words_for_types_are_told_once() -> None:
    text = "Title,Date,Hours,Type\nA,2025-03-04,1,the good kind\n"
    _, (row,) = read(text)
    assert codes(row) == ["unknown-type"]
    _, (row,) = read(text, type_words=[["the good kind", "AMA_PRA_1"]])
    assert amounts(row) == {"AMA_PRA_1": "1"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",2025-03-04,1,AMA_PRA_1", "no-title"),
        ("A,,1,AMA_PRA_1", "no-date"),
        ("A,2026-03-04,1,AMA_PRA_1", "in-future"),
        ("A,1825-03-04,1,AMA_PRA_1", "too-long-ago"),
        ("A,2025-03-04,,AMA_PRA_1", "no-amount"),
        ("A,2025-03-04,0,AMA_PRA_1", "no-credit"),
        ("A,2025-03-04,much,AMA_PRA_1", "not-an-amount"),
        ('A,2025-03-04,"1,250",AMA_PRA_1', "amount-unclear"),
        ("A,2025-03-04,1,Nobel", "unknown-type"),
    ],
)
def test_a_row_is_refused_for_its_reason_and_the_others_are_read(line: str, reason: str) -> None:
    _, (good, bad) = read(f"Title,Date,Hours,Type\nB,2025-03-05,1,AMA_PRA_1\n{line}\n")
    assert good.reasons == ()
    assert codes(bad)[0] == reason


def test_a_cell_that_a_spreadsheet_would_run_is_text_here_and_guarded_when_written() -> None:
    record = CreditRecord(
        "c1", date(2025, 3, 2), (("AMA_PRA_1", TICKS),), title="=HYPERLINK(1)", provider="@x", format="live"
    )
    for content in (
        templates.written_csv([templates.Written(record)]),
        templates.written_workbook([templates.Written(record)]),
    ):
        _, (row,) = read(content)
        assert (row.title, row.provider) == ("=HYPERLINK(1)", "@x")
    assert b",=HYPERLINK" not in templates.written_csv([templates.Written(record)])


def test_headings_and_a_remembered_mapping() -> None:
    first, second = read_table(b"T,D,H\nA,2025-03-04,1\n"), read_table(b"Notes\nT,D,H\nB,2025-03-04,2\n")
    told = Mapping(("title", "completed", "amount"), header_line=1, credit_type="AMA_PRA_1")
    assert signature(first, told) == signature(second, Mapping(("", "", ""), header_line=2))
    here = recalled(second, Mapping(("", "", ""), header_line=2), told)
    assert [row.title for row in read_rows(second, here, as_of=AS_OF)] == ["B"]


@pytest.mark.parametrize(
    "mapping",
    [
        Mapping(("title", "title")),
        Mapping(("credit:AMA_PRA_1", "credit:AMA_PRA_1")),
        Mapping(("credit:NOBEL",)),
        Mapping(("topic:alchemy",)),
        Mapping(("nonsense",)),
        Mapping(("title",) * 9),
        Mapping(("title",), sheet=3),
        Mapping(("title",), sheet=-1),
        Mapping(("title",), header_line=77),
        Mapping(("title",), date_order="ymd"),
        Mapping(("title",), credit_type="NOBEL"),
        Mapping(("title",), format="sitting"),
    ],
    ids=str,
)
def test_a_mapping_that_does_not_fit_is_said_so(mapping: Mapping) -> None:
    assert faults_of(mapping, read_table(b"a,b\nc,d\n"))


def test_a_mapping_survives_keeping() -> None:
    mapping = Mapping(
        ("title", "credit:ANCC", ""), 1, 4, "dmy", "ANCC", "live", "Me", (("a", "ANCC"),), "osler"
    )
    assert Mapping.from_data(mapping.as_data()) == mapping


def known(
    n: int, title: str, provider: str = "Example University", day: int = 2, ticks: int = TICKS
) -> Known:
    return Known(n, provider, title, date(2025, 3, day), (("AMA_PRA_1", ticks),))


def test_twins_sure_and_likely() -> None:
    have = [
        Known("r1", "Example University", "Grand Rounds: sepsis", date(2025, 3, 2), (("AMA_PRA_1", TICKS),))
    ]
    rows = [
        known(1, "grand rounds:  SEPSIS"),
        known(2, "Grand rounds sepsis", "Example Univ."),
        known(3, "Grand rounds: sepsis", day=3),
        known(4, "Something else"),
        known(5, "Something else"),
        known(6, "Morning report 3"),
        known(7, "Morning report 4"),
    ]
    assert find_twins(rows, have) == [
        Twin("r1", True),
        Twin("r1", False),
        None,
        None,
        Twin(4, True),
        None,
        None,
    ]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join).filter(lambda text: not text.startswith("'"))
TOPICS = sorted(load_vocabulary().topics)


@st.composite
def records(draw: st.DrawFn) -> CreditRecord:
    quarters = draw(st.integers(1, 200))
    types = draw(
        st.lists(st.sampled_from(["AMA_PRA_1", "ANCC", "AAPA_CAT1", "AOA_1A"]), min_size=1, unique=True)
    )
    topics = draw(st.dictionaries(st.sampled_from(TOPICS), st.integers(1, quarters), max_size=2))
    return CreditRecord(
        id=draw(st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9_-]{0,12}\Z")),
        completed=draw(st.dates(date(1990, 1, 1), AS_OF)),
        credits=tuple((code, quarters * TICKS // 4) for code in sorted(types)),
        title=draw(NAMES),
        provider=draw(NAMES),
        format=draw(st.sampled_from(sorted(FORMATS))),
        topics=tuple((topic, share * TICKS // 4) for topic, share in sorted(topics.items())),
        tags=frozenset(draw(st.sets(st.sampled_from(sorted(load_vocabulary().tags)), max_size=2))),
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(records(), min_size=1, max_size=6, unique_by=lambda r: (r.title.casefold(), r.completed)),
    st.booleans(),
)
def test_what_is_written_in_oslers_layout_is_read_back_the_same(
    found: list[CreditRecord], as_workbook: bool
) -> None:
    lines = [templates.Written(record) for record in found]
    content = templates.written_workbook(lines) if as_workbook else templates.written_csv(lines)
    proposal, rows = read(content)
    assert proposal.is_certain
    assert [row.reasons for row in rows] == [()] * len(found)
    read_back = [
        CreditRecord(
            r.key,
            r.completed,
            tuple(sorted(r.amounts)),
            r.title,
            r.provider,
            r.format,
            r.topics,
            frozenset(r.tags),
        )
        for r in rows
        if r.completed
    ]
    assert read_back == found


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.text(max_size=15), min_size=1, max_size=6), min_size=1, max_size=8))
def test_no_table_of_text_breaks_the_reader(cells: list[list[str]]) -> None:
    body = "\n".join(",".join(cell.replace('"', "") for cell in row) for row in cells)
    try:
        table = read_table(f"Title,Date,Hours,Type\n{body}".encode("utf-8", "replace"))
    except FileRefused:
        return
    for row in read_rows(table, propose(table, AS_OF).mapping, as_of=AS_OF):
        assert row.reasons or (row.title and row.completed and row.amounts)
