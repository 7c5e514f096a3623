"""`osler schema`: the JSON Schemas of what goes in and what comes out."""

import typer

from osler.cli.terminal import write_json

app = typer.Typer(
    help="Print the JSON Schema of the portfolio file or of the answer.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("portfolio")
def portfolio() -> None:
    """Print the schema of the portfolio file."""
    from osler.requirement_sets.portfolio_schema import portfolio_schema

    write_json(portfolio_schema())


@app.command("answer")
def answer() -> None:
    """Print the schema of what `osler assess --format json` prints."""
    from osler.requirement_sets.answer_schema import answer_schema

    write_json(answer_schema())
