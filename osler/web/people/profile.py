"""The person's own page: names, degree, profession, specialties, and every fact they stated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from osler.apps.people import actions
from osler.apps.people.queries import fact_value, facts_stated
from osler.apps.requirements.queries import asked_fact, assessment_of, requirement_set
from osler.core.credit.refusal import Refusal
from osler.requirement_sets.vocabulary import load_vocabulary
from osler.web.design.toasts import say
from osler.web.people.reader import actor_of, now, person_of, today_of
from osler.web.requirements.changes import told
from osler.web.requirements.fact_form import day_field, specialty_choices, value_words

if TYPE_CHECKING:
    from osler.apps.people.models import Fact, Person

DEGREES = ("MD", "DO", "MBBS", "PA", "NP", "RN", "PharmD")


class ProfileForm(forms.Form):
    """Who the person is, as far as rules ask."""

    given_name = forms.CharField(label=gettext_lazy("Given name"), max_length=80, required=False)
    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=80, required=False)
    profession = forms.ChoiceField(label=gettext_lazy("Profession"), required=False)
    degree = forms.ChoiceField(label=gettext_lazy("Degree"), required=False)
    npi = forms.CharField(
        label=gettext_lazy("NPI"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=gettext_lazy("Ten digits. Providers report your credit to boards and ABMS boards by it."),
    )
    birth_on = day_field(
        gettext_lazy("Born on"),
        required=False,
        help_text=gettext_lazy("Only some boards need it: their cycle ends in the birth month."),
    )
    has_specialties = forms.ChoiceField(
        label=gettext_lazy("Do you practise a specialty?"),
        choices=[
            ("", gettext_lazy("Not stated")),
            ("none", gettext_lazy("None")),
            ("some", gettext_lazy("Those ticked below")),
        ],
        required=False,
    )
    specialties = forms.MultipleChoiceField(
        label=gettext_lazy("Specialties"), required=False, widget=forms.CheckboxSelectMultiple
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("A deadline ends at your midnight."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        professions = sorted(load_vocabulary().professions.items(), key=lambda pair: pair[1])
        choices = {
            "profession": [("", _("Not stated")), *professions],
            "degree": [("", _("Not stated")), *((one, one) for one in self._degrees())],
            "specialties": specialty_choices(),
            "time_zone": [(name, name.replace("_", " ")) for name in sorted(available_timezones())],
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]

    def _degrees(self) -> tuple[str, ...]:
        own = str(self.initial.get("degree") or "")
        return (*DEGREES, own) if own and own not in DEGREES else DEGREES

    def clean(self) -> dict[str, Any]:
        """Ticked specialties speak for themselves."""
        said = super().clean() or self.cleaned_data
        if said.get("has_specialties") == "some" and not said.get("specialties"):
            self.add_error("specialties", _("Tick at least one, or choose “None”."))
        return said

    @property
    def specialties_stated(self) -> list[str] | None:
        """``None`` where it was left open."""
        chosen = self.cleaned_data["specialties"]
        if chosen and self.cleaned_data["has_specialties"] != "none":
            return list(chosen)
        return [] if self.cleaned_data["has_specialties"] == "none" else None


@dataclass(frozen=True)
class Stated:
    """One fact as the page shows it; ``key`` names the credential it is a fact of."""

    name: str
    question: str
    answer: str
    on: datetime
    credential: str
    key: str
    change_url: str


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """What the person states of themselves."""
    person = person_of(request)
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=_first(person))
    if request.method == "POST" and form.is_valid():
        before = assessment_of(person, today_of(person))
        done = _keep(form, person, actor_of(request))
        if not isinstance(done, Refusal):
            changed = told(before, assessment_of(done, today_of(done)))
            say(request, " ".join(filter(None, (_("Saved."), changed))))
            return redirect("people:profile")
        form.add_error("npi" if done.rule == "npi" else None, done.sentence)
    context = {
        "form": form,
        "stated": [_stated(fact) for fact in facts_stated(person).select_related("credential")],
        "specialties_said": _said(person),
    }
    return render(request, "people/profile.html", context)


def _first(person: Person) -> dict[str, object]:
    names = (
        "given_name",
        "family_name",
        "profession",
        "degree",
        "npi",
        "birth_on",
        "specialties",
        "time_zone",
    )
    found = {name: getattr(person, name) for name in names}
    stated = person.specialties
    return {**found, "has_specialties": "" if stated is None else "some" if stated else "none"}


def _said(person: Person) -> str:
    if person.specialties is None:
        return _("not stated")
    return str(value_words(None, tuple(person.specialties)))


def _keep(form: ProfileForm, person: Person, by: Person) -> Person | Refusal:
    said = form.cleaned_data
    names = ("given_name", "family_name", "profession", "degree", "npi", "birth_on", "time_zone")
    return actions.change_profile(
        person=person,
        **{name: said[name] for name in names},
        specialties=form.specialties_stated,
        language=person.language,
        by=by,
        at=now(),
    )


def _stated(fact: Fact) -> Stated:
    asked, value, held = asked_fact(fact.name), fact_value(fact), fact.credential
    back = urlencode({"next": reverse("people:profile")})
    rules = requirement_set(held.requirement_set) if held else None
    can_change = asked is not None and held is None
    return Stated(
        name=fact.name,
        question=asked.question if asked else fact.name,
        answer=str(value_words(asked, value)),
        on=fact.stated_at,
        credential=(held.name or (rules.name if rules else held.requirement_set)) if held else "",
        key=held.key if held else "",
        change_url=f"{reverse('requirements:question', args=[fact.name])}?{back}" if can_change else "",
    )
