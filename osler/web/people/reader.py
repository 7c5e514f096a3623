"""Who reads a page, and which day and hour it is for them."""

from datetime import date, datetime
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from osler.adapters.live.token import stream_url

if TYPE_CHECKING:
    from osler.apps.people.models import Person


def person_of(request: HttpRequest) -> "Person":
    """Whose papers the page shows; for views behind ``login_required``.

    The person acted for while somebody acts for them (``osler.web.people.acting`` has checked the right for
    this very request), else who is signed in.
    """
    acting = getattr(request, "acting", None)
    return cast("Person", acting.person) if acting is not None else actor_of(request)


def actor_of(request: HttpRequest) -> "Person":
    """Who is signed in and acts (``by=``): the person themselves, or somebody who acts for them."""
    return cast("Person", request.user)


def now() -> datetime:
    """The moment of an act, in UTC."""
    return timezone.now()


def zone_of(person: "Person") -> ZoneInfo:
    """The clock the person reads."""
    return ZoneInfo(person.time_zone)


def today_of(person: "Person") -> date:
    """The day it is where the person is: a deadline ends at their midnight, not at the server's."""
    return now().astimezone(ZoneInfo(person.time_zone)).date()


def live_url(*rooms: str) -> str:
    """Where the page listens in ``rooms``; nothing where no process of the house serves streams."""
    if not (settings.OSLER_LIVE_URL or settings.OSLER_REDIS_URL):
        return ""
    return stream_url(rooms, key=settings.SECRET_KEY, at=now())


def way_back(request: HttpRequest, otherwise: str) -> str:
    """Where the form asks to go next, if that lies inside the house; else ``otherwise``."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith("/")
    return asked if is_ours else otherwise
