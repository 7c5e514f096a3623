"""The two-axis chart of a self-assessment: confidence across, relevance up, one number per topic.

Across, places are percentages of the plot; down, pixels of a plot ``HEIGHT`` high. Topics that share both
ratings share a cell; the numbers are those of the list beneath.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osler.apps.needs.queries import TopicStanding
from osler.core.needs.ranking import MIDDLE, MOST, Ratings

CELL = 62
HEIGHT = CELL * MOST
MOST_IN_CELL = 6
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Dot:
    """One topic: its number, where it lies inside its cell, and its name where there is room for it."""

    number: int
    x: str
    y: int
    name: str
    is_need: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """All topics of one pair of ratings; ``more`` are those there is no room for."""

    x: str
    y: int
    dots: tuple[Dot, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Move:
    """From the rating before to the one that stands; across, the left edges of the two cells."""

    x1: str
    y1: int
    x2: str
    y2: int


@dataclass(frozen=True)
class NeedChart:
    """``standings`` in the order of the list; those not rated are left out."""

    standings: Sequence[TopicStanding]
    key: str = "needs-chart"

    @property
    def title(self) -> str:
        """The finding: what comes first, by name."""
        needs = [one.name for one in self.standings if one.is_need]
        if not needs:
            return _("Nothing that matters to you is unsure")
        if len(needs) == 1:
            return _("%(name)s comes first") % {"name": needs[0]}
        return _("%(name)s comes first, then %(next)s") % {"name": needs[0], "next": _low(needs[1])}

    @property
    def height(self) -> int:
        return HEIGHT

    @property
    def cell_height(self) -> int:
        return CELL

    @property
    def split_x(self) -> str:
        """Left of it confidence is low."""
        return f"{100 * MIDDLE // MOST}%"

    @property
    def split_y(self) -> int:
        """Above it relevance is high."""
        return CELL * (MOST - MIDDLE)

    @property
    def lines(self) -> list[str]:
        return [f"{20 * n}%" for n in range(MOST + 1)]

    @property
    def levels(self) -> list[tuple[int, int]]:
        """The ratings of relevance and the middle of each."""
        return [(n, _row(n) + CELL // 2) for n in range(1, MOST + 1)]

    @property
    def steps(self) -> list[tuple[int, str]]:
        """The ratings of confidence and the middle of each."""
        return [(n, f"{20 * n - 10}%") for n in range(1, MOST + 1)]

    @property
    def rules(self) -> list[int]:
        return [CELL * n for n in range(MOST + 1)]

    @cached_property
    def _numbered(self) -> list[tuple[int, TopicStanding, Ratings]]:
        return [(n, one, one.now.ratings) for n, one in enumerate(self.standings, 1) if one.now is not None]

    @property
    def cells(self) -> list[Cell]:
        found: dict[tuple[int, int], list[tuple[int, TopicStanding]]] = {}
        for n, one, ratings in self._numbered:
            found.setdefault((ratings.confidence, ratings.relevance), []).append((n, one))
        return [
            Cell(
                f"{20 * (across - 1)}%",
                _row(up),
                _dots(here[:MOST_IN_CELL]),
                max(0, len(here) - MOST_IN_CELL),
            )
            for (across, up), here in found.items()
        ]

    @property
    def moves(self) -> list[Move]:
        return [
            Move(*_edge(one.before.ratings), *_edge(ratings))
            for _n, one, ratings in self._numbered
            if one.before is not None and one.before.ratings != ratings
        ]

    @property
    def alternative(self) -> str:
        """The chart in a sentence or two."""
        needs = [one.name for _n, one, _r in self._numbered if one.is_need]
        count = len(self._numbered)
        told = ngettext(
            "Chart of %(n)s topic, confidence across and relevance up.",
            "Chart of %(n)s topics, confidence across and relevance up.",
            count,
        ) % {"n": count}
        if not needs:
            return f"{told} {_('None is high in relevance and low in confidence.')}"
        return (
            f"{told} {_('High in relevance and low in confidence: %(names)s.') % {'names': ', '.join(needs)}}"
        )


def _low(name: str) -> str:
    """A name inside a sentence; one that begins with an abbreviation stays as it is."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _row(relevance: int) -> int:
    return CELL * (MOST - relevance)


def _edge(ratings: Ratings) -> tuple[str, int]:
    return f"{20 * (ratings.confidence - 1)}%", _row(ratings.relevance) + CELL // 2


def _dots(here: Sequence[tuple[int, TopicStanding]]) -> tuple[Dot, ...]:
    if len(here) <= MOST_NAMED:
        first = CELL // 2 - 19 * (len(here) - 1) // 2
        return tuple(
            Dot(n, "16px", first + 19 * place, one.name, one.is_need) for place, (n, one) in enumerate(here)
        )
    across = ("27%", "73%") if len(here) <= 4 else ("19%", "50%", "81%")
    return tuple(
        Dot(n, across[place % len(across)], 20 + 23 * (place // len(across)), "", one.is_need)
        for place, (n, one) in enumerate(here)
    )
