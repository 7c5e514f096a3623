"""Bytes sealed with AES-256-GCM: the first key seals, every key opens, so that keys can be changed in
turn.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MARK = b"OSLERSEAL1"
KEY_BYTES, NONCE_BYTES, NAME_BYTES = 32, 12, 8


class SealError(Exception):
    """The bytes are sealed and no key given opens them; ``code`` says whether the key lacks or does not
    fit.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_key(text: str) -> bytes:
    """A key from its base64 text; ``ValueError`` for anything but 32 bytes."""
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("a key is written in base64") from None
    if len(key) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    return key


def seal(content: bytes, keys: Sequence[bytes], about: str) -> bytes:
    """The bytes sealed with the first key, or as they are where there is none.

    ``about`` is what they are; opened as something else they do not open.
    """
    if not keys:
        return content
    nonce = os.urandom(NONCE_BYTES)
    closed = AESGCM(keys[0]).encrypt(nonce, content, about.encode())
    return MARK + _name(keys[0]) + nonce + closed


def unseal(content: bytes, keys: Sequence[bytes], about: str) -> bytes:
    """What was sealed; bytes that never were come back as they are. Raises ``SealError``."""
    if not content.startswith(MARK):
        return content
    name, rest = content[len(MARK) :][:NAME_BYTES], content[len(MARK) + NAME_BYTES :]
    key = next((one for one in keys if _name(one) == name), None)
    if key is None:
        raise SealError("no-key")
    try:
        return AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], about.encode())
    except InvalidTag:
        raise SealError("changed") from None


def is_sealed_with(content: bytes, key: bytes) -> bool:
    """Whether this very key sealed the bytes."""
    return content[len(MARK) :][:NAME_BYTES] == _name(key) and content.startswith(MARK)


def _name(key: bytes) -> bytes:
    return hashlib.sha256(b"osler-key" + key).digest()[:NAME_BYTES]
