"""The chart "credit against an even pace": plain values in, a finding and ready SVG coordinates out.

Across, places are percentages of the plot, so that the drawing is as wide as its column while its words
keep their size. Down, they are pixels of a plot `HEIGHT` high.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osler.web.design.amounts import (
    Number,
    amount_text,
    as_decimal,
    day_text,
    number_text,
    number_word,
    unit_word,
)
from osler.web.design.shares import elapsed_percent, place

HEIGHT = 216
TOP = 32
BOTTOM = 188
MOST_POINTS = 24
"""Places that can be pointed at; more would be too many stops for those who go by keyboard."""

MOST_ROWS = 60
"""Lines of the table behind the chart; of more records each month is one line."""

MOST_LETTERS = 32
_STEPS = tuple(
    Decimal(hundredths) / 100
    for hundredths in (25, 50, 100, 200, 500, 1000, 2000, 2500, 5000, 10_000, 20_000, 25_000, 50_000, 100_000)
)


@dataclass(frozen=True, slots=True)
class Gain:
    """Credit counted on one day: `amount` in the chart's unit, `title` for the table behind.

    `is_carried` marks what was left over from the cycle before; `url` leads to the record.
    """

    on: date
    amount: Number
    title: str = ""
    url: str = ""
    is_carried: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True)
class Label:
    x: str
    y: str
    text: str
    anchor: str = "start"
    is_minor: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table behind the chart."""

    on: date
    title: str
    amount: Decimal
    running: Decimal
    url: str = ""
    is_carried: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One step of the line, or several that lie together: what is read when it is pointed at or focused."""

    x: str
    y: str
    head: str
    title: str
    url: str
    text_y: str
    anchor: str

    @property
    def text(self) -> str:
        return " · ".join(filter(None, (self.head, self.title)))


@dataclass(frozen=True)
class StepChart:
    """Credit over one cycle.

    `required` and every gain are amounts of `unit`; `start` is the first day of the cycle and `due` its last;
    what was gained before `start` stands at the left edge; what lies after `today` is not drawn.
    `title` replaces the finding the chart works out itself.
    """

    gains: Sequence[Gain]
    required: Number
    start: date
    due: date
    today: date
    unit: str = "hour"
    title: str | Promise = ""
    key: str = "pace"

    @cached_property
    def rows(self) -> list[Row]:
        running = Decimal(0)
        rows = []
        for gain in sorted(self.gains, key=lambda gain: (not gain.is_carried, gain.on)):
            if gain.on <= self.today:
                running += as_decimal(gain.amount)
                amount = as_decimal(gain.amount)
                rows.append(Row(gain.on, gain.title, amount, running, gain.url, gain.is_carried))
        return rows

    @property
    def table(self) -> list[Row]:
        """The numbers behind the line: every record, or month by month where there are many."""
        if len(self.rows) <= MOST_ROWS:
            return self.rows
        months: dict[tuple[bool, int, int], list[Row]] = {}
        for row in self.rows:
            months.setdefault((row.is_carried, row.on.year, row.on.month), []).append(row)
        return [_month(rows) for rows in months.values()]

    @property
    def earned(self) -> Decimal:
        rows = self.rows
        return rows[-1].running if rows else Decimal(0)

    @property
    def pace(self) -> Decimal:
        """What an even pace would have brought by today."""
        return as_decimal(self.required) * elapsed_percent(self.start, self.due, self.today) / 100

    @property
    def lead(self) -> Decimal:
        """Ahead of an even pace when positive, behind it when negative."""
        return self.earned - self.pace

    @property
    def finding(self) -> str:
        """The title: what a reader should take away, in one line."""
        if self.title:
            return str(self.title)
        if self.earned >= as_decimal(self.required):
            return _("All %(amount)s are there") % {"amount": amount_text(self.required, self.unit)}
        if self.today > self.due:
            missing = as_decimal(self.required) - self.earned
            return _("The cycle ended %(amount)s short") % {"amount": amount_text(missing, self.unit)}
        distance = int(abs(self.lead).quantize(Decimal(1), rounding=ROUND_HALF_UP))
        if distance == 0:
            return _("Credit is on an even pace")
        words = {"amount": f"{number_word(distance)} {unit_word(distance, self.unit)}"}
        if self.lead > 0:
            return _("Credit is %(amount)s ahead of an even pace") % words
        return _("Credit is %(amount)s behind an even pace") % words

    @property
    def carried(self) -> Decimal:
        """What was left over from the cycle before and counts here."""
        return sum((row.amount for row in self.rows if row.is_carried), Decimal(0))

    @property
    def carried_text(self) -> str:
        """How much of it was carried over; empty where nothing was."""
        if not self.carried:
            return ""
        return _("%(amount)s carried over from the cycle before") % {
            "amount": amount_text(self.carried, self.unit)
        }

    @property
    def alternative(self) -> str:
        """The whole chart in a sentence or two, for those who do not see it."""
        return " ".join(filter(None, (self._told, self.carried_text and f"{self.carried_text}.")))

    @property
    def _told(self) -> str:
        return _(
            "Step chart. %(earned)s of %(required)s counted by %(today)s; an even pace would have "
            "brought %(pace)s. The cycle runs from %(start)s to %(due)s."
        ) % {
            "earned": amount_text(self.earned, self.unit),
            "required": amount_text(self.required, self.unit),
            "today": day_text(min(self.today, self.due)),
            "pace": amount_text(self.pace.quantize(Decimal("0.1")), self.unit),
            "start": day_text(self.start),
            "due": day_text(self.due),
        }

    # Geometry

    @property
    def height(self) -> int:
        return HEIGHT

    @cached_property
    def _step(self) -> Decimal:
        most = max(as_decimal(self.required), self.earned, Decimal(1))
        return next((step for step in _STEPS if most / step <= 5), most)

    @cached_property
    def _ceiling(self) -> Decimal:
        return max(as_decimal(self.required), self.earned, self._step)

    def _down(self, amount: Decimal) -> str:
        share = min(Decimal(1), amount / self._ceiling)
        return f"{(BOTTOM - share * (BOTTOM - TOP)).quantize(Decimal('0.1')):f}"

    def _across(self, day: date) -> Decimal:
        return elapsed_percent(self.start, self.due, day)

    @cached_property
    def levels(self) -> list[Label]:
        """The horizontal lines and their figures."""
        count = int(self._ceiling / self._step)
        amounts = [self._step * n for n in range(count + 1)]
        return [Label("100%", self._down(amount), number_text(amount), "end") for amount in amounts]

    @property
    def dates(self) -> list[Label]:
        """Beneath: the first day, the last day, and the years' beginnings that leave room between."""
        ends = [
            Label("0%", str(HEIGHT - 6), day_text(self.start), "start"),
            Label("100%", str(HEIGHT - 6), day_text(self.due), "end"),
        ]
        years = [date(year, 1, 1) for year in range(self.start.year + 1, self.due.year + 1)]
        every = -(-len(years) // 5) or 1
        shown = [(day, self._across(day)) for day in years[::every]]
        return ends + [
            Label(place(x), str(HEIGHT - 6), str(day.year), "middle", is_minor=True)
            for day, x in shown
            if 18 <= x <= 82
        ]

    @property
    def pace_line(self) -> Line:
        return Line("0%", self._down(Decimal(0)), "100%", self._down(as_decimal(self.required)))

    @cached_property
    def steps(self) -> list[Line]:
        """The credit's line, piece by piece: along at one level, then up by one gain."""
        lines: list[Line] = []
        x, level = Decimal(0), Decimal(0)
        for row in self.rows:
            to = self._across(row.on)
            lines += _along_and_up(x, to, self._down(level), self._down(row.running))
            x, level = to, row.running
        end = self._across(self.today)
        return [*lines, Line(place(x), self._down(level), place(end), self._down(level))]

    @property
    def drawn(self) -> str:
        """The line as one path, across in hundredths of the plot: many records draw as quickly as few."""
        pen = [f"M{self.steps[0].x1.rstrip('%')} {self.steps[0].y1}"]
        pen += [f"L{line.x2.rstrip('%')} {line.y2}" for line in self.steps]
        return "".join(pen)

    @cached_property
    def points(self) -> list[Point]:
        """Where the line steps up, at most ``MOST_POINTS`` places: nearer steps are told as one."""
        groups: dict[int, list[Row]] = {}
        rows = self.rows
        share = 100 if len(rows) <= MOST_POINTS else MOST_POINTS
        for row in rows:
            groups.setdefault(int(self._across(row.on) * share / 100), []).append(row)
        return [self._point(group) for group in groups.values()]

    def _point(self, group: Sequence[Row]) -> Point:
        last = group[-1]
        x = self._across(last.on)
        amount = amount_text(sum((row.amount for row in group), Decimal(0)), self.unit)
        title = last.title
        if len(group) > 1:
            title = ngettext("%(n)d record", "%(n)d records", len(group)) % {"n": len(group)}
        if len(title) > MOST_LETTERS:
            title = title[: MOST_LETTERS - 1].rstrip() + "…"
        head = f"{amount} · {day_text(last.on)}"
        y = Decimal(self._down(last.running))
        anchor = "start" if x < 33 else "end" if x > 66 else "middle"
        url = last.url if len(group) == 1 else ""
        return Point(place(x), f"{y:f}", head, title, url, f"{max(Decimal(14), y - 30):f}", anchor)

    @cached_property
    def now(self) -> Label:
        """The point reached today and its words, set where neither line runs."""
        x = self._across(self.today)
        text = _("%(amount)s today") % {"amount": amount_text(self.earned, self.unit)}
        if self.today > self.due:
            text = _("%(amount)s in the end") % {"amount": amount_text(self.earned, self.unit)}
        # Beneath when behind, where the dashed line never runs; but never down among the dates.
        above = self.lead >= 0 or Decimal(self._down(self.earned)) > BOTTOM - 28
        anchor = ("end" if x > 36 else "start") if self.lead >= 0 else ("start" if x <= 60 else "end")
        return Label(place(x), self._down(self.earned), text, anchor, is_minor=not above)

    @property
    def now_text_y(self) -> str:
        return f"{Decimal(self.now.y) + (20 if self.now.is_minor else -12):f}"

    @property
    def goal(self) -> Label:
        text = _("%(amount)s by %(due)s") % {
            "amount": amount_text(self.required, self.unit),
            "due": day_text(self.due),
        }
        y = Decimal(self._down(as_decimal(self.required)))
        # Once the credit is nearly there, its own words stand to the right; these move to the empty left.
        is_reached = self.earned * 100 >= as_decimal(self.required) * 80 and self._across(self.today) > 45
        return Label(
            "0%" if is_reached else "100%",
            f"{y - 9:f}",
            text,
            "start" if is_reached else "end",
            is_minor=is_reached,
        )

    @property
    def goal_line(self) -> str:
        return self._down(as_decimal(self.required))

    @property
    def pace_label(self) -> Label:
        """The words "even pace" beside the dashed line, where the credit leaves room."""
        today = self._across(self.today)
        at = Decimal(86 if today <= 70 else 26)
        y = Decimal(self._down(as_decimal(self.required) * at / 100))
        day = self.start + timedelta(days=int((self.due - self.start).days * at / 100))
        level = max((row.running for row in self.rows if row.on <= day), default=Decimal(0))
        is_under = at < 50 and level > as_decimal(self.required) * at / 100
        return Label(
            place(at), f"{y + (18 if is_under else -8):f}", _("even pace"), "start" if is_under else "end"
        )


def _month(rows: Sequence[Row]) -> Row:
    """The records of one month as one line of the table, on the day of the last."""
    if len(rows) == 1:
        return rows[0]
    last, first = rows[-1], day_text(rows[0].on)
    title = ngettext("%(n)d record since %(day)s", "%(n)d records since %(day)s", len(rows))
    words = {"n": len(rows), "day": first}
    amount = sum((row.amount for row in rows), Decimal(0))
    return Row(last.on, title % words, amount, last.running, is_carried=last.is_carried)


def _along_and_up(x: Decimal, to: Decimal, level: str, above: str) -> Iterable[Line]:
    if to > x:
        yield Line(place(x), level, place(to), level)
    yield Line(place(to), level, place(to), above)
