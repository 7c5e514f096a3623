"""The port to the typesetter: a document of plain values goes in, an accessible file comes out.

A PDF from here is PDF/A-2a and PDF/UA-1: tagged in reading order, tables with header rows, a title, a
language, every picture with its words, every typeface inside. Nothing is fetched while it is set.
"""

from typing import Protocol

from osler.adapters.typesetting.document import (
    Bars,
    Block,
    Cell,
    Document,
    Facts,
    Head,
    Heading,
    Picture,
    Table,
    Words,
)
from osler.adapters.typesetting.typst_vendor import TypesettingFailed, TypstTypesetter

__all__ = [
    "Bars",
    "Block",
    "Cell",
    "Document",
    "Facts",
    "Head",
    "Heading",
    "Picture",
    "Table",
    "Typesetter",
    "TypesettingFailed",
    "Words",
    "typesetter",
]


class Typesetter(Protocol):
    """Whoever can set a document."""

    def pdf(self, document: Document) -> bytes:
        """The document as PDF/A-2a and PDF/UA-1. Raises ``TypesettingFailed`` with what was wrong."""
        ...


def typesetter() -> Typesetter:
    """The typesetter of the house."""
    return TypstTypesetter()
