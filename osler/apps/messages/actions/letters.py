"""A letter as its writer thinks of it: one source for plain text and HTML alike."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. ``is_quiet`` is small print."""

    text: str
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """What the next part is about; with ``url`` a way to its page."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of a list: what, how much, and a second line. ``tone`` is met, short, overdue or unknown."""

    what: str
    amount: str = ""
    detail: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """A list of facts."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """The one thing to do, as a button; ``url`` is whole, beginning with the house's own address."""

    label: str
    url: str


Block = Paragraph | Heading | Lines | Step


@dataclass(frozen=True, slots=True)
class Letter:
    """What is told. ``about`` and ``period`` say which news it is: the same is never told twice."""

    kind: str
    about: str
    period: str
    subject: str
    blocks: tuple[Block, ...]
