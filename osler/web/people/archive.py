"""An archive made while it is sent: one file after another, never the whole in memory."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime

MANIFEST = "manifest.json"
Part = tuple[str, Iterable[bytes]]
"""A file's path inside the archive, and its contents piece by piece."""


class _Outlet:
    """Takes what the archive writes until it is fetched; it cannot be wound back."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """What was written can still be fetched."""

    def fetch(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def zipped(parts: Iterable[Part], *, at: datetime) -> Iterator[bytes]:
    """The parts as a ZIP archive, with a manifest at its end that gives each file's size and SHA-256."""
    outlet = _Outlet()
    listed: dict[str, dict[str, str | int]] = {}
    moment = at.timetuple()[:6]
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, pieces in parts:
            entry = zipfile.ZipInfo(path, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            digest, size = hashlib.sha256(), 0
            with archive.open(entry, "w", force_zip64=True) as file:
                for piece in pieces:
                    file.write(piece)
                    digest.update(piece)
                    size += len(piece)
                    if found := outlet.fetch():
                        yield found
            listed[path] = {"bytes": size, "sha256": digest.hexdigest()}
            yield outlet.fetch()
        text = json.dumps({"made_at": at.isoformat(), "files": listed}, indent=2, ensure_ascii=False)
        archive.writestr(zipfile.ZipInfo(MANIFEST, moment), text.encode())
    yield outlet.fetch()
