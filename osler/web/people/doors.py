"""How often each door may be tried: limits for the doors that allauth leaves open, beside its own.

They are counted where allauth counts: in the default cache, which all processes share.
"""

from collections.abc import Callable
from typing import Any

from allauth.core.internal import ratelimit
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from osler.web.people.too_many import too_many

LIMITS = {
    # Mail goes to an address somebody else chose.
    "invite_assistant": "10/h/user",
    # The link of a sign-in mail: guesses are also counted for each code.
    "login_by_link": "30/m/ip",
    # Each way to a provider, and each way back, costs requests of ours to it.
    "provider": "20/m/ip",
    # Codes of a sign-in mail or a second factor, and confirmations of an address, whoever they are for.
    "code": "30/m/ip",
}
DOORS = {
    "openid_connect_login": "provider",
    "openid_connect_callback": "provider",
    "socialaccount_signup": "provider",
    "account_confirm_login_code": "code",
    "account_confirm_email": "code",
    "mfa_authenticate": "code",
    "mfa_reauthenticate": "code",
    "mfa_reauthenticate_webauthn": "code",
    "mfa_activate_totp": "code",
}


def is_open(request: HttpRequest, door: str, *, also_looking: bool = False) -> bool:
    """Counts one attempt at a door and says whether it may be made. ``also_looking`` counts GET as well."""
    return bool(ratelimit.consume(request, app="osler", action=door, config=LIMITS, limit_get=also_looking))


class Doors:
    """Middleware: counts attempts at the doors that have no count of their own, and sends away addresses no
    browser makes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        # PostgreSQL refuses to look for it, and nobody types it: one answer here for all lists and keys.
        if "\0" in request.path or any("\0" in one for values in request.GET.lists() for one in values[1]):
            raise BadRequest("NUL in the address")
        match = request.resolver_match
        door = DOORS.get(match.url_name or "") if match is not None else None
        if door is None or is_open(request, door, also_looking=door == "provider"):
            return None
        return too_many(request)
