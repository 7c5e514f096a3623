"""What the outcomes context answers: reflections written, commitments to look at again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet

from osler.apps.credit.queries import transcript_rows
from osler.apps.outcomes.models import Commitment, FollowUp, Reflection

if TYPE_CHECKING:
    from osler.apps.credit.models import Record
    from osler.apps.people.models import Person


def reflections_of(person: Person) -> QuerySet[Reflection]:
    """What the person wrote on records still in the transcript, the latest first, with commitments. Two
    queries.
    """
    return (
        Reflection.objects.filter(person=person, removed_at=None, record__removed_at=None)
        .select_related("record", "commitment")
        .prefetch_related(_looks("commitment__follow_ups"))
    )


def reflection_on(person: Person, record: Record) -> Reflection | None:
    """What the person wrote on this record, also if taken away."""
    return (
        Reflection.objects.filter(person=person, record_id=record.pk)
        .select_related("record", "commitment")
        .prefetch_related(_looks("commitment__follow_ups"))
        .first()
    )


def commitments_of(person: Person) -> QuerySet[Commitment]:
    """Every commitment of the person, the next to look at first. Two queries."""
    return (
        Commitment.objects.filter(
            reflection__person=person,
            reflection__removed_at=None,
            reflection__record__removed_at=None,
        )
        .select_related("reflection", "reflection__record")
        .prefetch_related(_looks("follow_ups"))
    )


def commitments_to_look_at(person: Person, until: date) -> QuerySet[Commitment]:
    """Open commitments whose day has come by ``until``; for pages, mails and the calendar."""
    return commitments_of(person).filter(state=Commitment.State.OPEN, look_on__lte=until)


def commitment_by_key(person: Person, key: str) -> Commitment | None:
    """One commitment of this person by its public key; never anybody else's."""
    return commitments_of(person).filter(key=key).first()


def records_without_reflection(person: Person, *, most: int = 3) -> tuple[Record, ...]:
    """The latest records on which nothing is written yet. Two queries and one for their parts."""
    written = Reflection.objects.filter(person=person, removed_at=None).values("record_id")
    return tuple(transcript_rows(person).exclude(pk__in=written)[:most])


def _looks(lookup: str) -> Prefetch[str, QuerySet[FollowUp], str]:
    return Prefetch(lookup, FollowUp.objects.filter(taken_back_at=None).order_by("looked_at", "id"))
