"""All cycles of one credential on one line of years: each with its standing, the records on it, and today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from osler.web.design.amounts import day_text
from osler.web.design.shares import elapsed_percent, place
from osler.web.design.status import status_of
from osler.web.design.step_chart import Label

TOP = 30
BAR = 20
LANE = 28
MOST_MARKS = 400
"""Records closer together than this share of the line are one mark: more would be a black bar."""


@dataclass(frozen=True, slots=True)
class StripCycle:
    """One cycle: `start` its first day, `due` its last, `percent` of its credit counted.

    An empty `status` says that nothing is known of how it stands; `word` is what the reader is told.
    """

    start: date
    due: date
    status: str
    percent: int
    word: str | Promise
    url: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class StripBar:
    """A cycle in coordinates of the line."""

    cycle: StripCycle
    x: str
    width: str
    counted: str
    y: int
    end: str
    text_y: int
    is_minor: bool

    @property
    def tone(self) -> str:
        return status_of(self.cycle.status).tone if self.cycle.status else "quiet"

    @property
    def days(self) -> str:
        return _("%(start)s to %(due)s") % {
            "start": day_text(self.cycle.start),
            "due": day_text(self.cycle.due),
        }

    @property
    def due_text(self) -> str:
        return day_text(self.cycle.due)

    @property
    def alternative(self) -> str:
        return f"{self.days}: {self.cycle.word}"


@dataclass(frozen=True)
class CycleStrip:
    """The picture of `cycles` on `today`, with a mark for every day in `records`.

    Cycles whose windows overlap take turns on two lines. `title` is the finding.
    """

    cycles: Sequence[StripCycle]
    records: Sequence[date]
    today: date
    title: str

    @cached_property
    def lanes(self) -> int:
        ordered = sorted(self.cycles, key=lambda one: one.start)
        overlap = any(after.start <= one.due for one, after in pairwise(ordered))
        return 2 if overlap else 1

    @property
    def height(self) -> int:
        return TOP + LANE * self.lanes + 34

    @property
    def marks_y(self) -> int:
        return TOP + LANE * self.lanes - 2

    @property
    def marks_end(self) -> int:
        return self.marks_y + 8

    @cached_property
    def first_day(self) -> date:
        return min(min(one.start for one in self.cycles), self.today)

    @cached_property
    def last_day(self) -> date:
        return max(max(one.due for one in self.cycles), self.today)

    def _across(self, day: date) -> Decimal:
        return elapsed_percent(self.first_day, self.last_day, day)

    @cached_property
    def bars(self) -> list[StripBar]:
        lanes = self.lanes
        ordered = sorted(self.cycles, key=lambda one: one.start)
        return [self._bar(one, n % lanes) for n, one in enumerate(ordered)]

    def _bar(self, one: StripCycle, lane: int) -> StripBar:
        x, end = self._across(one.start), self._across(one.due + timedelta(days=1))
        # A hair between neighbours, so that each reads as its own.
        width = max(Decimal("0.2"), end - x - Decimal("0.3"))
        return StripBar(
            cycle=one,
            x=place(x),
            width=place(width),
            counted=place(width * one.percent / 100),
            y=TOP + lane * LANE,
            end=place(end),
            text_y=self.height - 4,
            is_minor=not one.is_current,
        )

    @cached_property
    def now(self) -> Label:
        x = self._across(self.today)
        anchor = "start" if x < 8 else "end" if x > 92 else "middle"
        return Label(place(x), "12", _("today"), anchor)

    @cached_property
    def marks(self) -> list[str]:
        """Where records lie, each place once."""
        inside = (day for day in self.records if self.first_day <= day <= self.last_day)
        places = {(self._across(day) * MOST_MARKS / 100).to_integral_value() for day in inside}
        return [place(one * 100 / MOST_MARKS) for one in sorted(places)]

    @property
    def drawn_marks(self) -> str:
        """The marks as one path, across in hundredths of the line and eight pixels down."""
        return "".join(f"M{mark.rstrip('%')} 0v8" for mark in self.marks)

    @property
    def alternative(self) -> str:
        """The whole picture in sentences."""
        return " ".join(f"{bar.alternative}." for bar in self.bars)
