"""Reading a file from outside: recognised by its bytes, opened in a process of its own, which is ended in
time.

Whatever the file does to that process, the answer is a ``Reading`` or ``DocumentRefused``, and its folder is
gone afterwards.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from osler.adapters.documents import DocumentRefused, Reading
from osler.adapters.documents.data import reading_of
from osler.adapters.documents.kinds import media_type_of
from osler.adapters.documents.limits import PAGES_READ, SECONDS_PER_SEEN_PAGE, SECONDS_TO_OPEN

Told = Callable[[int, int], None]


def read_document(
    content: bytes,
    *,
    as_of: date,
    media_type: str = "",
    may_look: bool = True,
    tell: Told | None = None,
    seconds: float | None = None,
) -> Reading:
    """What the file says, with pictures of its first pages.

    ``may_look`` false leaves pages without text unread (``Reading.needs_sight``), which keeps it quick.
    ``tell`` hears of each page that is done and of how many there are. Raises ``DocumentRefused``.
    """
    kind = media_type or media_type_of(content)
    limit = seconds or SECONDS_TO_OPEN + (SECONDS_PER_SEEN_PAGE * PAGES_READ if may_look else 0)
    with tempfile.TemporaryDirectory(prefix="osler-document-") as name:
        folder = Path(name)
        (folder / "content").write_bytes(content)
        depth = "full" if may_look else "text"
        _run([kind, depth, as_of.isoformat()], folder, limit, tell)
        return _answer(folder)


def _run(arguments: list[str], folder: Path, seconds: float, tell: Told | None) -> None:
    """Runs the child until it ends or its time is over; then its whole group is killed."""
    process = subprocess.Popen(  # noqa: S603  our own module, started by our own interpreter
        [sys.executable, "-I", "-m", "osler.adapters.documents.child", str(folder), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=_environment(folder),
        start_new_session=True,
        text=True,
    )
    ending = threading.Timer(seconds, _kill, [process])
    ending.start()
    try:
        assert process.stdout is not None
        for line in process.stdout:
            words = line.split()
            if tell is not None and len(words) == 3 and words[0] == "page":
                tell(int(words[1]), int(words[2]))
        process.wait()
    finally:
        ending.cancel()
        if process.returncode != 0:
            # It did not end by itself: what it may have started goes with it.
            _kill(process)
        if process.stdout is not None:
            process.stdout.close()
        process.wait()


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of the house's own: no keys, no addresses."""
    kept = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX") if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", "TMPDIR": str(folder), "OMP_THREAD_LIMIT": "1"}


def _kill(process: subprocess.Popen[str]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _answer(folder: Path) -> Reading:
    try:
        data = json.loads((folder / "reading.json").read_text("utf-8"))
    except (OSError, ValueError):
        raise DocumentRefused("too-costly") from None
    if "refused" in data:
        code, values = data["refused"]
        raise DocumentRefused(str(code), *(str(value) for value in values))
    reading = reading_of(data)
    pictures = tuple(
        replace(size, picture=_picture(folder / f"page-{size.number}")) for size in reading.pages
    )
    return replace(reading, pages=pictures)


def _picture(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""
