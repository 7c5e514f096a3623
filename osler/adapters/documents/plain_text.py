"""A mail's own text as a page: its words in their places, and a picture of it."""

from __future__ import annotations

import textwrap

from PIL import Image, ImageDraw, ImageFont

from osler.adapters.documents import Box, Page, Word

WIDTH, HEIGHT, MARGIN = 612.0, 792.0, 54.0
SIZE, LEADING = 11.0, 15.0
LETTERS_OF_A_LINE = 84
LINES_OF_A_PAGE = int((HEIGHT - 2 * MARGIN) / LEADING)
SCALE = 1.5


def pages_of(text: str) -> list[Page]:
    """The text laid out on pages, line for line; long lines are broken."""
    lines: list[str] = []
    for line in text.splitlines():
        lines.extend(textwrap.wrap(line, LETTERS_OF_A_LINE) or [""])
    parts = [lines[start : start + LINES_OF_A_PAGE] for start in range(0, len(lines), LINES_OF_A_PAGE)]
    return [_page(number, part) for number, part in enumerate(parts or [[]], start=1)]


def _page(number: int, lines: list[str]) -> Page:
    font = ImageFont.load_default(SIZE)
    blank = font.getlength(" ")
    words: list[Word] = []
    for row, line in enumerate(lines):
        left, top = MARGIN, MARGIN + row * LEADING
        for text in line.split():
            right = left + font.getlength(text)
            words.append(Word(text, Box(left, top, right, top + SIZE)))
            left = right + blank
    return Page(number, WIDTH, HEIGHT, tuple(words))


def picture_of(page: Page) -> Image.Image:
    """The page as it would be printed."""
    paper = Image.new("RGB", (int(WIDTH * SCALE), int(HEIGHT * SCALE)), "white")
    pen, font = ImageDraw.Draw(paper), ImageFont.load_default(SIZE * SCALE)
    for word in page.words:
        pen.text((word.box.left * SCALE, word.box.top * SCALE), word.text, fill="black", font=font)
    return paper
