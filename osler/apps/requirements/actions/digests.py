"""The weekly digest: what changed, what is due, what is asked, what came in. Nothing to say, nothing sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osler.apps.credit.queries import transcript_rows
from osler.apps.messages.actions import (
    Block,
    Heading,
    Letter,
    Line,
    Lines,
    Paragraph,
    Step,
    address,
    in_words_of,
    queue_letter,
)
from osler.apps.messages.queries import wishes_of
from osler.apps.needs.queries import open_goals
from osler.apps.outcomes.queries import commitments_to_look_at
from osler.apps.people.queries import person_by_id
from osler.apps.requirements.actions.watching import DIGEST, keep_watch, seen_of
from osler.apps.requirements.models import WeeklyDigest
from osler.apps.requirements.queries.assessment import CredentialStanding, PersonAssessment, assessment_of
from osler.apps.requirements.queries.open_work import (
    OpenPart,
    day_words,
    days_left,
    open_parts,
    questions_of,
)
from osler.apps.requirements.queries.standings import WHOLE, amount_words
from osler.apps.requirements.queries.watches import read_figures
from osler.core.reminders import next_weekly
from osler.core.rules.difference import Difference, Figures, differences, figures_of

if TYPE_CHECKING:
    from osler.apps.messages.models import Message
    from osler.apps.people.models import Person

SOON = timedelta(days=30)
NEXT_WEEK = timedelta(days=7)
MOST_LINES = 6
MOST_TEXT = 120


@dataclass(slots=True)
class News:
    """What a week holds for one person; ``is_empty`` where a letter would say nothing."""

    changed: list[tuple[CredentialStanding, list[Line]]] = field(default_factory=list)
    due: list[tuple[CredentialStanding, list[OpenPart]]] = field(default_factory=list)
    asked: list[Line] = field(default_factory=list)
    is_asked_anew: bool = False
    records: list[Line] = field(default_factory=list)
    records_count: int = 0
    own: list[Line] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Questions that were asked a week ago, and nothing else, are no news."""
        return not (self.changed or self.due or self.is_asked_anew or self.records or self.own)


def write_digest(*, person_id: int, at: datetime, tells: bool = True) -> Message | None:
    """Writes the digest of a person whose week has passed; ``None`` where nothing is to be said or told.

    However many weeks were missed, one digest tells of all of them.
    """
    person = person_by_id(person_id)
    if person is None:
        return None
    with transaction.atomic():
        row = WeeklyDigest.objects.select_for_update().filter(person=person, next_at__lte=at).first()
        if row is None:
            return None
        wishes = wishes_of(person.pk)
        found = assessment_of(person, at.astimezone(ZoneInfo(person.time_zone)).date())
        message = None
        if wishes.wants(DIGEST):
            with in_words_of(person):
                news = news_of(person, found, row)
                letter = None if news.is_empty else digest_letter(found, news, row)
            if letter is not None:
                message = queue_letter(person=person, letter=letter, at=at, is_wanted=True, tells=tells)
        row.next_at = next_weekly(wishes.digest_weekday, wishes.hour, person.time_zone, after=at)
        row.since, row.seen = at, seen_of(found)
        row.save(update_fields=["next_at", "since", "seen"])
        keep_watch(person=person, found=found, at=at, wishes=wishes)
    return message


def news_of(person: Person, found: PersonAssessment, row: WeeklyDigest) -> News:
    """What is new since ``row.since``, and what comes up."""
    seen: Mapping[str, Any] = row.seen.get("credentials", {})
    news = News()
    for standing in found.standings:
        lines = _changes(seen.get(standing.held.key), standing)
        if lines:
            news.changed.append((standing, lines))
        parts = [one for one in open_parts(standing, found.as_of) if _is_soon(one, found.as_of)]
        if parts:
            news.due.append((standing, parts))
    _ask(news, found, row.seen.get("questions", ()))
    _list_records(news, person, row.since)
    _list_own(news, person, found.as_of)
    return news


def _is_soon(part: OpenPart, today: date) -> bool:
    return part.is_overdue or (part.due is not None and part.due <= today + SOON)


def _changes(before: list[dict[str, Any]] | None, standing: CredentialStanding) -> list[Line]:
    now = figures_of(standing.answer)
    if before is None:
        missing = [one for one in now if one.remaining]
        said = _amount(missing[0]) if missing else _("nothing missing")
        return [Line(_("New in your list"), said, "", "short" if missing else "met")]
    return [_change(one) for one in differences(read_figures(before), now)][:MOST_LINES]


def _change(one: Difference) -> Line:
    shown = one.requirement
    title = _("In total") if shown.id == WHOLE else shown.title
    if one.after is None or not one.after.asks:
        return Line(title, _("no longer asked"), "", "met")
    now = _state(one.after)
    tone = "met" if one.after.status == "met" else "overdue" if one.after.status == "overdue" else "short"
    return Line(title, f"{_state(one.before)} → {now}" if one.before and one.before.asks else now, "", tone)


def _state(figures: Figures) -> str:
    words = {"met": _("met"), "unknown": _("open question")}
    if figures.status in words:
        return words[figures.status]
    return _("overdue") if figures.status == "overdue" and not figures.remaining else _amount(figures)


def _amount(figures: Figures) -> str:
    if not figures.remaining:
        return _("missing")
    return _("%(amount)s missing") % {"amount": amount_words(figures.remaining, figures.unit)}


def _ask(news: News, found: PersonAssessment, asked_before: Any) -> None:
    open_now = questions_of(found, [one.held.key for one in found.standings])
    news.asked = [Line(one.fact.question, "", _names(one.standings), "unknown") for one in open_now]
    news.is_asked_anew = any(one.fact.id not in asked_before for one in open_now)


def _names(standings: tuple[CredentialStanding, ...]) -> str:
    return ", ".join(one.name for one in standings)


def _list_records(news: News, person: Person, since: datetime) -> None:
    rows = transcript_rows(person).filter(added_at__gt=since)
    news.records_count = rows.count()
    if news.records_count:
        news.records = [
            Line(row.title, day_words(row.completed_on), row.provider) for row in rows[:MOST_LINES]
        ]


def _list_own(news: News, person: Person, today: date) -> None:
    """Goals of the learning plan and commitments that come up."""
    for goal in open_goals(person).filter(due_on__lte=today + SOON)[:MOST_LINES]:
        news.own.append(Line(goal.title, _when(today, goal.due_on), _("Goal of your learning plan")))
    for one in commitments_to_look_at(person, today + NEXT_WEEK)[:MOST_LINES]:
        news.own.append(Line(one.text[:MOST_TEXT], _when(today, one.look_on), _("Did your commitment hold?")))


def _when(today: date, day: date) -> str:
    return day_words(day) if day < today else f"{day_words(day)}, {days_left(today, day)}"


def digest_letter(found: PersonAssessment, news: News, row: WeeklyDigest) -> Letter:
    """The week in one letter, parts without news left out."""
    blocks: list[Block] = [Paragraph(_lead(news))]
    if news.due:
        blocks.append(Heading(_("What is due")))
        for standing, parts in news.due:
            lines = tuple(_due_line(one, found.as_of) for one in parts[:MOST_LINES])
            blocks += [Heading(standing.name, _page(standing)), Lines(lines)]
    if news.changed:
        blocks.append(Heading(_("What changed")))
        for standing, changes in news.changed:
            blocks += [Heading(standing.name, _page(standing)), Lines(tuple(changes))]
    if news.asked:
        blocks += [Heading(_("Questions that decide")), Lines(tuple(news.asked[:MOST_LINES]))]
    if news.own:
        blocks += [Heading(_("Your plan and your commitments")), Lines(tuple(news.own))]
    if news.records:
        said = ngettext("%(n)d new record", "%(n)d new records", news.records_count)
        title = said % {"n": news.records_count}
        blocks += [Heading(title, address("credit:record")), Lines(tuple(news.records))]
    blocks.append(Step(_("Open your first page"), address("requirements:home")))
    return Letter(
        kind=DIGEST,
        about="week",
        period=f"{row.next_at:%Y-%m-%dT%H:%M}",
        subject=_subject(news),
        blocks=tuple(blocks),
    )


def _page(standing: CredentialStanding) -> str:
    return address("requirements:credential", standing.held.key)


def _due_line(part: OpenPart, today: date) -> Line:
    is_ahead = part.due is not None and part.due >= today
    said = [part.by_when(today), days_left(today, part.due) if is_ahead and part.due else ""]
    return Line(part.title, part.amount, ", ".join(filter(None, said)), part.tone)


def _lead(news: News) -> str:
    if any(part.is_overdue for _standing, parts in news.due for part in parts):
        return _("Something is overdue. This is your week in Osler.")
    if news.due:
        return _("Something is due within 30 days. This is your week in Osler.")
    return _("Nothing is due within 30 days. This is what is new.")


def _subject(news: News) -> str:
    overdue = sum(any(one.is_overdue for one in parts) for _standing, parts in news.due)
    if overdue:
        said = ngettext(
            "Your week: %(n)d credential is overdue", "Your week: %(n)d credentials are overdue", overdue
        )
        return said % {"n": overdue}
    if news.due:
        count = len(news.due)
        said = ngettext(
            "Your week: %(n)d credential is due within 30 days",
            "Your week: %(n)d credentials are due within 30 days",
            count,
        )
        return said % {"n": count}
    return _("Your week: %(news)s, nothing is due") % {"news": _what(news)}


def _what(news: News) -> str:
    """The first thing that is new, in a few words."""
    count = len(news.changed)
    if count:
        return ngettext("%(n)d credential changed", "%(n)d credentials changed", count) % {"n": count}
    if news.records_count:
        said = ngettext("%(n)d new record", "%(n)d new records", news.records_count)
        return said % {"n": news.records_count}
    if news.own:
        return _("your plan comes up")
    return _("a question is open")
