"""`osler mail`: certificates that arrive by mail, from any mail server's pipe."""

import os
import sys
from typing import Annotated

import typer

app = typer.Typer(help="Certificates that arrive by mail.", no_args_is_help=True)

# As sysexits(3) has it, which mail servers understand: no such user, cannot be read, not now.
NO_USER, UNREADABLE, NOT_NOW = 67, 65, 75
EXITS = {"no-such-address": NO_USER, "no-domain": NOT_NOW, "automatic": 0}


@app.command("receive")
def receive(
    recipient: Annotated[
        list[str] | None,
        typer.Option("--to", help="The envelope's recipient; without it the mail's own headers are read."),
    ] = None,
) -> None:
    """Read one message (RFC 5322) on the standard input; its files wait to be confirmed.

    Exits with 0 when something was kept or the mail is an automatic answer, 65 when nothing in it can be
    read, 67
    when there is no such address, 75 when mail is not set up: as mail servers expect of a program they pipe
    to.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osler.conf.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from osler.apps.credit import actions
    from osler.core.credit.refusal import Refusal

    raw = sys.stdin.buffer.read(settings.UPLOAD_MAX_BYTES * 3 // 2 + 1_000_001)
    done = actions.receive_mail(raw=raw, at=timezone.now(), recipients=recipient or [])
    if isinstance(done, Refusal):
        print(done.sentence, file=sys.stderr)
        raise typer.Exit(EXITS.get(done.rule, UNREADABLE))
    count = len(done.documents)
    print(f"{count} {'file waits' if count == 1 else 'files wait'} to be confirmed.")
    for sentence in done.refused:
        print(sentence, file=sys.stderr)
