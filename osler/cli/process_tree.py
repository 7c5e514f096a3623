"""One tree of processes: the front door here, web, worker and live as children that end when it ends."""

import asyncio
import contextlib
import ctypes
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

# A child that dies this often within so many seconds will not get better by starting it again.
MAX_DEATHS = 3
DEATH_SECONDS = 30.0
GRACE_SECONDS = 8.0
RESTART_SECONDS = 0.5
PR_SET_PDEATHSIG = 1

Say = Callable[[str], None]


@dataclass
class Child:
    """One process of the tree and how to start it; `listening` is handed over as an open socket."""

    name: str
    command: Sequence[str]
    listening: socket.socket | None = None
    environment: dict[str, str] = field(default_factory=dict)
    process: asyncio.subprocess.Process | None = None
    deaths: list[float] = field(default_factory=list)

    def is_up(self) -> bool:
        """Whether the process runs at this moment."""
        return self.process is not None and self.process.returncode is None

    async def start(self) -> None:
        """Starts the process in a group of its own, so that Ctrl-C reaches only the head of the tree."""
        self.process = await asyncio.create_subprocess_exec(
            *self.command,
            env={**os.environ, **self.environment},
            pass_fds=[self.listening.fileno()] if self.listening else [],
            stdin=asyncio.subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
        )

    async def stop(self) -> None:
        """Asks the process to end, and ends its whole group where it does not."""
        if self.process is None:
            return
        if self.is_up():
            self.process.terminate()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.process.wait(), GRACE_SECONDS)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        await self.process.wait()

    def dies_too_often(self, at: float) -> bool:
        """Notes a death at `at` (seconds) and says whether there were too many lately."""
        self.deaths = [moment for moment in self.deaths if at - moment < DEATH_SECONDS] + [at]
        return len(self.deaths) >= MAX_DEATHS


class ProcessTree:
    """Keeps the children running until told to stop."""

    def __init__(self, children: Sequence[Child], say: Say) -> None:
        self._children, self._say = children, say
        self._stopping = asyncio.Event()
        self._exit_code = 0

    def stop(self) -> None:
        """Asks the tree to end."""
        self._stopping.set()

    async def run(self) -> int:
        """Starts every child; the exit code, after the last has ended, is 0, or 1 where one kept dying."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.stop)
        keepers = [asyncio.create_task(self._keep(child)) for child in self._children]
        try:
            await self._stopping.wait()
        finally:
            for keeper in keepers:
                keeper.cancel()
            await asyncio.gather(*keepers, return_exceptions=True)
            await asyncio.gather(*(child.stop() for child in self._children))
        return self._exit_code

    async def _keep(self, child: Child) -> None:
        while True:
            try:
                await child.start()
            except OSError as error:
                self._give_up(f"The {child.name} process cannot be started: {error}.")
                return
            assert child.process is not None
            code = await child.process.wait()
            if child.dies_too_often(time.monotonic()):
                self._give_up(f"The {child.name} process keeps ending ({_how(code)}); everything is stopped.")
                return
            self._say(f"The {child.name} process ended ({_how(code)}) and is started again.")
            await asyncio.sleep(RESTART_SECONDS)

    def _give_up(self, sentence: str) -> None:
        self._say(sentence)
        self._exit_code = 1
        self.stop()


def _how(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"


def _end_with_parent() -> None:
    # Runs in the child before exec: when the head is killed outright, nobody is left to stop the rest.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
