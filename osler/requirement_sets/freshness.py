"""Whether anyone compared a set with its sources lately."""

from __future__ import annotations

from datetime import date

from osler.core.rules.requirement import RequirementSet
from osler.core.time import add_months

MONTHS_UNTIL_STALE = 12


def is_stale(rules: RequirementSet, today: date) -> bool:
    """Nobody has checked the set against its sources in the twelve months before ``today``."""
    return rules.checked is None or add_months(rules.checked, MONTHS_UNTIL_STALE) < today
