"""The published list of credit types: what each is, how its names are read, how it is rounded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from osler.core.credit.types import care_team, certifying_boards, physicians, world
from osler.core.credit.types.credit_type import Confidence, CreditType, Rounding, Source, Unit
from osler.core.credit.types.groups import build_groups
from osler.core.credit.types.reading import CreditTypeIndex

__all__ = [
    "CREDIT_TYPES",
    "GRAINS",
    "GROUPS",
    "Confidence",
    "CreditType",
    "Rounding",
    "Source",
    "Unit",
    "by_code",
    "credit_group",
    "find_credit_type",
    "round_credit",
    "suggest_credit_types",
]


def by_code(types: Iterable[CreditType]) -> Mapping[str, CreditType]:
    """The types under their codes, in the order given; a code given twice raises ``ValueError``."""
    table: dict[str, CreditType] = {}
    for kind in types:
        if table.setdefault(kind.code, kind) is not kind:
            raise ValueError(f"two credit types have the code {kind.code}")
    return MappingProxyType(table)


CREDIT_TYPES: Mapping[str, CreditType] = by_code(
    (*physicians.TYPES, *certifying_boards.TYPES, *care_team.TYPES, *world.TYPES)
)
"""Every credit type by its code, in the order in which the published list shows them."""

GROUPS: Mapping[str, frozenset[str]] = MappingProxyType(build_groups(CREDIT_TYPES))
"""Named groups of codes."""

_INDEX = CreditTypeIndex(CREDIT_TYPES)
GRAINS: Mapping[str, tuple[int, int]] = {
    kind.code: (kind.step or 1, kind.step // 2 if kind.rounding == "nearest" else 0)
    for kind in CREDIT_TYPES.values()
}
"""For each code the step an amount is rounded down to, and what is added before."""


def find_credit_type(text: str) -> CreditType | None:
    """The credit type a code, name or synonym stands for, however it is spelled and spaced; else ``None``."""
    return _INDEX.find(text)


def suggest_credit_types(text: str, most: int = 3) -> tuple[str, ...]:
    """Codes of the credit types whose names come closest to ``text``, best first; possibly none."""
    return _INDEX.suggest(text, most)


def credit_group(name: str) -> frozenset[str]:
    """The codes of a named group such as ``ANY_ACCREDITED``; an unknown name raises ``KeyError``."""
    return GROUPS[name]


def round_credit(code: str, ticks: int) -> int:
    """``ticks`` brought to the grain of the credit type (AMA: quarter hours, down).

    An unknown code raises ``KeyError``. A recorded amount is taken as printed: the smallest award of a type
    is not tested here.
    """
    step, half = GRAINS[code]
    return (ticks + half) // step * step
