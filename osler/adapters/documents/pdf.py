"""PDF through pypdfium2: words with their places, and pictures of pages. Scripts and actions are never
run.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_double
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as raw
from PIL import Image

from osler.adapters.documents import Box, DocumentRefused, Word, around
from osler.adapters.documents.limits import CHARACTERS_OF_A_WORD, SEEN_PIXELS, WORDS_OF_A_PAGE

POINTS = 72
LEAST_LETTERS = 40
"""A page with fewer letters of its own and a picture on it is looked at instead."""
MOST_UNREADABLE = 0.1


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    box: Box


def open_pdf(content: bytes) -> pypdfium2.PdfDocument:
    """The document; ``DocumentRefused`` where it is locked, broken or without a page."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        # The library tells the reason only through this call.
        is_locked = raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise DocumentRefused("encrypted" if is_locked else "broken") from None
    if len(document) == 0:
        raise DocumentRefused("broken")
    return document


def words_of(page: pypdfium2.PdfPage) -> tuple[Word, ...]:
    """The words of a page in the order of the file; slanted ones (stamps, watermarks) are left out."""
    found: list[Word] = []
    letters: list[_Letter] = []
    for letter in _letters(page):
        if letter is None or (letters and _is_apart(letters[-1].box, letter.box)):
            _close(letters, found)
            letters = []
        if letter is not None:
            letters.append(letter)
        if len(found) >= WORDS_OF_A_PAGE:
            return tuple(found)
    _close(letters, found)
    return tuple(found)


def _close(letters: list[_Letter], found: list[Word]) -> None:
    if letters:
        text = "".join(letter.text for letter in letters)[:CHARACTERS_OF_A_WORD]
        found.append(Word(text, around([letter.box for letter in letters])))


def _is_apart(before: Box, after: Box) -> bool:
    """Letters that stand on another line or far off, though no blank was written between them."""
    height = max(before.height, after.height, 1.0)
    return abs(before.middle - after.middle) > height * 0.7 or after.left - before.right > height * 1.2


def _letters(page: pypdfium2.PdfPage) -> Iterator[_Letter | None]:
    """Letter by letter, ``None`` for blanks."""
    text = page.get_textpage()
    width, height = page.get_size()
    matrix = _Turned(page, width, height)
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    rect = raw.FS_RECTF()
    for index in range(min(text.count_chars(), WORDS_OF_A_PAGE * 12)):
        code = raw.FPDFText_GetUnicode(text, index)
        character = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if character.isspace() or code in (0, 0xA0, 0x200B, 0xFEFF):
            yield None
            continue
        if code < 0x20 or code == 0xAD:
            continue
        if _is_slanted(raw.FPDFText_GetCharAngle(text, index)):
            continue
        if raw.FPDFText_GetLooseCharBox(text, index, byref(rect)):
            box = matrix(rect.left, rect.top, rect.right, rect.bottom)
        elif raw.FPDFText_GetCharBox(text, index, left, right, bottom, top):
            box = matrix(left.value, top.value, right.value, bottom.value)
        else:
            continue
        yield _Letter("-" if code in (0x2, 0x2010, 0x2011) else character, box)


def _is_slanted(angle: float) -> bool:
    """Neither upright nor turned with a turned page, in radians."""
    quarter = 1.5707963
    return min(angle % quarter, quarter - angle % quarter) > 0.09


class _Turned:
    """Turns a box of the page's own space into points from the upper left corner as the page is shown."""

    def __init__(self, page: pypdfium2.PdfPage, width: float, height: float) -> None:
        self._rotation = page.get_rotation()
        self._box = page.get_cropbox()
        self._width, self._height = width, height

    def __call__(self, left: float, top: float, right: float, bottom: float) -> Box:
        corners = [self._point(left, top), self._point(right, bottom)]
        return Box(
            min(x for x, _y in corners),
            min(y for _x, y in corners),
            max(x for x, _y in corners),
            max(y for _x, y in corners),
        )

    def _point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self._box[0], y - self._box[1]
        if self._rotation == 90:
            return y, x
        if self._rotation == 180:
            return self._width - x, y
        if self._rotation == 270:
            return self._width - y, self._height - x
        return x, self._height - y


def is_picture(page: pypdfium2.PdfPage, words: tuple[Word, ...]) -> bool:
    """The page says what it says by a picture: hardly a letter, or letters nobody can read."""
    text = "".join(word.text for word in words)
    letters = sum(character.isalnum() for character in text)
    strange = sum(character == "\ufffd" or "\ue000" <= character <= "\uf8ff" for character in text)
    if strange > MOST_UNREADABLE * len(text):
        return True
    return letters < LEAST_LETTERS and _has_picture(page)


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    kinds = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM)
    return next(iter(page.get_objects(filter=kinds, max_depth=3)), None) is not None


def picture_of(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    """The page as a picture, ``scale`` pixels to the point, smaller where that would be too many."""
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        raise DocumentRefused("broken")
    most = (SEEN_PIXELS / (width * height)) ** 0.5
    # Forms and their scripts are not loaded; what is drawn is the page's own content.
    drawn = page.render(scale=min(scale, most), may_draw_forms=False)
    picture: Image.Image = drawn.to_pil().convert("RGB")
    return picture
