"""Your data: what Osler keeps, all of it in one archive, what you allowed, and leaving."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from osler.apps.audit.queries import deeds_of
from osler.apps.credit.queries import kept_files, transcript_file, transcript_rows
from osler.apps.people import actions
from osler.apps.people.queries import OwnTable, own_counts, own_tables
from osler.apps.requirements.queries import kept_texts, portfolio_file
from osler.core.credit.refusal import Refusal
from osler.web.design.table_export import export_response
from osler.web.design.tables import Column, DataTable, Empty, Filter, data_table
from osler.web.design.toasts import say
from osler.web.people.archive import Part, zipped
from osler.web.people.notice import KEPT
from osler.web.people.reader import actor_of, now, person_of

if TYPE_CHECKING:
    from osler.apps.people.models import Consent, Person

READ_ME = """\
Everything Osler keeps about {name}, taken out on {day}.

portfolio.json     licences, facts and records, as `osler assess` reads them
records.csv, .xlsx the record, as a spreadsheet; uploading it to Osler adds nothing twice
certificates/      the certificates as they were given to Osler, byte for byte
uploads/           the transcripts that were uploaded
calendars/         the calendars Osler reads for you, as they were last read
cycles/            the answers kept when a cycle ended, byte for byte
                   (each of the four folders is there if it holds anything)
log.json           every deed of this account and for it; of what it did for others, without the contents
tables/            every table that holds something of this person, one file each; "about" says what it is.
                   Passwords, and what stands for one, are left out.
manifest.json      size and SHA-256 of every file

JSON files are UTF-8. Days are written 2026-06-30, moments in UTC. Amounts called `ticks` are exact:
90,000 ticks are one hour.
"""


@login_required
@require_GET
def own_data(request: HttpRequest) -> HttpResponse:
    """What there is, where it can be taken out, what was allowed, and how to leave."""
    person = person_of(request)
    table = _consents(request, person)
    if table.export:
        return export_response(table)
    counts = own_counts(person)
    context = {
        "table": table,
        "kept": KEPT,
        "rows_count": sum(counts.values()),
        "tables_count": len(counts),
        "days_to_think": actions.DAYS_TO_THINK,
    }
    return render(request, "people/own_data.html", context)


@login_required
@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    """All of it as one archive, made while it is sent."""
    person, at = person_of(request), now()
    answer = StreamingHttpResponse(zipped(_parts(person, at.date().isoformat()), at=at))
    answer.headers["Content-Type"] = "application/zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="osler-{at.date().isoformat()}.zip"'
    return answer


class LeaveForm(forms.Form):
    """The address once more, so that nobody leaves by a slip."""

    address = forms.EmailField(label=gettext_lazy("Type your address to confirm"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person
        self.fields["address"].help_text = person.email
        self.fields["address"].widget.attrs["autocomplete"] = "off"

    def clean_address(self) -> str:
        """Only the address of this account will do."""
        typed = str(self.cleaned_data["address"]).strip().lower()
        if typed != self._person.email:
            raise forms.ValidationError(_("This is not the address of this account. Nothing was changed."))
        return typed


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Says what goes and what stays; with the address typed once more, the account ends in a week."""
    person = person_of(request)
    form = LeaveForm(request.POST if request.method == "POST" else None, person=person)
    if form.is_valid():
        asked = actions.ask_to_leave(person=person, by=actor_of(request), at=now())
        if isinstance(asked, Refusal):
            say(request, asked.sentence, level=messages.ERROR)
        elif asked.leaves_at is not None:
            day = date_format(asked.leaves_at, "j F Y")
            say(
                request,
                _("Your account ends on %(day)s. Until then everything stays as it is.") % {"day": day},
            )
        return redirect("people:own-data")
    context = {"kept": KEPT, "days_to_think": actions.DAYS_TO_THINK, "form": form}
    return render(request, "people/leave.html", context)


@login_required
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Thinking better of it."""
    kept = actions.stay(person=person_of(request), by=actor_of(request), at=now())
    if isinstance(kept, Refusal):
        say(request, kept.sentence, level=messages.ERROR)
    else:
        say(request, _("Your account stays. Nothing was deleted."))
    return redirect("people:own-data")


def _consents(request: HttpRequest, person: Person) -> DataTable[Consent]:
    purposes = sorted({(one.purpose, str(one.get_purpose_display())) for one in person.consents.all()})
    return data_table(
        request,
        name="consents",
        caption=_("What you allowed, and took back"),
        rows=person.consents.all(),
        columns=[
            Column("at", _("When"), lambda one: one.at, order="at"),
            Column("what", _("What"), lambda one: one.get_purpose_display(), order="purpose", is_header=True),
            Column("detail", _("To whom, how far"), lambda one: one.detail, is_sortable=False),
            Column(
                "given",
                _("Decision"),
                lambda one: _("allowed") if one.is_given else _("taken back"),
                order="is_given",
            ),
        ],
        filters=[Filter("purpose", _("What"), purposes, lambda rows, value: rows.filter(purpose=value))],
        search=lambda rows, words: rows.filter(detail__icontains=words),
        default_sort="-at",
        noun=lambda count: ngettext("decision", "decisions", count),
        empty=Empty(
            _("You have allowed nothing yet"),
            _("Whatever gives somebody or something a way into your record is written down here."),
            icon="shield-check",
        ),
    )


def _parts(person: Person, day: str) -> Iterator[Part]:
    yield "README.txt", [READ_ME.format(name=person, day=day).encode()]
    yield "portfolio.json", [portfolio_file(person, "json").encode()]
    for form in ("csv", "xlsx"):
        yield f"records.{form}", [transcript_file(transcript_rows(person), form)]
    yield from kept_files(person)
    for name, text in kept_texts(person):
        yield f"cycles/{name}", [text]
    yield "log.json", _json("Every deed of this account and for it.", _deeds(person))
    for table in own_tables(person):
        yield f"tables/{table.name}.json", _table(table)


def _deeds(person: Person) -> Iterator[dict[str, Any]]:
    """What was done as somebody's assistant is one's own deed; what was in the papers is theirs."""
    for deed in deeds_of(person.pk).order_by("at", "id").values().iterator():
        is_others = deed["on_behalf_of_id"] not in (None, person.pk)
        yield dict(deed) | ({"before": None, "after": None} if is_others else {})


def _table(table: OwnTable) -> Iterator[bytes]:
    return _json(table.about, table.rows)


def _json(about: str, rows: Iterable[object]) -> Iterator[bytes]:
    """``{"about": …, "rows": […]}``, one row a line, so that a long table is never held as a whole."""
    yield f'{{"about": {json.dumps(about, ensure_ascii=False)},\n"rows": ['.encode()
    for number, row in enumerate(rows):
        text = json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False)
        yield f"{',' if number else ''}\n{text}".encode()
    yield b"\n]}\n"
