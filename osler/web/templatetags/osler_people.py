"""Template tags about who acts for whom: `{% load osler_people %}`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.template import Context
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from osler.apps.people.queries import delegations_held
from osler.web.design.navigation import address_of
from osler.web.people.devices import Device, devices_of
from osler.web.people.reader import now

if TYPE_CHECKING:
    from osler.apps.people.models import Delegation

register = template.Library()


@dataclass(frozen=True)
class AccountPage:
    """One page of the account in its navigation."""

    label: str | Promise
    url: str
    is_current: bool


def _always() -> bool:
    return True


def _with_provider() -> bool:
    return bool(settings.OSLER_OIDC_NAME)


ACCOUNT_PAGES: tuple[tuple[Promise, str, Callable[[], bool]], ...] = (
    (_("Overview"), "people:account", _always),
    (_("E-mail addresses"), "account_email", _always),
    (_("Password"), "account_change_password", _always),
    (_("Second factor"), "mfa_index", _always),
    (_("Other sign-ins"), "socialaccount_connections", _with_provider),
    (_("Devices"), "usersessions_list", _always),
    (_("Delegates"), "people:delegates", _always),
    (_("Tokens for programs"), "people:tokens", _always),
    (_("Who did what"), "people:deeds", _always),
    (_("Messages"), "messages:preferences", _always),
    (_("Your data"), "people:own-data", _always),
)


@register.simple_tag(takes_context=True)
def acting(context: Context) -> Delegation | None:
    """`{% acting as held %}`: the delegation under which this page is shown, or nothing."""
    return getattr(context.get("request"), "acting", None)


@register.simple_tag
def may_act_for(user: Any) -> list[Delegation]:
    """`{% may_act_for user as people %}`: asked of the database only for those who are assistants."""
    return delegations_held(user, now()) if getattr(user, "is_assistant", False) else []


@register.simple_tag(takes_context=True)
def account_pages(context: Context) -> list[AccountPage]:
    """`{% account_pages as pages %}`: the pages of an account, the one that is shown marked."""
    request = context.get("request")
    here = request.path if request else ""
    pages = []
    for label, url_name, is_offered in ACCOUNT_PAGES:
        url = address_of(url_name) if is_offered() else ""
        if not url:
            continue
        is_current = here == url or (
            url != address_of("people:account") and here.startswith(f"{url.rstrip('/')}/")
        )
        pages.append(AccountPage(label, url, is_current))
    return pages


@register.simple_tag(takes_context=True)
def my_devices(context: Context) -> list[Device]:
    """`{% my_devices as devices %}`: the browsers in which the reader is signed in."""
    return devices_of(context["request"])
