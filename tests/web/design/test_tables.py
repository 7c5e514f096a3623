"""Lists: what the address asks for is what is shown and exported, and a strange address breaks nothing."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from python_calamine import CalamineWorkbook

from osler.web.design.table_export import export_response
from osler.web.design.tables import Column, DataTable, Empty, Filter, data_table


class Record(NamedTuple):
    title: str
    on: date | None
    credit: Decimal
    kind: str


RECORDS = [
    Record("Grand rounds", date(2025, 3, 2), Decimal("6.25"), "live"),
    Record("<b>Pain</b> & opioids", date(2024, 8, 28), Decimal("6"), "enduring"),
    Record("=HYPERLINK(1)", None, Decimal("0.5"), "journal"),
]


def table(query: str = "", rows: Any = None, **more: Any) -> DataTable[Any]:
    parts: dict[str, Any] = {
        "name": "records",
        "caption": "Credit records",
        "rows": RECORDS if rows is None else rows,
        "columns": [
            Column("title", "Activity", lambda r: r.title, is_header=True),
            Column("on", "Completed", lambda r: r.on),
            Column("credit", "Credit", lambda r: r.credit, is_numeric=True),
            Column("kind", "Format", lambda r: r.kind, is_sortable=False),
        ],
        "filters": [
            Filter(
                "format",
                "Format",
                [("live", "Live"), ("journal", "Journal")],
                lambda rows, kind: [r for r in rows if r.kind == kind],
            )
        ],
        "search": lambda rows, q: [r for r in rows if q.casefold() in r.title.casefold()],
        "default_sort": "-on",
        "empty": Empty("No credit is recorded yet", "Add one.", "Add a credit", "/add"),
    }
    return data_table(RequestFactory().get(f"/record?{query}"), **(parts | more))


def titles(found: DataTable[Any]) -> list[str]:
    return [row.title for row in found.page]


def render(found: DataTable[Any]) -> str:
    request = RequestFactory().get("/record")
    return Template("{% load osler_design %}{% data_table table %}").render(
        Context({"table": found, "request": request})
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Grand rounds", "<b>Pain</b> & opioids", "=HYPERLINK(1)"]),
        ("sort=on", ["<b>Pain</b> & opioids", "Grand rounds", "=HYPERLINK(1)"]),
        ("sort=credit", ["=HYPERLINK(1)", "<b>Pain</b> & opioids", "Grand rounds"]),
        ("q=PAIN", ["<b>Pain</b> & opioids"]),
        ("format=live", ["Grand rounds"]),
        ("q=pain&format=live", []),
        ("format=nonsense", ["Grand rounds", "<b>Pain</b> & opioids", "=HYPERLINK(1)"]),
        ("sort=kind", ["Grand rounds", "<b>Pain</b> & opioids", "=HYPERLINK(1)"]),
        ("sort=;drop&page=-7", ["Grand rounds", "<b>Pain</b> & opioids", "=HYPERLINK(1)"]),
    ],
)
def test_the_address_decides(query: str, expected: list[str]) -> None:
    assert titles(table(query)) == expected


def test_a_page_beyond_the_last_is_the_last() -> None:
    assert titles(table("page=99", page_size=2)) == ["=HYPERLINK(1)"]


def test_sorting_twice_turns_round_and_keeps_the_rest() -> None:
    heads = {head.column.key: head for head in table("q=r&sort=credit&page=3").heads}
    assert heads["credit"].direction == "ascending"
    assert heads["credit"].url == "/record?q=r&sort=-credit"
    assert heads["kind"].url == ""


def test_cells_are_escaped() -> None:
    html = render(table())
    assert "&lt;b&gt;Pain&lt;/b&gt; &amp; opioids" in html
    assert "<b>Pain" not in html


def test_what_was_typed_comes_back_escaped() -> None:
    html = render(table('q="><script>'))
    assert "<script>" not in html
    assert "Nothing matches" in html


def test_the_head_says_how_the_list_is_sorted() -> None:
    html = render(table("sort=credit"))
    assert 'class="numeric" aria-sort="ascending"' in html
    assert html.count("aria-sort=") == 1


def test_every_cell_knows_its_column_where_rows_are_cards() -> None:
    html = render(table())
    assert html.count('class="cell-label" aria-hidden="true">Completed<') == 3


def test_an_empty_list_says_what_would_fill_it() -> None:
    html = render(table(rows=[]))
    assert "No credit is recorded yet" in html
    assert 'href="/add"' in html
    assert "<table" not in html


def test_a_narrowed_list_can_be_widened_again() -> None:
    html = render(table("q=rounds&format=live&sort=credit"))
    assert 'href="/record?sort=credit"' in html


def test_csv_holds_what_was_found_and_runs_no_formula() -> None:
    response = export_response(table("export=csv&sort=credit"))
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert lines[0] == ["Activity", "Completed", "Credit", "Format"]
    assert lines[1] == ["'=HYPERLINK(1)", "", "0.5", "journal"]
    assert lines[2] == ["<b>Pain</b> & opioids", "2024-08-28", "6", "enduring"]
    assert response["Content-Disposition"] == 'attachment; filename="records.csv"'


def test_xlsx_keeps_days_numbers_and_text_apart() -> None:
    response = export_response(table("export=xlsx&format=live"))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0)
    assert sheet.to_python() == [
        ["Activity", "Completed", "Credit", "Format"],
        ["Grand rounds", date(2025, 3, 2), 6.25, "live"],
    ]


def test_an_unknown_export_is_the_page() -> None:
    assert table("export=exe").export == ""


@pytest.mark.django_db
def test_a_queryset_is_asked_once_for_the_count_and_once_for_the_page(
    django_assert_num_queries: Any,
) -> None:
    from django.contrib.contenttypes.models import ContentType

    found = table(
        "sort=-name&page=2",
        rows=ContentType.objects.all(),
        columns=[
            Column("name", "Name", lambda row: row.model, order="model"),
            Column("app", "App", lambda row: row.app_label),
        ],
        filters=(),
        search=None,
        default_sort="name",
        page_size=2,
    )
    with django_assert_num_queries(2):
        html = render(found)
    names = list(ContentType.objects.order_by("-model", "pk").values_list("model", flat=True))
    assert [row.model for row in found.page] == names[2:4]
    assert 'aria-sort="descending"' in html
    assert not found.can_sort(found.columns[1])
