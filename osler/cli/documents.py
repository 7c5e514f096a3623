"""`osler documents`: the files of certificates in the storage."""

import os
import sys

import typer

app = typer.Typer(help="The files of certificates in the storage.", no_args_is_help=True)


@app.callback()
def several() -> None:
    """The files of certificates in the storage."""
    # Without it the one command would lose its name.


@app.command("seal")
def seal() -> None:
    """Encrypt every kept file with the first key of OSLER_DOCUMENT_KEYS.

    For files kept before a key was set, or under an older one; the old keys must still be set while it runs.
    It can be broken off and run again, also while Osler serves. Exits with 1 where a file could not be read,
    with 2 where no key is set.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osler.conf.settings")
    import django

    django.setup()
    from django.conf import settings

    from osler.apps.credit.actions.keeping import seal_documents

    if not settings.OSLER_DOCUMENT_KEYS:
        print("OSLER_DOCUMENT_KEYS is not set: there is no key to encrypt with.", file=sys.stderr)
        raise typer.Exit(2)
    done = seal_documents()
    print(f"{done.now} encrypted now, {done.before} before.")
    if done.lost:
        print(f"{done.lost} could not be read: lost, or encrypted with a key not set.", file=sys.stderr)
        raise typer.Exit(1)
