"""The layouts that are recognised by their headings: Osler's own and those of other systems."""

from __future__ import annotations

from osler.adapters.transcripts.layouts import accme_transcript, ce_broker_roster, nccpa_log, osler_own
from osler.adapters.transcripts.layouts.layout import Layout, heading

LAYOUTS: tuple[Layout, ...] = (
    osler_own.LAYOUT,
    accme_transcript.LAYOUT,
    nccpa_log.LAYOUT,
    ce_broker_roster.LAYOUT,
)
"""Every known layout, in the order in which they are tried."""

__all__ = ["LAYOUTS", "Layout", "heading", "layout_by_id"]


def layout_by_id(layout_id: str) -> Layout | None:
    """The layout with this id, or ``None``."""
    return next((layout for layout in LAYOUTS if layout.id == layout_id), None)
