"""A transcript as a document to be set: the same records, totals and words as on the page, for paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from osler.adapters.typesetting import Bars, Block, Cell, Document, Head, Heading, Table, Words
from osler.apps.credit.queries import record_value
from osler.apps.credit.queries.totals import Totals
from osler.core.rules.record import CreditRecord
from osler.web.credit.words import format_name, topic_name, type_name
from osler.web.design.amounts import day_text, number_text
from osler.web.design.status import status_of
from osler.web.requirements.findings import exact

if TYPE_CHECKING:
    from osler.apps.people.models import Person
    from osler.web.credit.shared_view import SharedView
    from osler.web.requirements.explanation import Explanation


def same_hours() -> str:
    """Why the types of one record are never added together."""
    return _(
        "Several types of credit on one record are the same hours in different currencies. "
        "Each type is added up on its own; there is no sum over types."
    )


def name_of(person: Person) -> str:
    """Name and degree, or the address where no name is stated."""
    return ", ".join(filter(None, (person.full_name or person.email, person.degree)))


def paper_of(person: Person) -> str:
    """Letter where the person lives in the Americas, A4 elsewhere."""
    return "us-letter" if person.time_zone.startswith(("America/", "US/")) else "a4"


def transcript_document(
    person: Person,
    records: Sequence[CreditRecord],
    totals: Totals,
    *,
    today: date,
    made_at: datetime,
    shown: str,
    is_by_day: bool = True,
) -> Document:
    """The transcript. ``shown`` says which records these are; ``is_by_day`` gives every year its heading."""
    name = name_of(person)
    count = ngettext("%(n)s record", "%(n)s records", len(records)) % {"n": number_text(len(records))}
    facts = [(_("NPI"), person.npi, "")] if person.npi else []
    facts += [(_("Records"), count, ""), (_("Shown"), shown, ""), (_("As of"), day_text(today), "")]
    return Document(
        title=_("Transcript of continuing education"),
        language=(get_language() or "en").split("-")[0],
        made_at=made_at,
        author=person.full_name,
        kicker=day_text(today),
        subtitle=name,
        facts=tuple(facts),
        running=_("%(name)s · Transcript of continuing education · %(day)s")
        % {"name": person.full_name or person.email, "day": day_text(today)},
        foot=_("Kept by its holder with Osler. A record is as its holder stated or imported it."),
        page_words=_("Page {page} of {pages}"),
        paper=paper_of(person),  # type: ignore[arg-type]
        blocks=(*totals_blocks(totals), *record_blocks(records, is_by_day=is_by_day)),
    )


def totals_blocks(totals: Totals) -> list[Block]:
    """The totals by type, the leading type year by year as bars, and every type of every year."""
    if not totals.by_type:
        return []
    blocks: list[Block] = [
        Heading(_("Totals")),
        Table(
            (Head(_("Type of credit"), 4), Head(_("Records"), 1, True), Head(_("Credit"), 1, True)),
            tuple(
                (Cell(type_name(one.credit_type)), Cell(number_text(one.records)),
                 Cell(number_text(exact(one.ticks)), is_strong=True))
                for one in totals.by_type
            ),
        ),
        Words(same_hours(), "quiet"),
    ]  # fmt: skip
    leading = totals.by_type[0].credit_type
    years = totals.of_type(leading)
    if len(years) > 1:
        most = max(ticks for _year, ticks in years)
        bars = tuple(
            (str(year), ticks * 1000 // most, number_text(exact(ticks))) for year, ticks in reversed(years)
        )
        said = ", ".join(f"{year}: {amount}" for year, _mille, amount in bars)
        blocks += [
            Heading(_("%(type)s, year by year") % {"type": type_name(leading)}, 3),
            Bars(bars, _("By year of completion: %(years)s.") % {"years": said}),
        ]  # fmt: skip
    if len(totals.by_year) > 1 and len(totals.by_type) > 1:
        rows = [
            (Cell(str(year.year) if first else ""), Cell(type_name(one.credit_type)),
             Cell(number_text(one.records)), Cell(number_text(exact(one.ticks))))
            for year in totals.by_year
            for first, one in zip((True, *(False for _ in year.totals)), year.totals, strict=False)
        ]  # fmt: skip
        heads = (Head(_("Year"), 1), Head(_("Type of credit"), 4), Head(_("Records"), 1, True),
                 Head(_("Credit"), 1, True))  # fmt: skip
        blocks += [Heading(_("Every type, year by year"), 3), Table(heads, tuple(rows))]
    return blocks


def record_heads(*, with_titles: bool = True) -> tuple[Head, ...]:
    """The heads of a list of records."""
    activity = Head(_("Activity"), 5) if with_titles else Head(_("Provider"), 5)
    return Head(_("Completed"), 0), activity, Head(_("Format"), 0), Head(_("Credit"), 4, True)


def record_cells(record: CreditRecord, *, with_titles: bool = True) -> tuple[Cell, ...]:
    """One record as a row. Without titles only who gave it is said, not what it was about."""
    credit = [f"{number_text(exact(ticks))} {type_name(code)}" for code, ticks in record.credits]
    topics = ", ".join(topic_name(topic) for topic, _ticks in record.topics)
    if with_titles:
        below = tuple(filter(None, (record.provider, topics)))
        activity = Cell(" ".join(record.title.split()) or record.id, below, is_strong=True)
    else:
        activity = Cell(record.provider or _("Provider not stated"), is_strong=True)
    return (
        Cell(day_text(record.completed)),
        activity,
        Cell(format_name(record.format)),
        Cell(credit[0] if credit else "", tuple(credit[1:])),
    )


def record_blocks(
    records: Iterable[CreditRecord], *, is_by_day: bool = True, with_titles: bool = True
) -> list[Block]:
    """The records, under a heading for each year where they are in order of their days."""
    heads = record_heads(with_titles=with_titles)
    if not is_by_day:
        rows = tuple(record_cells(one, with_titles=with_titles) for one in records)
        return [Heading(_("Records")), Table(heads, rows)] if rows else []
    blocks: list[Block] = []
    for year, of_year in groupby(records, key=lambda one: one.completed.year):
        rows = tuple(record_cells(one, with_titles=with_titles) for one in of_year)
        blocks += [Heading(str(year)), Table(heads, rows)]
    return blocks


def shared_document(view: SharedView, *, made_at: datetime) -> Document:
    """What a link shows, as a document: the same scope, the same words, nothing more."""
    records = [record_value(row) for row in view.rows]
    facts = [
        (_("Credential"), " · ".join(filter(None, (view.credential_name, view.authority))), ""),
        (_("Number"), view.number or _("not stated"), ""),
        (_("Period"), view.period, ""),
        (_("Records"), _records_words(view, len(records)), ""),
        (_("As of"), day_text(view.as_of), ""),
    ]
    blocks: list[Block] = [*requirement_blocks(view.requirements), *totals_blocks(view.totals.totals)]
    if not records:
        blocks.append(Words(_("No record lies in this scope."), "lead"))
    return Document(
        title=_("Continuing education, %(period)s") % {"period": view.period},
        language=(get_language() or "en").split("-")[0],
        made_at=made_at,
        author=view.person.full_name,
        kicker=view.credential_name,
        subtitle=view.name,
        facts=tuple(facts),
        running=f"{view.name} · {view.period}",
        foot=_("Shared by its holder from Osler. A record is as its holder stated or imported it."),
        page_words=_("Page {page} of {pages}"),
        paper=paper_of(view.person),  # type: ignore[arg-type]
        blocks=(*blocks, *record_blocks(records, with_titles=view.has_titles)),
    )


def _records_words(view: SharedView, count: int) -> str:
    if view.is_counted_only:
        said = ngettext("%(n)s that counts here", "%(n)s that count here", count)
    else:
        said = ngettext("%(n)s in the period", "%(n)s in the period", count)
    return said % {"n": number_text(count)}


def requirement_blocks(requirements: Sequence[Explanation]) -> list[Block]:
    """How each requirement stands, in one table."""
    if not requirements:
        return []
    heads = (Head(_("Requirement"), 5), Head(_("Counted"), 2, True), Head(_("Asked"), 2, True),
             Head(_("Status"), 2))  # fmt: skip
    rows = tuple(
        (
            Cell(one.answer.title, (one.detail,), is_strong=True),
            Cell(number_text(one.row.counted) if one.row.counted is not None else ""),
            Cell(number_text(one.row.required) if one.row.required is not None else ""),
            Cell(status_words(one), status=one.mark.replace("_", "-")),
        )
        for one in requirements
    )
    return [Heading(_("Requirements")), Table(heads, rows)]


def status_words(one: Explanation) -> str:
    """The word of a requirement's status, as pages say it."""
    return str(one.row.word or status_of(one.row.status).word)
