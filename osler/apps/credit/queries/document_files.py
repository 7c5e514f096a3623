"""The bytes of documents in the storage: under their hash, one folder a person, sealed where keys are set."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from osler.adapters.documents.sealing import SealError, is_sealed_with, seal, unseal
from osler.apps.credit.models import Document

BESIDE = ".sealing"


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
        return unseal(_raw(name), settings.OSLER_DOCUMENT_KEYS, name)
    except SealError as error:
        raise DocumentLost(error.code) from None


def _raw(name: str) -> bytes:
    # While a file is sealed anew a copy lies beside it.
    for each in (name, name + BESIDE):
        try:
            with default_storage.open(each) as file:
                content: bytes = file.read()
                return content
        except FileNotFoundError:
            continue
    raise DocumentLost("missing")


def is_sealed(name: str) -> bool:
    """Whether what lies under this name is sealed with the first of the keys. Raises ``DocumentLost``."""
    keys = settings.OSLER_DOCUMENT_KEYS
    return bool(keys) and default_storage.exists(name) and is_sealed_with(_raw(name), keys[0])


def seal_again(name: str) -> None:
    """Seals what lies under this name with the first of the keys; at no moment is it nowhere. Raises
    ``DocumentLost``.
    """
    content = stored_bytes(name)
    store(name + BESIDE, content, about=name)
    store(name, content)
    default_storage.delete(name + BESIDE)


def store(name: str, content: bytes, about: str = "") -> None:
    """Puts bytes into the storage under exactly this name, in the place of what lay there.

    ``about`` is the name they will be asked for by, where it is another.
    """
    if default_storage.exists(name):
        default_storage.delete(name)
    sealed = seal(content, settings.OSLER_DOCUMENT_KEYS, about or name)
    kept = default_storage.save(name, ContentFile(sealed))
    if kept != name:
        # Somebody stored the same bytes in the same moment: theirs serve as well.
        default_storage.delete(kept)


def delete_files(person_id: int, sha256: str, pages: int) -> None:
    """Takes a file and the pictures of its pages out of the storage."""
    names = [picture_name(person_id, sha256, number) for number in range(1, pages + 1)]
    for name in (file_name(person_id, sha256), *names):
        default_storage.delete(name)
        default_storage.delete(name + BESIDE)


def file_name(person_id: int, sha256: str) -> str:
    """Where the bytes lie."""
    return f"documents/{person_id}/{sha256[:2]}/{sha256}"


def picture_name(person_id: int, sha256: str, number: int) -> str:
    """Where the picture of a page lies."""
    return f"{file_name(person_id, sha256)}.page-{number}"
