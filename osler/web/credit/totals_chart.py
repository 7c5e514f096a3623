"""The totals of a transcript for the page: figures, the leading type by year, every type of every year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from osler.apps.credit.queries.totals import Totals
from osler.web.credit.words import type_name
from osler.web.design.amounts import number_text
from osler.web.requirements.findings import exact

MOST_FIGURES = 4
MOST_BARS = 12
WIDTH, ROW, BAR, LEFT, RIGHT = 420, 26, 14, 46, 60


@dataclass(frozen=True, slots=True)
class Bar:
    """One year: where its bar lies in the drawing, and its amount in words."""

    year: int
    y: int
    middle: int
    width: int
    amount_x: int
    amount: str


@dataclass(frozen=True)
class TotalsShown:
    """Totals in words and figures. Types stand side by side and are never added together."""

    totals: Totals

    @property
    def figures(self) -> list[tuple[str, Decimal, int]]:
        """Name, amount and number of records of the largest types."""
        return self.types[:MOST_FIGURES]

    @cached_property
    def types(self) -> list[tuple[str, Decimal, int]]:
        return [(type_name(one.credit_type), exact(one.ticks), one.records) for one in self.totals.by_type]

    @property
    def years(self) -> list[tuple[int, list[tuple[str, Decimal, int]]]]:
        return [
            (year.year, [(type_name(t.credit_type), exact(t.ticks), t.records) for t in year.totals])
            for year in self.totals.by_year
        ]

    @property
    def has_several_types(self) -> bool:
        return len(self.totals.by_type) > 1

    # The chart

    @cached_property
    def _series(self) -> tuple[tuple[int, int], ...]:
        if not self.totals.by_type:
            return ()
        return self.totals.of_type(self.totals.by_type[0].credit_type)[-MOST_BARS:]

    @property
    def has_chart(self) -> bool:
        return len(self._series) > 1

    @property
    def bars(self) -> list[Bar]:
        most = max(ticks for _year, ticks in self._series)
        room = WIDTH - LEFT - RIGHT
        found = []
        for number, (year, ticks) in enumerate(reversed(self._series)):
            y, width = number * ROW + (ROW - BAR) // 2, max(1, ticks * room // most)
            amount = number_text(exact(ticks))
            found.append(Bar(year, y, y + BAR // 2, width if ticks else 0, LEFT + width + 6, amount))
        return found

    @property
    def chart_size(self) -> tuple[int, int, int, int]:
        """Width and height of the drawing, where bars begin, how high one is."""
        return WIDTH, len(self._series) * ROW, LEFT, BAR

    @property
    def chart_title(self) -> str:
        """The finding: the year with most."""
        year, ticks = max(self._series, key=lambda pair: (pair[1], pair[0]))
        words = {
            "type": type_name(self.totals.by_type[0].credit_type),
            "year": str(year),
            "amount": number_text(exact(ticks)),
        }
        return _("%(type)s: most in %(year)s, %(amount)s.") % words
