"""Fetching a calendar from an address that a person typed: only public machines are asked, and not for long.

The name is resolved once, every address it has is checked, and the connection goes to a checked address: a
name that answers differently the second time gains nothing. Redirects pass the same checks.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from urllib.parse import SplitResult, urljoin, urlsplit

from osler.adapters.calendars import MOST_BYTES, CalendarRefused, Fetched

MOST_SECONDS = 20.0
MOST_REDIRECTS = 3
MOST_URL = 1000
CHUNK = 1 << 16
REDIRECTS = (301, 302, 303, 307, 308)
AGENT = "Osler calendar reader"
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(address: Address) -> bool:
    """Whether a machine at this address may be asked: nothing private, local, reserved or in disguise."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is not None and not is_public(inner):
            return False
        if any(address in net for net in _NAT64):
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and not address.is_multicast and not address.is_reserved


class _Checked(http.client.HTTPConnection):
    """A connection to one checked address, whatever the name would say by now."""

    def __init__(self, parts: SplitResult, address: str, port: int, seconds: float) -> None:
        super().__init__(parts.hostname or "", port, timeout=seconds)
        self.address, self.is_secure = address, parts.scheme == "https"

    def connect(self) -> None:
        family = socket.AF_INET6 if ":" in self.address else socket.AF_INET
        self.sock = socket.socket(family, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect((self.address, self.port))
        if self.is_secure:
            # The certificate must be that of the name, not of the address.
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
        # The library lets go of its socket where the answer ends with the connection.
        self.wire = self.sock


class WebFetcher:
    """Fetches over HTTP. ``may_ask`` is the rule for addresses and ``needs_https`` the one for the way; both
    are only ever loosened by tests.
    """

    def __init__(
        self,
        *,
        may_ask: Callable[[Address], bool] = is_public,
        needs_https: bool = True,
        seconds: float = MOST_SECONDS,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self.may_ask, self.needs_https = may_ask, needs_https
        self.seconds, self.most_bytes = seconds, most_bytes

    def fetch(self, url: str, etag: str = "") -> Fetched:
        """The calendar at an address. Raises ``CalendarRefused``: ``address``, ``https``, ``private``,
        ``no-host``, ``unreachable``, ``late``, ``redirects``, ``status``, ``too-large``.
        """
        ends = time.monotonic() + self.seconds
        try:
            for _step in range(MOST_REDIRECTS + 1):
                found = self._ask(url, etag, ends)
                if isinstance(found, Fetched):
                    return found
                url = found
        except (TimeoutError, Late):
            raise CalendarRefused("late", str(int(self.seconds))) from None
        except (OSError, http.client.HTTPException, ssl.SSLError, UnicodeError):
            # A socket that ran out of time fails in its own words.
            if time.monotonic() >= ends:
                raise CalendarRefused("late", str(int(self.seconds))) from None
            raise CalendarRefused("unreachable") from None
        raise CalendarRefused("redirects")

    def _ask(self, url: str, etag: str, ends: float) -> Fetched | str:
        parts = self._parts(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        address = self._address(parts.hostname or "", port, ends)
        connection = _Checked(parts, address, port, _left(ends))
        try:
            headers = {"User-Agent": AGENT, "Accept": "text/calendar", "Accept-Encoding": "identity"}
            if etag:
                headers["If-None-Match"] = etag
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", target, headers=headers)
            answer = connection.getresponse()
            if answer.status in REDIRECTS and answer.headers.get("Location"):
                return urljoin(url, str(answer.headers["Location"]))
            if answer.status == 304 and etag:
                return Fetched(b"", etag, is_unchanged=True)
            if answer.status != 200 or answer.headers.get("Content-Encoding", "identity") != "identity":
                raise CalendarRefused("status", str(answer.status))
            return Fetched(self._content(connection, answer, ends), answer.headers.get("ETag", "")[:200])
        finally:
            connection.close()

    def _parts(self, url: str) -> SplitResult:
        try:
            parts = urlsplit(url.strip().replace("webcal://", "https://", 1))
            is_plain = parts.port is None or parts.port > 0
        except ValueError:
            raise CalendarRefused("address") from None
        strange = len(url) > MOST_URL or not url.isascii() or any(c <= " " for c in url.strip())
        if strange or not is_plain or parts.scheme not in ("http", "https") or not parts.hostname:
            raise CalendarRefused("address")
        if parts.username is not None:
            raise CalendarRefused("address")
        if self.needs_https and parts.scheme != "https":
            raise CalendarRefused("https")
        return parts

    def _address(self, host: str, port: int, ends: float) -> str:
        """One address of the name, after every address it has was found to be public."""
        pool = ThreadPoolExecutor(1)
        try:
            # Asking for a name has no time limit of its own.
            asked = pool.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
            found = [str(entry[4][0]).partition("%")[0] for entry in asked.result(_left(ends))]
        except socket.gaierror:
            raise CalendarRefused("no-host") from None
        finally:
            pool.shutdown(wait=False)
        if not found:
            raise CalendarRefused("no-host")
        if not all(self.may_ask(ipaddress.ip_address(address)) for address in found):
            raise CalendarRefused("private")
        return found[0]

    def _content(self, connection: _Checked, answer: http.client.HTTPResponse, ends: float) -> bytes:
        pieces: list[bytes] = []
        size = 0
        while True:
            # Each piece may take what is left of the whole: a slow drip ends at the limit too.
            connection.wire.settimeout(_left(ends))
            piece = answer.read1(CHUNK)
            if not piece:
                return b"".join(pieces)
            size += len(piece)
            if size > self.most_bytes:
                raise CalendarRefused("too-large", str(self.most_bytes // 1_000_000))
            pieces.append(piece)


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
