"""`osler docs`: writes docs/reference from the code, or says what is out of date."""

import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Build the reference from the code.", no_args_is_help=True)

FOLDER = Path("docs") / "reference"


@app.callback()
def docs() -> None:
    """Build the reference from the code."""


@app.command("build")
def build(
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; fail where a page is out of date.")
    ] = False,
) -> None:
    """Write docs/reference: settings, command line, contexts, requirement sets."""
    from osler.cli.reference import pages

    if not Path("pyproject.toml").exists():
        print("Start this in the project's root.", file=sys.stderr)
        raise typer.Exit(2)
    stale = [name for name, text in pages().items() if not is_written(FOLDER / name, text)]
    if not check:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name, text in pages().items():
            (FOLDER / name).write_text(text, encoding="utf-8")
    for name in stale:
        print(f"{FOLDER / name} {'is out of date: run osler docs build' if check else 'is written'}.")
    raise typer.Exit(1 if check and stale else 0)


def is_written(path: Path, text: str) -> bool:
    """Whether the page says this already."""
    return path.exists() and path.read_text(encoding="utf-8") == text
