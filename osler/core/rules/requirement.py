"""The words of the requirement language: a set, its versions, what each requirement asks and what counts
for it.

These are plain frozen values. ``requirement_sets.loader`` makes them from YAML; nothing here reads a file.
Amounts are ticks (``core.credit.amount``). Two requirements, caps or accepts with the same words are equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from osler.core.rules.condition import Condition
from osler.core.rules.window import CYCLE, Due, Window


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a rule is written: ``as_of`` is the date of the text read, ``checked`` the day we last looked."""

    id: str
    title: str
    url: str | None = None
    as_of: str | None = None
    checked: date | None = None


@dataclass(frozen=True, slots=True)
class Percent:
    """A share of another requirement: of what it asks (``required``) or of what was earned (``earned``)."""

    share: Fraction
    of: str = ""
    measure: str = "required"

    def part_of(self, whole: int) -> int:
        """The share of an amount; a remainder under one tick is dropped."""
        return whole * self.share.numerator // self.share.denominator


Quantity = int | Percent
"""Ticks, or a share of another requirement's amount."""


@dataclass(frozen=True, slots=True)
class Match:
    """Which records (or which hours of them) a rate, a cap or an acceptance speaks of. Empty fields say
    nothing.
    """

    credits: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    not_formats: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    not_tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rate:
    """What an accepted amount is worth here. The first rate that matches a record's credit is used.

    ``times`` multiplies; with ``first`` only that many ticks *as recorded* per window are multiplied and the
    rest count plainly. ``each`` gives a fixed amount per activity whatever its hours. ``steps`` give the
    amount of the highest step whose threshold the recorded amount reaches. ``least`` takes the smallest of
    the record's accepted amounts instead of the largest.
    """

    match: Match
    times: Fraction = Fraction(1)
    first: int | None = None
    each: int | None = None
    steps: tuple[tuple[int, int], ...] = ()
    least: bool = False


@dataclass(frozen=True, slots=True)
class Accept:
    """What counts toward a requirement. ``credits`` empty means every credit type.

    ``topics`` limits the amount to the record's hours on one of them; ``own_specialties`` adds the person's
    specialties to them. ``not_hours_on`` takes away the hours on other topics. ``no_repeats`` counts an
    activity of the same provider and title once, whatever its dates. ``at_least_each`` is the least a record
    must bring. ``units`` counts ``amount`` or ``activity``.
    """

    match: Match = field(default_factory=Match)
    own_specialties: bool = False
    not_hours_on: frozenset[str] = frozenset()
    rates: tuple[Rate, ...] = ()
    completed_from: date | None = None
    completed_until: date | None = None
    no_repeats: bool = False
    at_least_each: int = 0
    since_issue: bool = False


@dataclass(frozen=True, slots=True)
class Cap:
    """At most so much of what matches, in the window or ``per`` day, calendar-year, cycle-year, record or
    title.
    """

    id: str
    match: Match
    at_most: Quantity
    per: str = "window"
    says: str = ""


@dataclass(frozen=True, slots=True)
class CarryOver:
    """The excess over the cycle before counts again, up to ``at_most`` ticks and only from records that
    match; hours on the topics of ``not_hours_on`` stay behind.
    """

    at_most: int
    match: Match = field(default_factory=Match)
    not_hours_on: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Spill:
    """What another requirement holds above its own need counts here too, up to ``at_most`` ticks."""

    source: str
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Relief:
    """A waiver (``to`` and ``by`` empty) or a reduction, granted when a stated fact says so and never
    before.
    """

    when: Condition
    to: Quantity | None = None
    by: int | None = None
    prorate_months: int | None = None
    says: str = ""
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing asked. Exactly one of ``at_least``, ``holds``, ``ways`` or ``variants`` says what.

    ``ways_needed`` of the ``ways`` must be met (1 is any of them). Of ``variants`` the first whose condition
    holds speaks; when none does, the requirement does not apply. ``unverified`` says what is not certain.
    """

    id: str
    title: str
    says: str = ""
    unit: str = "hour"
    at_least: Quantity | None = None
    holds: str | None = None
    ways: tuple[Requirement, ...] = ()
    ways_needed: int = 1
    variants: tuple[tuple[Condition | None, Requirement], ...] = ()
    applies_when: Condition | None = None
    window: Window = CYCLE
    due: Due | None = None
    accept: Accept = field(default_factory=Accept)
    caps: tuple[Cap, ...] = ()
    carry_over: CarryOver | None = None
    spill: Spill | None = None
    in_addition_to: tuple[str, ...] = ()
    relief: tuple[Relief, ...] = ()
    references: tuple[str, ...] = ()
    unverified: str = ""


@dataclass(frozen=True, slots=True)
class Equivalence:
    """One fact that satisfies several requirements at once, all but ``excepted`` where ``covers`` is
    empty.
    """

    id: str
    title: str
    when: Condition
    covers: frozenset[str] = frozenset()
    excepted: frozenset[str] = frozenset()
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CycleRule:
    """Where the cycle lies. ``months`` is the earning window, ``renews_every`` the step from one due date
    to the next.

    ``anchor``: ``expiry`` (the credential says), ``birthday``, ``birth-month`` (its last day), ``fixed``
    (``month`` and ``day``, in years that are ``year`` plus whole steps), ``calendar`` (whole calendar
    years, from the first full one after issue), ``issue``, or ``rolling`` (ends on the day of the question).
    A stated ``expires`` always wins, and it never rolls on by itself.
    """

    anchor: str
    months: int
    renews_every: int
    month: int = 12
    day: int = 31
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """The rules for cycles that end on or after ``effective``."""

    effective: date
    requirements: tuple[Requirement, ...]
    equivalences: tuple[Equivalence, ...] = ()


@dataclass(frozen=True, slots=True)
class RequirementSet:
    """What one authority asks of one kind of credential. ``versions`` run from the oldest to the newest."""

    id: str
    name: str
    authority: str
    country: str
    kind: str
    cycle: CycleRule
    versions: tuple[Version, ...]
    references: tuple[Reference, ...]
    professions: tuple[str, ...] = ()
    degrees: tuple[str, ...] = ()
    region: str = ""
    checked: date | None = None
    is_verified: bool = True
    not_modelled: tuple[str, ...] = ()
    note: str = ""

    def version_for(self, last_day: date) -> Version | None:
        """The version in force on the last day of a cycle; ``None`` if the file does not reach back so
        far.
        """
        held = [version for version in self.versions if version.effective <= last_day]
        return held[-1] if held else None
