"""The record form filled in from a certificate: what is certain stands there, what is not is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from osler.adapters.documents import Candidate, Proposal
from osler.apps.credit.queries.document_words import why_words
from osler.apps.credit.queries.documents import ReadDocument
from osler.web.credit.document_marks import Cutting, cuttings
from osler.web.credit.record_form import AMOUNTS, TOPICS, RecordForm
from osler.web.credit.words import format_name, type_name
from osler.web.design.amounts import day_text

if TYPE_CHECKING:
    from django.forms.boundfield import BoundField

FIELDS = {"title": "title", "provider": "provider", "completed": "completed_on", "format": "format"}
"""The control that each proposed field fills."""
ASKED_ANYWAY = ("title", "completed_on")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value was read, for the line under its control."""

    page: int
    words: str


@dataclass(frozen=True, slots=True)
class Part:
    """Some controls that belong together: what they are about, the readings to choose from, and the source.

    ``mark`` names the place on the picture of the page; ``cuttings`` are those places cut out of it.
    """

    mark: str
    name: str
    controls: tuple[BoundField, ...]
    pick: BoundField | None = None
    source: Source | None = None
    cuttings: tuple[Cutting, ...] = ()
    is_certain: bool = False
    is_pair: bool = False


class DocumentForm(RecordForm):
    """A ``RecordForm`` whose uncertain values are radio buttons beside the control, none of them chosen."""

    def __init__(self, *args: Any, read: ReadDocument, own_types: Iterable[str] = (), **kwargs: Any) -> None:
        self.read = read
        self.credits = read.all_of("credit")
        self.topics_read = read.all_of("topic")
        kwargs.setdefault("initial", self._initial())
        super().__init__(*args, own_types=own_types, **kwargs)
        for name, control in FIELDS.items():
            proposal = read.proposal(name)
            if proposal is not None and not proposal.is_certain:
                self._offer(control, proposal)
        for number, proposal in enumerate(self.credits):
            if not proposal.is_certain:
                self._offer(f"amount_{number}", proposal)
                self.fields[f"type_{number}"].required = False

    def rows_needed(self) -> tuple[int, int]:
        """Rows for every credit type and topic that was read, and one more."""
        return max(AMOUNTS, len(self.credits) + 1), max(TOPICS, len(self.topics_read) + 1)

    def _initial(self) -> dict[str, object]:
        found: dict[str, object] = {"format": "live"}
        for name, control in FIELDS.items():
            proposal = self.read.proposal(name)
            if proposal is not None and proposal.is_certain:
                found[control] = proposal.best.value
        for number, proposal in enumerate(self.credits):
            found[f"type_{number}"] = proposal.best.kind
            if proposal.is_certain:
                found[f"amount_{number}"] = proposal.best.value
        for number, proposal in enumerate(self.topics_read):
            found |= {f"topic_{number}": proposal.best.kind, f"share_{number}": proposal.best.value}
        return found

    def _offer(self, control: str, proposal: Proposal) -> None:
        choices = [(one.value, _choice(proposal.field, one)) for one in proposal.candidates]
        field = forms.ChoiceField(
            label=_("Which is it?"), choices=choices, required=False, widget=forms.RadioSelect
        )
        self.fields[f"pick_{control}"] = field
        self.fields[control].required = False

    def clean(self) -> dict[str, Any] | None:
        """What was chosen among the readings stands where nothing was typed."""
        for control in [name.removeprefix("pick_") for name in self.fields if name.startswith("pick_")]:
            picked = self.cleaned_data.get(f"pick_{control}")
            is_format = control == "format" and "format" not in self.changed_data
            if picked and control not in self.errors and (is_format or not self.cleaned_data.get(control)):
                self.cleaned_data[control] = self.fields[control].clean(picked)
        for control in ASKED_ANYWAY:
            if control not in self.errors and not self.cleaned_data.get(control):
                self.add_error(control, _("Choose one of the readings or enter it."))
        self._drop_untouched()
        return super().clean()

    def _drop_untouched(self) -> None:
        """A credit type that was read but given no amount is left out, unless nothing else is stated; a topic
        without hours likewise.
        """
        stated = [n for n in range(self.amount_count) if self.cleaned_data.get(f"amount_{n}") is not None]
        for number in range(len(self.credits)):
            if stated and number not in stated and f"amount_{number}" not in self.errors:
                self.cleaned_data[f"type_{number}"] = ""
        for number, proposal in enumerate(self.topics_read):
            if not proposal.best.value and self.cleaned_data.get(f"share_{number}") is None:
                self.cleaned_data[f"topic_{number}"] = ""
        if not stated and "amount_0" not in self.errors:
            self.add_error("amount_0", _("State the amount."))

    @property
    def parts(self) -> list[Part]:
        """The fields of the record in their order, each with its source."""
        found = []
        for name, control in FIELDS.items():
            found.append(self._part(name, (self[control],), self.read.proposal(name)))
        for number in range(self.amount_count):
            proposal = self.credits[number] if number < len(self.credits) else None
            if proposal is None and number and number >= len(self.credits) + 1:
                continue
            pair = (self[f"amount_{number}"], self[f"type_{number}"])
            found.append(self._part("credit", pair, proposal, is_pair=True))
        return found

    @property
    def asked(self) -> list[Part]:
        """What the person must decide, first: the uncertain, and what every record needs and was not
        found.
        """
        return [part for part in self.parts if not part.is_certain and self._is_needed(part)]

    @property
    def certain(self) -> list[Part]:
        """What was read without doubt."""
        return [part for part in self.parts if part.is_certain]

    @property
    def left(self) -> list[Part]:
        """What may stay empty."""
        return [part for part in self.parts if not part.is_certain and not self._is_needed(part)]

    @property
    def is_more_wrong(self) -> bool:
        """Something in the folded part needs a change, so it must not be folded."""
        return any(
            name in self.errors
            for name in self.fields
            if name.startswith(("topic_", "share_", "tags", "note"))
        )

    def _is_needed(self, part: Part) -> bool:
        names = {control.name for control in part.controls}
        return bool(
            part.pick is not None
            or part.source is not None
            or names & {*ASKED_ANYWAY}
            or ("amount_0" in names)
            or any(control.errors for control in part.controls)
        )

    def _part(
        self, name: str, controls: tuple[BoundField, ...], proposal: Proposal | None, *, is_pair: bool = False
    ) -> Part:
        pick = f"pick_{controls[0].name}"
        is_certain = proposal is not None and proposal.is_certain
        label = str(controls[0].label)
        if proposal is not None and name == "credit":
            label = type_name(proposal.best.kind) if proposal.best.kind else _("Hours or credits")
        return Part(
            mark=name,
            name=label,
            controls=controls,
            pick=self[pick] if pick in self.fields else None,
            source=_source(proposal.best) if proposal is not None and is_certain else None,
            cuttings=cuttings(self.read.pages, proposal.candidates) if proposal is not None else (),
            is_certain=is_certain,
            is_pair=is_pair,
        )


def _source(one: Candidate) -> Source:
    return Source(one.place.page, one.place.words)


def _choice(field: str, one: Candidate) -> str:
    """A reading in words, with what speaks for it and where it stands."""
    value = one.value
    if field == "completed":
        value = day_text(date.fromisoformat(one.value))
    if field == "format":
        value = format_name(one.value)
    why = why_words(one.why)
    read = _("page %(page)s: “%(words)s”") % {"page": one.place.page, "words": one.place.words[:120]}
    return f"{value} — {why}; {read}" if why else f"{value} — {read}"
