"""Keeping the last answer per credential, for lists, mails and search."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from osler.adapters.live import LiveEvent, person_room, publish
from osler.apps.people.queries import person_by_id
from osler.apps.requirements.actions.cycles import close_ended_cycles, local_day
from osler.apps.requirements.actions.watching import keep_watch
from osler.apps.requirements.models import Standing
from osler.apps.requirements.queries.assessment import CredentialStanding, assessment_of
from osler.apps.requirements.queries.standings import due_on, missing_parts, percent_of

KEPT = (
    "status",
    "percent",
    "missing",
    "due_on",
    "cycle_ends_on",
    "as_of",
    "set_version",
    "computed_at",
)


def refresh_standings(*, person_id: int, at: datetime) -> int:
    """Works out where the person stands on their day of ``at`` and keeps it; returns how many credentials
    they hold.

    A cycle that has ended meanwhile is kept first, before the next one takes its place. Standings of
    credentials no longer held are dropped. An older job that runs late never overwrites a newer answer.
    Tells open pages of the person.
    """
    person = person_by_id(person_id)
    if person is None:
        return 0
    today = local_day(person, at)
    with transaction.atomic():
        close_ended_cycles(person_id=person_id, at=at)
        found = assessment_of(person, today)
        ours = Standing.objects.filter(person=person)
        ours.exclude(credential__in=[one.held.pk for one in found.standings]).delete()
        newer = set(ours.filter(computed_at__gt=at).values_list("credential_id", flat=True))
        rows = [_row(one, person_id, today, at) for one in found.standings if one.held.pk not in newer]
        Standing.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["credential"], update_fields=KEPT
        )
        keep_watch(person=person, found=found, at=at)
        transaction.on_commit(lambda: publish(LiveEvent(person_room(person_id), "standing-changed")))
    return len(found.standings)


def _row(standing: CredentialStanding, person_id: int, today: date, at: datetime) -> Standing:
    answer = standing.answer
    return Standing(
        credential=standing.held,
        person_id=person_id,
        status=answer.status.value,
        percent=percent_of(answer),
        missing=[list(part) for part in missing_parts(answer)],
        due_on=due_on(answer),
        cycle_ends_on=answer.cycle.last_day if answer.cycle else None,
        as_of=today,
        set_version=answer.version,
        computed_at=at,
    )
