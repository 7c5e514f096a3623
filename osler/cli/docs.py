"""`osler docs`: writes docs/reference from the code, or says what is out of date."""

import typer

app = typer.Typer(help="Build the reference from the code.", no_args_is_help=True)
