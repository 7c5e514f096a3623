"""What every answer of the house carries, and what its watchers are told."""

import pytest
from django.test import Client


def test_the_process_says_it_lives_without_a_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "alive"}


@pytest.mark.django_db
def test_ready_means_every_migration_is_there(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"status": "ready"})


@pytest.mark.django_db
def test_not_ready_names_the_reason(client: Client) -> None:
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="sessions").delete()
    response = client.get("/readyz")
    assert (response.status_code, response.json()["reason"]) == (503, "migrations are missing")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/accounts/login/", "/no/such/page"])
def test_nothing_inline_runs_and_nobody_frames(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_the_database_url_decides_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    from osler.conf.databases import database

    monkeypatch.setenv("OSLER_DATABASE_URL", "")
    chosen = database(Path("/data"))
    assert chosen["NAME"] == Path("/data/osler.sqlite3")
    assert chosen["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    monkeypatch.setenv("OSLER_DATABASE_URL", "sqlite:////elsewhere/o.db")
    assert database(Path("/data"))["NAME"] == Path("/elsewhere/o.db")
    monkeypatch.setenv("OSLER_DATABASE_URL", "postgresql://u:p@h/n")
    chosen = database(Path("/data"))
    assert (chosen["ENGINE"].rpartition(".")[2], chosen["HOST"], chosen["NAME"]) == ("postgresql", "h", "n")
    assert chosen["CONN_MAX_AGE"] > 0
