"""`osler run`: the whole house on one machine behind one port.

The loop and what runs in it are imported when serving begins: every other command starts without them.
"""

import os
import socket
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from osler.cli.setup import require_migrated

LOCAL = "localhost"
BACKLOG = 2_048
# The front door never passes this address on, so only processes of this machine can publish.
LIVE_URL = "OSLER_LIVE_URL"


Port = Annotated[int, typer.Option(envvar="PORT", min=1, max=65_535, help="The port to listen on.")]
Host = Annotated[str, typer.Option(help="The name or address to listen on.")]


class PortTaken(Exception):
    """Nobody can listen on the port; the message is for the person at the terminal."""


def run(
    port: Port = 8000,
    host: Host = LOCAL,
    threads: Annotated[int, typer.Option(min=1, help="Threads per web process.")] = 8,
    web_processes: Annotated[int, typer.Option(min=1, help="Web processes.")] = 1,
) -> None:
    """Serve web, worker and live as one process tree behind one port."""
    try:
        doors = listen(host, port)
    except PortTaken as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None
    require_migrated()

    def ready() -> None:
        print(f"Osler is at http://{host}:{port}", flush=True)

    raise typer.Exit(serve(doors, threads=threads, web_processes=web_processes, when_ready=ready))


def listen(host: str, port: int) -> list[socket.socket]:
    """Sockets on every address of `host`; "localhost" means IPv4 and, where there is one, IPv6.

    Raises PortTaken with a sentence that says what to do.
    """
    doors: list[socket.socket] = []
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        addresses = {(family, address[:2]) for family, _, _, _, address in found}
        if host == LOCAL:
            addresses = {(socket.AF_INET, ("127.0.0.1", port)), (socket.AF_INET6, ("::1", port))}
        for family, address in sorted(addresses):
            try:
                doors.append(socket.create_server(address, family=family, backlog=BACKLOG))
            except OSError:
                if family == socket.AF_INET6 and doors and not _is_taken(port):
                    continue
                raise
    except OSError as error:
        for door in doors:
            door.close()
        raise PortTaken(
            f"Port {port} on {host} cannot be used ({error.strerror or error}): stop what uses it, "
            f"or choose another with PORT={port + 1}."
        ) from None
    return doors


def _is_taken(port: int) -> bool:
    with socket.socket(socket.AF_INET6) as probe:
        probe.settimeout(1)
        return probe.connect_ex(("::1", port)) == 0


def serve(
    doors: list[socket.socket], *, threads: int, web_processes: int, when_ready: Callable[[], None]
) -> int:
    """Runs the tree behind open sockets until a signal; returns the exit code."""
    import asyncio

    return asyncio.run(_serve(doors, threads, web_processes, when_ready))


async def _serve(
    doors: list[socket.socket], threads: int, web_processes: int, when_ready: Callable[[], None]
) -> int:
    import asyncio

    from osler.cli.front import FrontDoor, Upstream
    from osler.cli.process_tree import Child, ProcessTree

    web_socket, live_socket = _inner_socket(), _inner_socket()
    environment = {LIVE_URL: f"http://127.0.0.1:{_port(live_socket)}"}
    os.environ.update(environment)
    web = Child("web", web_command(web_socket.fileno(), threads, web_processes), web_socket)
    live = Child("live", live_command(live_socket.fileno()), live_socket)
    worker = Child("worker", [sys.executable, "-m", "osler.cli.main", "worker"])
    front = FrontDoor(
        web=Upstream("127.0.0.1", _port(web_socket), web.is_up),
        live=Upstream("127.0.0.1", _port(live_socket), live.is_up),
    )
    tree = ProcessTree([web, live, worker], say=lambda line: print(line, file=sys.stderr, flush=True))
    await front.start(doors)
    announcing = asyncio.create_task(_announce(_port(web_socket), when_ready))
    try:
        return await tree.run()
    finally:
        announcing.cancel()
        await front.stop()


def web_command(fd: int, threads: int, processes: int) -> list[str]:
    """gunicorn on an inherited socket; the socket outlives a restart, so requests wait instead of failing."""
    return [
        *(sys.executable, "-m", "gunicorn", "osler.conf.wsgi:application"),
        *("--bind", f"fd://{fd}", "--worker-class", "gthread", "--threads", str(threads)),
        *("--workers", str(processes), "--timeout", "90", "--graceful-timeout", "5"),
        *("--log-level", "warning", "--no-control-socket"),
    ]


def live_command(fd: int) -> list[str]:
    """The live process on an inherited socket."""
    return [sys.executable, "-m", "osler.live", "--fd", str(fd)]


def _inner_socket() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0), backlog=BACKLOG)


def _port(listening: socket.socket) -> int:
    port: int = listening.getsockname()[1]
    return port


async def _announce(port: int, when_ready: Callable[[], None]) -> None:
    """Waits for the first answer of the web process, whatever it says, before telling people to come."""
    import asyncio

    while True:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            answer = await reader.read(64)
            writer.close()
            if answer.startswith(b"HTTP/"):
                when_ready()
                return
        except OSError:
            pass
        await asyncio.sleep(0.2)
