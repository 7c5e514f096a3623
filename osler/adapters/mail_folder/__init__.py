"""Mails that were written to a folder instead of being sent: read back, newest first."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

SEPARATOR = b"\n" + b"-" * 79 + b"\n"
MOST_FILES = 300
MOST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class KeptMail:
    """One mail as it would have left; ``key`` names it by its content."""

    key: str
    at: datetime
    sender: str
    to: str
    subject: str
    text: str
    html: str


def read_mails(folder: Path) -> list[KeptMail]:
    """The mails in the newest files of a folder, newest first; a file that is no mail is passed over."""
    if not folder.is_dir():
        return []
    files = sorted(folder.glob("*.log"), key=lambda one: one.stat().st_mtime, reverse=True)[:MOST_FILES]
    found = [
        _mail(raw, file)
        for file in files
        if file.stat().st_size <= MOST_BYTES
        for raw in file.read_bytes().split(SEPARATOR)
        if raw.strip()
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _mail(raw: bytes, file: Path) -> KeptMail:
    read = message_from_bytes(raw, policy=policy.default)
    return KeptMail(
        key=hashlib.sha256(raw).hexdigest()[:16],
        at=_moment(read, file),
        sender=str(read["From"] or ""),
        to=str(read["To"] or ""),
        subject=str(read["Subject"] or ""),
        text=_part(read, "plain"),
        html=_part(read, "html"),
    )


def _moment(read: EmailMessage, file: Path) -> datetime:
    try:
        said = parsedate_to_datetime(str(read["Date"]))
    except ValueError:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return said if said.tzinfo else said.replace(tzinfo=UTC)


def _part(read: EmailMessage, kind: str) -> str:
    body = read.get_body(preferencelist=(kind,))
    return str(body.get_content()) if body is not None else ""
