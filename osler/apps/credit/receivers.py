"""What is to be read, written or made leaves a job; of who has left no file stays."""

from datetime import datetime
from typing import Any

from osler.apps.credit.actions.leaving import delete_files_of
from osler.apps.credit.signals import document_to_be_read, file_asked, import_confirmed, import_to_read
from osler.apps.credit.tasks import read_document, read_import, write_import, write_prepared
from osler.apps.people.signals import account_ended


def listen() -> None:
    """Connects the receivers; called once when Django is ready."""
    import_confirmed.connect(import_is_to_be_written, dispatch_uid="credit.write-import")
    import_to_read.connect(import_is_to_be_read, dispatch_uid="credit.read-import")
    file_asked.connect(file_is_to_be_made, dispatch_uid="credit.write-prepared")
    document_to_be_read.connect(document_is_to_be_read, dispatch_uid="credit.read-document")

    account_ended.connect(account_has_ended, dispatch_uid="credit.delete-files")


def account_has_ended(sender: Any, *, person_id: int, at: datetime, **told: Any) -> None:
    """After the commit: the rows are gone, now their bytes."""
    delete_files_of(person_id=person_id)


def import_is_to_be_written(sender: Any, *, import_id: int, at: datetime, **told: Any) -> None:
    """Enqueued in the transaction of the confirmation, so that one never stands without the other."""
    write_import.enqueue(import_id, at.isoformat())


def import_is_to_be_read(sender: Any, *, import_id: int, at: datetime, **told: Any) -> None:
    """Enqueued in the transaction of the upload."""
    read_import.enqueue(import_id, at.isoformat())


def document_is_to_be_read(sender: Any, *, document_id: int, at: datetime, **told: Any) -> None:
    """Enqueued in the transaction that keeps the document."""
    read_document.enqueue(document_id, at.isoformat())


def file_is_to_be_made(sender: Any, *, file_id: int, at: datetime, **told: Any) -> None:
    """Enqueued in the transaction that asks for the file."""
    write_prepared.enqueue(file_id, at.isoformat())
