"""Where Osler differs from allauth's own ways: the link in a sign-in mail, and for whom a provider speaks."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    """allauth's, with a link beside the code of a sign-in mail."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Links lead to the public address, whatever host the request was made to."""
        parts = dict(context)
        if template_prefix == "account/email/login_code" and parts.get("code"):
            query = urlencode({"code": parts["code"]})
            parts["link"] = f"{settings.OSLER_PUBLIC_URL}{reverse('people:login-by-link')}?{query}"
        super().send_mail(template_prefix, email, parts)


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Believes the provider about addresses of the domains it is trusted for, and about no other.

    An address elsewhere is one more claim: a new account has to confirm it by mail, an account that is there
    has to be signed in to and linked by hand. See docs/decisions/0005.
    """

    def populate_user(self, request: Any, sociallogin: Any, data: dict[str, Any]) -> Any:
        """Names as the provider knows them; addresses lose a confirmation it has no right to give."""
        user = super().populate_user(request, sociallogin, data)
        user.email = (user.email or "").lower()
        user.given_name = str(data.get("first_name") or "")[:80]
        user.family_name = str(data.get("last_name") or "")[:80]
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
