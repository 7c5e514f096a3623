"""The front door over real sockets, with a small server of the test behind it."""

import asyncio
import http.client
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from osler.cli.front import FrontDoor, Upstream


class Behind(BaseHTTPRequestHandler):
    """Says what it was asked; /chunks answers in chunks, /endless until the connection closes."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if length else self._chunks()
        self.server.seen.append((self.command, self.path, dict(self.headers), body))  # type: ignore[attr-defined]
        self.send_response(200)
        if self.path == "/chunks":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for piece in (b"one", b"three" * 50_000):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
        elif self.path == "/endless":
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(b"until the end")
        else:
            answer = f"{self.server.server_port} {self.path} {len(body)}".encode()  # type: ignore[attr-defined]
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer)

    do_POST = do_HEAD = do_GET  # noqa: N815 - the names http.server looks for

    def _chunks(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return b""
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def log_message(self, *arguments: object) -> None:
        pass


@dataclass
class House:
    """The door's port, the servers behind it, and whether they are up."""

    port: int = 0
    web: ThreadingHTTPServer = field(default_factory=lambda: behind())
    live: ThreadingHTTPServer = field(default_factory=lambda: behind())
    is_up: bool = True

    @property
    def seen(self) -> list[tuple[str, str, dict[str, str], bytes]]:
        return self.web.seen  # type: ignore[attr-defined]

    def say(self, text: bytes) -> bytes:
        """Sends raw bytes and returns everything until the door closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as line:
            line.sendall(text)
            answer = b""
            while piece := line.recv(65536):
                answer += piece
            return answer


def behind() -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Behind)
    server.seen = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server


@pytest.fixture
def house() -> Iterator[House]:
    found = House()
    door = FrontDoor(
        web=Upstream("127.0.0.1", found.web.server_port, lambda: found.is_up),
        live=Upstream("127.0.0.1", found.live.server_port),
    )
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    listening = socket.create_server(("127.0.0.1", 0))
    found.port = listening.getsockname()[1]
    asyncio.run_coroutine_threadsafe(door.start([listening]), loop).result(10)
    yield found
    asyncio.run_coroutine_threadsafe(door.stop(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()
    for server in (found.web, found.live):
        server.shutdown()
        server.server_close()


def test_one_connection_serves_many_requests(house: House) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=10)
    answers = []
    for method, path, body in [
        ("GET", "/a", None),
        ("POST", "/b", b"x" * 300_000),
        ("HEAD", "/c", None),
        ("GET", "/d?e", None),
    ]:
        connection.request(method, path, body)
        answers.append(connection.getresponse().read().decode())
        kept = connection.sock
    port = house.web.server_port
    assert answers == [f"{port} /a 0", f"{port} /b 300000", "", f"{port} /d?e 0"]
    assert kept is not None
    connection.close()


def test_only_live_paths_go_to_the_live_process(house: House) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=10)
    ports = []
    for path in ("/live/events?token=x", "/live", "/livestock", "/publish"):
        connection.request("GET", path)
        ports.append(int(connection.getresponse().read().split()[0]))
    assert ports == [house.live.server_port, *[house.web.server_port] * 3]
    connection.close()


def test_bodies_pass_in_chunks_both_ways(house: House) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=10)
    connection.request("POST", "/chunks", iter([b"ab", b"c" * 100_000]), encode_chunked=True)
    assert connection.getresponse().read() == b"one" + b"three" * 50_000
    assert house.seen[0][3] == b"ab" + b"c" * 100_000
    connection.request("GET", "/again")
    assert connection.getresponse().status == 200
    connection.close()


def test_an_answer_without_length_closes_the_connection(house: House) -> None:
    answer = house.say(b"GET /endless HTTP/1.1\r\nHost: x\r\n\r\n")
    assert answer.endswith(b"until the end")
    assert b"connection: close" in answer


def test_nobody_outside_says_where_a_request_came_from(house: House) -> None:
    house.say(
        b"GET / HTTP/1.1\r\nHost: osler.example\r\nX-Forwarded-For: 6.6.6.6\r\nForwarded: for=6.6.6.6\r\n"
        b"X-Forwarded-Proto: https\r\nConnection: close\r\n\r\n"
    )
    headers = {name.lower(): value for name, value in house.seen[0][2].items()}
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert headers["x-forwarded-proto"] == "http"
    assert headers["host"] == "osler.example"
    assert "forwarded" not in headers


def test_leave_to_send_a_body_is_given(house: House) -> None:
    with socket.create_connection(("127.0.0.1", house.port), timeout=10) as line:
        line.sendall(
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n"
            b"Connection: close\r\n\r\n"
        )
        assert line.recv(100).startswith(b"HTTP/1.1 100 ")
        line.sendall(b"ok")
        assert b" 200 " in line.recv(1000)
    assert house.seen[0][3] == b"ok"


def test_a_request_that_cannot_be_read_goes_no_further(house: House) -> None:
    assert b" 400 " in house.say(b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 2\r\n\r\n")
    assert b" 431 " in house.say(b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 40_000 + b"\r\n\r\n")
    assert house.seen == []


def test_chunks_that_lie_are_refused(house: House) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert b" 400 " in house.say(head + b"zz\r\n")
    assert b" 400 " in house.say(head + b"2\r\nabc\r\n0\r\n\r\n")


def test_a_process_that_is_away_gives_a_page_that_tries_again(house: House) -> None:
    house.is_up = False
    answer = house.say(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 502 ")
    assert b"retry-after: 2" in answer
    assert b"Osler is starting" in answer


def test_a_client_that_goes_away_leaves_the_door_open(house: House) -> None:
    for text in (b"", b"GET / HT", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc"):
        with socket.create_connection(("127.0.0.1", house.port), timeout=10) as line:
            line.sendall(text)
    assert b" 200 " in house.say(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
