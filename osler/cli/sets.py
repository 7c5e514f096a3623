"""`osler sets`: which requirement sets there are, what each asks, and whether they are sound."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from osler.requirement_sets.loader import load_sets

app = typer.Typer(
    help="List, show and check the requirement sets.", no_args_is_help=True, rich_markup_mode=None
)


def complete_set_id(incomplete: str) -> list[str]:
    """Ids of sets, for the shell's completion."""
    return [set_id for set_id in load_sets() if set_id.startswith(incomplete)]


@app.command("check")
def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders; without one, every set Osler carries.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print faults only, no reminders.")] = False,
) -> None:
    """Say what is wrong with requirement sets and their cases. Exit status 1 where there is a fault."""
    from osler.requirement_sets.checker import check_all, check_paths

    today = datetime.now().astimezone().date()
    findings = check_paths(paths, today) if paths else check_all(today)
    faults = [finding for finding in findings if finding.is_fault]
    reminders = [finding for finding in findings if not finding.is_fault]
    for finding in faults:
        typer.echo(f"fault: {finding}")
    for finding in [] if quiet else reminders:
        typer.echo(f"reminder: {finding}")
    typer.echo(_summary(len(faults), len(reminders)))
    raise typer.Exit(1 if faults else 0)


def _summary(faults: int, reminders: int) -> str:
    found = "No fault" if not faults else f"{faults} fault{'s' if faults > 1 else ''}"
    return f"{found}, {reminders} reminder{'' if reminders == 1 else 's'}."
