"""What a layout is: which headings mean what, how its dates and types read, and where that is written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
MOST_CHARACTERS = 120


def heading(text: str) -> str:
    """A heading in one spelling: lower case, no accents or punctuation, ``CompletedDate`` as ``completed
    date``.
    """
    split = _CAMEL.sub(" ", text[:MOST_CHARACTERS])
    bare = "".join(c for c in unicodedata.normalize("NFKD", split.casefold()) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(bare))


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One system's table of a person's credits.

    ``roles`` maps headings (in the spelling of ``heading``) to roles of ``columns.ROLES``; ``needs`` names
    for each required column the headings it may have. ``takes_type_columns``: any further heading that names
    a credit type is a column of its amounts. ``date_order`` holds where the system's own is known.
    ``type_words`` tells what its words for credit mean. ``is_confirmed`` is false where no description of
    the *file* was read and the column names come from a neighbouring document; pages say so. ``source`` and
    ``checked``: where and when.
    """

    id: str
    name: str
    about: str
    source: str
    checked: str
    is_confirmed: bool
    roles: dict[str, str]
    needs: tuple[frozenset[str], ...]
    takes_type_columns: bool = False
    date_order: str = ""
    credit_type: str = ""
    type_words: dict[str, str] = field(default_factory=dict)

    def fits(self, cells: tuple[str, ...]) -> bool:
        """Whether a line of headings is this layout's."""
        found = {heading(cell) for cell in cells}
        return all(found & names for names in self.needs)
