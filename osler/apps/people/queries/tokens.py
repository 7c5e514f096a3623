"""Tokens as pages show them and as the API asks for them."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from osler.apps.people.models import AccessToken

if TYPE_CHECKING:
    from osler.apps.people.models import Person

BEGINS_WITH = "osler_"
ASKED_IN_A_MINUTE = 120
"""How often one token is answered within a minute."""


def secret_hash(secret: str) -> str:
    """What is kept of a secret. It is long and random, so that one plain hash is enough."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def tokens_of(person: Person) -> QuerySet[AccessToken]:
    """A person's tokens, newest first, revoked and expired ones too."""
    return AccessToken.objects.filter(person=person)


def token_by_key(person: Person, key: str) -> AccessToken | None:
    """One token of this person by its public key; never anybody else's."""
    return AccessToken.objects.filter(person=person, key=key).first()


def token_of_secret(secret: str, at: datetime) -> AccessToken | None:
    """The token with this secret, if it is still good and its person may sign in. One query."""
    if not secret.startswith(BEGINS_WITH) or len(secret) > 100:
        return None
    found = AccessToken.objects.filter(
        secret_sha256=secret_hash(secret), revoked_at=None, expires_at__gt=at, person__is_active=True
    )
    return found.select_related("person").first()


def is_good(token: AccessToken, at: datetime) -> bool:
    """Whether a token would be answered now."""
    return token.revoked_at is None and token.expires_at > at
