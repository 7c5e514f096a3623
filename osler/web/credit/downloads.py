"""The transcript as files. Every one honours the search and the filters that are on, and says so inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osler.adapters.activity_report import Member, activity_report
from osler.adapters.transcripts.templates import Written, written_csv, written_workbook
from osler.adapters.typesetting import typesetter
from osler.apps.credit.queries import record_value
from osler.apps.credit.queries.totals import totals_of
from osler.apps.requirements.queries import portfolio_of
from osler.core.rules.record import Portfolio
from osler.requirement_sets.portfolio_writer import write_portfolio
from osler.web.credit.papers import name_of, transcript_document
from osler.web.design.amounts import day_text, number_text
from osler.web.design.table_export import CSV, XLSX
from osler.web.people.reader import now, person_of, today_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from osler.apps.credit.models import Record
    from osler.web.design.tables import DataTable

EXPORTS = ("pdf", "csv", "xlsx", "json", "xml")
MOST_ON_PAPER = 3000
XML, JSON, PDF = "application/xml", "application/json", "application/pdf"


class TooMany(Exception):
    """More records than a file of this kind holds; ``str(error)`` says what to do."""


def shown_words(table: DataTable[Record]) -> str:
    """Which records these are: all of them, or what was searched and filtered for."""
    parts = [f"{state.filter.label}: {state.chosen_label}" for state in table.filter_states if state.chosen]
    if table.q:
        parts.append(_("Search: “%(q)s”") % {"q": table.q})
    return "; ".join(parts) or _("All records")


def about_words(request: HttpRequest, table: DataTable[Record]) -> str:
    """One line for the head of a file that does not hold the whole transcript; nothing for one that does."""
    if not table.is_narrowed:
        return ""
    person, count = person_of(request), table.count
    words = {
        "n": number_text(count),
        "who": name_of(person),
        "day": day_text(today_of(person)),
        "shown": shown_words(table),
    }
    said = ngettext(
        "Part of the transcript of %(who)s on %(day)s: %(n)s record. %(shown)s",
        "Part of the transcript of %(who)s on %(day)s: %(n)s records. %(shown)s",
        count,
    )
    return said % words


def export(request: HttpRequest, table: DataTable[Record]) -> HttpResponse:
    """The file that ``?export=`` asks for, of every record that was found. Raises ``TooMany``."""
    makers: dict[str, Callable[[HttpRequest, DataTable[Record]], tuple[bytes, str]]] = {
        "pdf": _pdf,
        "csv": _csv,
        "xlsx": _xlsx,
        "json": _json,
        "xml": _xml,
    }
    content, kind = makers[table.export](request, table)
    part = "-part" if table.is_narrowed else ""
    day = today_of(person_of(request)).isoformat()
    return file_response(content, kind, f"transcript{part}-{day}.{table.export}")


def file_response(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to be kept, not shown."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(table: DataTable[Record]) -> list[Written]:
    return [Written(record_value(row), row.note) for row in table.found]


def _csv(request: HttpRequest, table: DataTable[Record]) -> tuple[bytes, str]:
    return written_csv(_lines(table), about=about_words(request, table)), CSV


def _xlsx(request: HttpRequest, table: DataTable[Record]) -> tuple[bytes, str]:
    return written_workbook(_lines(table), about=about_words(request, table)), XLSX


def _json(request: HttpRequest, table: DataTable[Record]) -> tuple[bytes, str]:
    whole = portfolio_of(person_of(request))
    records = tuple(record_value(row) for row in table.found) if table.is_narrowed else whole.credits
    found = Portfolio(whole.clinician, whole.credentials, records)
    return write_portfolio(found, "json", note=about_words(request, table)).encode(), JSON


def _xml(request: HttpRequest, table: DataTable[Record]) -> tuple[bytes, str]:
    person = person_of(request)
    records = [record_value(row) for row in table.found]
    if not records:
        raise TooMany(
            _("An activity report holds at least one record, and none was found. Take a filter away.")
        )
    days = sorted(record.completed for record in records)
    member = Member(
        person.given_name,
        person.family_name,
        person.degree,
        (("idd:cms.hhs.gov:npi", person.npi),) if person.npi else (),
    )
    reporter = _("%(who)s, by the holder’s own record in Osler") % {"who": person.full_name or person.email}
    content = activity_report(member, records, reporter=reporter, made_at=now(), period=(days[0], days[-1]))
    if about := about_words(request, table):
        # After the declaration; two hyphens would end the comment.
        head, rest = content.split(b"\n", 1)
        safe = "".join(letter for letter in about if letter.isprintable()).replace("--", "– –")
        content = head + f"\n<!-- {safe} -->\n".encode() + rest
    return content, XML


def _pdf(request: HttpRequest, table: DataTable[Record]) -> tuple[bytes, str]:
    if table.count > MOST_ON_PAPER:
        words = {"found": number_text(table.count), "most": number_text(MOST_ON_PAPER)}
        raise TooMany(
            _(
                "A PDF holds at most %(most)s records, and these are %(found)s. Choose a year or another "
                "filter, or take CSV or XLSX, which hold them all."
            )
            % words
        )
    person = person_of(request)
    document = transcript_document(
        person,
        [record_value(row) for row in table.found],
        totals_of(table.found),
        today=today_of(person),
        made_at=now(),
        shown=shown_words(table),
        is_by_day=table.sort.endswith("completed"),
    )
    return typesetter().pdf(document), PDF
