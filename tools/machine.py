"""What the tests need from the machine beside Python: a browser, PostgreSQL, Redis.

Each is taken where it is there, installed through apt where we are root, or named in one line.
"""

import atexit
import functools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
POSTGRESQL_HOMES = "/usr/lib/postgresql/*/bin"
DEFAULT_PORT = 5432
# Who may be let in at 127.0.0.1:5432 where nobody said: the habits of packages, images and CI services.
USUAL_LOGINS = ("postgres:postgres", "postgres", "osler:osler")
_apt = threading.Lock()


class Missing(Exception):
    """Something is not there and cannot be installed from here; the message says what to install."""


@functools.cache
def with_chromium() -> dict[str, str]:
    """CHROMIUM for the journeys. Raises Missing."""
    found = os.environ.get("CHROMIUM") or browser()
    if not found:
        install("chromium")
        found = browser()
    if not found:
        raise Missing("Install Chromium (apt install chromium), or set CHROMIUM to the path of a browser.")
    return {"CHROMIUM": found}


def browser() -> str | None:
    """The path of a browser that Playwright can drive."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def with_redis_and_tesseract() -> dict[str, str]:
    """Puts redis-server and tesseract where tests of live events and of scans find them; without them they
    say that they are skipped.
    """
    for program, package in (("redis-server", "redis-server"), ("tesseract", "tesseract-ocr")):
        if not shutil.which(program):
            install(package)
    return {}


def with_postgresql() -> dict[str, str]:
    """OSLER_DATABASE_URL of a server in which we may make databases. Raises Missing."""
    return {"OSLER_DATABASE_URL": postgresql_url()}


def with_postgresql_and_chromium() -> dict[str, str]:
    """Everything for the whole suite on PostgreSQL. Raises Missing."""
    url = postgresql_url()
    fewer = {"HYPOTHESIS_PROFILE": "again", "TESTS_ON_SECOND_DATABASE": "1"}
    return {**with_chromium(), **with_redis_and_tesseract(), **fewer, "OSLER_DATABASE_URL": url}


@functools.cache
def postgresql_url() -> str:
    """A PostgreSQL in which we may make databases: named, found, or started. Raises Missing."""
    for name in ("OSLER_DATABASE_URL", "DATABASE_URL"):
        url = os.environ.get(name, "")
        if url.startswith(("postgres://", "postgresql://")):
            return url
    for login in USUAL_LOGINS:
        url = f"postgresql://{login}@127.0.0.1:{DEFAULT_PORT}/postgres"
        if may_create_databases(url):
            return url
    return start_postgresql()


def may_create_databases(url: str) -> bool:
    """Whether somebody lets us in and lets us make databases."""
    question = (
        "import psycopg, sys\n"
        "rights = 'select rolcreatedb or rolsuper from pg_roles where rolname = current_user'\n"
        "with psycopg.connect(sys.argv[1], connect_timeout=3) as connection:\n"
        "    sys.exit(not connection.execute(rights).fetchone()[0])"
    )
    return subprocess.run([sys.executable, "-c", question, url], capture_output=True).returncode == 0


def start_postgresql() -> str:
    """A PostgreSQL of our own in a temporary folder, gone when the tests end. Raises Missing."""
    programs = postgresql_programs()
    if programs is None:
        install("postgresql")
        programs = postgresql_programs()
    if programs is None:
        raise Missing("Install PostgreSQL (apt install postgresql), or name one in OSLER_DATABASE_URL.")
    folder = Path(tempfile.mkdtemp(prefix="osler-postgresql-"))
    data, port = folder / "data", free_port()
    # PostgreSQL refuses to run as root.
    as_other = (
        ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    )
    if as_other:
        shutil.chown(folder, "postgres", "postgres")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    start = ["start", "-w", "-D", str(data), "-l", str(folder / "log"), "-o", options]
    stop = [*as_other, str(programs / "pg_ctl"), "stop", "-w", "-m", "immediate", "-D", str(data)]
    initdb = [str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8"]
    quiet = {"check": True, "cwd": folder, "stdout": subprocess.DEVNULL}

    def put_away() -> None:
        subprocess.run(stop, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(put_away)
    try:
        subprocess.run([*as_other, *initdb, "--locale=C.UTF-8"], **quiet)  # type: ignore[call-overload]
        subprocess.run([*as_other, str(programs / "pg_ctl"), *start], **quiet)  # type: ignore[call-overload]
    except (subprocess.CalledProcessError, OSError) as error:
        raise Missing(
            f"PostgreSQL cannot be started here ({error}); name one in OSLER_DATABASE_URL."
        ) from None
    return f"postgresql://postgres@127.0.0.1:{port}/postgres"


def postgresql_programs() -> Path | None:
    """The folder of initdb and pg_ctl, the newest version first."""
    if found := shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    homes = [path for path in Path("/").glob(POSTGRESQL_HOMES[1:]) if (path / "pg_ctl").exists()]
    return max(homes, key=lambda path: path.parent.name.zfill(4), default=None)


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@functools.cache
def _updated() -> None:
    subprocess.run(["apt-get", "update", "-qq"], capture_output=True)


def install(package: str) -> None:
    """Installs a package of the system where we may; whoever needs it looks afterwards."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    with _apt:
        print(f"  installing {package} …", flush=True)
        _updated()
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
        subprocess.run(command, capture_output=True, env=quiet)
