"""A database for one benchmark alone: on a PostgreSQL server, else SQLite in a folder that goes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

LOCAL_SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"


def named_server() -> str:
    """The PostgreSQL server of OSLER_DATABASE_URL; empty where none is named."""
    found = os.environ.get("OSLER_DATABASE_URL", "")
    return found if found.startswith(("postgres://", "postgresql://")) else ""


@contextmanager
def own_database(name: str, *, server: str, is_kept: bool = False) -> Iterator[bool]:
    """Django over a migrated database called ``name``; yields whether it is new.

    Nothing of it is left behind, unless ``is_kept``: then the next run finds it, which only PostgreSQL can.
    """
    with TemporaryDirectory() as folder:
        is_new = True
        if server:
            is_new = _made(server, name)
            address = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        else:
            address = f"sqlite:///{folder}/{name}.sqlite3"
        os.environ |= {
            "OSLER_DATABASE_URL": address,
            "OSLER_DATA_DIR": folder,
            "OSLER_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "osler.conf.settings",
        }
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        try:
            call_command("migrate", verbosity=0)
            yield is_new
        finally:
            connections.close_all()
            if server and not is_kept:
                _dropped(server, name)


def _made(server: str, name: str) -> bool:
    with psycopg.connect(server, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return False
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return True


def _dropped(server: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
