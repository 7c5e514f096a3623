"""Sets of records as whole numbers: bit ``n`` of a mask stands for record ``n``, the earliest being 0."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import compress, count

_DIGITS = bytes.maketrans(b"01", b"\0\1")
_FEW = 5
"""So many bits are sooner taken off one by one than read from all the digits."""


def bits(mask: int) -> list[int]:
    """The numbers of the records in a mask, earliest first."""
    if mask.bit_count() > _FEW:
        return list(compress(count(), bin(mask)[:1:-1].encode().translate(_DIGITS)))
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def total(mask: int, amounts: Sequence[int]) -> int:
    """The sum of the amounts of the records in a mask."""
    if mask.bit_count() > _FEW:
        return sum(compress(amounts, bin(mask)[:1:-1].encode().translate(_DIGITS)))
    found = 0
    while mask:
        low = mask & -mask
        found += amounts[low.bit_length() - 1]
        mask ^= low
    return found


def mask_of(numbers: Iterable[int]) -> int:
    """The mask of some record numbers."""
    mask = 0
    for n in numbers:
        mask |= 1 << n
    return mask


class Masks(defaultdict[str, int]):
    """For every word (a topic, a credit type) the records that bear it. Fill it before asking anything."""

    def __init__(self) -> None:
        super().__init__(int)
        self._unions: dict[frozenset[str], int] = {}

    def of(self, words: frozenset[str]) -> int:
        """The records that bear any of the words."""
        union = self._unions.get(words)
        if union is None:
            union = 0
            for word in words:
                if word in self:
                    union |= self[word]
            self._unions[words] = union
        return union
