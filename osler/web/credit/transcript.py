"""The transcript as a list: searched, filtered, sorted, added up and taken away as a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from osler.adapters.transcripts.templates import template_csv, template_workbook
from osler.apps.credit.queries import TranscriptFilters, transcript_rows
from osler.apps.credit.queries.totals import (
    Facets,
    facets_of,
    topics_of_records,
    totals_of,
    with_certificate,
)
from osler.apps.people.queries import credentials_held
from osler.apps.requirements.queries import assessment_of, portfolio_file, requirement_set
from osler.apps.requirements.queries.dossier import counted_keys
from osler.web.credit.downloads import EXPORTS, TooMany, export, file_response
from osler.web.credit.totals_chart import TotalsShown
from osler.web.credit.words import amounts_of, amounts_words, format_name, topic_name, topics_of, type_name
from osler.web.design.table_export import CSV, XLSX
from osler.web.design.tables import Column, DataTable, Empty, Filter, data_table
from osler.web.design.toasts import say
from osler.web.people.reader import person_of, today_of
from osler.web.requirements.findings import exact

if TYPE_CHECKING:
    from osler.apps.credit.models import Record
    from osler.apps.people.models import Person

Keep = Callable[[Any, str], Any]


@login_required
@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """The person's transcript."""
    person = person_of(request)
    everything = totals_of(transcript_rows(person))
    facets = facets_of(person)
    table = _table(request, person, facets, [one.credit_type for one in everything.by_type])
    if table.export:
        try:
            return export(request, table)
        except TooMany as error:
            say(request, str(error), level=messages.ERROR)
            return redirect(table.url())
    totals = totals_of(table.found) if table.is_narrowed else everything
    context = {
        "table": table,
        "totals": TotalsShown(totals),
        "has_imports": facets.has_imports,
        "has_records": bool(everything.by_type),
    }
    return render(request, "credit/record.html", context)


def _table(request: HttpRequest, person: Person, facets: Facets, types: list[str]) -> DataTable[Record]:
    return data_table(
        request,
        name="records",
        caption=_("Your records"),
        rows=transcript_rows(person, sort="-amount"),
        columns=[
            Column("title", _("Activity"), lambda r: r.title, html=_title, order="title", is_header=True),
            Column("completed", _("Completed"), lambda r: r.completed_on, order="completed_on"),
            Column("format", _("Format"), lambda r: format_name(r.format), order="format"),
            Column("topics", _("Topics"), _topics_words),
            Column("amount", _("Credit"), _credit_words, html=_credit, order="most_ticks", is_numeric=True),
        ],
        filters=_filters(person, facets, types),
        search=lambda rows, q: rows.filter(pk__in=_ids(person, search=q)),
        search_label=_("Search title, provider or note"),
        default_sort="-completed",
        noun=lambda count: ngettext("record", "records", count),
        exports=EXPORTS,
        beside="records-totals",
        empty=Empty(
            _("No credit is recorded yet"),
            _("Upload a transcript, or add one activity by hand. It counts at once for every credential."),
            _("Upload a transcript"),
            reverse("credit:upload"),
            "book-open-check",
        ),
    )


def _filters(person: Person, facets: Facets, types: list[str]) -> list[Filter[Record]]:
    topics = sorted(topics_of_records(person), key=topic_name)
    formats = sorted(((code, format_name(code)) for code in facets.formats), key=lambda pair: pair[1])
    certificate = [("yes", _("With a certificate")), ("no", _("Without one"))]
    found: list[Filter[Record]] = [
        Filter("year", _("Year"), [(str(y), str(y)) for y in facets.years], _by("completed_on__year")),
        Filter("type", _("Type"), [(c, type_name(c)) for c in types], _of_type(person)),
        Filter("topic", _("Topic"), [(t, topic_name(t)) for t in topics], _on_topic(person)),
        Filter("provider", _("Provider"), [(one, one) for one in facets.providers], _by("provider")),
        Filter("format", _("Format"), formats, _by("format")),
        Filter("source", _("Source"), facets.sources, _by("source")),
        Filter("certificate", _("Certificate"), certificate, _with_certificate),
        Filter("counts", _("Counts toward"), _credentials(person), _counting(person)),
    ]
    # One with nothing to choose from would only take room.
    found = [one for one in found if one.options]
    period: list[Filter[Record]] = [
        Filter("from", _("Completed from"), [], _by("completed_on__gte"), is_day=True),
        Filter("until", _("Completed until"), [], _by("completed_on__lte"), is_day=True),
    ]
    return [*period, *found] if facets.years else found


def _ids(person: Person, **asked: Any) -> Any:
    return transcript_rows(person, **asked).order_by().values("pk")


def _by(name: str) -> Keep:
    return lambda rows, value: rows.filter(**{name: value})


def _of_type(person: Person) -> Keep:
    return lambda rows, code: rows.filter(pk__in=_ids(person, filters=TranscriptFilters(credit_type=code)))


def _on_topic(person: Person) -> Keep:
    return lambda rows, topic: rows.filter(pk__in=_ids(person, filters=TranscriptFilters(topic=topic)))


def _with_certificate(rows: Any, value: str) -> Any:
    return with_certificate(rows, value == "yes")


def _credentials(person: Person) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for held in credentials_held(person):
        rules = requirement_set(held.requirement_set)
        if rules is not None:
            found.append((held.key, held.name or rules.name))
    return found


def _counting(person: Person) -> Keep:
    def keep(rows: Any, key: str) -> Any:
        standing = assessment_of(person, today_of(person)).standing(key)
        return rows.filter(key__in=counted_keys(standing.answer)) if standing else rows.none()

    return keep


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


@login_required
@require_GET
def portfolio(request: HttpRequest) -> HttpResponse:
    """The portfolio file, which ``osler assess`` answers as these pages do."""
    person = person_of(request)
    name = f"portfolio-{today_of(person).isoformat()}.json"
    return file_response(portfolio_file(person, "json").encode(), "application/json", name)


@login_required
@require_GET
def template(request: HttpRequest, form: str) -> HttpResponse:
    """The empty transcript with one example line, as CSV or as a workbook."""
    if form == "xlsx":
        return file_response(template_workbook(), XLSX, "osler-transcript.xlsx")
    return file_response(template_csv(), CSV, "osler-transcript.csv")
