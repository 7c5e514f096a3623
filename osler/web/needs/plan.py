"""The learning plan: what the person set out to do beside what is asked of them, in one list by day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from osler.apps.needs.queries import goals_of, topic_name, topics_kept
from osler.apps.requirements.queries import assessment_of
from osler.web.catalogue.closing import Gap, gaps_of
from osler.web.design.amounts import day_text, number_word, time_left
from osler.web.design.status import Status, status_of
from osler.web.design.table_export import export_response
from osler.web.design.tables import Column, DataTable, Empty, Filter, data_table
from osler.web.needs.words import goal_mark
from osler.web.people.reader import person_of, today_of

if TYPE_CHECKING:
    from osler.apps.needs.models import Goal

KINDS = {"goal": gettext_lazy("Your goal"), "requirement": gettext_lazy("Asked of you")}
STATES = {
    "open": gettext_lazy("Open"),
    "reached": gettext_lazy("Reached"),
    "dropped": gettext_lazy("Dropped"),
}


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One goal or one gap. ``belongs_to`` is the goal's topic or the credential that asks."""

    kind: str
    title: str
    belongs_to: str
    due: date | None
    state: str
    sign: Status
    url: str

    @property
    def is_open(self) -> bool:
        return self.state == "open"


@login_required
@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """Goals and gaps, what falls due first at the head, what is done at the foot."""
    person = person_of(request)
    today = today_of(person)
    own = {one.slug: one.name for one in topics_kept(person)}
    goals = [_of_goal(goal, own, today) for goal in goals_of(person)]
    found = assessment_of(person, today)
    lines = ordered([*goals, *(_of_gap(gap) for gap in gaps_of(found))])
    table = _table(request, lines, today)
    if table.export:
        return export_response(table)
    has_credentials = bool(found.standings)
    context = {
        "table": table,
        "finding": plan_finding(lines, today, has_credentials=has_credentials),
        "has_credentials": has_credentials,
        "today": today,
    }
    return render(request, "needs/plan.html", context)


def ordered(lines: Iterable[PlanLine]) -> list[PlanLine]:
    """Open ones first, each part by day, without a day last; on one day what is asked comes first."""
    return sorted(
        lines,
        key=lambda one: (not one.is_open, one.due or date.max, one.kind == "goal", one.title.casefold()),
    )


def plan_finding(lines: Iterable[PlanLine], today: date, *, has_credentials: bool = True) -> str:
    """The title of the plan: how much is open and what comes first."""
    left = [one for one in lines if one.is_open]
    if not left and not has_credentials:
        # Nothing is known of what is asked: to say "nothing" would be a promise.
        return _("Nothing is planned yet")
    if not left:
        return _("Nothing is planned and nothing is asked of you")
    words = {"n": number_word(len(left))}
    told = capfirst(ngettext("One thing is on your plan", "%(n)s things are on your plan", len(left)) % words)
    ahead = [one for one in left if one.due is not None and one.due >= today]
    if not ahead or ahead[0].due is None:
        return told
    return _("%(told)s, the next by %(day)s") % {"told": told, "day": day_text(ahead[0].due)}


def _of_goal(goal: Goal, own: dict[str, str], today: date) -> PlanLine:
    return PlanLine(
        kind="goal",
        title=goal.title,
        belongs_to=topic_name(goal.topic, own.get(goal.topic, "")) if goal.topic else "",
        due=goal.due_on,
        state="open" if goal.is_open else str(goal.state),
        sign=goal_mark(goal, today),
        url=reverse("needs:goal", args=[goal.key]),
    )


def _of_gap(gap: Gap) -> PlanLine:
    return PlanLine(
        kind="requirement",
        title=capfirst(gap.title),
        belongs_to=gap.finding.name,
        due=gap.due,
        state="open",
        sign=status_of(gap.status),
        url=gap.url,
    )


def _table(request: HttpRequest, lines: list[PlanLine], today: date) -> DataTable[PlanLine]:
    belongs = sorted({one.belongs_to for one in lines if one.belongs_to})
    return data_table(
        request,
        name="plan",
        caption=_("Your plan, what falls due first at the head"),
        rows=lines,
        columns=[
            Column("what", _("What"), lambda one: one.title, html=_title, is_header=True),
            Column("kind", _("Kind"), lambda one: str(KINDS[one.kind])),
            Column("for", _("For"), lambda one: one.belongs_to),
            Column("due", _("By"), lambda one: one.due, html=lambda one: _due(one, today)),
            Column("state", _("State"), lambda one: str(one.sign.word), html=_mark),
        ],
        filters=[
            Filter("kind", _("Kind"), list(KINDS.items()), lambda rows, v: [r for r in rows if r.kind == v]),
            Filter(
                "state", _("State"), list(STATES.items()), lambda rows, v: [r for r in rows if r.state == v]
            ),
            Filter(
                "for",
                _("For"),
                [(one, one) for one in belongs],
                lambda rows, v: [r for r in rows if r.belongs_to == v],
            ),
        ],
        search=lambda rows, q: [
            one for one in rows if q.casefold() in f"{one.title} {one.belongs_to}".casefold()
        ],
        search_label=_("Search your plan"),
        page_size=100,
        noun=lambda count: ngettext("line", "lines", count),
        empty=Empty(
            _("Your plan is empty"),
            _("Goals you set stand here beside what your credentials ask for."),
            _("Set a goal"),
            reverse("needs:goal-new"),
            "target",
        ),
    )


def _title(one: PlanLine) -> SafeString:
    return format_html('<a href="{}">{}</a>', one.url, one.title)


def _due(one: PlanLine, today: date) -> SafeString:
    if one.due is None:
        return format_html("{}", _("no date"))
    day = format_html('<time datetime="{}">{}</time>', one.due.isoformat(), day_text(one.due))
    if not one.is_open:
        return day
    return format_html("<span>{}<small>{}</small></span>", day, time_left(today, one.due))


def _mark(one: PlanLine) -> SafeString:
    return render_to_string("components/status_mark.html", {"sign": one.sign, "word": one.sign.word})
