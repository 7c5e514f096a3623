"""`osler schedule` and the clock of `osler worker`."""

import threading
from typing import Any

import pytest
from django.db import DatabaseError
from typer.testing import CliRunner

from osler.apps.messages.models import Schedule
from osler.cli import worker
from osler.cli.main import app
from osler.conf.schedule import SCHEDULE


@pytest.fixture(autouse=True)
def _keep_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    # Commands close their connection at the end, and with it the transaction of the test.
    monkeypatch.setattr("osler.cli.schedule.require_migrated", lambda: None)
    monkeypatch.setattr("django.db.close_old_connections", lambda **_told: None)


@pytest.mark.django_db
def test_jobs_are_listed_and_done_now() -> None:
    run = CliRunner().invoke
    listed = run(app, ["schedule", "list"])
    assert all(name in listed.output for name, _cron, _task in SCHEDULE)
    assert "No worker has kept the clock yet" in listed.output
    assert run(app, ["schedule", "run", "mail"]).exit_code == 0
    unknown = run(app, ["schedule", "run", "nothing"])
    assert unknown.exit_code == 2
    assert "There is no job 'nothing'" in unknown.output


@pytest.mark.django_db
def test_the_clock_ticks_until_it_is_stopped() -> None:
    stopped = threading.Event()
    stopped.wait = lambda *_told: stopped.set() or True  # type: ignore[method-assign, func-returns-value]
    worker.keep_clock(stopped)
    assert Schedule.objects.count() == len(SCHEDULE)


def test_a_database_that_is_away_does_not_stop_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks: list[Any] = []

    def tick(*, at: Any) -> None:
        ticks.append(at)
        if len(ticks) == 2:
            stopped.set()
        raise DatabaseError("away")

    stopped = threading.Event()
    monkeypatch.setattr("osler.apps.messages.actions.tick", tick)
    worker.keep_clock(stopped, every=0)
    assert len(ticks) == 2
