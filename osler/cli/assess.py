"""`osler assess`: a portfolio in, and for every credential what is met, what is missing, by when and why."""

from __future__ import annotations

import gc
import re
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from osler.cli.sets import complete_set_id
from osler.cli.terminal import today, write_json
from osler.core.rules.record import Credential, Portfolio
from osler.requirement_sets.fault import Fault, printable, shown
from osler.requirement_sets.loader import SetLibrary, load_sets
from osler.requirement_sets.nodes import MOST_BYTES
from osler.requirement_sets.reading import FIRST_YEAR, LAST_YEAR

MALFORMED = 2
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Form(StrEnum):
    """How the answer is written."""

    TABLE = "table"
    JSON = "json"


def assess(
    portfolio: Annotated[
        str, typer.Argument(help="The portfolio file, YAML or JSON; - reads standard input.")
    ],
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="The day of the question; today by default.")
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="A table to read, or JSON.")] = Form.TABLE,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="ID",
            autocompletion=complete_set_id,
            help="Answer for this set only, held or not; may be repeated.",
        ),
    ] = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Add every record counted, every one not counted and why, and the rule."
        ),
    ] = False,
) -> None:
    """Say for every credential of a portfolio what is met, what is missing, by when and why.

    Exit status: 0 answered, whatever the answer; 2 malformed input, one line per fault on standard error.
    """
    # One file, one answer, and the process ends: searching its thousands of nodes for garbage is time lost.
    gc.disable()
    day = today() if as_of is None else _day(as_of)
    sets = load_sets()
    read = _chosen(_read(portfolio, sets, day), only or [], sets)
    from osler.core.rules.evaluate import assess as answer

    assessment = answer(read, sets, day)
    if form is Form.JSON:
        from osler.core.rules.as_data import assessment_data

        write_json(assessment_data(assessment, sets))
    else:
        from osler.cli.answer_table import print_answer

        print_answer(assessment, sets, explain=explain, today=today())


def _day(text: str) -> date:
    try:
        # fromisoformat alone would also take a week's day, 2026-W05-1.
        if not _DAY.fullmatch(text):
            raise ValueError
        day = date.fromisoformat(text)
    except ValueError:
        _refuse([f"--as-of: expected a day such as 2026-06-30, found {shown(text)}"])
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        _refuse([f"--as-of: {day} lies outside the years {FIRST_YEAR} to {LAST_YEAR}"])
    return day


def _read(place: str, sets: SetLibrary, day: date) -> Portfolio:
    from osler.requirement_sets.portfolio_file import PortfolioFaults, read_portfolio

    try:
        portfolio, warnings = read_portfolio(_content(place), sets, as_of=day)
    except PortfolioFaults as error:
        _refuse([str(fault) for fault in error.faults])
    _warn(warnings)
    return portfolio


def _content(place: str) -> bytes:
    # One byte over the limit is enough to know; a larger file is not read into memory.
    try:
        if place == "-":
            if sys.stdin is None:  # closed by whoever started the command
                _refuse(["-: standard input is closed"])
            return sys.stdin.buffer.read(MOST_BYTES + 1)
        with Path(place).open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else None
        _refuse([f"{printable(place[:200])}: {why or 'it cannot be read'}"])


def _chosen(portfolio: Portfolio, only: list[str], sets: SetLibrary) -> Portfolio:
    """The portfolio with these sets alone; one that is not held is asked about all the same."""
    if not only:
        return portfolio
    unknown = [set_id for set_id in only if set_id not in sets]
    if unknown:
        _refuse(
            [f"--set: unknown requirement set {shown(set_id)}; see osler sets list" for set_id in unknown]
        )
    chosen: list[Credential] = []
    for set_id in dict.fromkeys(only):
        held = [credential for credential in portfolio.credentials if credential.requirement_set == set_id]
        chosen += held or [Credential(set_id)]
    return Portfolio(portfolio.clinician, tuple(chosen), portfolio.credits)


def _warn(warnings: list[Fault]) -> None:
    for warning in warnings:
        sys.stderr.write(f"warning: {warning}\n")


def _refuse(lines: list[str]) -> NoReturn:
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    raise typer.Exit(MALFORMED)
