"""Whether a record is about a topic: by the topics it carries, else by the words of its title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

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


Index = Mapping[str, tuple[tuple[str, frozenset[str]], ...]]
"""Topics by one word of their name, so that a title is held only against topics that share a word with it."""


def index_of(names: Iterable[tuple[str, str]]) -> Index:
    """The index of topics given as slug and name; a name of empty words alone is left out."""
    found: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {}
    for slug, name in names:
        words = words_of(name)
        if words:
            # The longest word is the rarest, near enough.
            word = max(words, key=lambda one: (len(one), one))
            found[word] = (*found.get(word, ()), (slug, words))
    return found


def topics_named_in(index: Index, title: str) -> tuple[str, ...]:
    """The slugs of the topics all of whose words occur in the title, in alphabetical order."""
    there = words_of(title)
    return tuple(sorted(slug for word in there for slug, words in index.get(word, ()) if words <= there))
