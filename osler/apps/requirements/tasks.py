"""Jobs of the requirements context."""

from datetime import datetime, timedelta
from typing import Any

from django_tasks import task
from django_tasks.base import Task

from osler.apps.messages.signals import messages_queued
from osler.apps.requirements import actions
from osler.apps.requirements.queries.cycles import ended_unkept
from osler.apps.requirements.queries.watches import due_for_digest, due_for_reminder, stale, still_due
from osler.requirement_sets.loader import load_sets

AT_ONCE = 1_000


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


@task()
def send_reminders(at: str) -> int:
    """Leaves the persons of whom a reminder is due to the workers, a thousand in one job."""
    return _in_parts(remind_persons, due_for_reminder(datetime.fromisoformat(at)), at)


@task()
def remind_persons(person_ids: list[int], at: str) -> int:
    """Reminds those of the persons who are still due; returns how many letters were written."""
    moment = datetime.fromisoformat(at)
    found = (actions.remind(person_id=one, at=moment, tells=False) for one in still_due(person_ids, moment))
    return _told(sum(one is not None for one in found), moment)


@task()
def send_digests(at: str) -> int:
    """Leaves the persons whose week has passed to the workers, a thousand in one job."""
    return _in_parts(write_digests, due_for_digest(datetime.fromisoformat(at)), at)


@task()
def write_digests(person_ids: list[int], at: str) -> int:
    """Writes the digests of those who are still due; returns how many had something to say."""
    moment = datetime.fromisoformat(at)
    found = (actions.write_digest(person_id=one, at=moment, tells=False) for one in person_ids)
    return _told(sum(one is not None for one in found), moment)


@task()
def find_rule_changes(at: str) -> int:
    """Leaves the holders of every set whose text changed to the workers, a thousand in one job."""
    found = actions.find_rule_changes(library=load_sets(), at=datetime.fromisoformat(at))
    for one in found:
        tell_rule_change.enqueue(*one, at)
    return sum(len(one.watch_ids) for one in found)


@task()
def tell_rule_change(set_id: str, before: str, after: str, watch_ids: list[int], at: str) -> int:
    """Writes to those of the holders whose answer another text of the rules alters."""
    moment = datetime.fromisoformat(at)
    told = actions.tell_rule_change(
        set_id=set_id, before=before, after=after, watch_ids=watch_ids, at=moment, tells=False
    )
    return _told(told, moment)


@task()
def refresh_stale_answers(at: str) -> int:
    """Leaves the persons whose kept answers time may have overtaken to the workers."""
    return _in_parts(refresh_persons, stale(datetime.fromisoformat(at)), at)


@task()
def refresh_persons(person_ids: list[int], at: str) -> None:
    """Works out the standings of many persons again."""
    for person_id in person_ids:
        actions.refresh_standings(person_id=person_id, at=datetime.fromisoformat(at))


def _in_parts(job: Task[..., Any], person_ids: list[int], at: str) -> int:
    for start in range(0, len(person_ids), AT_ONCE):
        job.enqueue(person_ids[start : start + AT_ONCE], at)
    return len(person_ids)


def _told(letters: int, at: datetime) -> int:
    """One job that sends, for all letters of a part."""
    if letters:
        messages_queued.send(sender=None, at=at)
    return letters
