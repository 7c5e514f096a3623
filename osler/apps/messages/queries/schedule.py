"""The timetable of recurring jobs."""

from dataclasses import dataclass
from datetime import datetime

from croniter import croniter
from django.conf import settings

from osler.apps.messages.models import Schedule


@dataclass(frozen=True, slots=True)
class Job:
    """One recurring job: when, as a cron expression in UTC, and the dotted path of its task."""

    name: str
    cron: str
    task: str

    def next_after(self, at: datetime) -> datetime:
        """The first moment after ``at`` at which it is due."""
        found: datetime = croniter(self.cron, at).get_next(datetime)
        return found


@dataclass(frozen=True, slots=True)
class Planned:
    """A job and when it ran last and runs next; both empty before the first tick."""

    job: Job
    last_at: datetime | None
    next_at: datetime | None


def jobs() -> tuple[Job, ...]:
    """Every recurring job of the house."""
    return tuple(Job(*line) for line in settings.OSLER_SCHEDULE)


def job_named(name: str) -> Job | None:
    """The job of this name."""
    return next((job for job in jobs() if job.name == name), None)


def planned() -> tuple[Planned, ...]:
    """Every job with its last and next moment."""
    rows = {row.name: row for row in Schedule.objects.all()}
    return tuple(
        Planned(job, row.last_at if row else None, row.next_at if row else None)
        for job in jobs()
        for row in (rows.get(job.name),)
    )
