"""Apply: commitments whose day has come, what was written, goals reached; all of it to take away."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from osler.apps.needs.queries import goals_reached
from osler.apps.outcomes.queries import (
    commitments_of,
    commitments_to_look_at,
    records_without_reflection,
    reflections_of,
)
from osler.web.design.amounts import day_text, number_word
from osler.web.design.table_export import export_response
from osler.web.design.tables import Column, DataTable, Empty, Filter, data_table
from osler.web.needs.own import own_eyes_only
from osler.web.outcomes.words import RESULTS, commitment_words
from osler.web.people.reader import person_of, today_of

if TYPE_CHECKING:
    from osler.apps.outcomes.models import Reflection
    from osler.apps.people.models import Person

MOST_REACHED = 10
MOST_COMING = 5


@own_eyes_only
@require_GET
def apply(request: HttpRequest) -> HttpResponse:
    """What learning changed, and what to look at again."""
    person = person_of(request)
    table = _table(request, person)
    if table.export:
        return export_response(table)
    today = today_of(person)
    due = list(commitments_to_look_at(person, today))
    context = {
        "finding": finding(len(due), table.rows.exists()),
        "due": due,
        "coming": commitments_of(person).filter(state="open", look_on__gt=today)[:MOST_COMING],
        "reached": goals_reached(person)[:MOST_REACHED],
        "unwritten": records_without_reflection(person),
        "table": table,
    }
    return render(request, "outcomes/apply.html", context)


def finding(due: int, has_written: bool) -> str:
    """The title: what waits for an answer."""
    if due:
        words = {"n": number_word(due)}
        return capfirst(
            ngettext("One commitment waits for your answer", "%(n)s commitments wait for your answer", due)
            % words
        )
    if has_written:
        return _("Nothing waits for your answer today")
    return _("What has your learning changed?")


def _table(request: HttpRequest, person: Person) -> DataTable[Reflection]:
    return data_table(
        request,
        name="reflections",
        caption=_("What you wrote"),
        rows=reflections_of(person),
        columns=[
            Column("activity", _("Activity"), _activity, html=_link, order="record__title", is_header=True),
            Column("learned", _("What you learned"), lambda one: one.learned, html=_learned),
            Column("change", _("What you will change"), _change),
            Column("look", _("Look again"), _look, order="commitment__look_on"),
            Column("held", _("Did it hold?"), _held),
            Column("written", _("Written"), lambda one: one.written_at.date(), order="written_at"),
        ],
        filters=[
            Filter(
                "held",
                _("Did it hold?"),
                list(RESULTS.items()),
                _in_state,
            )
        ],
        search=_search,
        search_label=_("Search what you wrote"),
        default_sort="-written",
        noun=lambda count: ngettext("reflection", "reflections", count),
        empty=Empty(
            _("Nothing is written yet"),
            _("Open a record and write what you learned and what you will change. Only you read it."),
            _("Choose a record"),
            reverse("credit:record"),
            "sprout",
        ),
    )


def _in_state(rows: QuerySet[Reflection], state: str) -> QuerySet[Reflection]:
    return rows.filter(commitment__state=state)


def _search(rows: QuerySet[Reflection], q: str) -> QuerySet[Reflection]:
    for word in q.split()[:10]:
        rows = rows.filter(
            Q(learned__icontains=word)
            | Q(record__title__icontains=word)
            | Q(commitment__text__icontains=word)
        )
    return rows


def _activity(one: Reflection) -> str:
    return one.record.title


def _link(one: Reflection) -> SafeString:
    url = reverse("outcomes:reflect", args=[one.record.key])
    day = day_text(one.record.completed_on)
    return format_html('<a href="{}">{}</a><small>{}</small>', url, one.record.title, day)


def _learned(one: Reflection) -> SafeString:
    return format_html('<span class="clamp">{}</span>', one.learned)


def _change(one: Reflection) -> str:
    return one.commitment.text if hasattr(one, "commitment") else ""


def _look(one: Reflection) -> date | None:
    return one.commitment.look_on if hasattr(one, "commitment") else None


def _held(one: Reflection) -> str:
    return commitment_words(one.commitment) if hasattr(one, "commitment") else ""


@own_eyes_only
@require_GET
def everything(request: HttpRequest) -> HttpResponse:
    """All reflections with their commitments and every look at them, as JSON."""
    person = person_of(request)
    content = json.dumps(
        {"format": "osler-reflections/1", "reflections": [_as_data(one) for one in reflections_of(person)]},
        indent=2,
        ensure_ascii=False,
    )
    response = HttpResponse(content, content_type="application/json")
    name = f"reflections-{today_of(person).isoformat()}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _as_data(one: Reflection) -> dict[str, object]:
    commitment = getattr(one, "commitment", None)
    return {
        "record": one.record.key,
        "activity": one.record.title,
        "completed": one.record.completed_on.isoformat(),
        "written": one.written_at.date().isoformat(),
        "learned": one.learned,
        "commitment": None
        if commitment is None
        else {
            "change": commitment.text,
            "made": commitment.made_on.isoformat(),
            "look_again": commitment.look_on.isoformat(),
            "state": commitment.state,
            "looks": [
                {"on": look.looked_on.isoformat(), "result": look.result, "note": look.note}
                for look in commitment.follow_ups.all()
            ],
        },
    }
