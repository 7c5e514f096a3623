"""One cycle of a credential: as it was kept, or worked out today; closing, renewing, assessing again."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from osler.apps.requirements import actions
from osler.apps.requirements.queries import (
    CredentialCycles,
    CycleStanding,
    PersonAssessment,
    Place,
    answer_in,
    assessment_of,
    assessments_of,
    closed_cycles,
)
from osler.core.credit.refusal import Refusal
from osler.web.design.amounts import day_text
from osler.web.design.toasts import say
from osler.web.people.reader import actor_of, now, person_of, today_of
from osler.web.requirements.credential import held_or_404
from osler.web.requirements.cycle_forms import AgainForm, RenewForm, StrikeForm
from osler.web.requirements.cycle_page import CyclePage
from osler.web.requirements.cycle_rows import cycle_url, known_cycles, listed
from osler.web.requirements.explanation import Shown
from osler.web.requirements.findings import Finding


def _cycle_or_404(
    request: HttpRequest, key: str, start: date
) -> tuple[PersonAssessment, CredentialCycles, CycleStanding]:
    person = person_of(request)
    actions.close_ended_cycles(person_id=person.pk, at=now())
    found = assessment_of(person, today_of(person))
    cycles = known_cycles(found, person, key)
    cycle = cycles.starting(start) if cycles else None
    if cycles is None or cycle is None:
        raise Http404
    return found, cycles, cycle


@login_required
@require_GET
def cycle(request: HttpRequest, key: str, start: date) -> HttpResponse:
    """One cycle that has ended or is still to come; the running one has the credential's own page."""
    found, cycles, shown = _cycle_or_404(request, key, start)
    if shown.period == cycles.cycles.current and shown.place is not Place.PAST:
        return redirect("requirements:credential", key)
    kept = list(assessments_of(cycles.standing.held, shown.period.last_day)) if shown.kept else []
    asked = request.GET.get("assessment", "1")
    row = next((one for one in kept if str(one.number) == asked), kept[0] if kept else None)
    answer = shown.answer
    if row is None and answer is None and shown.records_count:
        answer = answer_in(found, cycles.standing, shown.period)
    address = f"?assessment={row.number}&" if row is not None else "?"
    opened = Shown(request.GET.get("open", ""), request.GET.get("all", ""), address)
    page = CyclePage(found, cycles, shown, row, answer, opened)
    context = {
        "page": page,
        "finding": Finding(cycles.standing, found.as_of),
        "rules": cycles.standing.rules,
        "cycles": listed(found, cycles),
        "assessments": kept,
        "again_form": AgainForm(),
        "strike_form": StrikeForm(initial={"last_on": shown.period.last_day.isoformat()}),
        "start": start,
    }
    return render(request, "requirements/cycle.html", context)


@login_required
@require_POST
def close(request: HttpRequest, key: str, start: date) -> HttpResponse:
    """Keeps the answer for an ended cycle as it is worked out today."""
    held = held_or_404(request, key)
    kept = actions.close_cycle(credential=held, start=start, by=actor_of(request), at=now())
    if isinstance(kept, Refusal):
        say(request, kept.sentence, level=messages.ERROR)
        return redirect("requirements:credential", key)
    say(request, _("Kept as it stands today."))
    return redirect(cycle_url(key, start))


@login_required
@require_POST
def again(request: HttpRequest, key: str, start: date) -> HttpResponse:
    """Keeps today's answer beside the one kept when the cycle closed."""
    held = held_or_404(request, key)
    form = AgainForm(request.POST)
    rows = closed_cycles(person_of(request), credential=held).filter(start_on=start)
    row = rows.first()
    if row is None:
        raise Http404
    note = form.cleaned_data["note"] if form.is_valid() else ""
    kept = actions.assess_again(
        credential=held, last_on=row.last_on, note=note, by=actor_of(request), at=now()
    )
    if isinstance(kept, Refusal):
        say(request, kept.sentence, level=messages.ERROR)
        return redirect(cycle_url(key, start))
    say(request, _("Today’s answer is kept beside the first one."))
    return redirect(f"{cycle_url(key, start)}?assessment={kept.number}")


@login_required
@require_POST
def renew(request: HttpRequest, key: str) -> HttpResponse:
    """The credential was renewed: its cycle is kept, the next one begins."""
    held = held_or_404(request, key)
    form = RenewForm(request.POST)
    if not form.is_valid():
        say(
            request, _("State the day until which it was renewed. Nothing was changed."), level=messages.ERROR
        )
        return redirect("requirements:credential", key)
    renewed = actions.renew_credential(
        credential=held, until=form.cleaned_data["until"], by=actor_of(request), at=now()
    )
    if isinstance(renewed, Refusal):
        say(request, renewed.sentence, level=messages.ERROR)
    else:
        day = day_text(form.cleaned_data["until"])
        text = _("Renewed until %(day)s. The cycle before is kept as it was assessed.")
        say(request, text % {"day": day})
    return redirect("requirements:credential", key)
