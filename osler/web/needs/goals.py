"""One goal: set, shown, changed, moved, evidenced, removed and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from osler.apps.credit.queries import TranscriptFilters, transcript_rows
from osler.apps.needs import actions
from osler.apps.needs.queries import goal_by_key, moves_of, topic_by_slug, topic_name
from osler.core.credit.refusal import Refusal
from osler.web.credit.words import amounts_of, amounts_words
from osler.web.design.amounts import time_left
from osler.web.design.toasts import say
from osler.web.needs.goal_form import GoalForm
from osler.web.needs.words import goal_mark
from osler.web.people.reader import actor_of, now, person_of, today_of

if TYPE_CHECKING:
    from osler.apps.credit.models import Record
    from osler.apps.needs.models import Goal

MOST_OFFERED = 30
MOVES = {
    "planned": gettext_lazy("Back to planned"),
    "in-progress": gettext_lazy("Begin"),
    "reached": gettext_lazy("Reached"),
    "dropped": gettext_lazy("Drop it"),
}
MOVED = {
    "planned": gettext_lazy("The goal is planned."),
    "in-progress": gettext_lazy("The goal is in progress."),
    "reached": gettext_lazy("Reached. It stands under Apply now."),
    "dropped": gettext_lazy("The goal is dropped; nothing asks for it any more."),
}


def goal_or_404(request: HttpRequest, key: str) -> Goal:
    """The person's own goal with this key; somebody else's does not exist for them."""
    goal = goal_by_key(person_of(request), key)
    if goal is None:
        raise Http404
    return goal


@login_required
@require_GET
def page(request: HttpRequest, key: str) -> HttpResponse:
    """One goal with its evidence."""
    goal, person = goal_or_404(request, key), person_of(request)
    today = today_of(person)
    linked = [link.record for link in goal.evidence.all()]
    own = topic_by_slug(person, goal.topic) if goal.topic else None
    context = {
        "goal": goal,
        "mark": goal_mark(goal, today),
        "left": time_left(today, goal.due_on) if goal.is_open else "",
        "topic": topic_name(goal.topic, own.name if own else "") if goal.topic else "",
        "has_topic": own is not None,
        "moves": [(state, _reopen(goal.state, state)) for state in moves_of(goal)],
        "evidence": linked,
        "offered": _offered(goal, linked),
    }
    return render(request, "needs/goal.html", context)


def _reopen(state: str, to: str) -> object:
    """What the button is called: to begin again is something else than to begin."""
    if to == "in-progress" and state != "planned":
        return _("Take it up again")
    return MOVES[to]


def _offered(goal: Goal, linked: list[Record]) -> list[tuple[str, str]]:
    """The latest records that are not evidence yet, those on the goal's topic first."""
    rows = transcript_rows(goal.person).exclude(pk__in=[one.pk for one in linked])
    on_topic = (
        list(transcript_rows(goal.person, filters=TranscriptFilters(topic=goal.topic))[:MOST_OFFERED])
        if goal.topic
        else []
    )
    there = {one.pk for one in linked}
    both = {one.pk: one for one in (*on_topic, *rows[:MOST_OFFERED]) if one.pk not in there}
    return [
        (one.key, f"{one.completed_on:%Y-%m-%d} · {one.title} · {amounts_words(amounts_of(one))}")
        for one in both.values()
    ]


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Sets a goal; the address may fill in topic, title and day."""
    person = person_of(request)
    first = {name: request.GET.get(name, "") for name in ("title", "topic", "due_on", "why")}
    first["due_on"] = first["due_on"] or request.GET.get("due", "")
    form = GoalForm(request.POST if request.method == "POST" else None, person=person, initial=first)
    if request.method == "POST" and form.is_valid():
        made = actions.set_goal(person=person, draft=form.draft, by=actor_of(request), at=now())
        if not isinstance(made, Refusal):
            say(
                request,
                _("The goal stands on your plan."),
                undo_url=reverse("needs:goal-remove", args=[made.key]),
            )
            return redirect("needs:goal", made.key)
        form.add_error(None, made.sentence)
    return render(request, "needs/goal_form.html", {"form": form, "goal": None})


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Changes a goal; how far it is stays."""
    goal = goal_or_404(request, key)
    form = GoalForm(request.POST if request.method == "POST" else None, person=goal.person, goal=goal)
    if request.method == "POST" and form.is_valid():
        done = actions.change_goal(goal=goal, draft=form.draft, by=actor_of(request), at=now())
        if not isinstance(done, Refusal):
            say(request, _("Saved."))
            return redirect("needs:goal", key)
        form.add_error(None, done.sentence)
    return render(request, "needs/goal_form.html", {"form": form, "goal": goal})


@login_required
@require_POST
def move(request: HttpRequest, key: str, to: str) -> HttpResponse:
    """Moves a goal along its life; the toast moves it back."""
    goal = goal_or_404(request, key)
    today = today_of(goal.person)
    done = actions.move_goal(goal=goal, to=to, by=actor_of(request), at=now(), today=today)
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
    else:
        say(request, MOVED[to], undo_url=reverse("needs:goal-move", args=[key, goal.state]))
    return redirect("needs:goal", key)


@login_required
@require_POST
def link(request: HttpRequest, key: str) -> HttpResponse:
    """A record becomes evidence of the goal."""
    goal, record = goal_or_404(request, key), request.POST.get("record", "")
    done = actions.link_evidence(goal=goal, record=record, by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
    else:
        back = reverse("needs:goal-unlink", args=[key, record])
        say(request, _("The record stands beside the goal."), undo_url=back)
    return redirect("needs:goal", key)


@login_required
@require_POST
def unlink(request: HttpRequest, key: str, record: str) -> HttpResponse:
    """The record is no evidence any more."""
    goal = goal_or_404(request, key)
    done = actions.unlink_evidence(goal=goal, record=record, by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
    else:
        say(request, _("The record no longer stands beside the goal; it stays in your transcript."))
    return redirect("needs:goal", key)


@login_required
@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Takes a goal away; the toast brings it back."""
    done = actions.remove_goal(goal=goal_or_404(request, key), by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
        return redirect("needs:goal", key)
    say(request, _("The goal was removed."), undo_url=reverse("needs:goal-restore", args=[key]))
    return redirect("needs:plan")


@login_required
@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Brings a removed goal back."""
    done = actions.restore_goal(goal=goal_or_404(request, key), by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
        return redirect("needs:plan")
    say(request, _("The goal is back on your plan."))
    return redirect("needs:goal", key)
