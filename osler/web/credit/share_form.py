"""What a link shows, as a form: one cycle of one credential, how much of each record, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osler.apps.credit.actions.sharing import MOST_DAYS, USUAL_DAYS, Scope
from osler.web.design.amounts import day_text
from osler.web.requirements.fact_form import day_field

if TYPE_CHECKING:
    from osler.apps.people.models import Person
    from osler.apps.requirements.queries.dossier import CycleOffered, PersonCycles

RECORDS = [
    ("counted", gettext_lazy("Those that count toward this credential")),
    ("all", gettext_lazy("All of the period")),
]
NAMES = [
    ("full", gettext_lazy("Activity, provider, day and credit")),
    ("providers", gettext_lazy("Provider, day and credit, without what it was about")),
]


class ShareForm(forms.Form):
    """The scope of a link."""

    cycle = forms.ChoiceField(label=gettext_lazy("Which credential, which period"))
    records = forms.ChoiceField(
        label=gettext_lazy("Which records"), choices=RECORDS, widget=forms.RadioSelect, initial="counted"
    )
    names = forms.ChoiceField(
        label=gettext_lazy("How much of each"), choices=NAMES, widget=forms.RadioSelect, initial="full"
    )
    has_assessment = forms.BooleanField(
        label=gettext_lazy("Show how each requirement stands"), required=False, initial=True
    )
    has_certificates = forms.BooleanField(
        label=gettext_lazy("Let the certificates be opened"), required=False
    )
    expires_on = day_field(
        gettext_lazy("Open until"),
        help_text=gettext_lazy("The last day. You can take the link back earlier."),
    )
    label = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Only you see this."),
    )

    def __init__(self, *args: Any, cycles: PersonCycles, person: Person, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"expires_on": today + timedelta(days=USUAL_DAYS)})
        super().__init__(*args, **kwargs)
        self.cycles, self.person, self.today = cycles, person, today
        self.fields["cycle"].choices = [  # type: ignore[attr-defined]
            (one.code, cycle_words(one)) for one in cycles.offered
        ]

    def clean_expires_on(self) -> date:
        """Within a year from today."""
        day: date = self.cleaned_data["expires_on"]
        if not self.today <= day <= self.today + timedelta(days=MOST_DAYS - 1):
            raise forms.ValidationError(_("A link ends within a year, and not before today."))
        return day

    def clean(self) -> dict[str, Any] | None:
        """Certificates show titles, so they go with titles only."""
        super().clean()
        if self.cleaned_data.get("names") == "providers" and self.cleaned_data.get("has_certificates"):
            sentence = _(
                "A certificate shows the title of its activity. Leave the certificates out, or show titles."
            )
            self.add_error("has_certificates", sentence)
        return self.cleaned_data

    @property
    def offer(self) -> CycleOffered:
        found = self.cycles.offer(self.cleaned_data["cycle"])
        assert found is not None, "the choices of the field are the cycles offered"
        return found

    @property
    def scope(self) -> Scope:
        said, period = self.cleaned_data, self.offer.period
        scope = Scope(period.start, period.last_day)
        names = ("records", "names", "has_assessment", "has_certificates")
        return replace(scope, **{name: said[name] for name in names})

    @property
    def expires_at(self) -> datetime:
        """The end of the last day, where the holder is."""
        midnight = self.cleaned_data["expires_on"] + timedelta(days=1)
        return datetime.combine(midnight, time.min, ZoneInfo(self.person.time_zone))


def cycle_words(one: CycleOffered) -> str:
    """California physician licence, 1 July 2024 to 30 June 2026 (running)."""
    words = {
        "name": one.standing.name,
        "start": day_text(one.period.start),
        "end": day_text(one.period.last_day),
    }
    if one.is_running:
        return _("%(name)s, %(start)s to %(end)s (running)") % words
    return _("%(name)s, %(start)s to %(end)s") % words
