"""The keys that certificates are encrypted with, checked before anything starts."""

from collections.abc import Iterable

from osler.conf.environment import SettingError


def document_keys(texts: Iterable[str]) -> list[bytes]:
    """The keys in their order; ``SettingError`` says which of them is none, never what it is."""
    keys: list[bytes] = []
    for number, text in enumerate(texts, start=1):
        # The cryptography is loaded only where it is used: every command reads the settings.
        from osler.adapters.documents.sealing import read_key

        try:
            keys.append(read_key(text))
        except ValueError as error:
            raise SettingError(f"OSLER_DOCUMENT_KEYS: {error} (key {number}).") from None
    return keys
