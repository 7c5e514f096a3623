"""Jobs of the credit context."""

from datetime import datetime

from django_tasks import task

from osler.apps.credit import actions


@task()
def write_import(import_id: int, at: str) -> None:
    """Adds the records of a confirmed import; running it again adds nothing."""
    actions.write_import(import_id=import_id, at=datetime.fromisoformat(at))
