"""What a file is by its first bytes, so that a wrong one is refused by its right name."""

from __future__ import annotations

from osler.adapters.transcripts import FileRefused

# Code of the refusal by the bytes a file begins with.
BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "executable"),
    (b"\x7fELF", "executable"),
    (b"\xcf\xfa\xed\xfe", "executable"),
    (b"\xca\xfe\xba\xbe", "executable"),
    (b"#!", "executable"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"RIFF", "picture"),
    (b"{\\rtf", "text-document"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"SQLite format 3", "database"),
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def refuse_disguised(content: bytes) -> None:
    """Raises ``FileRefused`` where the bytes belong to something that is no table."""
    if content.startswith(OLD_OFFICE):
        raise FileRefused("protected-workbook" if ENCRYPTED_PACKAGE in content else "old-workbook")
    for beginning, code in BEGINNINGS:
        if content.startswith(beginning):
            raise FileRefused(code)
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        raise FileRefused("web-page")
    if start.startswith((b"{", b"[{")):
        raise FileRefused("json")
