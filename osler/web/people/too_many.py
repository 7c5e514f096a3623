"""What somebody reads who has tried a door too often."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def too_many(request: HttpRequest) -> HttpResponse:
    """Says so, with the wait; also what allauth answers at its own doors (``429.html``)."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "60"
    return response
