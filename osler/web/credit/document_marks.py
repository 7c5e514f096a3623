"""The places on the picture of a page, as an overlay draws them, and whose name stands on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from osler.adapters.documents import PageSize, Proposal
from osler.adapters.documents.fields.choice import folded
from osler.apps.credit.queries.documents import ReadDocument

BESIDE = 2.5


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle in points, as the attributes of an SVG ``rect``, and the field it belongs to."""

    name: str
    x: str
    y: str
    width: str
    height: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page with what is marked on it."""

    number: int
    width: str
    height: str
    pixel_width: int
    pixel_height: int
    marks: tuple[Mark, ...]


def shown_pages(read: ReadDocument) -> list[ShownPage]:
    """Every page that was drawn; pages on which something was read come first."""
    pages = [
        ShownPage(
            number=page.number,
            width=_text(page.width),
            height=_text(page.height),
            pixel_width=round(page.width),
            pixel_height=round(page.height),
            marks=tuple(_marks(page, read.proposals)),
        )
        for page in read.pages
    ]
    return sorted(pages, key=lambda page: (not page.marks, page.number))


def _marks(page: PageSize, proposals: Iterable[Proposal]) -> list[Mark]:
    found = []
    for one in proposals:
        for each in one.candidates:
            if each.place.page != page.number:
                continue
            box = each.place.box
            found.append(
                Mark(
                    name=one.field,
                    x=_text(box.left - BESIDE),
                    y=_text(box.top - BESIDE),
                    width=_text(box.right - box.left + 2 * BESIDE),
                    height=_text(box.bottom - box.top + 2 * BESIDE),
                    is_certain=one.is_certain,
                )
            )
    return list(dict.fromkeys(found))


def _text(length: float) -> str:
    return f"{length:.1f}"


def other_name(read: ReadDocument, family_name: str) -> str:
    """The name on the certificate where it is somebody else's; empty where it is the person's or unknown."""
    learner = read.proposal("learner")
    if learner is None or not family_name.strip():
        return ""
    words = set(folded(family_name).replace("-", " ").split())
    for one in learner.candidates:
        if words <= set(folded(one.value).replace("-", " ").replace(",", " ").split()):
            return ""
    return learner.best.value
