"""The clock of recurring jobs: any number of workers may tick, each job is left in the queue once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.module_loading import import_string

from osler.apps.messages.models import Schedule
from osler.apps.messages.queries.schedule import Job, jobs


def tick(*, at: datetime) -> list[str]:
    """Leaves every job that is due in the queue, and returns their names.

    The row of a job is its lock: who moves ``next_at`` on enqueues, in the same transaction. However many
    ticks were missed, it is caught up once. A job that is new, or whose hours changed, waits for its next
    moment.
    """
    rows = {row.name: row for row in Schedule.objects.all()}
    started = []
    for job in jobs():
        row = rows.get(job.name)
        if row is None or row.cron != job.cron:
            Schedule.objects.update_or_create(
                name=job.name, defaults={"cron": job.cron, "next_at": job.next_after(at)}
            )
        elif row.next_at <= at and _started(job, row, at):
            started.append(job.name)
    return started


def _started(job: Job, row: Schedule, at: datetime) -> bool:
    with transaction.atomic():
        ours = Schedule.objects.filter(pk=row.pk, next_at=row.next_at)
        is_ours = ours.update(next_at=job.next_after(at), last_at=at) == 1
        if is_ours:
            import_string(job.task).enqueue(at.isoformat())
    return is_ours


def run_job(*, job: Job, at: datetime) -> None:
    """Does a job here and now, as if it were due; larger ones leave their parts to the worker."""
    import_string(job.task).func(at.isoformat())
    Schedule.objects.filter(name=job.name).update(last_at=at)
