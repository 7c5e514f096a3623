"""What the messages context answers: kinds, wishes, what was sent, and the timetable."""

from osler.apps.messages.queries.kinds import Kind, always_leaves, kind_named, kinds, register
from osler.apps.messages.queries.outbox import message_to, messages_to, was_told
from osler.apps.messages.queries.preferences import (
    DISTANCES_OFFERED,
    NO_WISHES,
    Wishes,
    wishes_by_person,
    wishes_of,
)
from osler.apps.messages.queries.schedule import Job, Planned, job_named, jobs, planned

__all__ = [
    "DISTANCES_OFFERED",
    "NO_WISHES",
    "Job",
    "Kind",
    "Planned",
    "Wishes",
    "always_leaves",
    "job_named",
    "jobs",
    "kind_named",
    "kinds",
    "message_to",
    "messages_to",
    "planned",
    "register",
    "was_told",
    "wishes_by_person",
    "wishes_of",
]
