"""`osler sets`: which requirement sets there are, what each asks, and whether they are sound."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from osler.cli.terminal import NARROW, console, today, write_json
from osler.core.rules.requirement import RequirementSet
from osler.requirement_sets.description import set_data, set_summary
from osler.requirement_sets.fault import TextFaults
from osler.requirement_sets.loader import load_sets

app = typer.Typer(
    help="List, show and check the requirement sets.", no_args_is_help=True, rich_markup_mode=None
)


def complete_set_id(incomplete: str) -> list[str]:
    """Ids of sets, for the shell's completion."""
    return [set_id for set_id in load_sets() if set_id.startswith(incomplete)]


class Form(StrEnum):
    """How the answer is written."""

    TABLE = "table"
    JSON = "json"


FormOption = Annotated[Form, typer.Option("--format", help="A table to read, or JSON.")]


@app.command("list")
def list_sets(
    form: FormOption = Form.TABLE,
    country: Annotated[
        str | None, typer.Option("--country", metavar="CODE", help="Only this country, such as US or CA.")
    ] = None,
    search: Annotated[
        str | None,
        typer.Option("--search", metavar="TEXT", help="Only sets whose id, name or authority has this."),
    ] = None,
) -> None:
    """List the requirement sets with their authority, and when each was last checked against its sources."""
    found = [rules for rules in load_sets().values() if _is_wanted(rules, country, search)]
    if form is Form.JSON:
        write_json([set_summary(rules) for rules in found])
        return
    if not found:
        typer.echo("No set matches.")
        return
    from rich.table import Table

    out = console()
    is_wide = out.width >= NARROW
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("Id", "Name", *(["Authority"] if is_wide else []), "Where", "Checked"):
        table.add_column(name, overflow="fold", no_wrap=name in ("Id", "Where", "Checked"))
    for rules in found:
        where = f"{rules.country}-{rules.region}" if rules.region else rules.country
        checked = rules.checked.isoformat() if rules.checked else "not known"
        authority = [rules.authority] if is_wide else []
        mark = "" if rules.is_verified else " ?"
        table.add_row(rules.id, rules.name, *authority, where, checked + mark)
    out.print(table)
    out.print(
        f"{len(found)} set{'' if len(found) == 1 else 's'}. A ? marks a set that is not verified.",
        style="dim",
    )


def _is_wanted(rules: RequirementSet, country: str | None, search: str | None) -> bool:
    if country is not None and rules.country.lower() != country.lower():
        return False
    text = f"{rules.id} {rules.name} {rules.authority}".casefold()
    return all(word in text for word in (search or "").casefold().split())


@app.command("show")
def show(
    set_id: Annotated[
        str, typer.Argument(metavar="ID", autocompletion=complete_set_id, help="The set's id.")
    ],
    form: FormOption = Form.TABLE,
) -> None:
    """Show what a set asks: each requirement with its id, rule and source, and the facts it turns on."""
    sets = load_sets()
    if set_id not in sets:
        from osler.requirement_sets.fault import Suggestions

        typer.echo(f"unknown requirement set {set_id[:60]!r}.{Suggestions().closest(set_id, sets)}", err=True)
        raise typer.Exit(2)
    try:
        rules = sets[set_id]
    except TextFaults as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    if form is Form.JSON:
        write_json(set_data(rules))
        return
    from osler.cli.set_page import print_set

    print_set(rules, today())


@app.command("check")
def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders; without one, every set Osler carries.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print faults only, no reminders.")] = False,
) -> None:
    """Say what is wrong with requirement sets and their cases. Exit status 1 where there is a fault."""
    from osler.requirement_sets.checker import check_all, check_paths

    day = today()
    findings = check_paths(paths, day) if paths else check_all(day)
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
