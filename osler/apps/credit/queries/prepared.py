"""Files that a job made for a person, and the certificates that go into them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from osler.apps.credit.models import Document, PreparedFile
from osler.apps.credit.queries.document_files import stored_bytes

if TYPE_CHECKING:
    from osler.apps.people.models import Person


def prepared_files(person: Person, at: datetime) -> QuerySet[PreparedFile]:
    """A person's files that are being made or can be taken, newest first."""
    return PreparedFile.objects.filter(person=person, gone_after__gt=at).defer("asked")


def prepared_by_key(person: Person, key: str, at: datetime) -> PreparedFile | None:
    """One file of this person that is not gone; never anybody else's."""
    return prepared_files(person, at).filter(key=key).first()


def prepared_name(file: PreparedFile) -> str:
    """Where the bytes lie."""
    return f"prepared/{file.person_id}/{file.key}"


def prepared_bytes(file: PreparedFile) -> bytes:
    """The file that was made. Raises ``DocumentLost`` where it is not there."""
    return stored_bytes(prepared_name(file))


def is_stored(file: PreparedFile) -> bool:
    """Whether its bytes lie in the storage."""
    return default_storage.exists(prepared_name(file))


def certificates_by_record(person: Person) -> dict[str, list[Document]]:
    """The certificates kept with a person's records, by the record's key, oldest first. One query."""
    rows = Document.objects.filter(
        person=person, removed_at=None, state=Document.State.ATTACHED, record__removed_at=None
    ).select_related("record")
    found: dict[str, list[Document]] = {}
    for one in rows.order_by("added_at", "id"):
        if one.record is not None:
            found.setdefault(one.record.key, []).append(one)
    return found
