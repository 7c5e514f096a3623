"""Which database Osler uses: SQLite by default, PostgreSQL by its address."""

from pathlib import Path
from typing import Any

from osler.conf import environment

# WAL lets readers go on while one writes; NORMAL is safe with it; writers wait up to `timeout`.
SQLITE_PRAGMAS = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000;"
SQLITE_BUSY_SECONDS = 20
# A worker that opens a new PostgreSQL connection per task runs 40-58 tasks a second; with kept ones 119-167.
POSTGRESQL_KEPT_SECONDS = 600
# Every page asks for the few rows of one person. Starting parallel workers or compiling such a query costs
# more than the query: 1,000 records and their amounts took 18 ms with workers, 4 ms without (5 million rows).
# And a page read out of turn costs about as much as the next one on today's disks; PostgreSQL assumes four
# times as much and would read a whole table of 100,000 amounts for 1,000 of them (14 ms instead of 3).
POSTGRESQL_OPTIONS = "-c max_parallel_workers_per_gather=0 -c jit=off -c random_page_cost=1.1"


def database(data_dir: Path) -> dict[str, Any]:
    """Django's description of the database the environment names. Raises SettingError for a bad address."""
    found = environment.address("OSLER_DATABASE_URL", ("sqlite", "postgresql", "postgres"))
    if found is None:
        return sqlite(data_dir / "osler.sqlite3")
    if found.scheme == "sqlite":
        return sqlite(Path(found.path) if found.path else data_dir / "osler.sqlite3")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": found.path or "osler",
        "USER": found.user,
        "PASSWORD": found.password,
        "HOST": found.host,
        "PORT": str(found.port or ""),
        "OPTIONS": {"options": POSTGRESQL_OPTIONS, **found.query},
        "CONN_MAX_AGE": POSTGRESQL_KEPT_SECONDS,
        "CONN_HEALTH_CHECKS": True,
    }


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite so that a web process and a worker can write side by side without `database is locked`."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # IMMEDIATE takes the write lock at the start, where waiting is possible; later it fails at once.
            "transaction_mode": "IMMEDIATE",
            "timeout": SQLITE_BUSY_SECONDS,
            "init_command": SQLITE_PRAGMAS,
        },
    }
