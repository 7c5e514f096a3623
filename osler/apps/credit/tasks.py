"""Jobs of the credit context."""

from datetime import datetime

from django_tasks import task

from osler.apps.credit import actions
from osler.apps.credit.actions import calendars, keeping, prepared
from osler.apps.credit.queries.calendars import calendars_to_read


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


@task()
def drop_old_files(at: str) -> None:
    """Takes away the files whose week is over."""
    prepared.drop_old_files(at=datetime.fromisoformat(at))


@task()
def purge_documents(at: str) -> None:
    """Deletes for good the certificates that were removed long ago."""
    keeping.purge_removed_documents(at=datetime.fromisoformat(at))


@task()
def refresh_calendars(at: str) -> None:
    """Leaves one job for every subscribed calendar that was not asked for a while."""
    for source_id in calendars_to_read(datetime.fromisoformat(at)):
        refresh_calendar.enqueue(source_id, at)


@task()
def refresh_calendar(source_id: int, at: str) -> None:
    """Asks one calendar again; a failure is kept for its page and asks less often."""
    calendars.refresh_calendar(source_id=source_id, at=datetime.fromisoformat(at))
