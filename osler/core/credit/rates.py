"""What credit of one type is worth in another: exact rates, one way each, with their source and condition.

A rate stands here only where a page was read that states it. Where none was read, or its term has run out,
the answer is a refusal, not a guess; and two rates are never chained, for an agreement binds only those who
signed it. Requirement sets may accept credit on terms of their own: those are theirs, not conversions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from osler.core.credit.agreements import CONVERSIONS, NO_RATE, Conversion
from osler.core.credit.refusal import Refusal
from osler.core.credit.types import CREDIT_TYPES

__all__ = ["CONVERSIONS", "Conversion", "conversions_from", "convert", "find_conversion"]


@dataclass(frozen=True, slots=True)
class _Pair:
    """Every rate ever read for one direction, newest first."""

    rates: tuple[Conversion, ...]

    def on(self, day: date) -> Conversion | None:
        return next((rate for rate in self.rates if rate.holds_on(day)), None)


def _by_pair(conversions: Iterable[Conversion]) -> Mapping[tuple[str, str], _Pair]:
    table: dict[tuple[str, str], list[Conversion]] = {}
    for rate in conversions:
        for code in (rate.from_code, rate.to_code):
            if code not in CREDIT_TYPES:
                raise ValueError(f"a rate names {code}, which is no credit type")
        table.setdefault((rate.from_code, rate.to_code), []).append(rate)
    return {
        pair: _Pair(tuple(sorted(rates, key=lambda rate: rate.since or date.min, reverse=True)))
        for pair, rates in table.items()
    }


_RATES = MappingProxyType(_by_pair(CONVERSIONS))


def find_conversion(from_code: str, to_code: str, *, on: date) -> Conversion | Refusal:
    """The rate from one credit type to another for an activity completed ``on`` a day, or why there is none.

    An unknown code raises ``KeyError``.
    """
    source, target = CREDIT_TYPES[from_code], CREDIT_TYPES[to_code]
    pair = _RATES.get((from_code, to_code))
    if pair is None:
        reason = NO_RATE.get((from_code, to_code))
        return Refusal("no-rate", reason or f"No rate from {source.name} to {target.name} was found.")
    rate = pair.on(on)
    if rate is not None:
        return rate
    last = pair.rates[0]
    return Refusal(
        "outside-term", f"The rate that was read for {source.name} holds {last.term()}, not on {on}."
    )


def convert(ticks: int, from_code: str, to_code: str, *, on: date, already: int = 0) -> int | Refusal:
    """Ticks of ``to_code`` for ``ticks`` of ``from_code`` completed ``on`` a day, or why there are none.

    ``already``: ticks of ``from_code`` converted before in the same cycle, for rates that change with the
    amount (NCCPA doubles the first 20 PI credits). The result is exact, a remainder under one tick dropped,
    and not rounded to the grain of ``to_code``. The rate's ``condition`` is for the caller to check. A type
    is worth itself. An unknown code raises ``KeyError``, a negative amount ``ValueError``.
    """
    if ticks < 0 or already < 0:
        raise ValueError("an amount is never negative")
    if from_code == CREDIT_TYPES[to_code].code:
        return ticks
    rate = find_conversion(from_code, to_code, on=on)
    return rate if isinstance(rate, Refusal) else rate.worth(ticks, already)


def conversions_from(code: str) -> tuple[Conversion, ...]:
    """Every rate that starts at a credit type, in the order of the published table."""
    return tuple(rate for rate in CONVERSIONS if rate.from_code == code)
