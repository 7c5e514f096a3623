"""How candidates become a proposal: one value left makes it certain, two are offered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from osler.adapters.documents import Candidate, Proposal
from osler.adapters.documents.flow import Flow

SURE_LETTERS = 70
SURE_FIGURES = 80
MOST_OFFERED = 6
_SPECIAL = str.maketrans({"ß": "s", "æ": "a", "œ": "o", "ø": "o", "’": "'", "‘": "'", "“": '"', "”": '"'})


def folded(text: str) -> str:
    """The text in small letters without accents, letter for letter as long as before."""
    return "".join(_bare(letter) for letter in text.translate(_SPECIAL))


def flat(text: str) -> str:
    """Folded, and with line breaks as blanks: for phrases that run over the end of a line."""
    return folded(text).replace("\n", " ")


def _bare(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    first = unicodedata.normalize("NFKD", letter)[:1].lower()
    return first if len(first) == 1 else letter


def same(one: str, other: str) -> bool:
    """Two readings of a name that differ only in case, blanks and marks."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", folded(text))


def distinct(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The first candidate of each value, in order."""
    found: dict[tuple[str, str], Candidate] = {}
    for one in candidates:
        found.setdefault((one.kind, _plain(one.value) or one.value), one)
    return list(found.values())


def offered(field: str, candidates: Sequence[Candidate], *, is_certain: bool = False) -> Proposal | None:
    """The proposal of a field: certain only where it was said so and one value is left."""
    left = distinct(candidates)[:MOST_OFFERED]
    if not left:
        return None
    return Proposal(field, tuple(left), is_certain and len(left) == 1)


def is_seen_clearly(flow: Flow, start: int, end: int) -> bool:
    """No word of the part is in doubt; figures are asked for more, since one is as likely as another."""
    for word in flow.words(start, end):
        has_figure = any(letter.isdigit() for letter in word.text)
        if word.sure < (SURE_FIGURES if has_figure else SURE_LETTERS):
            return False
    return True
