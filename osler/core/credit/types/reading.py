"""From what people write ("AMA PRA Cat. 1 Credit(s)™") to the code of the credit type, or to nothing.

A name that two authorities share ("Category 1" alone, "CEU" alone) is not guessed: it finds nothing, and the
suggestions name the candidates.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping

from osler.core.credit.types.credit_type import CreditType

_MARKS = re.compile(r"\((?:tm|r|sm)\)|[™®℠©]")
_TOKEN = re.compile(r"[^\W_]+")
_CATEGORY = {"cat", "category", "categories", "ctg"}
_NUMERAL = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
_SINGULAR = {
    "credits": "credit",
    "hours": "hour",
    "hrs": "hour",
    "hr": "hour",
    "points": "point",
    "pts": "point",
    "units": "unit",
    "ceus": "ceu",
    "cpeus": "cpeu",
    "ecmecs": "ecmec",
    "crediti": "credit",
    "credito": "credit",
    "creditos": "credit",
    "sec": "section",
    "activity": "activities",
}
_NOISE = {"credit", "hour", "point", "contact", "the", "of", "s"}
MOST_CHARACTERS = 200
"""A longer text names no credit type."""


def normal_form(text: str) -> tuple[str, ...]:
    """The words of a name, in one spelling: case, accents, punctuation, plurals, roman numerals aside."""
    bare = unicodedata.normalize("NFKD", _MARKS.sub(" ", text.casefold()))
    bare = "".join(mark for mark in bare if not unicodedata.combining(mark))
    words: list[str] = []
    for token in _TOKEN.findall(bare):
        for word in _split_category(_SINGULAR.get(token, token)):
            before = words[-1] if words else ""
            if before == "category":
                word = _NUMERAL.get(word, word)
            if before in {"1", "2"} and word in {"a", "b"}:
                words[-1] = before + word
            else:
                words.append(word)
    return tuple(words)


def _split_category(token: str) -> tuple[str, ...]:
    """``cat1`` as ``category 1``; ``cat``, ``categories`` as ``category``."""
    if token in _CATEGORY:
        return ("category",)
    for word in ("category", "cat"):
        rest = token.removeprefix(word)
        if rest != token and re.fullmatch(r"[1-5][ab]?|i{1,3}|iv|v", rest):
            return ("category", _NUMERAL.get(rest, rest))
    return (token,)


def _without_noise(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _NOISE)


class CreditTypeIndex:
    """Finds credit types by code, name or synonym; ``ValueError`` if two share a name."""

    def __init__(self, types: Mapping[str, CreditType]) -> None:
        self._types = types
        self._exact: dict[tuple[str, ...], CreditType] = {}
        self._bare: dict[tuple[str, ...], CreditType] = {}
        self._joined: dict[str, CreditType] = {}
        self._spellings: dict[str, str] = {}
        for kind in types.values():
            for name in (kind.code, kind.name, *kind.synonyms):
                self._learn(name, kind)

    def _learn(self, name: str, kind: CreditType) -> None:
        words = normal_form(name)
        for index, key in ((self._exact, words), (self._bare, _without_noise(words))):
            if key and index.setdefault(key, kind) is not kind:
                raise ValueError(f"{name!r} names both {index[key].code} and {kind.code}")
        self._joined.setdefault("".join(words), kind)
        self._spellings.setdefault(" ".join(words), kind.code)

    def find(self, text: str) -> CreditType | None:
        """The one credit type that ``text`` names, or ``None``."""
        by_code = self._types.get(text)
        if by_code is not None:
            return by_code
        if len(text) > MOST_CHARACTERS:
            return None
        words = normal_form(text)
        bare = self._exact.get(words) or self._bare.get(_without_noise(words))
        return bare or self._joined.get("".join(words))

    def suggest(self, text: str, most: int = 3) -> tuple[str, ...]:
        """Codes whose names come closest to ``text``, best first; at most ``most``, possibly none.

        First the type it names, then those whose name holds every word of it, then close spellings.
        """
        named = self.find(text)
        words = normal_form(text[:MOST_CHARACTERS])
        bare = set(_without_noise(words))
        holding = [code for name, code in self._spellings.items() if bare and bare <= set(name.split())]
        close = difflib.get_close_matches(" ".join(words), list(self._spellings), n=4 * most, cutoff=0.6)
        best = [named.code] if named else []
        return _first_of(most, [*best, *holding, *(self._spellings[name] for name in close)])


def _first_of(most: int, codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))[:most]
