"""The self-assessment: the chart, the ranked list, one topic with its history."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from osler.apps.needs import actions
from osler.apps.needs.queries import (
    TopicStanding,
    goals_of,
    practice_of,
    records_since,
    self_assessment,
    topic_by_slug,
    topic_standing,
)
from osler.core.credit.refusal import Refusal
from osler.web.credit.words import amounts_of, amounts_words
from osler.web.design.table_export import export_response
from osler.web.design.tables import Column, DataTable, Empty, Filter, data_table
from osler.web.design.toasts import say
from osler.web.needs.need_chart import NeedChart
from osler.web.needs.own import own_eyes_only
from osler.web.needs.rating import RatingRow
from osler.web.needs.words import PLACES, assessment_finding, change, done_since, due_words, goal_mark, reason
from osler.web.people.reader import actor_of, now, person_of, today_of, way_back

if TYPE_CHECKING:
    from osler.apps.needs.models import Topic

Numbered = tuple[int, TopicStanding]


@own_eyes_only
@require_GET
def assessment(request: HttpRequest) -> HttpResponse:
    """What matters in the practice, and how sure the person is of it."""
    person = person_of(request)
    standings = self_assessment(person)
    table = _table(request, list(enumerate(standings, 1)))
    if table.export:
        return export_response(table)
    today = today_of(person)
    context = {
        "finding": assessment_finding(standings),
        "table": table,
        "chart": NeedChart(standings) if any(one.now for one in standings) else None,
        "due": due_words(sum(one.is_due(today) for one in standings)),
        "has_practice": practice_of(person) is not None,
    }
    return render(request, "needs/assessment.html", context)


def _table(request: HttpRequest, rows: list[Numbered]) -> DataTable[Numbered]:
    return data_table(
        request,
        name="topics",
        caption=_("Your topics, the greatest need first"),
        rows=rows,
        columns=[
            Column("rank", _("No."), lambda row: row[0], is_numeric=True),
            Column("topic", _("Topic"), lambda row: row[1].name, html=_name, is_header=True),
            Column("place", _("Priority"), _place),
            Column("relevance", _("Relevance"), _rating("relevance"), is_numeric=True),
            Column("confidence", _("Confidence"), _rating("confidence"), is_numeric=True),
            Column("rated", _("Rated"), lambda row: row[1].now.on if row[1].now else None),
            Column("since", _("Done since"), lambda row: done_since(row[1]), is_sortable=False),
        ],
        filters=[
            Filter(
                "place",
                _("Priority"),
                list(PLACES.items()),
                lambda rows, v: [r for r in rows if r[1].place == v],
            )
        ],
        search=lambda rows, q: [row for row in rows if q.casefold() in row[1].name.casefold()],
        search_label=_("Search your topics"),
        page_size=50,
        noun=lambda count: ngettext("topic", "topics", count),
        empty=Empty(
            _("No topic is rated yet"),
            _("Two quick ratings per topic show what is worth learning next. Only you see them."),
            _("Rate your first topics"),
            reverse("needs:rate"),
            "target",
        ),
    )


def _rating(name: str) -> Callable[[Numbered], int | None]:
    return lambda row: getattr(row[1].now.ratings, name) if row[1].now else None


def _in_place(rows: list[Numbered], place: str) -> list[Numbered]:
    return [row for row in rows if row[1].place == place]


def _place(row: Numbered) -> str:
    return str(PLACES[row[1].place]) if row[1].place else _("Not rated yet")


def _name(row: Numbered) -> SafeString:
    one = row[1]
    url = reverse("needs:topic", args=[one.topic.slug])
    why = f"{reason(one.now.ratings)} {change(one)}" if one.now else ""
    return format_html('<a href="{}">{}</a><small>{}</small>', url, one.name, why)


def topic_or_404(request: HttpRequest, slug: str) -> Topic:
    """A topic on the person's own list, also one taken off it."""
    topic = topic_by_slug(person_of(request), slug)
    if topic is None:
        raise Http404
    return topic


@own_eyes_only
@require_GET
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic: how it was rated over time, what was done since, and the goals on it."""
    person, row = person_of(request), topic_or_404(request, slug)
    one, today = topic_standing(person, row), today_of(person)
    goals = [(goal, goal_mark(goal, today)) for goal in goals_of(person).filter(topic=slug)]
    context = {
        "one": one,
        "rating": RatingRow(slug, one.name, one.now.ratings if one.now else None),
        "reason": reason(one.now.ratings) if one.now else "",
        "change": change(one),
        "place": PLACES[one.place] if one.place else "",
        "is_due": one.now is not None and one.is_due(today),
        "history": one.history[::-1],
        "since": [(record, amounts_words(amounts_of(record))) for record in records_since(person, one)],
        "goals": goals,
    }
    return render(request, "needs/topic.html", context)


@own_eyes_only
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Puts a topic on the list by its name."""
    name = request.POST.get("name", "")
    added = actions.add_topic(person=person_of(request), name=name, by=actor_of(request), at=now())
    if isinstance(added, Refusal):
        say(request, added.sentence, level=messages.ERROR)
        return redirect("needs:rate")
    say(
        request,
        _("“%(name)s” is on your list. Rate it now.") % {"name": " ".join(name.split())},
        undo_url=reverse("needs:topic-remove", args=[added.slug]),
    )
    return redirect("needs:topic", added.slug)


@own_eyes_only
@require_POST
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Takes a topic off the list; the toast puts it back."""
    done = actions.remove_topic(topic=topic_or_404(request, slug), by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
    else:
        back = reverse("needs:topic-restore", args=[slug])
        say(request, _("The topic is off your list; its ratings are kept."), undo_url=back)
    return redirect("needs:assessment")


@own_eyes_only
@require_POST
def restore(request: HttpRequest, slug: str) -> HttpResponse:
    """Puts a topic back on the list."""
    done = actions.restore_topic(topic=topic_or_404(request, slug), by=actor_of(request), at=now())
    refused = isinstance(done, Refusal)
    say(
        request,
        done.sentence if isinstance(done, Refusal) else gettext_lazy("The topic is back on your list."),
        level=messages.ERROR if refused else messages.SUCCESS,
    )
    return redirect(way_back(request, reverse("needs:topic", args=[slug])))
