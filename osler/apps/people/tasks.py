"""Jobs of the people context."""

from datetime import datetime

from django_tasks import task

from osler.apps.people import actions


@task()
def end_accounts(at: str) -> int:
    """Ends every account whose day has come; run again it finds none."""
    return actions.end_accounts_due(at=datetime.fromisoformat(at))
