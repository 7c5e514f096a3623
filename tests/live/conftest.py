"""A live process as in earnest, and a Redis of its own for the tests that need one."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

KEY = "a key for tests only"
WAIT_SECONDS = 20


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Returns when somebody listens on the port."""
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, f"{process.args!r} ended with {process.returncode}"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"{process.args!r} does not listen on {port}")


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis that nobody else uses; skipped where redis-server is not installed."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed (apt install redis-server)")
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    folder = tmp_path_factory.mktemp("redis")
    with subprocess.Popen([program, *options, "--dir", folder], stdout=subprocess.DEVNULL) as process:
        wait_for(port, process)
        yield f"redis://127.0.0.1:{port}/0"
        process.terminate()


@pytest.fixture
def start_live(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """`start_live(redis_url="")` starts a live process and gives its address."""
    processes: list[subprocess.Popen[bytes]] = []

    def start(redis_url: str = "") -> str:
        port = free_port()
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("OSLER_")},
            "OSLER_DATA_DIR": str(tmp_path),
            "OSLER_SECRET_KEY": KEY,
            "OSLER_REDIS_URL": redis_url,
        }
        command = [sys.executable, "-m", "osler.live", "--port", str(port)]
        processes.append(subprocess.Popen(command, env=environment))
        wait_for(port, processes[-1])
        return f"http://127.0.0.1:{port}"

    yield start
    for process in processes:
        process.terminate()
    for process in processes:
        assert process.wait(10) in (0, -15)
