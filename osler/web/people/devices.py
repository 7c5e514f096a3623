"""The browsers in which the person is signed in, each of which can be signed out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from osler.apps.people.actions import note_account_event
from osler.web.design.toasts import say
from osler.web.people.reader import now, person_of

# In the order in which they are looked for: each names the ones after it in its own text.
BROWSERS = (
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    # What they are called on an iPhone, where they are Safari underneath.
    ("CriOS", "Chrome"),
    ("FxiOS", "Firefox"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Device:
    """One signed-in browser as a person recognises it."""

    pk: int
    name: str
    address: str
    since: datetime
    is_current: bool


def device_name(user_agent: str) -> str:
    """``Firefox on Windows``, or what can be said."""
    browser = next((name for mark, name in BROWSERS if re.search(rf"\b{mark}", user_agent)), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown browser")


def devices_of(request: HttpRequest) -> list[Device]:
    """All of them, the one that asks first."""
    rows: list[Any] = UserSession.objects.purge_and_list(request.user)
    found = [
        Device(
            one.pk,
            device_name(one.user_agent),
            one.ip,
            one.created_at,
            one.session_key == request.session.session_key,
        )
        for one in rows
    ]
    return sorted(found, key=lambda one: (not one.is_current, -one.since.timestamp()))


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Signs one other browser out, at once."""
    person = person_of(request)
    found = UserSession.objects.filter(pk=pk, user=person).first()
    if found is None:
        raise Http404
    name = device_name(found.user_agent)
    found.end()
    note_account_event(person=person, event="end-session", at=now(), detail={"name": name})
    say(request, _("%(name)s was signed out.") % {"name": name})
    return redirect("usersessions_list")
