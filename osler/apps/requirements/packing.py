"""An answer made small for keeping, with a fingerprint that shows whether it is still what was kept."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from typing import Any


def packed(content: Mapping[str, Any]) -> tuple[bytes, str]:
    """The content as compressed JSON, and the SHA-256 of the JSON; equal contents give equal fingerprints."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    return zlib.compress(text, 6), hashlib.sha256(text).hexdigest()


def unpacked(data: bytes, digest: str) -> dict[str, Any]:
    """The content behind ``packed``; ``ValueError`` where it no longer has the fingerprint ``digest``."""
    text = text_of(data)
    if hashlib.sha256(text).hexdigest() != digest:
        raise ValueError("the kept answer is not what was kept")
    found: dict[str, Any] = json.loads(text)
    return found


def text_of(data: bytes) -> bytes:
    """The JSON behind ``packed``, byte for byte: its SHA-256 is the fingerprint kept beside it."""
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise ValueError("the kept answer cannot be read") from error
