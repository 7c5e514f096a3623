"""The bytes of documents in the storage: under their hash, one folder a person, sealed where keys are set."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from osler.adapters.documents.sealing import SealError, seal, unseal
from osler.apps.credit.models import Document


class DocumentLost(Exception):
    """The bytes cannot be given back; ``sentence`` says why, for the person."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = {
            "missing": _("The file is no longer in the storage. Restore it from a backup."),
            "changed": _("The file in the storage is not the one that was kept. It is not given out."),
            "no-key": _(
                "The file is encrypted with a key that this server does not have. Whoever runs it must add "
                "the old key to OSLER_DOCUMENT_KEYS."
            ),
        }[code]


def document_bytes(document: Document) -> bytes:
    """The file as it was added, opened and compared with its hash. Raises ``DocumentLost``."""
    content = stored_bytes(file_name(document.person_id, document.sha256))
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise DocumentLost("changed")
    return content


def page_picture(document: Document, number: int) -> bytes | None:
    """The picture of a page, WebP; ``None`` where the page was never drawn. Raises ``DocumentLost``."""
    name = picture_name(document.person_id, document.sha256, number)
    try:
        return stored_bytes(name)
    except DocumentLost as lost:
        if lost.code == "missing":
            return None
        raise


def stored_bytes(name: str) -> bytes:
    """What ``store`` put under this name. Raises ``DocumentLost``."""
    try:
        with default_storage.open(name) as file:
            content: bytes = file.read()
    except FileNotFoundError:
        raise DocumentLost("missing") from None
    try:
        return unseal(content, settings.OSLER_DOCUMENT_KEYS, name)
    except SealError as error:
        raise DocumentLost(error.code) from None


def store(name: str, content: bytes) -> None:
    """Puts bytes into the storage under exactly this name, in the place of what lay there."""
    if default_storage.exists(name):
        default_storage.delete(name)
    kept = default_storage.save(name, ContentFile(seal(content, settings.OSLER_DOCUMENT_KEYS, name)))
    if kept != name:
        # Somebody stored the same bytes in the same moment: theirs serve as well.
        default_storage.delete(kept)


def delete_files(person_id: int, sha256: str, pages: int) -> None:
    """Takes a file and the pictures of its pages out of the storage."""
    names = [picture_name(person_id, sha256, number) for number in range(1, pages + 1)]
    for name in (file_name(person_id, sha256), *names):
        default_storage.delete(name)


def file_name(person_id: int, sha256: str) -> str:
    """Where the bytes lie."""
    return f"documents/{person_id}/{sha256[:2]}/{sha256}"


def picture_name(person_id: int, sha256: str, number: int) -> str:
    """Where the picture of a page lies."""
    return f"{file_name(person_id, sha256)}.page-{number}"
