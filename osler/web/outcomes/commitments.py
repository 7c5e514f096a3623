"""Did it hold? Answering for a commitment, and taking the answer back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from osler.apps.outcomes import actions
from osler.apps.outcomes.queries import commitment_by_key
from osler.core.credit.refusal import Refusal
from osler.web.design.toasts import say
from osler.web.needs.own import own_eyes_only
from osler.web.outcomes.reflecting import LOOK
from osler.web.outcomes.words import ANSWERS, RESULTS, commitment_words
from osler.web.people.reader import actor_of, now, person_of, today_of

if TYPE_CHECKING:
    from osler.apps.outcomes.models import Commitment


class LookForm(forms.Form):
    """Whether it held, in a word and where wanted in more."""

    result = forms.ChoiceField(
        label=gettext_lazy("Did it hold?"), choices=list(ANSWERS.items()), widget=forms.RadioSelect
    )
    look_in_days = forms.ChoiceField(
        label=gettext_lazy("If it is too early: when will you look again?"),
        choices=LOOK,
        required=False,
        initial="30",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("What helped, or stood in the way?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def commitment_or_404(request: HttpRequest, key: str) -> Commitment:
    """The person's own commitment; somebody else's does not exist for them."""
    found = commitment_by_key(person_of(request), key)
    if found is None:
        raise Http404
    return found


@own_eyes_only
@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, key: str) -> HttpResponse:
    """One commitment: what was said, every look at it, and the answer."""
    commitment = commitment_or_404(request, key)
    form = LookForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = actions.look_again(
            commitment=commitment,
            result=said["result"],
            note=said["note"],
            look_in_days=int(said["look_in_days"]) if said["look_in_days"] else None,
            by=actor_of(request),
            at=now(),
            today=today_of(person_of(request)),
        )
        if not isinstance(done, Refusal):
            say(request, _("Kept."), undo_url=reverse("outcomes:commitment-take-back", args=[key]))
            return redirect("outcomes:apply")
        form.add_error("look_in_days" if done.rule == "unknown-distance" else None, done.sentence)
    context = {
        "form": form,
        "commitment": commitment,
        "state": commitment_words(commitment),
        "looks": [(one, RESULTS[one.result]) for one in commitment.follow_ups.all()],
    }
    return render(request, "outcomes/commitment.html", context)


@own_eyes_only
@require_POST
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    """Undoes the last answer."""
    commitment = commitment_or_404(request, key)
    done = actions.take_back_answer(commitment=commitment, by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
    else:
        say(request, _("The answer is taken back; the commitment is open as before."))
    return redirect("outcomes:commitment", key)
