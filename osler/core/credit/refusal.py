"""A "no" with its reason: what the credit rules answer instead of an amount."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """No credit, and why: ``rule`` is a stable slug, ``sentence`` is English for the person."""

    rule: str
    sentence: str
