"""Addresses that stand in mails: whole, and where needed signed."""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

OFF_SALT = "osler.messages.off"
MOST_TOKEN = 200


def address(url_name: str, *args: object) -> str:
    """The whole address of a page, for those who do not read in a browser of ours."""
    return f"{settings.OSLER_PUBLIC_URL}{reverse(url_name, args=args)}"


def off_token(person_id: int, kind: str) -> str:
    """Proves, without signing in, the right to switch one kind of message on or off for one person.

    It does not expire: a link in an old mail must still stop the next one. It opens nothing else.
    """
    return Signer(salt=OFF_SALT, sep="~").sign(f"{person_id}.{kind}")


def read_off_token(token: str) -> tuple[int, str] | None:
    """Person and kind of a token of ours, or ``None``."""
    if len(token) > MOST_TOKEN:
        return None
    try:
        said = Signer(salt=OFF_SALT, sep="~").unsign(token)
    except BadSignature:
        return None
    person_id, _dot, kind = said.partition(".")
    return int(person_id), kind
