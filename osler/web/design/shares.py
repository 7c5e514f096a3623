"""Rings and bars: an amount as a share of what is asked, and where an even pace would be today."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from osler.web.design.amounts import Number, as_decimal

HUNDRED = Decimal(100)


def percent_of(value: Number, maximum: Number) -> Decimal:
    """`value` in percent of `maximum`, from 0 to 100; nothing asked counts as all done."""
    whole = as_decimal(maximum)
    if whole <= 0:
        return HUNDRED
    return min(HUNDRED, max(Decimal(0), as_decimal(value) * HUNDRED / whole))


def whole_percent(percent: Number) -> int:
    """Rounded down, so that 99.9 percent never reads as done."""
    exact = min(HUNDRED, max(Decimal(0), as_decimal(percent)))
    return int(exact.quantize(Decimal(1), rounding=ROUND_DOWN))


def place(percent: Decimal) -> str:
    """A percentage as an SVG coordinate, to a hundredth: `64.5%`. Written the same in every language."""
    rounded = percent.quantize(Decimal("0.01"))
    return f"{rounded.normalize():f}%"


def elapsed_percent(start: date, due: date, today: date) -> Decimal:
    """How much of the cycle from `start` to `due` (its last day) has gone by at the start of `today`."""
    length = (due - start).days + 1
    return percent_of((today - start).days, length)


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring's dash: `percent` of a circle whose length is counted as 100."""

    percent: int

    @property
    def dash(self) -> str:
        return f"{self.percent} 100"

    @property
    def is_full(self) -> bool:
        return self.percent == 100
