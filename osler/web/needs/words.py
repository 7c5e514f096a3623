"""Ratings, places and goals in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from osler.apps.needs.queries import TopicStanding
from osler.core.credit.amount import amount_text
from osler.core.needs.ranking import Place, Ratings
from osler.web.design.amounts import day_text, number_text, number_word
from osler.web.design.status import Status

if TYPE_CHECKING:
    from osler.apps.needs.models import Goal

RELEVANCE: Mapping[int, str | Promise] = {
    1: gettext_lazy("hardly ever matters"),
    2: gettext_lazy("seldom matters"),
    3: gettext_lazy("matters now and then"),
    4: gettext_lazy("matters often"),
    5: gettext_lazy("matters every day"),
}
CONFIDENCE: Mapping[int, str | Promise] = {
    1: gettext_lazy("not sure at all"),
    2: gettext_lazy("unsure"),
    3: gettext_lazy("fairly sure"),
    4: gettext_lazy("sure"),
    5: gettext_lazy("sure enough to teach it"),
}
PLACES: Mapping[Place, str | Promise] = {
    Place.LEARN: gettext_lazy("Learn first"),
    Place.WATCH: gettext_lazy("Can wait"),
    Place.KEEP: gettext_lazy("Keep up"),
    Place.REST: gettext_lazy("Fine as it is"),
}


def reason(ratings: Ratings) -> str:
    """Why a topic stands where it stands: It matters often; you are unsure."""
    words = {"matters": RELEVANCE[ratings.relevance], "sure": CONFIDENCE[ratings.confidence]}
    return _("It %(matters)s; you are %(sure)s.") % words


def change(one: TopicStanding) -> str:
    """What changed since the rating before; empty where there is none."""
    if one.now is None or one.before is None:
        return ""
    step = one.now.ratings.confidence - one.before.ratings.confidence
    words = {"before": one.before.ratings.confidence, "day": day_text(one.before.on)}
    if step > 0:
        return _("Confidence is up from %(before)s on %(day)s.") % words
    if step < 0:
        return _("Confidence is down from %(before)s on %(day)s.") % words
    return _("Confidence is as it was on %(day)s.") % words


def done_since(one: TopicStanding) -> str:
    """What was completed on a topic since it was last rated; empty where nothing was."""
    if not one.since:
        return ""
    count = len(one.since)
    words = {"n": number_text(count), "hours": amount_text(one.ticks_since)}
    if one.ticks_since:
        return (
            ngettext(
                "%(n)s activity, %(hours)s h on it",
                "%(n)s activities, %(hours)s h on it",
                count,
            )
            % words
        )
    return ngettext("%(n)s activity", "%(n)s activities", count) % words


def assessment_finding(standings: tuple[TopicStanding, ...]) -> str:
    """The title of the self-assessment."""
    rated = sum(one.now is not None for one in standings)
    needs = sum(one.is_need for one in standings)
    if not rated:
        return _("What do you want to be surer of?")
    if not needs:
        return _("You are sure of everything that matters in your practice")
    return capfirst(
        ngettext(
            "One topic matters in your practice and you are not sure of it",
            "%(n)s topics matter in your practice and you are not sure of them",
            needs,
        )
        % {"n": number_word(needs)}
    )


def due_words(count: int) -> str:
    """How many topics are worth another look; empty where none is."""
    if not count:
        return ""
    told = ngettext("One topic is worth another look", "%(n)s topics are worth another look", count)
    return capfirst(told % {"n": number_word(count)})


def goal_mark(goal: Goal, today: date) -> Status:
    """Sign and word of a goal; a goal past its day is told calmly, not alarmed about."""
    if goal.state == "reached":
        return Status("reached", _("Reached"), "check", "met")
    if goal.state == "dropped":
        return Status("dropped", _("Dropped"), "circle-minus", "quiet")
    if goal.due_on < today:
        return Status("late", _("Past its day"), "clock", "short")
    if goal.state == "in-progress":
        return Status("in-progress", _("In progress"), "sprout", "met")
    return Status("planned", _("Planned"), "calendar", "unknown")
