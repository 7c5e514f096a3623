"""How a persona of the demo is written down, and the days it is dated by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from osler.core.credit.amount import ticks_of
from osler.core.rules.record import FactValue
from osler.core.time import ONE_DAY, add_months

PASSWORD = "osler demo"  # noqa: S105 - printed by `osler demo` for everybody to use


@dataclass(frozen=True, slots=True)
class Held:
    """A credential of a persona."""

    requirement_set: str
    number: str
    issued: date | None
    expires: date | None
    facts: Mapping[str, FactValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity a persona completed; amounts and topic shares in ticks."""

    title: str
    provider: str
    completed: date
    format: str
    credits: tuple[tuple[str, int], ...]
    topics: tuple[tuple[str, int], ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody of the demo world; ``who`` is the line printed beside the account."""

    email: str
    who: str
    given_name: str
    family_name: str
    profession: str = ""
    degree: str = ""
    born: date | None = None
    specialties: tuple[str, ...] | None = None
    time_zone: str = "UTC"
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    credentials: tuple[Held, ...] = ()
    activities: tuple[Activity, ...] = ()


def earned(**amounts: float) -> tuple[tuple[str, int], ...]:
    """``earned(AMA_PRA_1=6, ABIM_MOC_POINT=6)`` as pairs of code and ticks; quarters are exact."""
    return tuple((code, ticks_of(int(units * 4)) // 4) for code, units in amounts.items())


def share(topic: str, units: float) -> tuple[tuple[str, int], ...]:
    """The share of one topic."""
    return ((topic, ticks_of(int(units * 4)) // 4),)


def ago(at: date, months: float) -> date:
    """A weekday so many months before ``at``."""
    whole = int(months)
    day = add_months(at, -whole) - timedelta(days=round((months - whole) * 30))
    return day - timedelta(days=max(0, day.weekday() - 4))


def month_end(at: date, months: int) -> date:
    """The last day of the month ``months`` after that of ``at``."""
    return add_months(at.replace(day=1), months + 1) - ONE_DAY


def next_day(at: date, month: int, day: int, *, least: int) -> date:
    """The first such day of the year that lies at least ``least`` days ahead."""
    found = date(at.year, month, day)
    while (found - at).days < least:
        found = date(found.year + 1, month, day)
    return found
