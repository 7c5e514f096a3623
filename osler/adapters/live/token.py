"""Short-lived tokens that open a stream without a look at the database.

A page carries a token that names the rooms its reader may listen in. The live process checks the signature
and the time, nothing else: that is why thousands can reconnect at once (sessions allow a hundred a second).
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from osler.adapters.live import ROOM_FORM

STREAM_PATH = "/live/events"
# Long enough for a page that is being read; a stream that is open stays open, a new one needs a new token.
LIFETIME = timedelta(minutes=15)
MAX_ROOMS = 20
MAX_TOKEN_LENGTH = 4_000


class TokenRefused(ValueError):
    """The token is not ours, was altered, or is too old; the message says which."""


def sign_rooms(rooms: Iterable[str], *, key: str, at: datetime, lifetime: timedelta = LIFETIME) -> str:
    """A token, safe in a URL, that opens `rooms` until `at + lifetime`. Raises ValueError for bad rooms."""
    named = sorted(set(rooms))
    if not named or len(named) > MAX_ROOMS or not all(ROOM_FORM.fullmatch(room) for room in named):
        raise ValueError("A token names 1 to 20 rooms.")
    expires = int((at + lifetime).timestamp())
    payload = base64.urlsafe_b64encode(json.dumps([expires, named]).encode()).rstrip(b"=").decode()
    return f"{payload}.{_signature(key, 'stream', payload.encode())}"


def stream_url(rooms: Iterable[str], *, key: str, at: datetime) -> str:
    """Where a page listens in `rooms`, from the same host as the page. Raises ValueError for bad rooms."""
    return f"{STREAM_PATH}?token={sign_rooms(rooms, key=key, at=at)}"


def read_rooms(token: str, *, key: str, at: datetime) -> tuple[str, ...]:
    """The rooms a token opens. Raises TokenRefused."""
    payload, dot, signature = token.partition(".")
    if not dot or len(token) > MAX_TOKEN_LENGTH or not token.isascii():
        raise TokenRefused("The token is not one of ours.")
    if not hmac.compare_digest(signature, _signature(key, "stream", payload.encode())):
        raise TokenRefused("The token was altered.")
    expires, rooms = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    if at.timestamp() >= expires:
        raise TokenRefused("The token is too old.")
    return tuple(rooms)


def sign_message(key: str, body: bytes) -> str:
    """The signature of what one process of the house tells another."""
    return _signature(key, "publish", body)


def is_signed(key: str, body: bytes, signature: str) -> bool:
    """Whether `signature` is ours for exactly this body."""
    return signature.isascii() and hmac.compare_digest(signature, sign_message(key, body))


def _signature(key: str, purpose: str, message: bytes) -> str:
    # The purpose goes into the key, so that a signature for one can never serve for the other.
    purposed = hashlib.sha256(f"osler.live.{purpose}:{key}".encode()).digest()
    return hmac.new(purposed, message, hashlib.sha256).hexdigest()
