"""Writing on one record: what was learned, what will change, when to look again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from osler.apps.credit.queries import record_by_key
from osler.apps.outcomes import actions
from osler.apps.outcomes.queries import reflection_on
from osler.apps.requirements.queries import assessment_of
from osler.core.credit.refusal import Refusal
from osler.web.catalogue.closing import gaps_of
from osler.web.design.toasts import say
from osler.web.needs.own import own_eyes_only
from osler.web.outcomes.words import commitment_words
from osler.web.people.reader import actor_of, now, person_of, today_of

if TYPE_CHECKING:
    from osler.apps.credit.models import Record
    from osler.apps.outcomes.models import Commitment, Reflection

LOOK = [
    ("30", gettext_lazy("In 30 days")),
    ("60", gettext_lazy("In 60 days")),
    ("90", gettext_lazy("In 90 days")),
]
REFLECTION_TAGS = frozenset({"reflection", "reviewing-practice"})
"""Attributes by which requirement sets ask for written reflection."""


class ReflectionForm(forms.Form):
    """What was learned; what will change and when to look again may stay empty."""

    learned = forms.CharField(
        label=gettext_lazy("What did you learn?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    will_change = forms.CharField(
        label=gettext_lazy("What will you do differently?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One change small enough to see whether it held."),
    )
    look_in_days = forms.ChoiceField(
        label=gettext_lazy("When will you look whether it held?"),
        choices=LOOK,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, commitment: Commitment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if commitment is not None and commitment.state != "open":
            del self.fields["will_change"], self.fields["look_in_days"]

    @property
    def draft(self) -> actions.ReflectionDraft:
        """What was written."""
        said = self.cleaned_data
        days = int(said.get("look_in_days") or 0) or None
        return actions.ReflectionDraft(said["learned"], said.get("will_change") or "", days)


def record_or_404(request: HttpRequest, key: str) -> Record:
    """The person's own record, or one that is part of another; somebody else's does not exist for them."""
    record = record_by_key(person_of(request), key)
    if record is None or (record.removed_at is not None and record.merged_into_id is None):
        raise Http404
    return record


@own_eyes_only
@require_http_methods(["GET", "POST"])
def reflect(request: HttpRequest, record: str) -> HttpResponse:
    """What the person writes on one record, and how its commitment went."""
    row, person = record_or_404(request, record), person_of(request)
    there = reflection_on(person, row)
    there = None if there is None or there.removed_at else there
    commitment = getattr(there, "commitment", None)
    form = ReflectionForm(
        request.POST if request.method == "POST" else None,
        commitment=commitment,
        initial=_first(there, commitment),
    )
    if request.method == "POST" and form.is_valid():
        done = actions.write_reflection(
            person=person,
            record=record,
            draft=form.draft,
            by=actor_of(request),
            at=now(),
            today=today_of(person),
        )
        if not isinstance(done, Refusal):
            say(request, _("Kept. Only you can read it."))
            return redirect("outcomes:apply")
        form.add_error("look_in_days" if done.rule == "no-day" else None, done.sentence)
    context = {
        "form": form,
        "record": row,
        "reflection": there,
        "commitment": commitment,
        "state": commitment_words(commitment) if commitment else "",
        "counts": asked_for(request),
    }
    return render(request, "outcomes/reflect.html", context)


def _first(there: Reflection | None, commitment: Commitment | None) -> dict[str, str]:
    if there is None:
        return {"look_in_days": "30"}
    return {"learned": there.learned, "will_change": commitment.text if commitment else ""}


def asked_for(request: HttpRequest) -> list[str]:
    """The credentials of the person whose open requirements ask for reflection; only what the sets say."""
    person = person_of(request)
    gaps = gaps_of(assessment_of(person, today_of(person)))
    return sorted(
        {gap.finding.name for gap in gaps if any(one.match.tags & REFLECTION_TAGS for one in gap.accepts)}
    )


@own_eyes_only
@require_POST
def remove(request: HttpRequest, record: str) -> HttpResponse:
    """Takes a reflection away; the toast brings it back."""
    there = _reflection_or_404(request, record)
    done = actions.remove_reflection(reflection=there, by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
    else:
        back = reverse("outcomes:reflection-restore", args=[record])
        say(request, _("The reflection was removed."), undo_url=back)
    return redirect("outcomes:apply")


@own_eyes_only
@require_POST
def restore(request: HttpRequest, record: str) -> HttpResponse:
    """Brings a removed reflection back with its commitment."""
    there = _reflection_or_404(request, record)
    done = actions.restore_reflection(reflection=there, by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
    else:
        say(request, _("The reflection is back."))
    return redirect("outcomes:apply")


def _reflection_or_404(request: HttpRequest, record: str) -> Reflection:
    found = reflection_on(person_of(request), record_or_404(request, record))
    if found is None:
        raise Http404
    return found
