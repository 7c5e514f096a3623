"""The transcript as a list: searched, filtered, sorted, added up and taken away as a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from osler.adapters.transcripts.templates import (
    Written,
    template_csv,
    template_workbook,
    written_csv,
    written_workbook,
)
from osler.apps.credit.queries import (
    TranscriptFilters,
    imports_of,
    totals_by_type,
    totals_by_year,
    transcript_rows,
)
from osler.apps.requirements.queries import portfolio_file
from osler.core.rules.record import CreditRecord
from osler.web.credit.words import amounts_of, amounts_words, format_name, topic_name, topics_of, type_name
from osler.web.design.table_export import CSV, XLSX
from osler.web.design.tables import Column, DataTable, Empty, Filter, data_table
from osler.web.people.reader import person_of, today_of
from osler.web.requirements.findings import exact

if TYPE_CHECKING:
    from osler.apps.credit.models import Record
    from osler.apps.people.models import Person

Keep = Callable[[Any, str], Any]
MOST_TOTALS = 4


@login_required
@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """The person's transcript."""
    person = person_of(request)
    totals = totals_by_type(person)
    years = totals_by_year(person)
    table = _table(request, person, [one.credit_type for one in totals], [one.year for one in years])
    if table.export:
        return _export(table, today_of(person).isoformat())
    context = {
        "table": table,
        "totals": [(type_name(one.credit_type), exact(one.ticks), one.records) for one in totals],
        "most_totals": MOST_TOTALS,
        "years": [
            (one.year, [(type_name(t.credit_type), exact(t.ticks), t.records) for t in one.totals])
            for one in years
        ],
        "has_imports": imports_of(person).exists(),
        "has_records": bool(totals),
    }
    return render(request, "credit/record.html", context)


def _table(request: HttpRequest, person: Person, types: list[str], years: list[int]) -> DataTable[Record]:
    rows = transcript_rows(person, sort="-amount")
    topics = _topics(person)
    return data_table(
        request,
        name="records",
        caption=_("Your records"),
        rows=rows,
        columns=[
            Column("title", _("Activity"), lambda r: r.title, html=_title, order="title", is_header=True),
            Column("completed", _("Completed"), lambda r: r.completed_on, order="completed_on"),
            Column("format", _("Format"), lambda r: format_name(r.format), order="format"),
            Column("topics", _("Topics"), _topics_words),
            Column("amount", _("Credit"), _credit_words, html=_credit, order="most_ticks", is_numeric=True),
        ],
        filters=[
            Filter("year", _("Year"), [(str(y), str(y)) for y in years], _by("completed_on__year")),
            Filter("type", _("Type"), [(c, type_name(c)) for c in types], _of_type(person)),
            Filter("format", _("Format"), _formats(person), _by("format")),
            Filter("topic", _("Topic"), [(t, topic_name(t)) for t in topics], _on_topic(person)),
        ],
        search=lambda rows, q: rows.filter(pk__in=_ids(person, search=q)),
        search_label=_("Search title, provider or note"),
        default_sort="-completed",
        noun=lambda count: ngettext("record", "records", count),
        empty=Empty(
            _("No credit is recorded yet"),
            _("Upload a transcript, or add one activity by hand. It counts at once for every credential."),
            _("Upload a transcript"),
            reverse("credit:upload"),
            "book-open-check",
        ),
    )


def _ids(person: Person, **asked: Any) -> Any:
    return transcript_rows(person, **asked).order_by().values("pk")


def _by(name: str) -> Keep:
    return lambda rows, value: rows.filter(**{name: value})


def _of_type(person: Person) -> Keep:
    return lambda rows, code: rows.filter(pk__in=_ids(person, filters=TranscriptFilters(credit_type=code)))


def _on_topic(person: Person) -> Keep:
    return lambda rows, topic: rows.filter(pk__in=_ids(person, filters=TranscriptFilters(topic=topic)))


def _topics(person: Person) -> list[str]:
    rows = transcript_rows(person).order_by().exclude(topics=None).values_list("topics__topic", flat=True)
    return sorted(set(rows), key=topic_name)


def _formats(person: Person) -> list[tuple[str, str]]:
    rows = transcript_rows(person).order_by().values_list("format", flat=True).distinct()
    return sorted(((code, format_name(code)) for code in rows), key=lambda pair: pair[1])


def _title(row: Record) -> SafeString:
    url = reverse("credit:record-page", args=[row.key])
    return format_html('<a href="{}">{}</a><small>{}</small>', url, row.title, row.provider)


def _credit_words(row: Record) -> str:
    return amounts_words(amounts_of(row))


def _credit(row: Record) -> SafeString:
    pairs = amounts_of(row)
    lines = [format_html("{} <small>{}</small>", exact(ticks), type_name(code)) for code, ticks in pairs]
    inner = format_html_join("", '<span class="amount-line">{}</span>', ((line,) for line in lines))
    # One element, so that on a phone all of them stand beside the one label.
    return format_html("<span>{}</span>", inner)


def _topics_words(row: Record) -> str:
    return ", ".join(topic_name(topic) for topic, _ticks in topics_of(row))


def _export(table: DataTable[Record], day: str) -> HttpResponse:
    """What was found in Osler's own layout, so that the file can be uploaded again."""
    lines = [_written(row) for row in table.found]
    content, kind = (written_workbook(lines), XLSX) if table.export == "xlsx" else (written_csv(lines), CSV)
    return _file(content, kind, f"transcript-{day}.{table.export}")


def _written(row: Record) -> Written:
    value = CreditRecord(
        id=row.key,
        completed=row.completed_on,
        credits=amounts_of(row),
        title=row.title,
        provider=row.provider,
        format=row.format,
        topics=topics_of(row),
        tags=frozenset(row.tag_list),
    )
    return Written(value, row.note)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_GET
def portfolio(request: HttpRequest) -> HttpResponse:
    """The portfolio file, which ``osler assess`` answers as these pages do."""
    person = person_of(request)
    name = f"portfolio-{today_of(person).isoformat()}.json"
    return _file(portfolio_file(person, "json").encode(), "application/json", name)


@login_required
@require_GET
def template(request: HttpRequest, form: str) -> HttpResponse:
    """The empty transcript with one example line, as CSV or as a workbook."""
    if form == "xlsx":
        return _file(template_workbook(), XLSX, "osler-transcript.xlsx")
    return _file(template_csv(), CSV, "osler-transcript.csv")
