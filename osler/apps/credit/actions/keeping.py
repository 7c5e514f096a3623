"""How long the bytes of documents stay, and that they are sealed with the key that is first now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from osler.apps.audit import actions as audit
from osler.apps.credit.models import Document
from osler.apps.credit.queries.document_files import (
    DocumentLost,
    delete_files,
    file_name,
    is_sealed,
    picture_name,
    seal_again,
)

DAYS_REMOVED = 90
"""So long a removed document can be brought back."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """How many files were sealed, were sealed already, and could not be read."""

    now: int = 0
    before: int = 0
    lost: int = 0


def purge_removed_documents(*, at: datetime) -> int:
    """Deletes documents removed more than ``DAYS_REMOVED`` days ago, their bytes too where nothing else
    keeps them.
    """
    count = 0
    rows = Document.objects.filter(removed_at__lt=at - timedelta(days=DAYS_REMOVED))
    for pk in list(rows.values_list("pk", flat=True)):
        with transaction.atomic():
            # Looked at again under the lock: it may have been brought back in this moment.
            document = rows.select_for_update(of=("self",)).select_related("person").filter(pk=pk).first()
            if document is not None:
                _purge(document, at)
                count += 1
    return count


def _purge(document: Document, at: datetime) -> None:
    person_id, sha256, pages = document.person_id, document.sha256, document.pages or 0
    audit.record(
        verb="purge-document",
        subject=document,
        by=None,
        at=at,
        on_behalf_of=document.person,
        before={"filename": document.filename, "sha256": sha256},
    )
    document.delete()
    if not Document.objects.filter(person_id=person_id, sha256=sha256).exists():
        transaction.on_commit(lambda: delete_files(person_id, sha256, pages))


def seal_documents() -> Sealed:
    """Seals every kept file, and the pictures of its pages, with the first of the keys.

    What is sealed with it already stays as it is, so that it can be broken off and run again at any time.
    """
    if not settings.OSLER_DOCUMENT_KEYS:
        raise ValueError("no key is set")
    now = before = lost = 0
    for name, must_be_there in _names():
        try:
            if is_sealed(name):
                before += 1
            else:
                seal_again(name)
                now += 1
        except DocumentLost as error:
            lost += must_be_there or error.code != "missing"
    return Sealed(now, before, lost)


def _names() -> Iterator[tuple[str, bool]]:
    rows = Document.objects.exclude(state=Document.State.REFUSED).order_by("person_id", "sha256")
    for person_id, sha256, pages in rows.values_list("person_id", "sha256", "pages").distinct().iterator(500):
        yield file_name(person_id, sha256), True
        for number in range(1, (pages or 0) + 1):
            yield picture_name(person_id, sha256, number), False
