"""What if: another licence, specialty, day or planned credit, beside today's answer. Nothing is written."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from osler.apps.credit.queries import totals_by_type
from osler.apps.requirements.queries import OfferedSet, PersonAssessment, assessment_of, sets_offered
from osler.apps.requirements.queries.what_if import suppose
from osler.requirement_sets.vocabulary import load_vocabulary
from osler.web.people.reader import person_of, today_of
from osler.web.requirements.fact_form import FactForm
from osler.web.requirements.what_if_form import DEGREES, AddedForm, WhatIf
from osler.web.requirements.what_if_result import Result

MOST_FOUND = 8


@login_required
@require_GET
def what_if(request: HttpRequest) -> HttpResponse:
    """The form with everything that can be supposed, and the answer it would bring."""
    person = person_of(request)
    found = assessment_of(person, today_of(person))
    own_types = tuple(total.credit_type for total in totals_by_type(person))
    asked = WhatIf(request.GET, found, own_types)
    text = request.GET.get("q", "").strip()[:200]
    if asked.was_asked and not asked.invalid_forms and not text:
        query = asked.query
        return redirect(reverse("requirements:what-if") + (f"?{query}" if query else ""))
    supposed = suppose(found, asked.supposition)
    context = {
        "asked": asked,
        "added_rows": [(form, _without(form, request.GET)) for form in asked.added_forms],
        "found": found,
        "result": None if asked.supposition.is_empty else Result(supposed),
        "fact_forms": _fact_forms(asked, supposed.after),
        "offered": _offered(text, person.profession, person.degree, request.GET) if text else [],
        "text": text,
        "professions": load_vocabulary().professions.items(),
        "degrees": DEGREES,
        "query": asked.query,
    }
    return render(request, "requirements/what_if.html", context)


def _fact_forms(asked: WhatIf, after: PersonAssessment) -> list[FactForm]:
    """The facts worth supposing otherwise: what is asked then, and what is stated now."""
    names = dict.fromkeys((*asked.facts, *(one.fact.id for one in after.questions), *asked.stated))
    return [form for name in names if (form := asked.fact_form(name)) is not None]


def _without(form: AddedForm, data: QueryDict) -> str:
    """The address that no longer supposes this credential."""
    rest = data.copy()
    rest.setlist("add", [one for one in data.getlist("add") if one != form.rules.id])
    return f"{reverse('requirements:what-if')}?{rest.urlencode()}"


def _offered(text: str, profession: str, degree: str, data: QueryDict) -> list[tuple[OfferedSet, str]]:
    """Sets that fit the search, each with the address that supposes it held as well."""
    links = []
    for one in sets_offered(text, profession or None, degree or None, most=MOST_FOUND):
        more = data.copy()
        more.pop("q", None)
        more.appendlist("add", one.id)
        links.append((one, f"{reverse('requirements:what-if')}?{more.urlencode()}"))
    return links
