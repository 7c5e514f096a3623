"""All credentials' cycles side by side on one span of years, with today through all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osler.web.design.amounts import Number, day_text, number_word, time_left
from osler.web.design.shares import elapsed_percent, place, whole_percent
from osler.web.design.status import Status, status_of
from osler.web.design.step_chart import Label

# A certificate of ten years must not press a licence of two into a dot: the span shown ends here.
YEARS_BACK = 3
YEARS_AHEAD = 5


@dataclass(frozen=True, slots=True)
class Cycle:
    """A running cycle: `start` its first day, `due` its last, `percent` of its credit counted."""

    name: str
    start: date
    due: date
    status: str
    percent: Number
    url: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A cycle in coordinates of the plot; `clipped_*` when it goes on beyond the span."""

    cycle: Cycle
    x: str
    width: str
    counted: str
    end: str
    clipped_start: bool
    clipped_end: bool
    left: str

    @property
    def status(self) -> Status:
        return status_of(self.cycle.status)

    @property
    def percent(self) -> int:
        return whole_percent(self.cycle.percent)

    @property
    def alternative(self) -> str:
        return _("%(start)s to %(due)s, %(percent)s percent counted, %(status)s") % {
            "start": day_text(self.cycle.start),
            "due": day_text(self.cycle.due),
            "percent": self.percent,
            "status": str(self.status.word).lower(),
        }


@dataclass(frozen=True)
class Timeline:
    """The picture of `cycles` on `today`; `title` replaces the finding it works out itself."""

    cycles: Sequence[Cycle]
    today: date
    title: str | Promise = ""

    @property
    def finding(self) -> str:
        if self.title:
            return str(self.title)
        soon = [c for c in self.cycles if self.today <= c.due < self.today + timedelta(days=365)]
        if not soon:
            return _("No cycle ends within a year")
        first = min(soon, key=lambda cycle: cycle.due)
        words = {
            "n": str(number_word(len(soon))).capitalize(),
            "first": first.name,
            "due": day_text(first.due),
        }
        return (
            ngettext(
                "%(n)s cycle ends within a year: %(first)s on %(due)s",
                "%(n)s cycles end within a year, %(first)s first on %(due)s",
                len(soon),
            )
            % words
        )

    @cached_property
    def first_day(self) -> date:
        earliest = min((cycle.start for cycle in self.cycles), default=self.today)
        return max(min(earliest, self.today), date(self.today.year - YEARS_BACK, 1, 1))

    @cached_property
    def last_day(self) -> date:
        latest = max((cycle.due for cycle in self.cycles), default=self.today)
        return min(max(latest, self.today + timedelta(days=90)), date(self.today.year + YEARS_AHEAD, 12, 31))

    def _across(self, day: date) -> Decimal:
        return elapsed_percent(self.first_day, self.last_day, day)

    @cached_property
    def now(self) -> Label:
        x = self._across(self.today)
        anchor = "start" if x < 8 else "end" if x > 92 else "middle"
        return Label(place(x), "34", _("today"), anchor)

    @cached_property
    def years(self) -> list[Label]:
        """The beginnings of the years; every other one is dropped where the page is narrow."""
        years = range(self.first_day.year + 1, self.last_day.year + 1)
        marks = [(year, self._across(date(year, 1, 1))) for year in years]
        crowded = len(marks) > 4
        return [
            Label(place(x), "14", str(year), "start", is_minor=crowded and n % 2 == 1)
            for n, (year, x) in enumerate(marks)
            if x <= 93
        ]

    @cached_property
    def bars(self) -> list[Bar]:
        """One bar per cycle, the one due first on top."""
        return [self._bar(cycle) for cycle in sorted(self.cycles, key=lambda cycle: (cycle.due, cycle.name))]

    def _bar(self, cycle: Cycle) -> Bar:
        x, end = self._across(cycle.start), self._across(cycle.due + timedelta(days=1))
        # The counted part is measured on the whole cycle, then cut where the span begins and ends.
        length = (cycle.due - cycle.start).days + 1
        reached = cycle.start + timedelta(days=int(length * whole_percent(cycle.percent) / 100))
        return Bar(
            cycle=cycle,
            x=place(x),
            width=place(end - x),
            counted=place(max(Decimal(0), self._across(reached) - x)),
            end=place(end),
            clipped_start=cycle.start < self.first_day,
            clipped_end=cycle.due > self.last_day,
            left=time_left(self.today, cycle.due),
        )
