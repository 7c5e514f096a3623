"""The OpenID Connect provider through which people may sign in, as the environment names it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from osler.conf import environment

PROVIDER_ID = "sso"


def provider(environ: Mapping[str, str] | None = None) -> tuple[str, str, dict[str, Any]]:
    """Name on the button, origin that forms may lead to, and allauth's settings; empty where none is named.

    Half a configuration is refused, so that a missing secret is found at the start and not at a sign-in.
    """
    issuer = environment.text("OSLER_OIDC_ISSUER", environ).rstrip("/")
    if not issuer:
        return "", "", {}
    client_id = environment.text("OSLER_OIDC_CLIENT_ID", environ)
    secret = environment.text("OSLER_OIDC_SECRET", environ)
    parts = urlsplit(issuer)
    is_local = parts.hostname in ("localhost", "127.0.0.1")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_local):
        raise environment.SettingError("OSLER_OIDC_ISSUER must begin with https://.")
    if not client_id or not secret:
        raise environment.SettingError(
            "OSLER_OIDC_ISSUER is set, so OSLER_OIDC_CLIENT_ID and OSLER_OIDC_SECRET must be too."
        )
    name = environment.text("OSLER_OIDC_NAME", environ) or str(parts.hostname)
    app = {
        "provider_id": PROVIDER_ID,
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
    }
    return name, f"{parts.scheme}://{parts.netloc}", {"openid_connect": {"APPS": [app]}}
