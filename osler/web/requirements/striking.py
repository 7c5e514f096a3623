"""Striking a kept cycle that was entered wrongly, and bringing it back."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from osler.apps.requirements import actions
from osler.apps.requirements.queries import closed_cycles
from osler.core.credit.refusal import Refusal
from osler.web.design.toasts import say
from osler.web.people.reader import actor_of, now, person_of
from osler.web.requirements.credential import held_or_404
from osler.web.requirements.cycle_forms import StrikeForm
from osler.web.requirements.cycle_rows import cycle_url, days_text


@login_required
@require_POST
def strike(request: HttpRequest, key: str, start: date) -> HttpResponse:
    """Takes a kept cycle off every list, with the reason; the toast brings it back."""
    held = held_or_404(request, key)
    form = StrikeForm(request.POST)
    form.full_clean()
    kept = closed_cycles(person_of(request), credential=held).filter(start_on=start)
    row = (
        kept.filter(last_on=form.cleaned_data["last_on"]).first() if "last_on" in form.cleaned_data else None
    )
    if row is None:
        raise Http404
    struck = actions.strike_cycle(
        credential=held,
        last_on=row.last_on,
        note=form.cleaned_data.get("reason", ""),
        by=actor_of(request),
        at=now(),
    )
    if isinstance(struck, Refusal):
        say(request, struck.sentence, level=messages.ERROR)
        return redirect(cycle_url(key, start))
    text = _("The cycle %(days)s is struck. What was kept of it stays in your data.")
    undo = reverse("requirements:cycle-back", args=[key, row.last_on.isoformat()])
    say(request, text % {"days": days_text(row.start_on, row.last_on)}, undo_url=undo)
    return redirect("requirements:credential", key)


@login_required
@require_POST
def back(request: HttpRequest, key: str, last_on: date) -> HttpResponse:
    """Brings a struck cycle back among the others."""
    held = held_or_404(request, key)
    done = actions.bring_cycle_back(credential=held, last_on=last_on, by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
    elif done is not None:
        say(request, _("The cycle is back as it was kept."))
    return redirect("requirements:credential", key)
