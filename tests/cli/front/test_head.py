import pytest

from osler.cli.front.head import BadMessage, passed_on, read_request, read_response


def request(*lines: str) -> bytes:
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def test_a_request_comes_apart() -> None:
    head = read_request(request("POST /a/b?c=1 HTTP/1.1", "Host: osler", "Content-Length: 5"))
    assert (head.method, head.path, head.body.length) == (b"POST", b"/a/b", 5)
    assert head.keeps_alive


@pytest.mark.parametrize(
    ("lines", "keeps"),
    [
        (("GET / HTTP/1.1", "Host: x", "Connection: Close"), False),
        (("GET / HTTP/1.0",), False),
        (("GET / HTTP/1.0", "Connection: keep-alive"), True),
    ],
)
def test_the_client_says_whether_the_connection_stays(lines: tuple[str, ...], keeps: bool) -> None:
    assert read_request(request(*lines)).keeps_alive is keeps


@pytest.mark.parametrize(
    "lines",
    [
        ("GET /",),
        ("GET  / HTTP/1.1", "Host: x"),
        ("GET / HTTP/1.1",),
        ("GET / HTTP/1.1", "Host: x", "Host: y"),
        ("GET http://elsewhere/ HTTP/1.1", "Host: x"),
        ("G\tT / HTTP/1.1", "Host: x"),
        ("GET / HTTP/1.1", "Host: x", "Content-Length: 5", "Content-Length: 6"),
        ("GET / HTTP/1.1", "Host: x", "Content-Length: +5"),
        ("GET / HTTP/1.1", "Host: x", "Content-Length: 5, 5"),
        ("GET / HTTP/1.1", "Host: x", "Content-Length: 5", "Transfer-Encoding: chunked"),
        ("GET / HTTP/1.1", "Host: x", "Transfer-Encoding: gzip, chunked"),
        ("GET / HTTP/1.1", "Host: x", "Transfer-Encoding : chunked"),
        ("GET / HTTP/1.1", "Host: x", " folded: y"),
        ("GET / HTTP/1.1", "Host: x", "X: a\nY: b"),
        ("GET / HTTP/1.0", "Transfer-Encoding: chunked"),
    ],
)
def test_what_two_programs_could_read_differently_is_refused(lines: tuple[str, ...]) -> None:
    with pytest.raises(BadMessage) as refused:
        read_request(request(*lines))
    assert refused.value.status == 400


def test_too_many_headers_are_refused() -> None:
    with pytest.raises(BadMessage) as refused:
        read_request(request("GET / HTTP/1.1", "Host: x", *(f"X-{n}: 1" for n in range(200))))
    assert refused.value.status == 431


def test_headers_about_one_connection_stay_there() -> None:
    head = read_request(
        request(
            "GET / HTTP/1.1", "Host: x", "Connection: keep-alive, X-Mine", "X-Mine: 1", "TE: x", "Accept: y"
        )
    )
    assert [name for name, _ in passed_on(head.headers)] == [b"host", b"accept"]


@pytest.mark.parametrize(
    ("line", "method"), [("HTTP/1.1 304 Not Modified", b"GET"), ("HTTP/1.1 200 OK", b"HEAD")]
)
def test_some_answers_have_no_body_whatever_they_say(line: str, method: bytes) -> None:
    assert read_response(request(line, "Content-Length: 10"), method=method).body.is_empty


def test_an_answer_without_length_ends_with_its_connection() -> None:
    assert read_response(request("HTTP/1.1 200 OK"), method=b"GET").body.ends_with_connection
