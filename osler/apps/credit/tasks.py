"""Jobs of the credit context."""

from datetime import datetime

from django_tasks import task

from osler.apps.credit import actions
from osler.apps.credit.actions import prepared


@task()
def write_import(import_id: int, at: str) -> None:
    """Adds the records of a confirmed import; running it again adds nothing."""
    actions.write_import(import_id=import_id, at=datetime.fromisoformat(at))


@task()
def read_import(import_id: int, at: str) -> None:
    """Reads the rows of a long file; running it again reads them anew until they are looked through."""
    actions.read_import(import_id=import_id, at=datetime.fromisoformat(at))


@task()
def read_document(document_id: int, at: str) -> None:
    """Finds the words in the pictures of a document; one that was read already is left alone."""
    actions.read_kept_document(document_id=document_id, at=datetime.fromisoformat(at))


@task()
def write_prepared(file_id: int, at: str) -> None:
    """Makes a file that was asked for; running it again leaves a file that is made alone."""
    prepared.write_prepared(file_id=file_id, at=datetime.fromisoformat(at))
