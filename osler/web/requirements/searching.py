"""The search box: the person's own credentials and records, and the requirement sets."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from osler.apps.requirements import queries
from osler.web.people.reader import person_of, today_of
from osler.web.requirements.findings import Finding


@login_required
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Everything in which all the words occur."""
    text = request.GET.get("q", "").strip()[:200]
    person = person_of(request)
    today = today_of(person)
    found = queries.search(person, text, as_of=today)
    requirements = [(one, Finding(one.standing, today)) for one in found.requirements]
    context = {"found": found, "search_words": text, "requirements": requirements}
    return render(request, "requirements/search.html", context)
