"""From two ratings to a need: how much a topic matters in a practice, and how sure somebody is of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from osler.core.time import add_months

LEAST, MOST = 1, 5
MIDDLE = 3
"""The highest rating that is still low: 4 and 5 are high."""

RATE_AGAIN_MONTHS = 6


class Place(StrEnum):
    """Where the two ratings put a topic; in the order in which topics are ranked."""

    LEARN = "learn"
    """Matters much, little confidence: the need."""
    WATCH = "watch"
    """Matters little, little confidence."""
    KEEP = "keep"
    """Matters much, and is known."""
    REST = "rest"
    """Matters little, and is known."""


_ORDER = tuple(Place)


@dataclass(frozen=True, slots=True)
class Ratings:
    """Relevance and confidence, each from 1 to 5. Raises ``ValueError`` beyond."""

    relevance: int
    confidence: int

    def __post_init__(self) -> None:
        if not (LEAST <= self.relevance <= MOST and LEAST <= self.confidence <= MOST):
            raise ValueError("a rating lies between 1 and 5")

    @property
    def place(self) -> Place:
        """The quarter of the chart."""
        if self.confidence <= MIDDLE:
            return Place.LEARN if self.relevance > MIDDLE else Place.WATCH
        return Place.KEEP if self.relevance > MIDDLE else Place.REST

    @property
    def weight(self) -> int:
        """1 to 25: relevance times what is lacking in confidence; more is a greater need."""
        return self.relevance * (MOST + 1 - self.confidence)

    @property
    def rank(self) -> tuple[int, int, int]:
        """Sorts the greatest need first.

        Never falls behind when relevance rises or confidence falls: first the quarter, then the weight, then
        the relevance.
        """
        return _ORDER.index(self.place), -self.weight, -self.relevance


def rate_again_on(rated_on: date) -> date:
    """The day from which a rating is worth another look: six months later."""
    return add_months(rated_on, RATE_AGAIN_MONTHS)
