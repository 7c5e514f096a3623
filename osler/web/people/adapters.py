"""Where Osler differs from allauth: what its mails hold, what is too long, for whom a provider speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osler.web.people.devices import device_name

if TYPE_CHECKING:
    from osler.apps.people.models import Person

MOST_ADDRESS = 254
# Enough for any sentence; a password of megabytes would only cost the hasher.
MOST_PASSWORD = 500


class AccountAdapter(DefaultAccountAdapter):
    """allauth's, with our sentences, and a link beside the code of a sign-in mail."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy(
            "This address and this password do not fit each other. Try again, or have a link sent to you."
        ),
        "email_taken": gettext_lazy("There is an account with this address already. Sign in instead."),
        "too_many_login_attempts": gettext_lazy(
            "Too many wrong passwords. Wait five minutes, or sign in with a passkey or a link by mail."
        ),
    }

    def clean_email(self, email: str) -> str:
        """No longer than the database keeps: what is longer is refused here, with a sentence."""
        if len(email) > MOST_ADDRESS:
            said = _("An e-mail address has at most %(most)d characters.") % {"most": MOST_ADDRESS}
            raise ValidationError(said)
        return str(super().clean_email(email))

    def clean_password(self, password: str, user: Person | None = None) -> str:
        """Long sentences are welcome, whole files are not."""
        if len(password) > MOST_PASSWORD:
            said = _("A password has at most %(most)d characters.") % {"most": MOST_PASSWORD}
            raise ValidationError(said)
        return str(super().clean_password(password, user))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Links lead to the public address, whatever host the request was made to."""
        parts = {name: _public(value) if name.endswith("_url") else value for name, value in context.items()}
        parts["house"] = urlsplit(settings.OSLER_PUBLIC_URL).netloc
        if "user_agent" in parts:
            parts["device"] = device_name(parts["user_agent"])
            parts["reset_url"] = f"{settings.OSLER_PUBLIC_URL}{reverse('account_reset_password')}"
            parts["devices_url"] = f"{settings.OSLER_PUBLIC_URL}{reverse('usersessions_list')}"
        if template_prefix == "account/email/login_code" and parts.get("code"):
            query = urlencode({"code": parts["code"]})
            parts["link"] = f"{settings.OSLER_PUBLIC_URL}{reverse('people:login-by-link')}?{query}"
        super().send_mail(template_prefix, email, parts)


def _public(url: Any) -> Any:
    """The same page at the public address."""
    if not isinstance(url, str) or not url:
        return url
    parts = urlsplit(url)
    return f"{settings.OSLER_PUBLIC_URL}{parts._replace(scheme='', netloc='').geturl()}"


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Believes the provider about addresses of the domains it is trusted for, and about no other.

    An address elsewhere is one more claim: a new account has to confirm it by mail, an account that is there
    has to be signed in to and linked by hand. See docs/decisions/0005.
    """

    def populate_user(self, request: Any, sociallogin: Any, data: dict[str, Any]) -> Any:
        """Names as the provider knows them; addresses lose a confirmation it has no right to give."""
        user = super().populate_user(request, sociallogin, data)
        user.email = (user.email or "").lower()
        user.given_name = " ".join(str(data.get("first_name") or "").split())[:80]
        user.family_name = " ".join(str(data.get("last_name") or "").split())[:80]
        for address in sociallogin.email_addresses:
            address.email = address.email.lower()
            address.verified = is_believed(address.email, address.verified)
        return user

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Whether the provider's word opens the account that is there."""
        return any(
            one.email.lower() == email.lower() and is_believed(one.email, one.verified)
            for one in login.email_addresses
        )


def is_believed(email: str, is_verified: object) -> bool:
    """The provider says outright that it has verified the address, and is trusted for its domain."""
    # Some providers send the word "false", which is as true as any other text.
    return is_verified is True and email.rpartition("@")[2].lower() in settings.OSLER_OIDC_DOMAINS
