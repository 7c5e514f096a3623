"""What if, as a form and as an address: whatever is supposed stands in the address and nowhere else.

The form sends all its fields; ``WhatIf.query`` leaves only what differs from how things are, so that the
address can be kept, read and shared. It holds no record and no name: another person who opens it sees their
own answer.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osler.apps.requirements.queries import PersonAssessment, asked_fact
from osler.apps.requirements.queries.what_if import PLANNED, Supposition
from osler.core.credit.amount import amount_text
from osler.core.rules.record import Credential, CreditRecord, FactValue
from osler.requirement_sets.loader import load_sets
from osler.requirement_sets.vocabulary import load_vocabulary
from osler.web.credit.record_form import AmountField
from osler.web.credit.words import format_choices, topic_choices, type_groups
from osler.web.requirements.fact_form import FactForm, day_field, first_value, specialty_choices

MOST_PLANNED = 10
MOST_ADDED = 10
NONE = "none"
DEGREES = ("MD", "DO", "MBBS", "PA", "NP", "RN", "PharmD")


class DayForm(forms.Form):
    """The day of the question."""

    on = day_field(
        gettext_lazy("On which day"),
        required=False,
        help_text=gettext_lazy("Left open: today, or the last day of what you plan."),
    )

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day is not None and not 1950 <= day.year <= 2100:
            raise forms.ValidationError(_("Choose a day between 1950 and 2100."))
        return day


class PlanForm(forms.Form):
    """One activity that is planned; without an amount there is none."""

    amount = AmountField(label=gettext_lazy("Credit"), required=False)
    type = forms.ChoiceField(label=gettext_lazy("Type"), required=False)
    topic = forms.ChoiceField(label=gettext_lazy("Wholly on"), required=False)
    format = forms.ChoiceField(label=gettext_lazy("Format"), required=False)
    on = day_field(gettext_lazy("On"), required=False)

    def __init__(self, *args: Any, today: date, own_types: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["type"].choices = type_groups(own_types)  # type: ignore[attr-defined]
        self.fields["topic"].choices = [("", "—"), *topic_choices()]  # type: ignore[attr-defined]
        self.fields["format"].choices = format_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An amount needs a type; a day that is left open is today."""
        said = super().clean() or self.cleaned_data
        if said.get("amount") and not said.get("type") and "type" not in self.errors:
            self.add_error("type", _("State whose credit it is."))
        said["on"] = said.get("on") or self.today
        return said

    def record(self, n: int) -> CreditRecord | None:
        """The planned activity as rules see it."""
        said = self.cleaned_data if self.is_valid() else {}
        if not said.get("amount"):
            return None
        topics = ((said["topic"], said["amount"]),) if said["topic"] else ()
        return CreditRecord(
            id=f"{PLANNED}{n}",
            completed=said["on"],
            credits=((said["type"], said["amount"]),),
            title=_("What you plan"),
            format=said["format"] or "live",
            topics=topics,
        )


class AddedForm(forms.Form):
    """The dates of a credential that is only supposed."""

    issued = day_field(gettext_lazy("First issued on"), required=False)
    expires = day_field(gettext_lazy("Expires on"), required=False)

    def __init__(self, set_id: str, data: QueryDict) -> None:
        super().__init__(data, prefix=set_id)
        self.rules = load_sets()[set_id]

    @property
    def credential(self) -> Credential:
        said = self.cleaned_data if self.is_valid() else {}
        return Credential(self.rules.id, issued=said.get("issued"), expires=said.get("expires"))


class WhatIf:
    """Everything that is supposed, read from an address. ``found`` is how things are."""

    def __init__(self, data: QueryDict, found: PersonAssessment, own_types: tuple[str, ...]) -> None:
        self.data, self.found, self.own_types = data, found, own_types
        self.day_form = DayForm(data)

    @property
    def was_asked(self) -> bool:
        """Whether the form itself sent this: it then has every field, and the address is made short."""
        return "ask" in self.data

    @cached_property
    def added_forms(self) -> list[AddedForm]:
        sets = load_sets()
        chosen = [one for one in dict.fromkeys(self.data.getlist("add")) if one in sets]
        return [AddedForm(one, self.data) for one in chosen[:MOST_ADDED]]

    @cached_property
    def plan_forms(self) -> list[PlanForm]:
        """The activities planned and one empty row for the next."""
        rows = [n for n in range(MOST_PLANNED) if self.data.get(f"p{n}-amount")]
        forms_given = [self._plan(n) for n in rows]
        return [*forms_given, self._plan(None)] if len(rows) < MOST_PLANNED else forms_given

    def _plan(self, n: int | None) -> PlanForm:
        parts: dict[str, Any] = {"today": self.found.as_of, "own_types": self.own_types}
        if n is not None:
            return PlanForm(self.data, prefix=f"p{n}", **parts)
        used = [k for k in range(MOST_PLANNED) if not self.data.get(f"p{k}-amount")]
        given = [self.data.get(f"p{k}-type", "") for k in range(MOST_PLANNED) if k not in used]
        own = [one for one in self.own_types if one == "AMA_PRA_1"] or list(self.own_types)
        first = {"type": next(iter((*given, *own)), ""), "format": "live"}
        return PlanForm(prefix=f"p{used[0]}", initial=first, **parts)

    @cached_property
    def planned(self) -> tuple[CreditRecord, ...]:
        found = [form.record(n) for n, form in enumerate(self.plan_forms) if form.is_bound]
        return tuple(one for one in found if one is not None)

    # What was stated otherwise

    @property
    def profession(self) -> str:
        return self._chosen("profession", load_vocabulary().professions)

    @property
    def degree(self) -> str:
        return self._chosen("degree", DEGREES)

    def _chosen(self, name: str, known: Any) -> str:
        value = self.data.get(name, "")
        is_other = value in known and value != getattr(self.found.portfolio.clinician, name)
        return value if is_other else ""

    @property
    def specialties(self) -> tuple[str, ...] | None:
        """The specialties supposed; ``None`` where they are as they are."""
        chosen = self.data.getlist("specialty")
        if not chosen and not (self.was_asked and "specialties" in self.data):
            return None
        known = tuple(sorted({one for one in chosen if one in load_vocabulary().specialties}))
        own = self.found.portfolio.clinician.specialties
        return None if known == tuple(sorted(own or ())) else known

    @property
    def dropped(self) -> frozenset[str]:
        held = {one.held.key for one in self.found.standings}
        return frozenset(self.data.getlist("drop")) & held

    @cached_property
    def facts(self) -> dict[str, FactValue]:
        """Facts answered otherwise than they are stated."""
        answers = {form.fact.id: form.answer for form in self.fact_forms_sent if form.is_valid()}
        stated = self.stated
        return {
            name: value for name, value in answers.items() if value is not None and value != stated.get(name)
        }

    @cached_property
    def fact_forms_sent(self) -> list[FactForm]:
        """The answers that stand in the address, right or wrong."""
        names = [name for name in load_vocabulary().facts if f"{name}-value" in self.data]
        return [form for name in names if (form := self.fact_form(name)) is not None]

    @property
    def stated(self) -> dict[str, FactValue]:
        """What is stated now, of the person and of each credential."""
        stated: dict[str, FactValue] = dict(self.found.portfolio.clinician.facts)
        for value in self.found.portfolio.credentials:
            stated.update(value.facts)
        return stated

    def fact_form(self, name: str) -> FactForm | None:
        """The form of one fact: as supposed, else as stated, else open."""
        fact = asked_fact(name)
        if fact is None or fact.id not in load_vocabulary().facts:
            return None
        data = self.data if f"{fact.id}-value" in self.data else None
        return FactForm(fact, data, required=False, initial=first_value(fact, self.stated.get(fact.id)))

    # The whole

    @property
    def supposition(self) -> Supposition:
        """What is valid of all this, as a value."""
        return Supposition(
            as_of=self.day_form.cleaned_data.get("on") if self.day_form.is_valid() else None,
            profession=self.profession or None,
            degree=self.degree or None,
            specialties=self.specialties,
            facts=self.facts,
            added=tuple(form.credential for form in self.added_forms),
            dropped=self.dropped,
            planned=self.planned,
        )

    @property
    def invalid_forms(self) -> list[forms.Form]:
        """The forms that hold something that could not be understood."""
        given: list[forms.Form] = [self.day_form, *self.added_forms, *self.fact_forms_sent]
        given += [form for form in self.plan_forms if form.is_bound]
        return [form for form in given if not form.is_valid()]

    @property
    def query(self) -> str:
        """The address that says the same in the fewest words."""
        short = QueryDict(mutable=True)
        said = self.supposition
        if said.as_of:
            short["on"] = said.as_of.isoformat()
        for form in self.added_forms:
            short.appendlist("add", form.rules.id)
            for name in ("issued", "expires"):
                if day := form.cleaned_data.get(name) if form.is_valid() else None:
                    short[f"{form.rules.id}-{name}"] = day.isoformat()
        short.setlist("drop", sorted(said.dropped))
        for name in ("profession", "degree"):
            if value := getattr(said, name):
                short[name] = value
        if said.specialties is not None:
            short.setlist("specialty", list(said.specialties) or [NONE])
        self._put_facts(short)
        self._put_plans(short)
        return short.urlencode()

    def _put_facts(self, short: QueryDict) -> None:
        for name in self.facts:
            for part in ("value", "day"):
                if f"{name}-{part}" in self.data:
                    short.setlist(f"{name}-{part}", self.data.getlist(f"{name}-{part}"))

    def _put_plans(self, short: QueryDict) -> None:
        for n, record in enumerate(self.planned):
            (code, ticks), topic = record.credits[0], record.topics[0][0] if record.topics else ""
            said = {
                "amount": amount_text(ticks),
                "type": code,
                "topic": topic,
                "format": record.format,
                "on": record.completed.isoformat(),
            }
            for name, value in said.items():
                if value:
                    short[f"p{n}-{name}"] = value

    @property
    def specialty_choices(self) -> list[tuple[str, str, bool]]:
        """Every specialty with its name, and whether it is supposed."""
        own = self.found.portfolio.clinician.specialties or ()
        chosen = own if self.specialties is None else self.specialties
        return [(slug, name, slug in chosen) for slug, name in specialty_choices()]
