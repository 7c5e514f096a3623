"""Keeping what alerts need: the numbers of every answer, its due days, and when they are next spoken of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from osler.apps.messages.queries import Wishes, wishes_of
from osler.apps.requirements.models import Watch, WeeklyDigest
from osler.apps.requirements.queries.assessment import CredentialStanding, PersonAssessment
from osler.apps.requirements.queries.kept import set_hash
from osler.apps.requirements.queries.open_work import due_days, open_parts
from osler.apps.requirements.queries.watches import written_figures
from osler.core.reminders import next_moment, next_weekly
from osler.core.rules.difference import figures_of

if TYPE_CHECKING:
    from osler.apps.people.models import Person

REMINDER, DIGEST, RULE_CHANGE = "reminder", "digest", "rule-change"
"""The kinds of letters that this context writes."""

KEPT = (
    "figures",
    "figures_before",
    "rules_sha256",
    "rules_sha256_before",
    "due_days",
    "as_of",
    "computed_at",
    "remind_at",
    "reminded_until",
)


def keep_watch(
    *,
    person: Person,
    found: PersonAssessment,
    at: datetime,
    handled: Collection[int] = (),
    wishes: Wishes | None = None,
) -> None:
    """Keeps the numbers of every answer and works out the moments of the next reminder and the next digest.

    ``handled`` names the credentials (by id) of which all reminders up to ``at`` are dealt with. A reminder
    that is due and not dealt with stays due, whatever was added meanwhile; a late job changes nothing.
    """
    wishes = wishes or wishes_of(person.pk)
    with transaction.atomic():
        ours = Watch.objects.select_for_update().filter(person=person)
        known = {one.credential_id: one for one in ours}
        gone = set(known) - {one.held.pk for one in found.standings}
        if gone:
            Watch.objects.filter(person=person, credential_id__in=gone).delete()
        rows = [
            _row(one, known.get(one.held.pk), found, person, wishes, at, is_handled=one.held.pk in handled)
            for one in found.standings
            if one.held.pk not in known or known[one.held.pk].computed_at <= at
        ]
        Watch.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["credential"], update_fields=KEPT
        )
        # A reminder changes nothing about the week.
        if found.standings and not handled:
            _keep_week(person, found, wishes, at)


def _row(
    standing: CredentialStanding,
    known: Watch | None,
    found: PersonAssessment,
    person: Person,
    wishes: Wishes,
    at: datetime,
    *,
    is_handled: bool,
) -> Watch:
    days = due_days(open_parts(standing, found.as_of), found.as_of)
    sha256 = set_hash(standing.rules.id)
    row = known or Watch(
        credential=standing.held,
        person_id=person.pk,
        rules_sha256=sha256,
        told_sha256=sha256,
        reminded_until=at,
    )
    if row.rules_sha256 != sha256:
        row.rules_sha256_before, row.figures_before = row.rules_sha256, row.figures
    is_waiting = row.remind_at is not None and row.remind_at <= at
    if is_handled or not is_waiting:
        row.reminded_until = at
    row.rules_sha256, row.figures = sha256, written_figures(figures_of(standing.answer))
    row.due_days = [day.isoformat() for day in days]
    row.as_of, row.computed_at = found.as_of, at
    row.remind_at = None
    if wishes.wants(REMINDER):
        row.remind_at = next_moment(
            days, wishes.distances, wishes.hour, person.time_zone, after=row.reminded_until
        )
    return row


def seen_of(found: PersonAssessment) -> dict[str, object]:
    """What a digest tells of, as JSON: the figures of each credential by its key, and the open questions."""
    needed = [one.fact.id for one in found.questions if not one.question.is_optional]
    figures = {one.held.key: written_figures(figures_of(one.answer)) for one in found.standings}
    return {"credentials": figures, "questions": needed}


def _keep_week(person: Person, found: PersonAssessment, wishes: Wishes, at: datetime) -> None:
    next_at = next_weekly(wishes.digest_weekday, wishes.hour, person.time_zone, after=at)
    row, is_new = WeeklyDigest.objects.get_or_create(
        person=person, defaults={"next_at": next_at, "since": at, "seen": seen_of(found)}
    )
    # One that is due stays due; only what lies ahead follows a change of wishes.
    if not is_new and row.next_at > at and row.next_at != next_at:
        WeeklyDigest.objects.filter(pk=row.pk).update(next_at=next_at)
