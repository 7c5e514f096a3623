"""The process in which a stranger's file is opened: bounded in memory and time, and alone with one folder.

``python -m osler.adapters.documents.child FOLDER MEDIA-TYPE DEPTH DAY`` reads ``FOLDER/content`` and writes
``FOLDER/reading.json`` and one picture per page beside it. Each page that has been looked at is told on the
standard output as ``page N M``. It is started by ``reader.read_document`` and by nothing else.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from osler.adapters.documents import DocumentRefused, Page, PageSize, Reading, Remark
from osler.adapters.documents.limits import FILE_SIZE, MEMORY, MOST_PAGES, PAGES_READ, SECONDS_OF_WORK

POINTS = 72
LETTER_WIDTH, LETTER_HEIGHT = 612.0, 792.0
SIGHT_SCALE = 300 / POINTS
SHOWN_SCALE = 130 / POINTS


def main(arguments: list[str]) -> None:
    """Reads one file and ends."""
    folder, media_type, depth, day = Path(arguments[0]), *arguments[1:4]
    _bound()
    answer: dict[str, Any]
    try:
        content = (folder / "content").read_bytes()
        reading = read(content, media_type, folder, date.fromisoformat(day), may_look=depth == "full")
        for size in reading.pages:
            (folder / f"page-{size.number}").write_bytes(size.picture)
        from osler.adapters.documents.data import as_data

        answer = as_data(replace(reading, pages=tuple(replace(p, picture=b"") for p in reading.pages)))
    except DocumentRefused as refused:
        answer = {"refused": [refused.remark.code, list(refused.remark.values)]}
    except MemoryError:
        answer = {"refused": ["too-costly", []]}
    (folder / "reading.json").write_text(json.dumps(answer), "utf-8")


def _bound() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS_OF_WORK),
        (resource.RLIMIT_FSIZE, FILE_SIZE),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most, most) if hard == resource.RLIM_INFINITY else (min(most, hard), hard))


def read(content: bytes, media_type: str, folder: Path, day: date, *, may_look: bool) -> Reading:
    """The reading of a file whose kind is known; ``may_look``: pictures are searched for words too."""
    from osler.adapters.documents.fields import proposals_of
    from osler.adapters.documents.kinds import PDF, TEXT

    remarks: list[Remark] = []
    looking = _Looking(folder, may_look)
    if media_type == PDF:
        count, found = _pdf_pages(content, looking)
    elif media_type == TEXT:
        count, found = _text_pages(content)
    else:
        count, found = _picture_pages(content, looking)
    if count > MOST_PAGES:
        raise DocumentRefused("too-many-pages", str(count), str(MOST_PAGES))
    pages, sizes = [], []
    for page, size in found:
        pages.append(page)
        sizes.append(size)
        print("page", len(pages), min(count, PAGES_READ), flush=True)  # noqa: T201
    if count > PAGES_READ:
        remarks.append(Remark("first-pages", (str(PAGES_READ), str(count))))
    remarks.extend(looking.remarks)
    try:
        proposals, told = proposals_of(pages, day)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        # What cannot be understood can still be kept and entered by hand.
        proposals, told = (), (Remark("not-understood"),)
    return Reading(
        pages_count=count,
        pages=tuple(sizes),
        proposals=proposals,
        remarks=(*remarks, *told),
        needs_sight=looking.is_needed,
    )


class _Looking:
    """Reads the words of pictures if it may, else remembers that somebody should."""

    def __init__(self, folder: Path, may_look: bool) -> None:
        self.folder, self.may_look = folder, may_look
        self.is_needed = False
        self.remarks: list[Remark] = []

    def __call__(self, picture: Any, scale: float) -> tuple[Any, ...]:
        from osler.adapters.documents.tesseract import NoSight, is_installed, words_in

        if not is_installed():
            self._remark("no-sight")
            return ()
        if not self.may_look:
            self.is_needed = True
            return ()
        try:
            return words_in(picture, scale, self.folder)
        except NoSight:
            self._remark("sight-failed")
            return ()

    def _remark(self, code: str) -> None:
        if Remark(code) not in self.remarks:
            self.remarks.append(Remark(code))


def _pdf_pages(content: bytes, looking: _Looking) -> tuple[int, Iterator[tuple[Page, PageSize]]]:
    from pypdfium2 import PdfiumError

    from osler.adapters.documents import pdf
    from osler.adapters.documents.pictures import shown

    document = pdf.open_pdf(content)

    def pages() -> Iterator[tuple[Page, PageSize]]:
        for number in range(1, min(len(document), PAGES_READ) + 1):
            try:
                page = document[number - 1]
                width, height = page.get_size()
                words = pdf.words_of(page)
                is_seen = pdf.is_picture(page, words)
                if is_seen:
                    picture = pdf.picture_of(page, SIGHT_SCALE)
                    words = looking(picture, width / picture.width) or words
                else:
                    picture = pdf.picture_of(page, SHOWN_SCALE)
            except (PdfiumError, ValueError):
                raise DocumentRefused("broken") from None
            yield (
                Page(number, width, height, words, is_seen=is_seen),
                PageSize(number, width, height, shown(picture)),
            )

    return len(document), pages()


def _picture_pages(content: bytes, looking: _Looking) -> tuple[int, Iterator[tuple[Page, PageSize]]]:
    from osler.adapters.documents.pictures import open_pictures, shown

    count, pictures = open_pictures(content)

    def pages() -> Iterator[tuple[Page, PageSize]]:
        for number, picture in enumerate(pictures, start=1):
            longer = LETTER_WIDTH if picture.width <= picture.height else LETTER_HEIGHT
            scale = longer / picture.width
            width, height = picture.width * scale, picture.height * scale
            words = looking(picture, scale)
            yield (
                Page(number, width, height, words, is_seen=True),
                PageSize(number, width, height, shown(picture)),
            )

    return count, pages()


def _text_pages(content: bytes) -> tuple[int, Iterator[tuple[Page, PageSize]]]:
    from osler.adapters.documents import plain_text
    from osler.adapters.documents.pictures import shown

    pages = plain_text.pages_of(content.decode("utf-8", "replace"))
    return len(pages), (
        (page, PageSize(page.number, page.width, page.height, shown(plain_text.picture_of(page))))
        for page in pages[:PAGES_READ]
    )


if __name__ == "__main__":
    main(sys.argv[1:])
