"""The places on the picture of a page, as an overlay draws them, and whose name stands on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from osler.adapters.documents import Candidate, PageSize, Proposal
from osler.adapters.documents.fields.choice import folded
from osler.apps.credit.queries.documents import ReadDocument

BESIDE = 2.5
AROUND, LEAST_WIDTH, MOST_CUTTINGS = 18.0, 240.0, 3


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


@dataclass(frozen=True, slots=True)
class Cutting:
    """The part of a page around some words: the page's number and size, and the view of it for an SVG."""

    number: int
    page_width: str
    page_height: str
    view: str
    words: str


def cuttings(pages: Iterable[PageSize], candidates: Iterable[Candidate]) -> tuple[Cutting, ...]:
    """The lines the candidates were read from, each once; for screens where the page is far from its
    fields.
    """
    sizes = {page.number: page for page in pages}
    found: dict[str, Cutting] = {}
    for one in candidates:
        page, box = sizes.get(one.place.page), one.place.box
        if page is None or len(found) == MOST_CUTTINGS:
            continue
        width = min(page.width, max(box.right - box.left + 2 * AROUND, LEAST_WIDTH))
        height = min(page.height, box.height + AROUND)
        left = min(max(0.0, (box.left + box.right - width) / 2), page.width - width)
        top = min(max(0.0, box.middle - height / 2), page.height - height)
        view = " ".join(_text(length) for length in (left, top, width, height))
        cutting = Cutting(page.number, _text(page.width), _text(page.height), view, one.place.words)
        found.setdefault(f"{page.number} {view}", cutting)
    return tuple(found.values())


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
