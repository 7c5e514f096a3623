"""What the outcomes context answers: reflections written, commitments to look at again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet

from osler.apps.credit.queries import transcript_rows
from osler.apps.outcomes.models import Commitment, FollowUp, Reflection

if TYPE_CHECKING:
    from osler.apps.credit.models import Record
    from osler.apps.people.models import Person


def reflections_of(person: Person) -> QuerySet[Reflection]:
    """What the person wrote on records still in the transcript, or part of one there, the latest first,
    with commitments. Two queries.
    """
    return (
        Reflection.objects.filter(_is_there("record"), person=person, removed_at=None)
        .select_related("record", "commitment")
        .prefetch_related(_looks("commitment__follow_ups"))
    )


def reflection_on(person: Person, record: Record) -> Reflection | None:
    """What the person wrote on this record, or on one that is part of it now; also if taken away."""
    found = (
        Reflection.objects.filter(Q(record_id=record.pk) | Q(record__merged_into=record.pk), person=person)
        .select_related("record", "commitment")
        .prefetch_related(_looks("commitment__follow_ups"))
    )
    return min(found, key=lambda one: (one.record_id != record.pk, one.pk), default=None)


def commitments_of(person: Person) -> QuerySet[Commitment]:
    """Every commitment of the person, the next to look at first. Two queries."""
    return (
        Commitment.objects.filter(
            _is_there("reflection__record"), reflection__person=person, reflection__removed_at=None
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


def _is_there(record: str) -> Q:
    """In the transcript, or part of a record that is: merging takes nothing of what was written away."""
    return Q(**{f"{record}__removed_at": None}) | Q(**{f"{record}__merged_into__isnull": False})


def _looks(lookup: str) -> Prefetch[str, QuerySet[FollowUp], str]:
    return Prefetch(lookup, FollowUp.objects.filter(taken_back_at=None).order_by("looked_at", "id"))
