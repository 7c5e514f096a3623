"""Words in a picture, through the program Tesseract where it is installed."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from pathlib import Path

from PIL import Image

from osler.adapters.documents import Box, Word
from osler.adapters.documents.limits import CHARACTERS_OF_A_WORD, SECONDS_PER_SEEN_PAGE, WORDS_OF_A_PAGE

LEAST_WIDTH = 1_600
WANTED_LANGUAGES = ("eng", "deu", "fra", "spa")


class NoSight(Exception):
    """Tesseract is not installed, or did not finish in its time."""


def is_installed() -> bool:
    """Whether pictures can be read at all."""
    return shutil.which("tesseract") is not None


def words_in(picture: Image.Image, scale: float, folder: Path) -> tuple[Word, ...]:
    """The words of a picture whose pixels are ``1 / scale`` to the point. Raises ``NoSight``."""
    program = shutil.which("tesseract")
    if program is None:
        raise NoSight("absent")
    grey = picture.convert("L")
    enlarged = max(1.0, LEAST_WIDTH / grey.width)
    if enlarged > 1:
        grey = grey.resize(
            (int(grey.width * enlarged), int(grey.height * enlarged)), Image.Resampling.LANCZOS
        )
    file = folder / "seen.png"
    grey.save(file, compress_level=1)
    try:
        done = subprocess.run(  # noqa: S603  a fixed program on a file of our own making
            [program, str(file), "-", "-l", _languages(program), "--psm", "3", "--dpi", "200", "tsv"],
            capture_output=True,
            timeout=SECONDS_PER_SEEN_PAGE,
            check=True,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (subprocess.SubprocessError, OSError):
        raise NoSight("failed") from None
    finally:
        file.unlink(missing_ok=True)
    return _words(done.stdout.decode("utf-8", "replace"), scale / enlarged)


def _languages(program: str) -> str:
    listed = subprocess.run(  # noqa: S603  asks the same fixed program what it has
        [program, "--list-langs"], capture_output=True, timeout=SECONDS_PER_SEEN_PAGE, check=False
    )
    have = set(listed.stdout.decode("utf-8", "replace").split())
    return "+".join(name for name in WANTED_LANGUAGES if name in have) or "eng"


def _words(table: str, scale: float) -> tuple[Word, ...]:
    found: list[Word] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row.get("level") != "5" or not text:
            continue
        left, top, width, height = (int(row[name]) for name in ("left", "top", "width", "height"))
        place = (row["block_num"], row["par_num"], row["line_num"])
        box = Box(left * scale, top * scale, (left + width) * scale, (top + height) * scale)
        number = lines.setdefault(place, len(lines))
        found.append(Word(text[:CHARACTERS_OF_A_WORD], box, max(0, int(float(row["conf"]))), number))
        if len(found) >= WORDS_OF_A_PAGE:
            break
    return tuple(found)
