"""`osler worker`: does the jobs that the pages left in the queue, and keeps the clock of recurring ones."""

import logging
import secrets
import threading
from datetime import UTC, datetime

from osler.cli.setup import require_migrated

# How long a person may wait before anything happens, in seconds.
LOOK_EVERY = 0.5
# How late a recurring job may begin, in seconds.
TICK_EVERY = 20.0


def worker() -> None:
    """Do the jobs in the queue, and begin recurring ones when they are due, until told to stop."""
    require_migrated()
    # Not by the command db_worker, which sets the log levels its own way and announces each start.
    from django_tasks_db.management.commands.db_worker import Worker

    found = Worker(
        queue_names=["*"],
        interval=LOOK_EVERY,
        batch=False,
        backend_name="default",
        startup_delay=True,
        max_tasks=None,
        worker_id=secrets.token_hex(16),
        excluded_queue_names=[],
    )
    found.configure_signals()
    # Beside the jobs, so that a long one does not stop the clock; it ends with the process.
    threading.Thread(target=keep_clock, args=(threading.Event(),), name="clock", daemon=True).start()
    found.run()


def keep_clock(stopped: threading.Event, every: float = TICK_EVERY) -> None:
    """Ticks until ``stopped`` is set; a database that is away for a while only makes it late."""
    from django.db import DatabaseError, close_old_connections

    from osler.apps.messages.actions import tick

    while not stopped.is_set():
        close_old_connections()
        try:
            tick(at=datetime.now(UTC))
        except DatabaseError:
            logging.getLogger(__name__).warning("The clock of recurring jobs waits for the database.")
        close_old_connections()
        stopped.wait(every)
