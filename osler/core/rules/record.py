"""What a clinician brings: who they are, the credentials they hold, the credit they earned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

FactValue = bool | Decimal | str | date | tuple[str, ...]
"""What is known of one fact. A fact that is not there is unknown."""

NO_FACTS: Mapping[str, FactValue] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CreditRecord:
    """One completed activity.

    ``credits`` and ``topics`` are pairs of a code and an amount in ticks (see ``core.credit.amount``);
    several credit types are the *same* hours in different currencies. A topic's amount is the share of
    the hours spent on it; shares may overlap each other and none exceeds the record's largest amount.
    ``tags`` are further attributes that rules ask for (``post-test``, ``speaker``, ``reported-by-provider``).
    """

    id: str
    completed: date
    credits: tuple[tuple[str, int], ...]
    title: str = ""
    provider: str = ""
    format: str = "other"
    topics: tuple[tuple[str, int], ...] = ()
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Clinician:
    """The person, as far as requirements ask. ``None`` means not stated, which is not the same as none."""

    profession: str | None = None
    degree: str | None = None
    birth_date: date | None = None
    specialties: tuple[str, ...] | None = None
    facts: Mapping[str, FactValue] = field(default_factory=lambda: NO_FACTS)


@dataclass(frozen=True, slots=True)
class Credential:
    """A licence, certificate or registration held. ``expires`` is the last day inside the running cycle."""

    requirement_set: str
    number: str = ""
    issued: date | None = None
    expires: date | None = None
    facts: Mapping[str, FactValue] = field(default_factory=lambda: NO_FACTS)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Everything needed for an answer. The order of ``credits`` never changes one."""

    clinician: Clinician
    credentials: tuple[Credential, ...] = ()
    credits: tuple[CreditRecord, ...] = ()
