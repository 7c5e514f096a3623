"""Reading and writing the head of an HTTP/1.1 message, strictly (RFC 9112).

What two programs could read differently is refused, so that nobody can smuggle a request past the front door.
"""

import re
from dataclasses import dataclass

TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
TARGET = re.compile(rb"[\x21-\x7e]+")
# Headers about this one connection, never passed on (RFC 9110, section 7.6.1).
HOP_BY_HOP = {
    b"connection",
    b"keep-alive",
    b"proxy-authenticate",
    b"proxy-authorization",
    b"proxy-connection",
    b"te",
    b"trailer",
    b"upgrade",
}
# Only the front door says where a request came from.
FORWARDED = {b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-real-ip"}
MAX_HEADERS = 100

Headers = tuple[tuple[bytes, bytes], ...]


class BadMessage(ValueError):
    """The head cannot be read in exactly one way; `status` is what to answer."""

    def __init__(self, reason: str, status: int = 400) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True)
class Body:
    """How a body ends: after `length` bytes, `chunked`, or (responses only) with the connection."""

    length: int | None = None
    chunked: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no byte follows the head."""
        return self.length == 0

    @property
    def ends_with_connection(self) -> bool:
        """Whether only the closing connection tells the end."""
        return self.length is None and not self.chunked


EMPTY = Body(length=0)


@dataclass(frozen=True)
class RequestHead:
    """The first line and the headers of a request, names in lower case."""

    method: bytes
    target: bytes
    is_http_1_1: bool
    headers: Headers
    body: Body

    @property
    def path(self) -> bytes:
        """The target without its query."""
        return self.target.partition(b"?")[0]

    @property
    def keeps_alive(self) -> bool:
        """Whether the client wants the connection to stay open."""
        words = connection_words(self.headers)
        return b"close" not in words if self.is_http_1_1 else b"keep-alive" in words

    @property
    def expects_continue(self) -> bool:
        """Whether the client waits for leave to send the body."""
        return any(name == b"expect" and value.lower() == b"100-continue" for name, value in self.headers)


@dataclass(frozen=True)
class ResponseHead:
    """The first line and the headers of a response."""

    status: int
    reason: bytes
    headers: Headers
    body: Body


def read_request(head: bytes) -> RequestHead:
    """Parses everything up to and with the empty line. Raises BadMessage."""
    first, headers = _lines(head)
    parts = first.split(b" ")
    if len(parts) != 3 or not TOKEN.fullmatch(parts[0]) or not TARGET.fullmatch(parts[1]):
        raise BadMessage("The request line cannot be read.")
    method, target, version = parts
    if version not in (b"HTTP/1.1", b"HTTP/1.0"):
        raise BadMessage("Only HTTP/1.1 is spoken here.", 505)
    if not target.startswith(b"/"):
        raise BadMessage("Only paths are answered here.")
    is_http_1_1 = version == b"HTTP/1.1"
    hosts = [value for name, value in headers if name == b"host"]
    if len(hosts) > 1 or (is_http_1_1 and not hosts):
        raise BadMessage("There must be one Host header.")
    body = _framing(headers) or EMPTY
    if body.chunked and not is_http_1_1:
        raise BadMessage("HTTP/1.0 knows no chunks.")
    return RequestHead(method, target, is_http_1_1, headers, body)


def read_response(head: bytes, *, method: bytes) -> ResponseHead:
    """Parses the head of an upstream's answer to `method`. Raises BadMessage."""
    first, headers = _lines(head)
    version, _, rest = first.partition(b" ")
    code, _, reason = rest.partition(b" ")
    if not version.startswith(b"HTTP/1.") or len(code) != 3 or not code.isdigit():
        raise BadMessage("The answer cannot be read.", 502)
    status = int(code)
    is_without_body = method == b"HEAD" or status in (204, 304) or status < 200
    body = EMPTY if is_without_body else _framing(headers) or Body()
    return ResponseHead(status, reason, headers, body)


def connection_words(headers: Headers) -> set[bytes]:
    """The words of all Connection headers, in lower case."""
    return {
        word.strip().lower() for name, value in headers if name == b"connection" for word in value.split(b",")
    }


def passed_on(headers: Headers, *, without: frozenset[bytes] = frozenset()) -> Headers:
    """The headers that concern the other side too."""
    left_out = HOP_BY_HOP | connection_words(headers) | without
    return tuple((name, value) for name, value in headers if name not in left_out)


def written(first_line: bytes, headers: Headers) -> bytes:
    """A head as it goes over the wire."""
    lines = [first_line, *(name + b": " + value for name, value in headers), b"", b""]
    return b"\r\n".join(lines)


def _lines(head: bytes) -> tuple[bytes, Headers]:
    lines = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
    if len(lines) > MAX_HEADERS + 1:
        raise BadMessage("There are too many headers.", 431)
    return lines[0], tuple(_header(line) for line in lines[1:])


def _header(line: bytes) -> tuple[bytes, bytes]:
    name, colon, value = line.partition(b":")
    value = value.strip(b" \t")
    # A blank before the colon, a folded line and a bare CR or LF are read differently by different programs.
    if not colon or not TOKEN.fullmatch(name) or any(char in value for char in b"\r\n\0"):
        raise BadMessage("A header cannot be read.")
    return name.lower(), value


def _framing(headers: Headers) -> Body | None:
    encodings = [value.lower() for name, value in headers if name == b"transfer-encoding"]
    lengths = [value for name, value in headers if name == b"content-length"]
    if encodings:
        if encodings != [b"chunked"] or lengths:
            raise BadMessage("The length of the body is ambiguous.")
        return Body(chunked=True)
    if lengths:
        if len(set(lengths)) != 1 or not re.fullmatch(rb"[0-9]{1,18}", lengths[0]):
            raise BadMessage("The length of the body cannot be read.")
        return Body(length=int(lengths[0]))
    return None
