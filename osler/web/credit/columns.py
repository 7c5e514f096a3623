"""Confirming once which column of a file is which."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osler.adapters.transcripts import Mapping
from osler.web.credit.words import format_choices, topic_choices, type_groups

if TYPE_CHECKING:
    from django.forms.boundfield import BoundField

    from osler.apps.credit.queries.imports import Sample, SampleColumn

ROLE_WORDS = {
    "title": gettext_lazy("Title of the activity"),
    "provider": gettext_lazy("Provider"),
    "completed": gettext_lazy("Day completed"),
    "started": gettext_lazy("Day begun"),
    "format": gettext_lazy("Format"),
    "amount": gettext_lazy("Credits or hours"),
    "credit-type": gettext_lazy("Type of credit"),
    "credits": gettext_lazy("Several credits in one cell"),
    "topics": gettext_lazy("Topics"),
    "tags": gettext_lazy("Attributes"),
    "note": gettext_lazy("Note"),
    "id": gettext_lazy("Number of the record"),
    "activity": gettext_lazy("Number of the activity"),
    "licence-number": gettext_lazy("Licence number"),
    "sponsor": gettext_lazy("Sponsor of the credit"),
    "provider-number": gettext_lazy("Number of the provider"),
    "course-number": gettext_lazy("Number of the course"),
}


class ColumnsForm(forms.Form):
    """One choice per column, and what no column says: the order of dates, the type, the format."""

    date_order = forms.ChoiceField(
        label=gettext_lazy("How are days written, where it could be either?"), required=False
    )
    credit_type = forms.ChoiceField(
        label=gettext_lazy("Whose credit is it, where no column says"), required=False
    )
    format = forms.ChoiceField(label=gettext_lazy("Which format, where no column says"), required=False)

    def __init__(self, *args: Any, sample: Sample, mapping: Mapping, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {"date_order": mapping.date_order, "credit_type": mapping.credit_type, "format": mapping.format},
        )
        super().__init__(*args, **kwargs)
        self.sample, self.before = sample, mapping
        orders = [("", _("Work it out from the file")), ("mdy", _("Month first: 3/12 is 12 March")),
                  ("dmy", _("Day first: 3/12 is 3 December"))]  # fmt: skip
        self.fields["date_order"].choices = orders  # type: ignore[attr-defined]
        self.fields["credit_type"].choices = type_groups()  # type: ignore[attr-defined]
        self.fields["format"].choices = [("", "—"), *format_choices()]  # type: ignore[attr-defined]
        for column in sample.columns:
            self.fields[f"column_{column.number}"] = forms.ChoiceField(
                label=column.heading or _("Column %(n)d") % {"n": column.number + 1},
                choices=_roles(),
                required=False,
                initial=column.role,
            )

    @property
    def rows(self) -> list[tuple[SampleColumn, BoundField]]:
        """Every column with its choice."""
        return [(column, self[f"column_{column.number}"]) for column in self.sample.columns]

    @property
    def mapping(self) -> Mapping:
        """The columns as confirmed; the rest of the reading stays."""
        said = self.cleaned_data
        return replace(
            self.before,
            roles=tuple(said[f"column_{column.number}"] for column in self.sample.columns),
            date_order=said["date_order"],
            credit_type=said["credit_type"],
            format=said["format"],
        )


def _roles() -> list[tuple[str, Any]]:
    types = [
        (country, [(f"credit:{code}", name) for code, name in names])
        for country, names in type_groups()
        if isinstance(names, list)
    ]
    topics = [(f"topic:{slug}", name) for slug, name in topic_choices()]
    return [
        ("", _("Leave out")),
        (_("What it is"), list(ROLE_WORDS.items())),
        *((_("Amounts of a type, %(country)s") % {"country": country}, names) for country, names in types),
        (_("Hours on a topic"), topics),
    ]
