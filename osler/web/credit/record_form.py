"""One activity as a form; its answer is the draft that the actions check."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osler.apps.credit.actions import RecordDraft
from osler.core.credit.amount import AmountError, amount_text, parse_amount
from osler.requirement_sets.vocabulary import load_vocabulary
from osler.web.credit.words import amounts_of, format_choices, topic_choices, topics_of, type_groups
from osler.web.requirements.fact_form import day_field

if TYPE_CHECKING:
    from django.forms.boundfield import BoundField

    from osler.apps.credit.models import Record

AMOUNTS, TOPICS = 2, 3


class AmountField(forms.CharField):
    """An exact amount: text to ticks, and never through a float."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": "6"})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_amount(text.replace(",", "."))
        except AmountError:
            raise forms.ValidationError(_("Write the amount as a number such as 6 or 0.25.")) from None


class RecordForm(forms.Form):
    """Title, provider, day, format, amounts with their types, topic shares, attributes and a note."""

    title = forms.CharField(label=gettext_lazy("Activity"), max_length=300)
    provider = forms.CharField(label=gettext_lazy("Provider"), max_length=200, required=False)
    completed_on = day_field(
        gettext_lazy("Completed on"),
        help_text=gettext_lazy("The day you finished it, as it stands on the certificate."),
    )
    format = forms.ChoiceField(label=gettext_lazy("Format"))
    tags = forms.MultipleChoiceField(
        label=gettext_lazy("What else is true of it"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self,
        *args: Any,
        own_types: Iterable[str] = (),
        record: Record | None = None,
        titles: Iterable[str] = (),
        providers: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        amounts = amounts_of(record) if record else ()
        topics = topics_of(record) if record else ()
        kwargs.setdefault("initial", _first(record, amounts, topics))
        super().__init__(*args, **kwargs)
        self.known = {"title": list(titles), "provider": list(providers)}
        for name, values in self.known.items():
            if values:
                self.fields[name].widget.attrs |= {"list": f"known_{name}", "autocomplete": "off"}
        self.fields["format"].choices = format_choices()  # type: ignore[attr-defined]
        self.fields["tags"].choices = list(load_vocabulary().tags.items())  # type: ignore[attr-defined]
        least_amounts, least_topics = self.rows_needed()
        self.amount_count = max(least_amounts, len(amounts) + 1)
        self.topic_count = max(least_topics, len(topics) + 1)
        groups, subjects = type_groups(own_types), [("", "—"), *topic_choices()]
        for n in range(self.amount_count):
            self.fields[f"amount_{n}"] = AmountField(label=_("Amount"), required=n == 0)
            self.fields[f"type_{n}"] = forms.ChoiceField(
                label=_("Credit type"), choices=groups, required=n == 0
            )
        for n in range(self.topic_count):
            self.fields[f"topic_{n}"] = forms.ChoiceField(label=_("Topic"), choices=subjects, required=False)
            self.fields[f"share_{n}"] = AmountField(label=_("Hours on it"), required=False)

    def rows_needed(self) -> tuple[int, int]:
        """How many rows for amounts and for topics an empty form shows."""
        return AMOUNTS, TOPICS

    @property
    def amount_rows(self) -> list[tuple[BoundField, BoundField]]:
        """Amount and type, row by row."""
        return [(self[f"amount_{n}"], self[f"type_{n}"]) for n in range(self.amount_count)]

    @property
    def topic_rows(self) -> list[tuple[BoundField, BoundField]]:
        """Topic and share, row by row."""
        return [(self[f"topic_{n}"], self[f"share_{n}"]) for n in range(self.topic_count)]

    def clean(self) -> dict[str, Any] | None:
        """An amount needs its type, a type its amount; likewise a topic and its share."""
        super().clean()
        for n in range(self.amount_count):
            self._pair(f"amount_{n}", f"type_{n}", _("State the amount."), _("State whose credit it is."))
        for n in range(self.topic_count):
            self._pair(f"share_{n}", f"topic_{n}", _("State the hours on it."), _("Choose the topic."))
        return self.cleaned_data

    def _pair(self, amount: str, name: str, no_amount: str, no_name: str) -> None:
        if {amount, name} & set(self.errors):
            return
        if self.cleaned_data.get(name) and self.cleaned_data.get(amount) is None:
            self.add_error(amount, no_amount)
        if self.cleaned_data.get(amount) is not None and not self.cleaned_data.get(name):
            self.add_error(name, no_name)

    @property
    def draft(self) -> RecordDraft:
        """What was stated, for the actions to check."""
        said = self.cleaned_data
        return RecordDraft(
            title=said["title"],
            provider=said["provider"],
            completed_on=said["completed_on"],
            format=said["format"],
            amounts=self._pairs("type", "amount", self.amount_count),
            topics=self._pairs("topic", "share", self.topic_count),
            tags=tuple(said["tags"]),
            note=said["note"],
        )

    def _pairs(self, name: str, amount: str, count: int) -> tuple[tuple[str, int], ...]:
        said = self.cleaned_data
        return tuple(
            (said[f"{name}_{n}"], said[f"{amount}_{n}"]) for n in range(count) if said.get(f"{name}_{n}")
        )


def _first(
    record: Record | None, amounts: tuple[tuple[str, int], ...], topics: tuple[tuple[str, int], ...]
) -> dict[str, object]:
    if record is None:
        return {"format": "live"}
    found: dict[str, object] = {
        name: getattr(record, name) for name in ("title", "provider", "completed_on", "format", "note")
    }
    found["tags"] = record.tag_list
    for n, (code, ticks) in enumerate(amounts):
        found |= {f"type_{n}": code, f"amount_{n}": amount_text(ticks)}
    for n, (topic, ticks) in enumerate(topics):
        found |= {f"topic_{n}": topic, f"share_{n}": amount_text(ticks)}
    return found


def like(record: Record | None, today: date, *, is_whole: bool) -> dict[str, object]:
    """How an empty form begins: today, with the type and format used last; ``is_whole``, all of a record."""
    first: dict[str, object] = {"format": "live"}
    if record is not None and is_whole:
        first = _first(record, amounts_of(record), topics_of(record)) | {"note": ""}
    elif record is not None:
        amounts = amounts_of(record)
        first = {"format": record.format, "type_0": amounts[0][0] if amounts else ""}
    return first | {"completed_on": today}
