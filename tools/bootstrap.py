"""Makes .venv from the lock with nothing but Python's standard library.

`python3.11 tools/bootstrap.py runtime` is enough to run Osler, `dev` adds what the tests need. Safe to run
again and after an interruption: a stamp is written at the very end; while it matches there is nothing to do.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"runtime": "requirements.lock", "dev": "requirements-dev.lock"}
# The larger set contains the smaller one.
SERVED_BY = {"runtime": ("runtime", "dev"), "dev": ("dev",)}
LEAST_PYTHON = (3, 11)
TAIL = 25


def main() -> None:
    """Brings the environment up to what the lock says."""
    kind = sys.argv[1] if len(sys.argv) == 2 else ""
    if kind not in LOCKS:
        sys.exit("Usage: python3.11 tools/bootstrap.py runtime|dev")
    if sys.version_info < LEAST_PYTHON:
        sys.exit(
            f"Osler needs Python 3.11 or later; this is {sys.version.split()[0]}. Try PYTHON=python3.11."
        )
    with one_at_a_time():
        if any(is_current(other) for other in SERVED_BY[kind]):
            return
        began = time.monotonic()
        make_venv()
        install(kind)
        stamp(kind).write_text(fingerprint(kind))
        say(f"The environment is ready ({time.monotonic() - began:.0f} s).")


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two makes at once take turns."""
    with open(ROOT / ".venv-lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def stamp(kind: str) -> Path:
    """Where it is noted that the environment is complete."""
    return VENV / f".osler-{kind}"


def fingerprint(kind: str) -> str:
    """Changes whenever the environment must be brought up to date."""
    parts = [(ROOT / LOCKS[kind]).read_bytes(), (ROOT / "pyproject.toml").read_bytes(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_current(kind: str) -> bool:
    """Whether the environment was completed for exactly this lock and still has a Python that runs."""
    try:
        if stamp(kind).read_text() != fingerprint(kind):
            return False
    except OSError:
        return False
    return venv_works()


def venv_works() -> bool:
    """Whether the environment's own Python starts and has pip."""
    if not PYTHON.exists():
        return False
    probe = [str(PYTHON), "-c", "import importlib.util as u, sys; sys.exit(u.find_spec('pip') is None)"]
    return subprocess.run(probe, capture_output=True).returncode == 0


def make_venv() -> None:
    """Makes .venv, anew where a broken one lies."""
    if venv_works():
        return
    ensure_ensurepip()
    say("Making .venv …")
    if VENV.exists():
        shutil.rmtree(VENV)
    run([sys.executable, "-m", "venv", str(VENV)], "making .venv")


def ensure_ensurepip() -> None:
    """Debian ships Python without the part that makes environments; get it where we may."""
    if subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True).returncode == 0:
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"Installing {package} …")
        run(["apt-get", "update", "-qq"], "apt-get update")
        run(["apt-get", "install", "-y", "-qq", package], f"apt-get install {package}")
    else:
        sys.exit(f"Python cannot make environments here: install {package} (apt install {package}).")


def install(kind: str) -> None:
    """Installs the locked packages, hashes checked, and the command `osler` itself."""
    lock = ROOT / LOCKS[kind]
    total = lock.read_text().count("==")
    say(f"Installing up to {total} packages …")
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-deps"]
    run([*pip, "--require-hashes", "--progress-bar=off", "-r", str(lock)], "installing the packages", total)
    # Built with what the lock brought: nothing further is fetched.
    run([*pip, "--no-build-isolation", "--quiet", "-e", str(ROOT)], "installing osler")


def run(command: list[str], what: str, total: int = 0) -> None:
    """Runs a command, shows how far it is, and on failure shows its last words and ends."""
    lines: list[str] = []
    collected = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line.rstrip())
            if total and line.startswith("Collecting "):
                collected += 1
                show_progress(collected, total, line.split()[1].partition("==")[0])
            elif total and line.startswith("Installing collected"):
                say("  unpacking …")
    if process.returncode != 0:
        print("\n".join(lines[-TAIL:]), file=sys.stderr)
        sys.exit(f"Stopped while {what}. Run the same command again to go on.")


def show_progress(done: int, total: int, name: str) -> None:
    """On a terminal one line that changes, elsewhere a line now and then."""
    if sys.stdout.isatty():
        print(f"\r  {done}/{total} {name:<40.40}", end="\n" if done == total else "", flush=True)
    elif done % 20 == 0:
        say(f"  {done}/{total}")


def say(line: str) -> None:
    """Prints at once, also into a pipe."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
