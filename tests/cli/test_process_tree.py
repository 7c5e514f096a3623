"""The tree of processes as a person starts it, with a signal at its end."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from osler.cli.process_tree import Child, ProcessTree

OSLER = [sys.executable, "-m", "osler.cli.main"]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OSLER_")}
    return {**kept, "OSLER_DATA_DIR": str(folder), "OSLER_LOG_LEVEL": "WARNING"}


def descendants(pid: int) -> set[int]:
    """Every process below `pid`, by what Linux says about parents."""
    found, todo = set(), [pid]
    while todo:
        parent = todo.pop()
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            new = {int(child) for child in task.read_text().split()} - found
            found |= new
            todo += new
    return found


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(pids: set[int]) -> set[int]:
    end = time.monotonic() + 10
    while time.monotonic() < end and any(map(is_alive, pids)):
        time.sleep(0.05)
    return set(filter(is_alive, pids))


needs_proc = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="looks at processes through /proc"
)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose database is ready; the commands run from a shell, so this is no test database."""
    folder = tmp_path_factory.mktemp("house")
    command = [*OSLER, "manage", "migrate", "--verbosity=0"]
    subprocess.run(command, env=environment(folder), check=True, timeout=120)
    return folder


@needs_proc
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_whole_tree_serves_and_ends_together(migrated: Path, number: signal.Signals) -> None:
    port = free_port()
    command = [*OSLER, "run", "--port", str(port)]
    with subprocess.Popen(command, env=environment(migrated), stdout=subprocess.PIPE, text=True) as tree:
        assert tree.stdout is not None
        assert tree.stdout.readline() == f"Osler is at http://localhost:{port}\n"
        for path in ("/healthz", "/live/healthz"):
            with urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=20) as answer:
                assert b'"status": "alive"' in answer.read()
        children = descendants(tree.pid)
        assert len(children) >= 4  # gunicorn and its worker, live, the job worker
        tree.send_signal(number)
        assert tree.wait(20) == (-9 if number == signal.SIGKILL else 0)
    assert wait_until_gone(children) == set()


@pytest.mark.parametrize("name", ["run", "worker"])
def test_without_migrations_one_sentence_says_what_to_run(tmp_path: Path, name: str) -> None:
    port = ["--port", str(free_port())] if name == "run" else []
    command = [*OSLER, name, *port]
    done = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "The database lacks migrations: run osler manage migrate first.\n"


def test_a_taken_port_is_one_clear_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for name in ("run", "demo"):
            command = [*OSLER, name, "--port", str(port)]
            done = subprocess.run(
                command, env=environment(tmp_path), capture_output=True, text=True, timeout=60
            )
            assert done.returncode == 1
            assert done.stderr.count("\n") == 1
            assert f"choose another with PORT={port + 1}" in done.stderr


def run_tree(*commands: str, stop_after: float = 20) -> tuple[int, list[str]]:
    lines: list[str] = []
    children = [Child(f"no. {n}", [sys.executable, "-c", text]) for n, text in enumerate(commands)]
    tree = ProcessTree(children, say=lines.append)

    async def scene() -> int:
        asyncio.get_running_loop().call_later(stop_after, tree.stop)
        return await tree.run()

    return asyncio.run(scene()), lines


def test_a_child_that_keeps_dying_takes_the_tree_down_with_a_clear_line() -> None:
    code, lines = run_tree("raise SystemExit(3)", "import time; time.sleep(60)")
    assert code == 1
    assert lines[-1] == "The no. 0 process keeps ending (exit code 3); everything is stopped."


def test_a_child_that_dies_once_is_started_again(tmp_path: Path) -> None:
    mark = tmp_path / "died"
    text = (
        "import pathlib, sys, time\n"
        f"mark = pathlib.Path({str(mark)!r})\n"
        "if mark.exists(): mark.write_text('twice'); time.sleep(60)\n"
        "mark.write_text('once'); sys.exit(3)"
    )
    code, lines = run_tree(text, stop_after=2.5)
    assert (code, lines) == (0, ["The no. 0 process ended (exit code 3) and is started again."])
    assert mark.read_text() == "twice"


def test_a_program_that_is_not_there_is_named() -> None:
    lines: list[str] = []
    code = asyncio.run(ProcessTree([Child("web", ["/no/such/program"])], say=lines.append).run())
    assert code == 1
    assert lines[0].startswith("The web process cannot be started")
