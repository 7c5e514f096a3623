"""Find, before there is a catalogue: what would close each gap, and where accredited education is listed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from osler.apps.needs.queries import self_assessment
from osler.apps.requirements.queries import assessment_of
from osler.web.catalogue.closing import Gap, gaps_of
from osler.web.catalogue.directories import directories_for
from osler.web.design.amounts import number_word
from osler.web.people.reader import actor_of, person_of, today_of

MOST_GAPS = 25
MOST_NEEDS = 5


@login_required
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """The gaps with what closes them; the topics to learn first; lists of others; adding by hand."""
    person = person_of(request)
    found = assessment_of(person, today_of(person))
    gaps = gaps_of(found)
    is_own = actor_of(request).pk == person.pk
    needs = [one for one in self_assessment(person) if one.is_need][:MOST_NEEDS] if is_own else []
    countries = {one.rules.country for one in found.standings}
    context = {
        "finding": finding(gaps, has_credentials=bool(found.standings)),
        "gaps": gaps[:MOST_GAPS],
        "more": max(0, len(gaps) - MOST_GAPS),
        "has_credentials": bool(found.standings),
        "questions": sum(not one.question.is_optional for one in found.questions),
        "needs": needs,
        "directories": directories_for(countries),
    }
    return render(request, "catalogue/find.html", context)


def finding(gaps: list[Gap], *, has_credentials: bool) -> str:
    """The title: how many gaps there are to find something for."""
    if not has_credentials:
        return _("Tell Osler what you hold, and it tells you what to look for")
    if not gaps:
        return _("No gap is open, so look for what you want to learn")
    words = {"n": number_word(len(gaps))}
    return capfirst(
        ngettext("One gap to find education for", "%(n)s gaps to find education for", len(gaps)) % words
    )
