"""What a file is by its bytes; its name is never asked."""

from __future__ import annotations

from osler.adapters.documents import DocumentRefused

PDF, JPEG, PNG, TIFF, WEBP = "application/pdf", "image/jpeg", "image/png", "image/tiff", "image/webp"
TEXT = "text/plain"
MEDIA_TYPES = (PDF, JPEG, PNG, TIFF, WEBP, TEXT)

ENDINGS = {PDF: "pdf", JPEG: "jpg", PNG: "png", TIFF: "tif", WEBP: "webp", TEXT: "txt"}
"""The ending a file of each kind is downloaded with."""

_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "executable"),
    (b"\x7fELF", "executable"),
    (b"\xcf\xfa\xed\xfe", "executable"),
    (b"\xca\xfe\xba\xbe", "executable"),
    (b"#!", "executable"),
    (b"PK\x03\x04", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"{\\rtf", "office"),
    (b"GIF8", "other-picture"),
    (b"BM", "other-picture"),
    (b"SQLite format 3", "unknown"),
)
_KEPT: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
)
_HEIC = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
_OFFICE_PARTS = (b"word/", b"xl/", b"ppt/", b"mimetypeapplication/vnd.oasis")
PDF_SEARCHED = 1024


def media_type_of(content: bytes) -> str:
    """The kind of a certificate file; ``DocumentRefused`` for everything that is none."""
    if not content:
        raise DocumentRefused("empty")
    for beginning, code in _REFUSED:
        if content.startswith(beginning):
            if code == "archive" and any(part in content[:4096] for part in _OFFICE_PARTS):
                raise DocumentRefused("office")
            raise DocumentRefused(code)
    for beginning, kind in _KEPT:
        if content.startswith(beginning):
            return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WEBP
    if content[4:8] == b"ftyp":
        raise DocumentRefused("heic" if content[8:12] in _HEIC else "other-picture")
    # Some programs write a few lines of their own before the PDF begins.
    if b"%PDF-" in content[:PDF_SEARCHED]:
        return PDF
    raise DocumentRefused("unknown")
