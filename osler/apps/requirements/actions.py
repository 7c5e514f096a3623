"""Answering a question where it belongs, and keeping the last answer per credential."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from osler.adapters.live import LiveEvent, person_room, publish
from osler.apps.people import actions as people
from osler.apps.people.queries import person_by_id
from osler.apps.requirements.models import Standing
from osler.apps.requirements.queries.assessment import CredentialStanding, assessment_of
from osler.apps.requirements.queries.questions import OF_THE_CREDENTIAL, OF_THE_PROFILE
from osler.apps.requirements.queries.standings import due_on, missing_parts, percent_of
from osler.core.credit.refusal import Refusal
from osler.core.rules.record import FactValue

if TYPE_CHECKING:
    from osler.apps.people.models import HeldCredential, Person

KEPT = ("status", "percent", "missing", "due_on", "as_of", "set_version", "computed_at")


def answer_question(
    *,
    person: Person,
    name: str,
    value: FactValue,
    credential: HeldCredential | None = None,
    by: Person | None,
    at: datetime,
) -> Refusal | None:
    """Keeps the answer to a question where it belongs: the dates of the credential, the profile, or a fact.

    ``credential`` is needed for ``issued`` and ``expires``; a fact given with one is a fact of that
    credential only. ``None`` is done; a refusal comes from the action that keeps the answer.
    """
    if name in OF_THE_CREDENTIAL:
        return _dated(credential, name, value, by, at)
    if name in OF_THE_PROFILE:
        return _profiled(person, name, value, by, at)
    kept = people.state_fact(person=person, name=name, value=value, credential=credential, by=by, at=at)
    return kept if isinstance(kept, Refusal) else None


def _dated(
    credential: HeldCredential | None, name: str, value: FactValue, by: Person | None, at: datetime
) -> Refusal | None:
    if credential is None or not isinstance(value, date):
        return Refusal("not-a-date", _("State a day, and of which credential it is."))
    kept = people.change_credential(
        credential=credential,
        number=credential.number,
        issued_on=value if name == "issued" else credential.issued_on,
        expires_on=value if name == "expires" else credential.expires_on,
        name=credential.name,
        by=by,
        at=at,
    )
    return kept if isinstance(kept, Refusal) else None


def _profiled(person: Person, name: str, value: FactValue, by: Person | None, at: datetime) -> Refusal | None:
    specialties = person.specialties
    if name == "specialty":
        specialties = list(value) if isinstance(value, tuple) else [str(value)]
    kept = people.change_profile(
        person=person,
        given_name=person.given_name,
        family_name=person.family_name,
        profession=str(value) if name == "profession" else person.profession,
        degree=str(value) if name == "degree" else person.degree,
        birth_on=value if name == "birth-date" and isinstance(value, date) else person.birth_on,
        specialties=specialties,
        time_zone=person.time_zone,
        language=person.language,
        by=by,
        at=at,
    )
    return kept if isinstance(kept, Refusal) else None


def refresh_standings(*, person_id: int, at: datetime) -> int:
    """Works out where the person stands on the day of ``at`` and keeps it; returns how many credentials they
    hold.

    Standings of credentials no longer held are dropped. An older job that runs late never overwrites a newer
    answer. Tells open pages of the person.
    """
    person = person_by_id(person_id)
    if person is None:
        return 0
    with transaction.atomic():
        found = assessment_of(person, at.date())
        ours = Standing.objects.filter(person=person)
        ours.exclude(credential__in=[one.held.pk for one in found.standings]).delete()
        newer = set(ours.filter(computed_at__gt=at).values_list("credential_id", flat=True))
        rows = [_row(one, person_id, at) for one in found.standings if one.held.pk not in newer]
        Standing.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["credential"], update_fields=KEPT
        )
        transaction.on_commit(lambda: publish(LiveEvent(person_room(person_id), "standing-changed")))
    return len(found.standings)


def _row(standing: CredentialStanding, person_id: int, at: datetime) -> Standing:
    answer = standing.answer
    return Standing(
        credential=standing.held,
        person_id=person_id,
        status=answer.status.value,
        percent=percent_of(answer),
        missing=[list(part) for part in missing_parts(answer)],
        due_on=due_on(answer),
        as_of=at.date(),
        set_version=answer.version,
        computed_at=at,
    )
