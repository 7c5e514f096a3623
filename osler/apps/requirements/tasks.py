"""Jobs of the requirements context."""

from datetime import datetime, timedelta

from django_tasks import task

from osler.apps.requirements import actions
from osler.apps.requirements.queries.cycles import ended_unkept


@task()
def refresh_standings(person_id: int, at: str) -> None:
    """Works out a person's standings again; running it twice gives the same rows."""
    actions.refresh_standings(person_id=person_id, at=datetime.fromisoformat(at))


@task()
def close_ended_cycles(at: str) -> None:
    """Keeps every cycle that has ended as it was assessed, then lets the next ones begin; for every day.

    Asks about a day more than UTC knows, for those to whom it is already tomorrow.
    """
    moment = datetime.fromisoformat(at)
    ended = ended_unkept(moment.date() + timedelta(days=1))
    for person_id in sorted(set(ended.values_list("person_id", flat=True))):
        actions.refresh_standings(person_id=person_id, at=moment)
