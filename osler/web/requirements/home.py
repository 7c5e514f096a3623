"""The first page: one sentence, one row per credential, the cycles side by side, one question."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from osler.adapters.live import person_room
from osler.apps.requirements.queries import (
    PersonAssessment,
    assessment_of,
    credential_value_of,
)
from osler.core.credit.amount import TICKS, round_down
from osler.core.rules.answer import RequirementAnswer
from osler.core.rules.cycles import first_end_from
from osler.web.design.standing import StandingRow
from osler.web.design.timeline import Cycle, Timeline
from osler.web.people.reader import live_url, person_of, today_of
from osler.web.requirements.asking import asked, together
from osler.web.requirements.changes import findings_of
from osler.web.requirements.demo_accounts import demo_context
from osler.web.requirements.findings import Finding, exact
from osler.web.requirements.first_sentence import headline, second_line


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The clinician's first page; who is not signed in reads what Osler is."""
    if not request.user.is_authenticated:
        return render(request, "requirements/front.html", demo_context() if settings.OSLER_DEMO else {})
    person = person_of(request)
    today = today_of(person)
    found = assessment_of(person, today)
    findings = findings_of(found)
    if not findings:
        return render(request, "requirements/newcomer.html", {"unbound": found.unbound})
    questions = asked(found)
    needed = together([one for one in questions if not one.is_optional])
    return render(
        request,
        "requirements/home.html",
        {
            "headline": headline(findings, today),
            "second_line": second_line(findings, today),
            "rows": [standing_row(one) for one in findings],
            "timeline": timeline(findings, today),
            "ended": [(one, until) for one in findings if (until := renewal_of(found, one))],
            "question": needed[0] if needed else None,
            "more_questions": needed[1:],
            "optional_questions": [one for one in questions if one.is_optional],
            "unbound": found.unbound,
            "live_url": live_url(person_room(person.pk)),
        },
    )


def renewal_of(found: PersonAssessment, one: Finding) -> date | None:
    """The day that renewing leads to, where the cycle has ended and nobody said what came after it."""
    cycle, value = one.standing.answer.cycle, credential_value_of(found, one.key)
    if cycle is None or cycle.last_day >= found.as_of or value.expires is None:
        return None
    rule, clinician = one.standing.rules.cycle, found.portfolio.clinician
    return first_end_from(rule, value, clinician, cycle, found.as_of)


def standing_row(one: Finding) -> StandingRow:
    """A finding as the list shows it."""
    measured = one.measured
    held, rules = one.standing.held, one.standing.rules
    return StandingRow(
        title=one.name,
        detail=" · ".join(filter(None, (rules.authority, held.number))),
        status=one.status,
        counted=exact(measured.counted) if measured else one.percent,
        required=exact(measured.required or 0) if measured else 100,
        missing=one.missing,
        today=one.today,
        due=one.due,
        pace=pace_of(measured) if measured else None,
        url=one.url,
    )


def pace_of(answer: RequirementAnswer) -> Decimal | None:
    """What an even pace would have brought, to the hundredth; ``None`` where there is no pace."""
    return None if answer.expected is None else exact(round_down(answer.expected, TICKS // 100))


def timeline(findings: Sequence[Finding], today: date) -> Timeline | None:
    """All cycles on one span of years; ``None`` where no credential has a cycle yet."""
    cycles = [
        Cycle(one.short_name, cycle.start, cycle.last_day, one.status, one.percent, one.url)
        for one in findings
        if (cycle := one.standing.answer.cycle) is not None
    ]
    return Timeline(cycles, today) if cycles else None
