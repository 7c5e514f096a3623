"""What one type of credit is: whose it is, what one unit stands for, how it is rounded, who says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from osler.core.credit.amount import TICKS

Unit = Literal["credit", "hour", "point", "unit"]
Rounding = Literal["down", "nearest", "none"]
Confidence = Literal["high", "medium", "low"]

QUARTER = TICKS // 4
HALF = TICKS // 2


@dataclass(frozen=True, slots=True)
class Source:
    """A page a fact was read on; ``as_of`` is the date the page shows, in words where it shows none."""

    title: str
    url: str
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditType:
    """One type of credit, as its authority defines it.

    ``step`` (ticks) and ``rounding`` say how an amount is brought to the authority's own grain; a step of 0
    and ``"none"`` leave it alone. Only a grain read on a page is applied: one merely remembered never
    takes a fraction from anybody. ``least`` (ticks) is the smallest award there is. ``minutes_per_unit`` is
    ``None`` where the credit is not earned by time. ``is_accredited``: the credit comes from an accredited or
    approved provider and stands on a certificate, not on the learner's own word. ``learner_professions`` are
    those to whom it may be awarded; empty means anyone. ``source`` is ``None`` where no page was read; the
    confidence is then low.
    """

    code: str
    name: str
    authority: str
    country: str
    unit: Unit
    minutes_per_unit: int | None = 60
    step: int = 0
    rounding: Rounding = "none"
    least: int = 0
    is_accredited: bool = True
    learner_professions: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    source: Source | None = None
    confidence: Confidence = "low"
