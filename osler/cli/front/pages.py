"""What the front door says itself, when nobody behind it can."""

from http import HTTPStatus

from osler.cli.front.head import Headers

SENTENCES = {
    400: "The request could not be read.",
    431: "The request's headers are too large.",
    502: "Osler is starting. This page tries again by itself.",
    503: "Osler is too busy at the moment. Please try again in a minute.",
    504: "Osler took too long to answer. Please try again.",
    505: "Only HTTP/1.1 is spoken here.",
}
RETRY_SECONDS = 2


def page(status: int) -> tuple[bytes, Headers, bytes]:
    """First line, headers and body of a small page in English that needs no style and no script."""
    sentence = SENTENCES[status]
    again = f'<meta http-equiv="refresh" content="{RETRY_SECONDS}">' if status == 502 else ""
    body = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{again}'
        '<meta name="viewport" content="width=device-width"><title>Osler</title></head>'
        f"<body><h1>Osler</h1><p>{sentence}</p></body></html>"
    ).encode()
    headers: Headers = (
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"content-security-policy", b"default-src 'none'"),
        *(((b"retry-after", str(RETRY_SECONDS).encode()),) if status in (502, 503) else ()),
    )
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}".encode(), headers, body
