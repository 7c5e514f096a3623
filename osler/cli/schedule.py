"""`osler schedule`: the recurring jobs of the house, and doing one of them now."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from osler.cli.setup import require_migrated
from osler.cli.terminal import console

app = typer.Typer(help="List recurring jobs, or do one now.", no_args_is_help=True, rich_markup_mode=None)


@app.command("list")
def list_jobs() -> None:
    """List the recurring jobs: when each is due (cron, UTC), when it began last, and when it begins next."""
    require_migrated()
    from rich.table import Table

    from osler.apps.messages.queries import planned

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("Name", "Cron", "Last", "Next"):
        table.add_column(name, overflow="fold", no_wrap=name in ("Name", "Cron"))
    rows = planned()
    for one in rows:
        table.add_row(one.job.name, one.job.cron, _moment(one.last_at), _moment(one.next_at))
    console().print(table)
    if all(one.next_at is None for one in rows):
        typer.echo("No worker has kept the clock yet: start one with osler worker.")


def _moment(at: datetime | None) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC") if at else "never"


@app.command("run")
def run_job(name: Annotated[str, typer.Argument(metavar="NAME", help="The job's name.")]) -> None:
    """Do one recurring job now, as if it were due; its larger parts are left to the worker."""
    require_migrated()
    from osler.apps.messages import actions
    from osler.apps.messages.queries import job_named, jobs

    job = job_named(name)
    if job is None:
        typer.echo(f"There is no job {name!r}. There are: {', '.join(one.name for one in jobs())}.", err=True)
        raise typer.Exit(2)
    actions.run_job(job=job, at=datetime.now(UTC))
    typer.echo(f"{name} is done, or its parts wait for the worker.")
