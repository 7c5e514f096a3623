"""What every test stands on: its own database, no mail, no network, live events kept in memory."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import override_settings
from hypothesis import settings as hypothesis_settings

from osler.adapters import live
from osler.adapters.live.memory import MemoryPublisher

# A busy machine is no fault of the code: no example has a deadline. A change is judged by the same examples
# each time; whoever works on it draws new ones. The second run, on the other database, repeats only some.
hypothesis_settings.register_profile("judge", deadline=None, max_examples=60, derandomize=True)
hypothesis_settings.register_profile("explore", deadline=None, max_examples=60)
hypothesis_settings.register_profile("again", deadline=None, max_examples=10, derandomize=True)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "explore"))

# Set for the run on the second database.
ON_SECOND_DATABASE = "TESTS_ON_SECOND_DATABASE"
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The second database is asked only what a database can change: a test that touches none has its answer
    from the first run, and so has one marked ``once``.
    """
    if not os.environ.get(ON_SECOND_DATABASE):
        return
    left_out = [item for item in items if item.get_closest_marker("once") or not _touches_database(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _touches_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return bool(names & DATABASE_FIXTURES) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A database of this run alone, so that two runs at once do not meet.

    SQLite is a file, not memory: journeys and threads need connections that wait for each other.
    """
    folder = tmp_path_factory.mktemp("database")
    for chosen in connections.databases.values():
        if chosen["ENGINE"].endswith("sqlite3"):
            chosen["TEST"]["NAME"] = str(folder / "osler.sqlite3")
        else:
            chosen["TEST"]["NAME"] = f"test_osler_{folder.parent.name.replace('-', '_')}"


@pytest.fixture(scope="session", autouse=True)
def _cheap_and_contained(tmp_path_factory: pytest.TempPathFactory) -> None:
    from django.conf import settings

    # Argon2 is slow on purpose; no test is about its strength.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    # Each test counts its own attempts at the doors; tests/web/people/test_doors.py has the shared table.
    override_settings(
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    ).enable()


@pytest.fixture(scope="session", autouse=True)
def _the_log_can_be_emptied_between_tests() -> None:
    """Tests with real transactions empty every table afterwards; the audit log refuses that, so it is
    unsealed.
    """
    from osler.apps.audit.seal import SEAL, UNSEAL

    for connection in connections.all():
        # On the class: a browser's driver has connections of its own in this same thread.
        operations: Any = type(connection.ops)
        ordinary = operations.sql_flush

        def sql_flush(
            *args: Any, _ordinary: Any = ordinary, _vendor: str = connection.vendor, **kw: Any
        ) -> Any:
            statements = _ordinary(*args, **kw)
            return [*UNSEAL[_vendor], *statements, *SEAL[_vendor]] if statements else statements

        operations.sql_flush = sql_flush


@pytest.fixture(scope="session", autouse=True)
def _each_certificate_is_read_once() -> Iterator[None]:
    """The reader works in a process of its own, which takes a second to start: of the same file its own
    answer is kept for the tests that follow. Its tests call it themselves, each time.
    """
    from osler.apps.credit.actions import documents

    read, known = documents.read_document, {}

    def once(content: bytes, *, tell: Any = None, **said: Any) -> Any:
        if tell is not None:
            return read(content, tell=tell, **said)
        key = (content, os.environ.get("PATH"), *sorted(said.items()))
        if key not in known:
            known[key] = read(content, **said)
        return known[key]

    documents.read_document = once
    yield
    documents.read_document = read


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    # Sign-in attempts are counted there; a test must not pay for another's.
    cache.clear()


@pytest.fixture(autouse=True)
def live_events() -> Iterator[list[live.LiveEvent]]:
    """Every live event that was published during the test, in order."""
    publisher = MemoryPublisher()
    before = live.connect(publisher)
    yield publisher.events
    live.connect(before)


@pytest.fixture
def run_tasks(db: None) -> Callable[[], None]:
    """Does all jobs in the queue, as the worker would; a job that fails fails the test."""
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    def run() -> None:
        worker = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="test",
            excluded_queue_names=[],
        )
        # Not by its own loop, which drops the connection and with it the transaction of the test.
        while (job := DBTaskResult.objects.ready().first()) is not None:
            job.claim("test")
            worker.run_task(job)
        failed = DBTaskResult.objects.failed().first()
        assert failed is None, f"{failed.task_path} failed:\n{failed.traceback}"

    return run


@pytest.fixture
def immediate_tasks(settings: Any) -> None:
    """Jobs run where they are enqueued, for pages that wait for them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
