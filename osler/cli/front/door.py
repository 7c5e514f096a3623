"""The front door itself: takes connections, sends each request to the right process, streams both ways."""

import asyncio
import contextlib
import logging
import socket
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable
from dataclasses import dataclass

from osler.cli.front.bodies import BrokenOff, pass_on
from osler.cli.front.head import (
    FORWARDED,
    BadMessage,
    RequestHead,
    ResponseHead,
    passed_on,
    read_request,
    read_response,
    written,
)
from osler.cli.front.pages import page

MAX_HEAD_BYTES = 32 * 1024
HEAD_SECONDS = 20.0
IDLE_SECONDS = 75.0
CONNECT_SECONDS = 5.0
CLOSE_SECONDS = 5.0
ANSWER_SECONDS = 120.0
MAX_CONNECTIONS = 5_000
LIVE_PREFIX = b"/live/"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Upstream:
    """A process behind the door: where it listens, and whether it is there at the moment."""

    host: str
    port: int
    is_up: Callable[[], bool] = lambda: True


class Unreachable(Exception):
    """The process behind the door gives no answer; `status` is what to say."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class FrontDoor:
    """Serves `sockets`; paths under /live/ go to `live`, all others to `web`."""

    def __init__(self, *, web: Upstream, live: Upstream, scheme: str = "http") -> None:
        self._web, self._live, self._scheme = web, live, scheme.encode()
        self._servers: list[asyncio.Server] = []
        self._open: set[asyncio.Task[None]] = set()

    async def start(self, sockets: list[socket.socket]) -> None:
        """Begins to take connections on sockets that listen already."""
        for listening in sockets:
            server = await asyncio.start_server(self._connected, sock=listening, limit=MAX_HEAD_BYTES)
            self._servers.append(server)

    async def stop(self) -> None:
        """Takes no more connections and cuts the open ones."""
        for server in self._servers:
            server.close()
        for task in tuple(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _connected(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            if len(self._open) > MAX_CONNECTIONS:
                await _say(writer, 503, keeps_alive=False)
                return
            while await self._one_request(reader, writer):
                pass
        except (ConnectionError, TimeoutError, asyncio.IncompleteReadError):
            # The client went away or was too slow; there is nobody to tell.
            pass
        except asyncio.CancelledError:
            # Only stop() cancels; asyncio would log a handler that ends as cancelled.
            pass
        finally:
            self._open.discard(task)
            await _close(writer)

    async def _one_request(self, reader: StreamReader, writer: StreamWriter) -> bool:
        """Serves one request; False when the connection is to be closed."""
        try:
            request = await _next_request(reader)
        except BadMessage as error:
            await _say(writer, error.status, keeps_alive=False)
            return False
        if request is None:
            return False
        upstream = self._live if request.path.startswith(LIVE_PREFIX) else self._web
        try:
            return await self._forward(request, upstream, reader, writer)
        except Unreachable as error:
            # Nothing was sent yet; a body that still comes makes the connection useless for the next request.
            keeps_alive = request.keeps_alive and request.body.is_empty
            await _say(writer, error.status, keeps_alive=keeps_alive, is_head=request.method == b"HEAD")
            return keeps_alive

    async def _forward(
        self, request: RequestHead, upstream: Upstream, reader: StreamReader, writer: StreamWriter
    ) -> bool:
        up_reader, up_writer = await _connect(upstream)
        sending = asyncio.create_task(
            self._send_request(request, reader, writer, up_writer, _client_address(writer))
        )
        try:
            response = await _answer_head(up_reader, request.method, sending)
            keeps_alive = _may_stay_open(request, response)
            writer.write(_response_head(response, keeps_alive=keeps_alive))
            await pass_on(response.body, up_reader, writer)
            await writer.drain()
            # An answer before the end of the upload leaves bytes on the line: then the connection is spent.
            return keeps_alive and sending.done() and sending.exception() is None
        except BadMessage as error:
            log.warning("The process behind the door broke off: %s", error)
            return False
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
            await _close(up_writer)

    async def _send_request(
        self,
        request: RequestHead,
        reader: StreamReader,
        writer: StreamWriter,
        up_writer: StreamWriter,
        client: bytes,
    ) -> None:
        headers = passed_on(request.headers, without=frozenset(FORWARDED | {b"expect"}))
        added = (
            (b"x-forwarded-for", client),
            (b"x-forwarded-proto", self._scheme),
            (b"connection", b"close"),
        )
        up_writer.write(
            written(request.method + b" " + request.target + b" HTTP/1.1", (*_with_host(headers), *added))
        )
        await up_writer.drain()
        if request.expects_continue and not request.body.is_empty:
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        try:
            await pass_on(request.body, reader, up_writer)
        except (BadMessage, BrokenOff):
            # The rest will never come: the process behind must not wait for it.
            up_writer.transport.abort()
            raise


async def _next_request(reader: StreamReader) -> RequestHead | None:
    try:
        first = await asyncio.wait_for(reader.readexactly(1), IDLE_SECONDS)
        # Lone line ends before a request are to be forgiven (RFC 9112, section 2.2).
        while first in (b"\r", b"\n"):
            first = await asyncio.wait_for(reader.readexactly(1), HEAD_SECONDS)
        rest = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), HEAD_SECONDS)
    except (asyncio.IncompleteReadError, TimeoutError):
        return None
    except asyncio.LimitOverrunError:
        raise BadMessage("The head is too large.", 431) from None
    return read_request(first + rest)


async def _connect(upstream: Upstream) -> tuple[StreamReader, StreamWriter]:
    if not upstream.is_up():
        raise Unreachable(502)
    try:
        opening = asyncio.open_connection(upstream.host, upstream.port, limit=MAX_HEAD_BYTES)
        return await asyncio.wait_for(opening, CONNECT_SECONDS)
    except OSError:
        raise Unreachable(502) from None


async def _answer_head(up_reader: StreamReader, method: bytes, sending: asyncio.Task[None]) -> ResponseHead:
    try:
        while True:
            head = await asyncio.wait_for(up_reader.readuntil(b"\r\n\r\n"), ANSWER_SECONDS)
            response = read_response(head, method=method)
            # The front door gives leave to send by itself; other interim answers help nobody here.
            if response.status >= 200:
                return response
    except TimeoutError:
        raise Unreachable(504) from None
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError, BadMessage):
        was_unreadable = sending.done() and isinstance(sending.exception(), BadMessage)
        raise Unreachable(400 if was_unreadable else 502) from None


def _may_stay_open(request: RequestHead, response: ResponseHead) -> bool:
    if response.body.ends_with_connection or (response.body.chunked and not request.is_http_1_1):
        return False
    return request.keeps_alive


def _response_head(response: ResponseHead, *, keeps_alive: bool) -> bytes:
    headers = (*passed_on(response.headers), (b"connection", b"keep-alive" if keeps_alive else b"close"))
    return written(b"HTTP/1.1 %d %s" % (response.status, response.reason), headers)


def _with_host(headers: tuple[tuple[bytes, bytes], ...]) -> tuple[tuple[bytes, bytes], ...]:
    # HTTP/1.0 clients may leave it out, the process behind speaks 1.1 and needs one.
    return headers if any(name == b"host" for name, _ in headers) else (*headers, (b"host", b"localhost"))


def _client_address(writer: StreamWriter) -> bytes:
    peer = writer.get_extra_info("peername")
    return str(peer[0]).encode() if peer else b"unknown"


async def _say(writer: StreamWriter, status: int, *, keeps_alive: bool, is_head: bool = False) -> None:
    first_line, headers, body = page(status)
    headers = (*headers, (b"connection", b"keep-alive" if keeps_alive else b"close"))
    writer.write(written(first_line, headers) + (b"" if is_head else body))
    await writer.drain()


async def _close(writer: StreamWriter) -> None:
    with contextlib.suppress(OSError, asyncio.CancelledError):
        writer.close()
        await asyncio.wait_for(writer.wait_closed(), CLOSE_SECONDS)
    writer.transport.abort()
