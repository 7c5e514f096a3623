"""The command `osler` and its parts."""

import errno
import os
import sys

import typer

from osler.cli import assess, demo, docs, documents, mail, run, schedule, schema, sets, worker

app = typer.Typer(
    name="osler",
    help="Continuing medical education, from the call for speakers to the answer that explains itself.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("assess")(assess.assess)
app.add_typer(sets.app, name="sets")
app.command("demo")(demo.demo)
app.command("run")(run.run)
app.command("worker")(worker.worker)
app.add_typer(schedule.app, name="schedule")
app.add_typer(schema.app, name="schema")
app.add_typer(docs.app, name="docs")
app.add_typer(mail.app, name="mail")
app.add_typer(documents.app, name="documents")


@app.command("manage", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def manage(context: typer.Context) -> None:
    """Run one of Django's own commands, such as `migrate` or `collectstatic`."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["osler manage", *context.args])


def main() -> None:
    """Where the console script enters."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osler.conf.settings")
    try:
        sys.exit(app())
    except OSError as error:
        # A full disk behind `>` is not a fault of the program; what is cut short must not look complete.
        if error.errno != errno.ENOSPC:
            raise
        _drop_output()
        sys.exit(f"The answer could not be written: {error.strerror}.")


def _drop_output() -> None:
    """What is still waiting to be written goes nowhere, or the interpreter would try once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
