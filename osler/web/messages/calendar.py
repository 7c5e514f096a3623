"""The calendar that programs subscribe to: no session, no cookie, nothing when nothing changed."""

from __future__ import annotations

import hashlib
from typing import cast

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from osler.apps.requirements import actions
from osler.apps.requirements.queries.watches import feed_by_token
from osler.web.people.reader import now

PLAIN = "text/plain; charset=utf-8"
HOUR = 3600
MOST_READINGS = 60
MOST_GUESSES = 30


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The feed behind a secret address, at most sixty times an hour; who guesses is stopped sooner."""
    guesser = f"calendar-guess:{get_adapter().get_client_ip(request)}"
    if cache.get(guesser, 0) >= MOST_GUESSES:
        return _too_often()
    feed = feed_by_token(token)
    if feed is None:
        _count(guesser)
        return HttpResponseNotFound(_("There is no calendar at this address any more."), content_type=PLAIN)
    if _count(f"calendar-read:{feed.key}") > MOST_READINGS:
        return _too_often()
    found = actions.read_calendar(feed=feed, at=now())
    response = HttpResponse(found.content, content_type="text/calendar; charset=utf-8")
    etag = f'"{hashlib.sha256(found.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    response["Last-Modified"] = found.changed_at.strftime("%a, %d %b %Y %H:%M:%S GMT")
    response["Cache-Control"] = "private, max-age=900"
    response["Content-Disposition"] = 'inline; filename="osler.ics"'
    response["X-Robots-Tag"] = "noindex"
    modified = int(found.changed_at.timestamp())
    return cast(
        HttpResponse,
        get_conditional_response(request, etag=etag, last_modified=modified, response=response),
    )


def _count(name: str) -> int:
    cache.add(name, 0, HOUR)
    try:
        return int(cache.incr(name))
    except ValueError:
        # It expired between the two.
        return 1


def _too_often() -> HttpResponse:
    said = _("This calendar is asked too often. Try again in an hour.")
    return HttpResponse(said, status=429, content_type=PLAIN, headers={"Retry-After": str(HOUR)})
