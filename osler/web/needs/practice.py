"""The practice behind the needs: where, for whom, what is seen often, how many hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from osler.apps.needs import actions
from osler.apps.needs.queries import PATIENT_GROUPS, SETTINGS, known_topics, practice_of, topics_by_specialty
from osler.core.credit.refusal import Refusal
from osler.requirement_sets.vocabulary import load_vocabulary
from osler.web.design.toasts import say
from osler.web.people.reader import actor_of, now, person_of

if TYPE_CHECKING:
    from osler.apps.needs.models import PracticeProfile
    from osler.apps.people.models import Person

GENERAL = "internal-medicine"
"""Whose topics are offered as often seen while no specialty is stated."""


class PracticeForm(forms.Form):
    """A practice in four questions, none of which must be answered."""

    settings = forms.MultipleChoiceField(
        label=gettext_lazy("Where do you work?"),
        choices=list(SETTINGS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    patient_groups = forms.MultipleChoiceField(
        label=gettext_lazy("For whom?"),
        choices=list(PATIENT_GROUPS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    often_seen = forms.MultipleChoiceField(
        label=gettext_lazy("What do you see or do often?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    patient_hours = forms.IntegerField(
        label=gettext_lazy("Hours a week with patients"),
        help_text=gettext_lazy("0 leaves out topics of patient care that nobody asks you for."),
        min_value=0,
        max_value=168,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, often: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["often_seen"].choices = often  # type: ignore[attr-defined]

    @property
    def draft(self) -> actions.PracticeDraft:
        """What was stated, for the action."""
        said = self.cleaned_data
        return actions.PracticeDraft(
            settings=tuple(said["settings"]),
            patient_groups=tuple(said["patient_groups"]),
            often_seen=tuple(said["often_seen"]),
            patient_hours=said["patient_hours"],
        )


@login_required
@require_http_methods(["GET", "POST"])
def practice(request: HttpRequest) -> HttpResponse:
    """What the person says of their practice."""
    person = person_of(request)
    profile = practice_of(person)
    form = PracticeForm(
        request.POST if request.method == "POST" else None,
        often=often_seen_choices(person, profile),
        initial=_first(profile),
    )
    if request.method == "POST" and form.is_valid():
        done = actions.describe_practice(person=person, draft=form.draft, by=actor_of(request), at=now())
        if not isinstance(done, Refusal):
            if actor_of(request).pk != person.pk:
                say(request, _("The practice is kept."))
                return redirect("needs:practice")
            say(request, _("Your practice is kept. These topics go with it."))
            return redirect("needs:rate")
        form.add_error(None, done.sentence)
    return render(request, "needs/practice.html", {"form": form, "specialties": _specialties(person)})


def often_seen_choices(person: Person, profile: PracticeProfile | None) -> list[tuple[str, str]]:
    """The clinical topics of the person's specialties and those chosen before, by name."""
    known = known_topics()
    slugs = {
        slug
        for specialty in (person.specialties or [GENERAL])
        for slug in topics_by_specialty().get(specialty, ())
    } | set(profile.often_seen if profile else ())
    return sorted(((slug, known[slug]) for slug in slugs if slug in known), key=lambda one: one[1].casefold())


def _specialties(person: Person) -> str:
    names = load_vocabulary().specialties
    return ", ".join(names.get(one, one) for one in person.specialties or ())


def _first(profile: PracticeProfile | None) -> dict[str, Any]:
    if profile is None:
        return {}
    names = ("settings", "patient_groups", "often_seen", "patient_hours")
    return {name: getattr(profile, name) for name in names}
