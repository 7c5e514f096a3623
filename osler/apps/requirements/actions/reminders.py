"""Reminding people of a due day while something is missing, once per chosen distance."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
from osler.apps.people.queries import person_by_id
from osler.apps.requirements.actions.watching import REMINDER, keep_watch
from osler.apps.requirements.models import Watch
from osler.apps.requirements.queries.assessment import CredentialStanding, PersonAssessment, assessment_of
from osler.apps.requirements.queries.open_work import (
    OpenPart,
    day_words,
    days_left,
    due_days,
    open_parts,
    questions_of,
)
from osler.apps.requirements.queries.standings import WHOLE, amount_words
from osler.core.reminders import reached

if TYPE_CHECKING:
    from osler.apps.messages.models import Message

JOINED = "+"
MOST_ABOUT = 120


@dataclass(frozen=True, slots=True)
class Due:
    """One credential of which a chosen distance was reached: until ``due``, what is open by then."""

    standing: CredentialStanding
    due: date
    days: int
    parts: tuple[OpenPart, ...]


def remind(*, person_id: int, at: datetime, tells: bool = True) -> Message | None:
    """Writes to the person if a chosen distance before a due day was reached and something is missing.

    Worked out anew at ``at``: what was met in between is not spoken of. Distances that were missed are caught
    up by one letter. ``None`` where there is nothing to say.
    """
    with transaction.atomic():
        ours = Watch.objects.filter(person_id=person_id, remind_at__lte=at).select_related("person")
        waiting = list(ours.select_for_update(of=("self",)))
        if not waiting:
            return None
        person = waiting[0].person
        wishes = wishes_of(person.pk)
        found = assessment_of(person, at.astimezone(ZoneInfo(person.time_zone)).date())
        notices = []
        for watch in waiting:
            standing = next((one for one in found.standings if one.held.pk == watch.credential_id), None)
            if standing is None:
                continue
            parts = open_parts(standing, found.as_of)
            days = reached(
                due_days(parts, found.as_of),
                wishes.distances,
                wishes.hour,
                person.time_zone,
                after=watch.reminded_until,
                until=at,
            )
            if days:
                due = min(days)
                by_then = tuple(one for one in parts if one.due is not None and one.due <= max(days))
                notices.append(Due(standing, due, days[due], by_then))
        message = None
        if notices and wishes.wants(REMINDER):
            with in_words_of(person):
                letter = reminder_letter(found, sorted(notices, key=lambda one: one.due))
            message = queue_letter(person=person, letter=letter, at=at, is_wanted=True, tells=tells)
        handled = {watch.credential_id for watch in waiting}
        keep_watch(person=person, found=found, at=at, handled=handled, wishes=wishes)
    return message


def reminder_letter(found: PersonAssessment, notices: Sequence[Due]) -> Letter:
    """What is missing, how much, by when, the shortest next step, and where to look."""
    keys = sorted(one.standing.held.key for one in notices)
    told = JOINED.join(f"{one.standing.held.key}:{one.due}:{one.days}" for one in notices)
    blocks: list[Block] = [Paragraph(_lead(found, notices))]
    for notice in notices:
        url = address("requirements:credential", notice.standing.held.key)
        blocks += [
            Heading(notice.standing.name, url),
            Lines(tuple(_line(one, found.as_of) for one in notice.parts)),
        ]
    blocks += _questions(found, keys)
    blocks += _next_step(found, notices)
    return Letter(
        kind=REMINDER,
        about=JOINED.join(keys)[:MOST_ABOUT],
        period=hashlib.sha256(told.encode()).hexdigest()[:40],
        subject=_subject(found, notices),
        blocks=tuple(blocks),
    )


def _subject(found: PersonAssessment, notices: Sequence[Due]) -> str:
    first = notices[0]
    if len(notices) > 1:
        said = ngettext(
            "%(n)d credential still lacks something, the first by %(day)s",
            "%(n)d credentials still lack something, the first by %(day)s",
            len(notices),
        )
        return said % {"n": len(notices), "day": day_words(first.due)}
    shown = next((one for one in first.parts if one.ticks), first.parts[0])
    return _("%(name)s: %(amount)s, due %(when)s") % {
        "name": first.standing.name,
        "amount": shown.amount,
        "when": days_left(found.as_of, first.due),
    }


def _lead(found: PersonAssessment, notices: Sequence[Due]) -> str:
    first = notices[0]
    words = {
        "name": first.standing.name,
        "when": days_left(found.as_of, first.due),
        "day": day_words(first.due),
    }
    if all(part.is_unknown for part in first.parts):
        return _(
            "%(name)s is due %(when)s, on %(day)s, and cannot be settled before you answer a question."
        ) % (words)
    return _("%(name)s is due %(when)s, on %(day)s. This is what is missing today:") % words


def _line(part: OpenPart, today: date) -> Line:
    said = []
    if part.answer.required and not part.is_unknown:
        asked = {"amount": amount_words(part.answer.required, part.answer.unit)}
        said.append(_("of %(amount)s") % asked)
    said.append(part.by_when(today))
    return Line(part.title, part.amount, ", ".join(filter(None, said)), part.tone)


def _questions(found: PersonAssessment, keys: Sequence[str]) -> list[Block]:
    asked = questions_of(found, keys)
    if not asked:
        return []
    lines = tuple(
        Line(one.fact.question, "", _("Your answer decides part of this."), "unknown") for one in asked
    )
    return [Heading(_("Questions that decide")), Lines(lines)]


def _next_step(found: PersonAssessment, notices: Sequence[Due]) -> list[Block]:
    """The least that brings them further: an answer, one course for two gaps, the smallest gap, a record."""
    asked = questions_of(found, [one.standing.held.key for one in notices])
    if asked:
        name = asked[0].fact.id
        return [
            Paragraph(_("The shortest next step is an answer: it takes a moment.")),
            Step(_("Answer the question"), address("requirements:question", name)),
        ]
    gaps = [
        (part, one.standing)
        for one in notices
        for part in one.parts
        if part.ticks and part.answer.id not in (WHOLE, "category-1")
    ]
    first = notices[0].standing.held.key
    step = Step(_("See what counts and what is missing"), address("requirements:credential", first))
    if not gaps:
        said = _("If you have earned credit that is not in your record yet, add it: it counts at once.")
        return [Paragraph(said), step]
    smallest, standing = min(gaps, key=lambda one: one[0].ticks)
    twice = next(
        (one for part, one in gaps if part.answer.id == smallest.answer.id and one != standing), None
    )
    words = {
        "amount": amount_words(smallest.ticks, smallest.answer.unit),
        "topic": smallest.answer.title,
        "name": standing.name,
        "other": twice.name if twice else "",
    }
    if twice:
        said = _("The shortest next step: %(topic)s, which is missing in %(name)s and in %(other)s alike.")
    else:
        said = _("The shortest next step: %(topic)s, %(amount)s.")
    return [Paragraph(said % words), step]


def is_still_missing(message: Message, at: datetime) -> bool:
    """Whether a reminder that had to wait still holds: something of what it speaks of is open."""
    person = person_by_id(message.person_id)
    if person is None:
        return False
    keys = set(message.about.split(JOINED))
    found = assessment_of(person, at.astimezone(ZoneInfo(person.time_zone)).date())
    return any(one.held.key in keys and open_parts(one, found.as_of) for one in found.standings)
