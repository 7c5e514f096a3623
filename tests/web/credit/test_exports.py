"""The transcript as files: each honours the filter that is on, says so, and reads back without a loss."""

import io
import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from osler.apps.credit import actions
from osler.apps.credit.models import Import, Record
from osler.apps.people.models import HeldCredential, Person
from osler.core.credit.amount import TICKS
from osler.requirement_sets.loader import load_sets
from osler.requirement_sets.portfolio_file import read_portfolio
from tests.factories import NOW, PersonFactory, a_record

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


@pytest.fixture
def browser(ruth: Person, signed_in: SignIn) -> Client:
    a_record(ruth, "Chronic pain", 6.25, topics=(("pain-management", 2 * TICKS),), note="=cmd()",
             amounts=(("AMA_PRA_1", int(6.25 * TICKS)), ("ANCC", 6 * TICKS)))  # fmt: skip
    a_record(ruth, "=SUM(A1) Asthma — Žilina", 2, completed_on=date(2024, 5, 1), format="enduring",
             provider="Další univerzita")  # fmt: skip
    return signed_in(ruth)


def test_the_pdf_is_tagged_titled_and_reads_in_order(browser: Client) -> None:
    answer = browser.get("/record", {"export": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(answer.content)
    assert document.is_tagged()
    assert document.get_metadata_value("Title") == "Transcript of continuing education"
    assert b"pdfuaid:part" in answer.content
    assert re.search(rb"pdfaid:part>2<.*pdfaid:conformance>A<", answer.content, re.S)
    assert b"/Lang" in answer.content
    said = text_of(answer.content)
    order = ["Transcript of continuing education", "Ruth Mehta", "Totals", "the same hours", "Chronic pain",
             "Asthma — Žilina", "Další univerzita"]  # fmt: skip
    assert [said.index(part) for part in order] == sorted(said.index(part) for part in order)


@pytest.mark.parametrize("form", ["pdf", "csv", "xlsx", "json", "xml"])
def test_a_file_holds_what_the_filter_leaves_and_says_so(browser: Client, form: str) -> None:
    answer = browser.get("/record", {"export": form, "year": "2024", "q": "asthma"})
    assert f"transcript-part-2026-01-31.{form}" in answer["Content-Disposition"]
    content = answer.content
    if form == "pdf":
        said = text_of(content)
    elif form == "xlsx":
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        said = str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    else:
        said = content.decode()
    assert "Asthma" in said
    assert "Chronic pain" not in said
    assert "Year: 2024" in said
    assert "Search: “asthma”" in said


def test_a_whole_file_says_nothing_of_filters(browser: Client) -> None:
    answer = browser.get("/record", {"export": "csv"})
    assert answer.content.decode("utf-8-sig").startswith("Id,Title,")
    assert "note" not in json.loads(browser.get("/record", {"export": "json"}).content)


def test_no_text_of_a_file_runs_as_a_formula(browser: Client) -> None:
    csv = browser.get("/record", {"export": "csv"}).content.decode()
    assert "'=SUM(A1) Asthma" in csv
    assert "'=cmd()" in csv
    book = CalamineWorkbook.from_filelike(io.BytesIO(browser.get("/record", {"export": "xlsx"}).content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[1][1] == "Chronic pain"
    assert rows[1][3] == date(2026, 1, 1)
    assert rows[1][5] == 6.25
    assert rows[2][1] == "=SUM(A1) Asthma — Žilina"


def test_the_portfolio_of_a_filter_reads_back(browser: Client, california: HeldCredential) -> None:
    content = browser.get("/record", {"export": "json", "year": "2024"}).content
    found = read_portfolio(content.decode(), load_sets()).portfolio
    assert [one.title for one in found.credits] == ["=SUM(A1) Asthma — Žilina"]
    assert found.credentials[0].requirement_set == "us-ca-md"


def test_an_activity_report_of_nothing_is_refused_with_the_reason(browser: Client, words: Words) -> None:
    page = browser.get("/record", {"export": "xml", "q": "no such thing"}, follow=True)
    assert "holds at least one record" in words(page)


def test_more_than_paper_holds_is_refused_with_the_way_out(
    browser: Client, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("osler.web.credit.downloads.MOST_ON_PAPER", 1)
    page = browser.get("/record", {"export": "pdf"}, follow=True)
    assert "A PDF holds at most 1 records, and these are 2. Choose a year" in words(page)


def test_the_list_is_narrowed_by_provider_source_certificate_and_what_counts(
    browser: Client, ruth: Person, california: HeldCredential, words: Words
) -> None:
    one = Record.objects.get(title="Chronic pain")
    a_record(ruth, "Ärztetag", 3, amounts=(("DE_FORTBILDUNGSPUNKT", 3 * TICKS),))
    one.documents.create(person=ruth, sha256="a" * 64, bytes_count=1, media_type="application/pdf",
                         filename="a.pdf", state="attached", added_at=NOW)  # fmt: skip
    found = {
        "provider=Další univerzita": 1,
        "source=manual": 3,
        "certificate=yes": 1,
        "certificate=no": 2,
        f"counts={california.key}": 1,
        "year=2026&type=ANCC": 1,
    }
    for query, count in found.items():
        said = words(browser.get(f"/record?{query}"))
        assert f"{count} record" in said, query
    said = words(browser.get("/record?year=2024"))
    assert "What the records found add up to:" in said


@pytest.mark.parametrize("query", ["", "?q=pain&year=2026&certificate=no"])
def test_the_page_takes_as_many_queries_filtered_or_not(
    browser: Client, california: HeldCredential, django_assert_max_num_queries: Any, query: str
) -> None:
    with django_assert_max_num_queries(13):
        browser.get(f"/record{query}")


LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs", "Co", "Cn"))
TITLES = st.text(LETTERS, min_size=1, max_size=30).map(lambda text: f"{text} x")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(
        st.tuples(
            TITLES,
            st.dates(date(2000, 1, 1), date(2025, 12, 31)),
            st.integers(1, 400),
            st.sampled_from(["live", "enduring", "other"]),
        ),
        min_size=1,
        max_size=4,
        unique_by=lambda line: line[0],
    ),
    form=st.sampled_from(["csv", "xlsx"]),
)
def test_what_was_exported_comes_back_as_nothing_but_duplicates(
    db: None, on_a_fixed_day: None, signed_in: SignIn, lines: list[Any], form: str
) -> None:
    person = PersonFactory()
    for title, day, quarters, kind in lines:
        a_record(person, title, quarters / 4, completed_on=day, format=kind, provider="=1+1")
    for query in ({}, {"format": lines[0][3]}):
        file = signed_in(person).get("/record", {"export": form, **query}).content
        made = actions.start_import(person=person, content=file, filename=f"a.{form}", by=person, at=NOW)
        assert isinstance(made, Import), made
        states = set(made.rows.values_list("state", flat=True))
        assert states == {"duplicate"}, list(made.rows.values_list("state", "cells", "reasons"))


def test_a_report_says_what_its_vocabulary_knows_and_carries_the_rest_as_text(browser: Client) -> None:
    root = ElementTree.fromstring(browser.get("/record", {"export": "xml"}).content)
    spaces = {"r": "http://ns.medbiq.org/activityreport/v2/", "hx": "http://ns.medbiq.org/lom/extend/v1/"}
    names = [one.text for one in root.iterfind(".//r:ActivityName", spaces)]
    assert names == ["Chronic pain", "=SUM(A1) Asthma — Žilina"]
    nursing = root.findall(".//r:CreditReceived", spaces)[1]
    said = {part.tag.rpartition("}")[2]: part.text for part in nursing}
    assert said["creditType"] == "CNE"
    assert said["creditUnit"] == "Contact Hour"
    assert said["numberOfCredits"] == "6"
