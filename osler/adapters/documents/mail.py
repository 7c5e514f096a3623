"""A mail as certificates come in: whom it is for, what is attached, what it says itself."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import getaddresses
from html.parser import HTMLParser

MOST_PARTS = 60
MOST_ATTACHMENTS = 20
MOST_TEXT = 200_000
LEAST_TEXT = 40
_RECIPIENTS = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc")
_TOKEN = re.compile(r"record\+([a-z0-9]{8,20})@([a-z0-9.-]+)\Z", re.I)
_LINKED_PICTURE = 4_000
"""An inline picture smaller than this is a logo or a mark that counts readers."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a mail."""

    filename: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """What matters of a mail. ``sender`` is what it says of itself; nobody has checked it.

    ``is_automatic``: an answer or report that some program sent, a bounce, or a mail of Osler's own. What a
    program sent by itself with a file, as providers send certificates, is none.
    """

    tokens: tuple[str, ...]
    sender: str
    subject: str
    attachments: tuple[Attachment, ...]
    text: str
    is_automatic: bool


def read_mail(raw: bytes, *, domain: str, recipients: Sequence[str] = ()) -> Mail:
    """Reads one message; ``recipients`` are those of the envelope, which go before what the headers say."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    attachments, texts = _parts(message)
    return Mail(
        tokens=_tokens(message, domain, recipients),
        sender=_header(message, "from"),
        subject=_header(message, "subject"),
        attachments=tuple(attachments[:MOST_ATTACHMENTS]),
        text="\n".join(texts)[:MOST_TEXT].strip(),
        is_automatic=_is_automatic(message, has_files=bool(attachments)),
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())[:320]
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""


def _tokens(message: EmailMessage, domain: str, recipients: Sequence[str]) -> tuple[str, ...]:
    said = list(recipients)
    if not said:
        for name in _RECIPIENTS:
            try:
                said.extend(str(value) for value in message.get_all(name, []))
            except (ValueError, IndexError, AttributeError, TypeError):
                continue
    found: dict[str, None] = {}
    for _name, address in getaddresses(said[:200]):
        match = _TOKEN.match(address.strip())
        if match and match.group(2).lower() == domain.lower():
            found[match.group(1).lower()] = None
    return tuple(found)


def _is_automatic(message: EmailMessage, *, has_files: bool) -> bool:
    said = _header(message, "auto-submitted").lower().split(";")[0].strip()
    is_bounce = _header(message, "return-path") == "<>" or message.get_content_type() == "multipart/report"
    is_alone = said in ("auto-notified", "auto-generated") and not has_files
    return said == "auto-replied" or is_alone or is_bounce or "x-osler" in message


def _parts(message: EmailMessage) -> tuple[list[Attachment], list[str]]:
    attachments: list[Attachment] = []
    plain: list[str] = []
    marked: list[str] = []
    for part in _leaves(message):
        kind = part.get_content_type()
        name = part.get_filename() or ""
        is_file = part.get_content_disposition() == "attachment" or bool(name)
        if kind in ("text/plain", "text/html") and not is_file:
            (plain if kind == "text/plain" else marked).append(_text(part))
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes) or not content:
            continue
        is_inline = part.get_content_disposition() == "inline" or "content-id" in part
        if kind.startswith("image/") and is_inline and len(content) < _LINKED_PICTURE:
            continue
        attachments.append(Attachment(str(name)[:200], content))
    texts = plain if sum(map(len, plain)) >= LEAST_TEXT else [text_of_html(one) for one in marked]
    return attachments, texts or plain


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            return
        if not part.is_multipart() and isinstance(part, EmailMessage):
            yield part


def _text(part: EmailMessage) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        return content[: MOST_TEXT * 2].decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return content[: MOST_TEXT * 2].decode("utf-8", "replace")


_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "tr",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "section",
        "article",
        "header",
        "footer",
    ]
)
_SILENT = frozenset(("script", "style", "head", "title", "template"))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT and tag != "head":
            self.silent += 1
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and tag != "head":
            self.silent = max(0, self.silent - 1)
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(" ".join(data.split("\n")))


def text_of_html(markup: str) -> str:
    """The words of a marked-up mail, a line for each block; nothing in it is fetched or run."""
    reader = _Words()
    reader.feed(markup[: MOST_TEXT * 2])
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)
