"""Every way in which records come, on one page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from osler.apps.credit.queries import imports_of
from osler.apps.credit.queries.calendars import calendars_with_counts
from osler.web.people.reader import person_of


@login_required
@require_GET
def sources(request: HttpRequest) -> HttpResponse:
    """By hand, from files, certificates, calendars and programs; each with its way in."""
    person = person_of(request)
    context = {"calendars": calendars_with_counts(person), "imports": imports_of(person)[:3]}
    return render(request, "credit/sources.html", context)
