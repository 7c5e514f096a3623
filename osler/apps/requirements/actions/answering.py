"""Answering a question where it belongs: the dates of the credential, the profile, or a fact."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from osler.apps.people import actions as people
from osler.apps.requirements.queries.questions import OF_THE_CREDENTIAL, OF_THE_PROFILE
from osler.core.credit.refusal import Refusal
from osler.core.rules.record import FactValue

if TYPE_CHECKING:
    from osler.apps.people.models import HeldCredential, Person


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
