"""Files as pages of a document: each page a picture with the words that stand on it.

A foreign PDF cannot be put into an archival one as it is: its fonts, its colours and its tags are its own. As
a picture with its text as the alternative it can, and the whole stays one accessible file.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from PIL import Image, ImageOps, ImageSequence

DPI = 150
MOST_PAGES = 10
MOST_PIXELS = 4_500_000
MOST_WORDS = 1500
QUALITY = 82


class CannotBeShown(ValueError):
    """The file cannot be made into pages."""


@dataclass(frozen=True, slots=True)
class EnclosedPage:
    """One page as JPEG. ``words`` are those the file itself holds as text, cut where they are many."""

    picture: bytes
    words: str


def pages_of(content: bytes, media_type: str) -> tuple[tuple[EnclosedPage, ...], int]:
    """The first pages of a PDF or a picture, and how many there are. Raises ``CannotBeShown``."""
    try:
        if media_type == "application/pdf":
            return _pdf(content)
        return _pictures(content)
    except (pypdfium2.PdfiumError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise CannotBeShown(str(error)) from error


def _pdf(content: bytes) -> tuple[tuple[EnclosedPage, ...], int]:
    document = pypdfium2.PdfDocument(content)
    try:
        return tuple(_pdf_pages(document)), len(document)
    finally:
        document.close()


def _pdf_pages(document: pypdfium2.PdfDocument) -> Iterator[EnclosedPage]:
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        width, height = page.get_size()
        most = (MOST_PIXELS / max(1.0, width * height)) ** 0.5
        picture = page.render(scale=min(DPI / 72, most)).to_pil()
        text = page.get_textpage().get_text_range()
        yield EnclosedPage(_jpeg(picture), " ".join(text.split())[:MOST_WORDS])


def _pictures(content: bytes) -> tuple[tuple[EnclosedPage, ...], int]:
    with Image.open(io.BytesIO(content)) as opened:
        count = getattr(opened, "n_frames", 1)
        found = []
        for number, frame in enumerate(ImageSequence.Iterator(opened)):
            if number >= MOST_PAGES:
                break
            found.append(EnclosedPage(_jpeg(ImageOps.exif_transpose(frame)), ""))
        return tuple(found), count


def _jpeg(picture: Image.Image) -> bytes:
    plain = picture
    if "A" in picture.getbands() or picture.mode == "P":
        # What was transparent was white paper.
        layered = picture.convert("RGBA")
        plain = Image.new("RGB", picture.size, "white")
        plain.paste(layered, mask=layered.getchannel("A"))
    pixels = plain.width * plain.height
    if pixels > MOST_PIXELS:
        share = (MOST_PIXELS / pixels) ** 0.5
        plain = plain.resize((max(1, int(plain.width * share)), max(1, int(plain.height * share))))
    target = io.BytesIO()
    plain.convert("L" if plain.mode in ("1", "L", "I;16") else "RGB").save(target, "JPEG", quality=QUALITY)
    return target.getvalue()
