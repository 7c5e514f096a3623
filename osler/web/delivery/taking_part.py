"""Take part, before anything is delivered here: the goals with their days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from osler.apps.credit.queries.calendars import calendars_with_counts
from osler.apps.needs.queries import open_goals
from osler.web.design.amounts import number_word, time_left
from osler.web.design.status import Status
from osler.web.needs.words import goal_mark
from osler.web.people.reader import person_of, today_of

if TYPE_CHECKING:
    from osler.apps.needs.models import Goal

MOST_GOALS = 25


@dataclass(frozen=True, slots=True)
class Ahead:
    """One goal as it is shown here."""

    goal: Goal
    mark: Status
    left: str


@login_required
@require_GET
def take_part(request: HttpRequest) -> HttpResponse:
    """What is planned, what comes first."""
    person = person_of(request)
    today = today_of(person)
    goals = list(open_goals(person))
    context = {
        "finding": finding(goals, today),
        "ahead": [
            Ahead(goal, goal_mark(goal, today), time_left(today, goal.due_on)) for goal in goals[:MOST_GOALS]
        ],
        "calendars": calendars_with_counts(person),
        "more": max(0, len(goals) - MOST_GOALS),
    }
    return render(request, "delivery/take_part.html", context)


def finding(goals: list[Goal], today: date) -> str:
    """The title: how much is ahead, and how much is past its day."""
    ahead = sum(goal.due_on >= today for goal in goals)
    past = len(goals) - ahead
    if not goals:
        return _("Nothing is planned yet")
    words = {"n": number_word(past)}
    late = ngettext("one goal is past its day", "%(n)s goals are past their day", past) % words
    if not ahead:
        return capfirst(late)
    words = {"n": number_word(ahead)}
    told = capfirst(ngettext("One thing is ahead of you", "%(n)s things are ahead of you", ahead) % words)
    return _("%(told)s, %(late)s") % {"told": told, "late": late} if past else told
