"""`osler demo`: a believable world on SQLite, ready to look at."""

import os
import sys
from datetime import UTC, datetime

import typer

from osler.cli.run import LOCAL, Host, Port, PortTaken, listen, serve
from osler.cli.setup import prepare_django


def demo(port: Port = 8000, host: Host = LOCAL) -> None:
    """Prepare the demo world and serve it; safe to start again."""
    try:
        # First of all: who cannot be reached need not prepare anything.
        doors = listen(host, port)
    except PortTaken as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None
    os.environ["OSLER_DEMO"] = "true"
    os.environ.setdefault("OSLER_PUBLIC_URL", f"http://{host}:{port}")
    os.environ.setdefault("OSLER_LOG_LEVEL", "WARNING")
    accounts = prepare_world()

    def ready() -> None:
        print(f"\nOsler is at http://{host}:{port}   (Ctrl-C stops it)", flush=True)
        if accounts:
            print("\nSign in as", flush=True)
            for line in accounts:
                print(f"  {line}", flush=True)
        print(flush=True)

    raise typer.Exit(serve(doors, threads=8, web_processes=1, when_ready=ready))


def prepare_world() -> list[str]:
    """Migrates, loads what the demo shows, and returns one line per account."""
    print("Bringing the database up to date …", flush=True)
    prepare_django()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0, interactive=False)
    print("Loading the demo world …", flush=True)
    from osler.cli.demo_world import load

    accounts = load(at=datetime.now(UTC).date())
    width = max((len(account.email) for account in accounts), default=0)
    lines = [f"{a.email:<{width}}  password {a.password}  {a.who}" for a in accounts]
    connections.close_all()
    return lines
