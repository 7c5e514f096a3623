"""The account on one page: every way in, everybody who has a right, and where each is changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from osler.apps.people.queries import delegations_by, delegations_held, delegations_offered
from osler.web.design.navigation import address_of
from osler.web.people.devices import devices_of
from osler.web.people.reader import now, person_of

if TYPE_CHECKING:
    from osler.apps.people.models import Person


@dataclass(frozen=True)
class Line:
    """One part of the account: how it stands in a few words, and the page that changes it."""

    icon: str
    title: str | Promise
    state: str
    url: str
    act: str
    status: str = ""
    advice: str = ""


@login_required
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """All parts of the account."""
    person = person_of(request)
    parts = [
        (_("How you sign in"), [_addresses(person), _password(person), *_linked(person)]),
        (_("How it is kept safe"), [*_factors(person), _sessions(request)]),
        (_("Who else"), [_delegates(person), *_tokens(), _log()]),
        (_("What is yours"), _own()),
    ]
    return render(request, "people/account.html", {"parts": parts})


def _addresses(person: Person) -> Line:
    rows = list(EmailAddress.objects.filter(user=person))
    open_ones = sum(1 for one in rows if not one.verified)
    state = (
        person.email
        if len(rows) < 2
        else _("%(main)s and %(n)d more") % {"main": person.email, "n": len(rows) - 1}
    )
    advice = (
        ngettext("%(n)d is not confirmed yet.", "%(n)d are not confirmed yet.", open_ones) % {"n": open_ones}
        if open_ones
        else ""
    )
    url = address_of("account_email")
    return Line(
        "mail", _("E-mail addresses"), state, url, _("Change"), "short" if open_ones else "met", advice
    )


def _password(person: Person) -> Line:
    if person.has_usable_password():
        return Line(
            "key-round", _("Password"), _("Set"), address_of("account_change_password"), _("Change"), "met"
        )
    state = _("None: you sign in without one")
    return Line("key-round", _("Password"), state, address_of("account_set_password"), _("Set one"))


def _linked(person: Person) -> list[Line]:
    """Another provider, only where one is configured."""
    if not settings.OSLER_OIDC_NAME:
        return []
    is_linked = SocialAccount.objects.filter(user=person).exists()
    state = _("Linked") if is_linked else _("Not linked")
    url = address_of("socialaccount_connections")
    act = _("Change") if is_linked else _("Link it")
    return [Line("globe", settings.OSLER_OIDC_NAME, state, url, act, "met" if is_linked else "")]


def _factors(person: Person) -> list[Line]:
    rows = list(Authenticator.objects.filter(user=person))
    kinds = Authenticator.Type
    totp = any(one.type == kinds.TOTP for one in rows)
    keys = sum(1 for one in rows if one.type == kinds.WEBAUTHN)
    codes: Any = next((one for one in rows if one.type == kinds.RECOVERY_CODES), None)
    left = len(codes.wrap().get_unused_codes()) if codes else 0
    index = address_of("mfa_index")
    has_factor = bool(totp or keys)
    app = Line(
        "clock",
        _("Authenticator app"),
        _("On: a code from your telephone after the password") if totp else _("Off"),
        index if totp else address_of("mfa_activate_totp"),
        _("Change") if totp else _("Set up"),
        "met" if totp else "",
        "" if has_factor else _("A password alone can be guessed or stolen. Set this or a passkey up."),
    )
    passkeys = Line(
        "shield-check",
        _("Passkeys"),
        ngettext("%(n)d passkey", "%(n)d passkeys", keys) % {"n": keys} if keys else _("None yet"),
        address_of("mfa_list_webauthn"),
        _("Change") if keys else _("Add one"),
        "met" if keys else "",
    )
    lines = [app, passkeys]
    if has_factor:
        state = ngettext("%(n)d code left", "%(n)d codes left", left) % {"n": left}
        advice = "" if left > 2 else _("Make new ones before you need them.")
        status = "met" if left > 2 else "short"
        lines.append(
            Line("scroll-text", _("Recovery codes"), state, index, _("Look after them"), status, advice)
        )
    return lines


def _sessions(request: HttpRequest) -> Line:
    count = len(devices_of(request))
    state = ngettext("Signed in on %(n)d device", "Signed in on %(n)d devices", count) % {"n": count}
    return Line("compass", _("Devices"), state, address_of("usersessions_list"), _("Look and sign out"))


def _delegates(person: Person) -> Line:
    given, held = (
        delegations_by(person).count(),
        len(delegations_held(person, now())) if person.is_assistant else 0,
    )
    offered = delegations_offered(person).count()
    parts = [
        ngettext("%(n)d person may act for you", "%(n)d people may act for you", given) % {"n": given}
        if given
        else "",
        ngettext("you act for %(n)d", "you act for %(n)d", held) % {"n": held} if held else "",
    ]
    state = ", ".join(part for part in parts if part) or _("Nobody acts for you")
    advice = _("Somebody asks you to act for them.") if offered else ""
    status = "unknown" if offered else ""
    return Line("users", _("Delegates"), state, address_of("people:delegates"), _("Change"), status, advice)


def _log() -> Line:
    state = _("Everything you did, and everything done for you")
    return Line("list-filter", _("Who did what"), state, address_of("people:deeds"), _("Read"))


def _tokens() -> list[Line]:
    url = address_of("people:tokens")
    state = _("Programs that may read or record for you")
    return [Line("settings", _("Tokens for programs"), state, url, _("Change"))] if url else []


def _own() -> list[Line]:
    """What is told, and what is kept, by the pages that own it."""
    lines = (
        Line(
            "mail",
            _("Messages"),
            _("What Osler writes to you, and how often"),
            address_of("messages:preferences"),
            _("Choose"),
        ),
        Line(
            "download",
            _("Your data"),
            _("Take all of it with you, or leave"),
            address_of("people:own-data"),
            _("Open"),
        ),
    )
    return [line for line in lines if line.url]
