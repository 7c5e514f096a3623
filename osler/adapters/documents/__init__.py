"""Reading certificates: the port and its messages.

``reader.read_document`` turns the bytes of a file into a ``Reading``: its pages, and for every field of a
record what the page says, where it stands, and whether the rules leave another reading. Nothing wrong may be
proposed as certain; what could be two things is offered as both. A file that cannot be a certificate raises
``DocumentRefused`` with a code that the pages put into words.
"""

from __future__ import annotations

from dataclasses import dataclass

FIELDS = ("title", "provider", "completed", "credit", "format", "topic", "learner", "number")
"""What is looked for on a certificate; ``credit`` once per credit type, ``topic`` once per topic."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell the person: a code and its values."""

    code: str
    values: tuple[str, ...] = ()


class DocumentRefused(Exception):
    """The bytes are no certificate that can be kept; ``remark`` says why."""

    def __init__(self, code: str, *values: str) -> None:
        super().__init__(code)
        self.remark = Remark(code, values)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half-way down."""
        return (self.top + self.bottom) / 2


def around(boxes: list[Box]) -> Box:
    """The smallest box that holds all of them."""
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters without a blank and where it stands. ``sure`` is 100 for text, less where it was seen.

    ``line`` numbers the line that the reader of a picture found it in, -1 where there is none.
    """

    text: str
    box: Box
    sure: int = 100
    line: int = -1


@dataclass(frozen=True, slots=True)
class Page:
    """One page and its words. ``is_seen``: the words were read from a picture, not from the file's text."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    is_seen: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was read: the page, the box around the words, and the words themselves."""

    page: int
    box: Box
    words: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a field. ``kind`` is the credit type of an amount or the slug of a topic, else empty.

    ``why`` is the code of what speaks for it (``awarded``, ``maximum``, ``completed``, ``issued`` …).
    """

    value: str
    place: Place
    kind: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A field with its candidates, best first. Certain: one candidate, and no rule leaves another reading."""

    field: str
    candidates: tuple[Candidate, ...]
    is_certain: bool = False

    @property
    def best(self) -> Candidate:
        """The candidate that stands first."""
        return self.candidates[0]


@dataclass(frozen=True, slots=True)
class PageSize:
    """What a page is without its words: number, size in points, and the file of its picture."""

    number: int
    width: float
    height: float
    picture: bytes = b""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a file. ``needs_sight``: some page is a picture that has not been looked at yet."""

    pages_count: int
    pages: tuple[PageSize, ...]
    proposals: tuple[Proposal, ...]
    remarks: tuple[Remark, ...] = ()
    needs_sight: bool = False
