"""Osler's own layout: one line per activity, one column per credit type. ``templates`` writes it.

Columns, in any order: ``Title``, ``Completed`` (ISO dates), one or more columns headed by the code or
name of a credit type, and where wanted ``Provider``, ``Format``, ``Topics`` (``opioid-prescribing 3;
ethics``: a topic without an amount has the whole activity), ``Tags`` (slugs, separated by semicolons),
``Note`` and ``Id``. In place of the columns per type there may be one column ``Credits`` (``AMA_PRA_1 6;
ANCC 6``).
"""

from osler.adapters.transcripts.layouts.layout import Layout

LAYOUT = Layout(
    id="osler",
    name="Osler",
    about="Osler's own layout, as downloaded from the page of imports or exported from a transcript.",
    source="docs/how-to/import-a-transcript.md",
    checked="2026-11-22",
    is_confirmed=True,
    roles={
        "id": "id",
        "title": "title",
        "provider": "provider",
        "completed": "completed",
        "format": "format",
        "credits": "credits",
        "topics": "topics",
        "tags": "tags",
        "note": "note",
    },
    needs=(frozenset({"title"}), frozenset({"completed"})),
    takes_type_columns=True,
)
