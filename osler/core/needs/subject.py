"""Whether a record is about a topic: by the topics it carries, else by the words of its title."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset(
    (
        "a",
        "an",
        "and",
        "at",
        "by",
        "care",
        "for",
        "from",
        "in",
        "into",
        "management",
        "medicine",
        "new",
        "of",
        "on",
        "or",
        "prevention",
        "the",
        "to",
        "treatment",
        "update",
        "use",
        "with",
    )
)
"""Words that say nothing of a subject."""


def words_of(text: str) -> frozenset[str]:
    """The words of a name that say something of its subject, a plural's plain ``s`` taken away."""
    found = (word.casefold() for word in _WORD.findall(text))
    return frozenset(_singular(word) for word in found if word not in _EMPTY)


def _singular(word: str) -> str:
    return (
        word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
    )


def topics_named_in(topics: Iterable[tuple[str, frozenset[str]]], title: str) -> tuple[str, ...]:
    """The slugs of those ``(slug, words_of(name))`` whose words all occur in the title."""
    there = words_of(title)
    return tuple(slug for slug, words in topics if words and words <= there)
