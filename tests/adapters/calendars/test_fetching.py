"""Fetching: from a real server on this machine where a test allows it, and from no private machine ever."""

import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from osler.adapters.calendars import CalendarRefused
from osler.adapters.calendars.fetching import WebFetcher, is_public

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


class Server(BaseHTTPRequestHandler):
    """A calendar, a redirect, a flood, a drip."""

    def do_GET(self) -> None:
        kind = self.path.strip("/").split("?")[0]
        if kind == "moved":
            return self.answer(302, location=self.path.partition("?")[2])
        if kind == "loop":
            return self.answer(302, location="/loop")
        if kind == "same" and self.headers.get("If-None-Match") == '"v1"':
            return self.answer(304)
        if kind == "missing":
            return self.answer(404)
        if kind == "drip":
            return self.drip()
        body = b"x" * 3_000 if kind == "flood" else CALENDAR
        return self.answer(200, body, etag='"v1"')

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for _n in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def local(**more: Any) -> WebFetcher:
    """A fetcher for which this machine is public."""
    return WebFetcher(**{"may_ask": lambda address: True, "needs_https": False, **more})


def refused(fetcher: WebFetcher, url: str) -> str:
    with pytest.raises(CalendarRefused) as found:
        fetcher.fetch(url)
    return found.value.code


def test_a_calendar_is_brought_and_not_twice(address: str) -> None:
    found = local().fetch(f"{address}/same")
    assert (found.content, found.etag) == (CALENDAR, '"v1"')
    assert local().fetch(f"{address}/same", found.etag).is_unchanged


def test_redirects_are_followed_and_checked_again(address: str) -> None:
    assert local().fetch(f"{address}/moved?/calendar").content == CALENDAR
    assert refused(local(), f"{address}/loop") == "redirects"
    port = int(address.rpartition(":")[2])

    def only_this(found: Any) -> bool:
        return str(found) == "127.0.0.1"

    guarded = local(may_ask=only_this)
    assert refused(guarded, f"{address}/moved?http://127.0.0.2:{port}/calendar") == "private"
    assert refused(guarded, f"{address}/moved?file:///etc/passwd") == "address"


def test_what_is_too_large_missing_or_too_slow_is_refused(address: str) -> None:
    assert refused(local(most_bytes=2_000), f"{address}/flood") == "too-large"
    assert refused(local(), f"{address}/missing") == "status"
    assert refused(local(seconds=0.3), f"{address}/drip") == "late"


def test_this_machine_is_never_asked_by_the_real_one(address: str) -> None:
    port = address.rpartition(":")[2]
    for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433"):
        assert refused(WebFetcher(needs_https=False), f"http://{host}:{port}/") in ("private", "no-host")


@pytest.mark.parametrize(
    "url",
    ["", "x", "ftp://x.example/a", "file:///etc/passwd", "https://", "https://user:pw@x.example/",
     "https://x.example:99999/", "https://x.example/a b", "https://x.example/\r\nHost: y", "https://é.example/"],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    assert refused(WebFetcher(), url) == "address"


def test_plain_http_is_refused_and_webcal_is_https() -> None:
    assert refused(WebFetcher(), "http://calendar.example/a.ics") == "https"
    assert refused(WebFetcher(may_ask=lambda found: False), "webcal://localhost/a.ics") == "private"


@pytest.mark.parametrize(
    "text",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
     "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1",
     "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "2001:db8::1"],
)  # fmt: skip
def test_no_private_address_passes_in_any_disguise(text: str) -> None:
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_pass(text: str) -> None:
    assert is_public(ipaddress.ip_address(text))


def test_a_name_that_changes_its_mind_gains_nothing(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is asked once; where it leads the second time is never asked."""
    asked: list[str] = []
    port = int(address.rpartition(":")[2])

    def changing(host: str, *args: Any, **named: Any) -> Any:
        asked.append(host)
        target = "127.0.0.1" if len(asked) == 1 else "127.0.0.9"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (target, port))]

    monkeypatch.setattr("osler.adapters.calendars.fetching.socket.getaddrinfo", changing)
    checked: list[str] = []

    def note(found: Any) -> bool:
        checked.append(str(found))
        return True

    assert local(may_ask=note).fetch(f"http://changing.example:{port}/").content == CALENDAR
    assert asked == ["changing.example"]
    assert checked == ["127.0.0.1"]
