"""`osler worker`: does the jobs that the pages left in the queue."""

from osler.cli.setup import prepare_django


def worker() -> None:
    """Do the jobs in the queue until told to stop."""
    prepare_django()
    from django.core.management import call_command

    call_command("db_worker", interval=0.5, reload=False)
