"""What a document is made of: blocks in reading order, already worded, exact to the last figure.

Whoever asks for a document says every word of it, so that it can speak the reader's language; the typesetter
only decides how it looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Tone = Literal["plain", "lead", "quiet", "note"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, what stands smaller below it, and where it leads.

    ``status`` is the code of a mark (``met``, ``short``, ``overdue``, ``unknown``, ``waived``,
    ``not-applicable``, ``on-pace``) that is drawn before the text. ``page_of`` is the anchor whose page
    number is written in place of the text.
    """

    text: str
    below: tuple[str, ...] = ()
    url: str = ""
    status: str = ""
    page_of: str = ""
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column. ``share`` is its part of the width; 0 is as wide as its content."""

    text: str
    share: int = 1
    is_numeric: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the document's title is the only one of level 1, and no level is skipped on the way down.

    An ``is_minor`` one looks like running text in bold, whatever its level.
    """

    text: str
    level: int = 2
    anchor: str = ""
    on_new_page: bool = False
    status: str = ""
    status_word: str = ""
    is_minor: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph, or the address it leads to."""

    text: str
    tone: Tone = "plain"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, one below the other: (name, value, address or nothing)."""

    pairs: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its header row, repeated on every page. Every row has as many cells as there are heads."""

    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars: (name, per mille of the longest, amount in words), and all of it in words."""

    bars: tuple[tuple[str, int, str], ...]
    alternative: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image, never larger than the text of a page. ``alternative`` is read in its place."""

    content: bytes
    form: Literal["png", "jpg"]
    alternative: str


Block = Heading | Words | Facts | Table | Bars | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """One document. ``kicker`` stands above the title, ``running`` at the head of every further page.

    ``page_words`` is the phrase of the page number with ``{page}`` and ``{pages}`` in it. A ``has_cover`` one
    gives its title and first facts a page of their own.
    """

    title: str
    language: str
    made_at: datetime
    blocks: tuple[Block, ...]
    kicker: str = ""
    subtitle: str = ""
    facts: tuple[tuple[str, str, str], ...] = ()
    running: str = ""
    foot: str = ""
    page_words: str = "{page} / {pages}"
    paper: Literal["a4", "us-letter"] = "a4"
    has_cover: bool = False
    author: str = ""
