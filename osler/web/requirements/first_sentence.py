"""The two sentences that answer "am I fine?" before anything else is read."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osler.web.design.amounts import day_text, number_word
from osler.web.requirements.findings import Finding, amount_long

YEAR = timedelta(days=365)


def headline(findings: Sequence[Finding], today: date) -> str:
    """One sentence over all credentials, the worst news in it."""
    count = len(findings)
    if count == 1:
        return _headline_of_one(findings[0], today)
    overdue = [one for one in findings if one.status == "overdue"]
    waiting = [one for one in findings if one.needs_you]
    chosen = overdue or waiting
    words = {"some": _capital(len(chosen)), "all": number_word(count)}
    if overdue:
        return (
            ngettext(
                "%(some)s of your %(all)s credentials is overdue.",
                "%(some)s of your %(all)s credentials are overdue.",
                len(chosen),
            )
            % words
        )
    if waiting and all(one.due is not None and one.due < today + YEAR for one in waiting):
        return (
            ngettext(
                "%(some)s of your %(all)s credentials needs you this year.",
                "%(some)s of your %(all)s credentials need you this year.",
                len(chosen),
            )
            % words
        )
    if waiting:
        return (
            ngettext(
                "%(some)s of your %(all)s credentials needs you.",
                "%(some)s of your %(all)s credentials need you.",
                len(chosen),
            )
            % words
        )
    if any(one.status == "unknown" for one in findings):
        return _("Nothing is short, but something is open.")
    if all(one.status == "met" for one in findings):
        return _("All %(all)s credentials are met.") % words
    return _("All %(all)s credentials are on course.") % words


def _headline_of_one(one: Finding, today: date) -> str:
    words = {"name": one.short_name}
    if one.status == "overdue":
        return _("%(name)s is overdue.") % words
    if one.status == "short":
        return _("%(name)s needs you.") % words
    if one.status == "unknown":
        return _("%(name)s waits for an answer.") % words
    return (_("%(name)s is met.") if one.status == "met" else _("%(name)s is on course.")) % words


def second_line(findings: Sequence[Finding], today: date) -> str:
    """The nearest gap, and what would close several at once; where nothing is missing, what comes next."""
    waiting = sorted((one for one in findings if one.needs_you), key=lambda one: one.sort_key)
    if not waiting:
        return _nothing_missing(findings)
    first = waiting[0]
    words = {
        "name": first.short_name,
        "amount": amount_long(first.open_parts[0]),
        "day": day_text(first.due) if first.due else "",
    }
    line = (
        _("%(name)s still needs %(amount)s by %(day)s.")
        if first.due
        else _("%(name)s still needs %(amount)s.")
    )
    if first.status == "overdue":
        line = _("%(name)s has been overdue since %(day)s: %(amount)s missing.")
    return " ".join(filter(None, (line % words, _shared_gap(waiting))))


def _shared_gap(waiting: Sequence[Finding]) -> str:
    """A topic that is missing in two credentials, so that one course would help both."""
    by_topic: dict[str, list[Finding]] = defaultdict(list)
    for one in waiting:
        for part in one.open_parts:
            if part.ticks and part.answer.unit == "hour":
                by_topic[part.answer.id].append(one)
    for topic, found in by_topic.items():
        if len(found) > 1 and topic not in ("total", "category-1"):
            titles = [p.answer.title for p in found[0].open_parts if p.answer.id == topic]
            return _("One course on %(topic)s would close a gap in %(first)s and %(second)s at once.") % {
                "topic": titles[0][:1].lower() + titles[0][1:],
                "first": found[0].short_name,
                "second": found[1].short_name,
            }
    return ""


def _nothing_missing(findings: Sequence[Finding]) -> str:
    unknown = [one for one in findings if one.status == "unknown"]
    if unknown:
        return _("%(name)s cannot be settled before you answer a question.") % {"name": unknown[0].short_name}
    ends = sorted((one.last_day, one.short_name) for one in findings if one.last_day is not None)
    if not ends:
        return ""
    return _("The next cycle to end is %(name)s, on %(day)s.") % {
        "name": ends[0][1],
        "day": day_text(ends[0][0]),
    }


def _capital(count: int) -> str:
    word = str(number_word(count))
    return word[:1].upper() + word[1:]
