"""Rows of an import as the preview shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osler.web.credit.words import amounts_words, format_name, topic_name

if TYPE_CHECKING:
    from osler.apps.credit.queries.imports import ImportRowShown

STATES: dict[str, tuple[str | Promise, str]] = {
    "new": (gettext_lazy("New"), "met"),
    "likely-duplicate": (gettext_lazy("Looks like one you have"), "unknown"),
    "duplicate": (gettext_lazy("There already"), "waived"),
    "refused": (gettext_lazy("Cannot be read"), "overdue"),
}


@dataclass(frozen=True)
class PreviewRow:
    """One row: what was understood, and what was remarked on."""

    row: ImportRowShown

    @property
    def status(self) -> str:
        return STATES[self.row.state][1]

    @property
    def word(self) -> str | Promise:
        return STATES[self.row.state][0]

    @property
    def title(self) -> str:
        return (
            self.row.title or " · ".join(cell for cell in self.row.cells if cell)[:120] or _("(empty line)")
        )

    @property
    def credit(self) -> str:
        return amounts_words(self.row.amounts)

    @property
    def format(self) -> str:
        return format_name(self.row.format)

    @property
    def topics(self) -> str:
        return ", ".join(topic_name(topic) for topic, _ticks in self.row.topics)

    @property
    def twin_url(self) -> str:
        return reverse("credit:record-page", args=[self.row.twin_key]) if self.row.twin_key else ""

    @property
    def is_choice(self) -> bool:
        return self.row.state in ("new", "likely-duplicate")


def state_tabs(
    counts: Mapping[str, int], chosen: str, url: str
) -> list[tuple[str, str | Promise, int, bool]]:
    """Address, name, count and whether it is shown, for all rows and each state that has some."""
    tabs: list[tuple[str, str | Promise, int, bool]] = [(url, _("All"), sum(counts.values()), not chosen)]
    for state, (word, _status) in STATES.items():
        if counts.get(state):
            tabs.append((f"{url}?state={state}", word, counts[state], chosen == state))
    return tabs
