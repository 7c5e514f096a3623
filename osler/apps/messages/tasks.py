"""Jobs of the messages context."""

from datetime import datetime

from django_tasks import TaskContext, task

from osler.apps.messages import actions


@task(takes_context=True)
def deliver(context: TaskContext) -> int:
    """Sends what waits, as of the moment the job begins, and leaves a job for what must wait longer."""
    at = context.task_result.started_at
    assert at is not None
    done = actions.deliver(at=at)
    if done.has_more:
        deliver.enqueue()
    return done.sent


@task()
def sweep(at: str) -> None:
    """Sends what waits for its next attempt, and settles what a worker left that died."""
    if actions.deliver(at=datetime.fromisoformat(at)).has_more:
        deliver.enqueue()


@task()
def clean_up(at: str) -> int:
    """Throws away what has expired."""
    return actions.clean_up(at=datetime.fromisoformat(at))
