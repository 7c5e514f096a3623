"""Whether a document lists several activities, as a transcript does: then no one of them is the certain
one.
"""

from __future__ import annotations

import re

from osler.adapters.documents.fields.dates import days_in
from osler.adapters.documents.flow import Flow

_AMOUNT = re.compile(r"(?<![\w.,/-])\d{1,3}(?:[.,]\d{1,2})?(?![\w/%-])")
LEAST_ROWS = 2


def lists_several(flow: Flow) -> bool:
    """At least two rows of one shape: a day, a number, and words, parted as in a table."""
    rows: dict[tuple[int, int], list[str]] = {}
    for line in flow.lines:
        rows.setdefault((line.page, line.row), []).append(line.text)
    return sum(_is_activity(cells) for cells in rows.values()) >= LEAST_ROWS


def _is_activity(cells: list[str]) -> bool:
    has_day = any(days_in(cell, 2100) for cell in cells)
    has_amount = any(_AMOUNT.search(cell) for cell in cells if not days_in(cell, 2100))
    has_words = any(sum(letter.isalpha() for letter in cell) > 8 for cell in cells if not days_in(cell, 2100))
    return len(cells) > 2 and has_day and has_amount and has_words
