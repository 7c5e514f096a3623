"""Starting Django for the commands that need the database; `osler assess` and its like never do."""

import os
import sys

import typer


def prepare_django() -> None:
    """Loads the settings and every context once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osler.conf.settings")
    import django

    django.setup()


def require_migrated() -> None:
    """Ends with exit code 1 and one sentence where the database is away or lacks migrations."""
    prepare_django()
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        print(f"The database does not answer: {str(error).strip().splitlines()[0]}", file=sys.stderr)
        raise typer.Exit(1) from None
    finally:
        connection.close()
    if missing:
        print("The database lacks migrations: run osler manage migrate first.", file=sys.stderr)
        raise typer.Exit(1)
