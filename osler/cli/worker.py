"""`osler worker`: does the jobs that the pages left in the queue."""

import secrets

from osler.cli.setup import require_migrated

# How long a person may wait before anything happens, in seconds.
LOOK_EVERY = 0.5


def worker() -> None:
    """Do the jobs in the queue until told to stop."""
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
    found.run()
