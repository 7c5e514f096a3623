"""The clock: any number of workers tick, every job begins once, however long nobody ticked."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from osler.apps.messages.actions import clean_up, run_job, tick
from osler.apps.messages.models import Schedule
from osler.apps.messages.queries import job_named, jobs, planned
from osler.conf.schedule import SCHEDULE
from tests.factories import NOW

pytestmark = pytest.mark.django_db
HOURLY = ("hourly", "10 * * * *", "osler.apps.messages.tasks.sweep")


@pytest.fixture(autouse=True)
def _one_job(settings: Any) -> None:
    settings.OSLER_SCHEDULE = (HOURLY,)


def test_a_job_begins_when_it_is_due_and_once(db: None) -> None:
    assert tick(at=NOW) == []
    assert tick(at=NOW + timedelta(minutes=9)) == []
    assert tick(at=NOW + timedelta(minutes=10)) == ["hourly"]
    assert tick(at=NOW + timedelta(minutes=10, seconds=20)) == []
    assert [one.args_kwargs["args"] for one in DBTaskResult.objects.all()] == [
        [(NOW + timedelta(minutes=10)).isoformat()]
    ]


def test_ticks_that_were_missed_are_caught_up_once(db: None) -> None:
    tick(at=NOW)
    assert tick(at=NOW + timedelta(days=3)) == ["hourly"]
    assert tick(at=NOW + timedelta(days=3, minutes=1)) == []
    assert DBTaskResult.objects.count() == 1


def test_of_two_workers_that_tick_at_once_one_begins_the_job(db: None) -> None:
    from osler.apps.messages.actions import schedule

    tick(at=NOW)
    row, job, due = Schedule.objects.get(), jobs()[0], NOW + timedelta(hours=1)
    # Both have read the same row.
    assert [schedule._started(job, row, due), schedule._started(job, row, due)] == [True, False]
    assert DBTaskResult.objects.count() == 1


def test_a_job_with_new_hours_waits_for_them(db: None, settings: Any) -> None:
    tick(at=NOW)
    settings.OSLER_SCHEDULE = (("hourly", "0 5 * * *", HOURLY[2]),)
    assert tick(at=NOW + timedelta(minutes=30)) == []
    assert Schedule.objects.get().next_at.hour == 5


def test_what_is_planned_can_be_listed_and_done_now(db: None) -> None:
    assert [(one.job.name, one.next_at) for one in planned()] == [("hourly", None)]
    tick(at=NOW)
    job = job_named("hourly")
    assert job is not None
    run_job(job=job, at=NOW)
    assert planned()[0].last_at == NOW
    assert job_named("nope") is None


@pytest.mark.parametrize("line", SCHEDULE, ids=lambda line: line[0])
def test_every_job_of_the_timetable_is_a_task(line: tuple[str, str, str]) -> None:
    assert callable(import_string(line[2]).enqueue)


def test_what_has_expired_is_thrown_away(db: None) -> None:
    from django.contrib.sessions.models import Session

    Session.objects.create(session_key="old", expire_date=NOW - timedelta(days=1))
    Session.objects.create(session_key="new", expire_date=NOW + timedelta(days=1))
    assert clean_up(at=NOW) == 1
    assert [one.session_key for one in Session.objects.all()] == ["new"]
