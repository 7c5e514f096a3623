"""Jobs of the requirements context."""

from datetime import datetime

from django_tasks import task

from osler.apps.requirements import actions


@task()
def refresh_standings(person_id: int, at: str) -> None:
    """Works out a person's standings again; running it twice gives the same rows."""
    actions.refresh_standings(person_id=person_id, at=datetime.fromisoformat(at))
