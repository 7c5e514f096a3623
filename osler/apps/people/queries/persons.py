"""Persons, what they hold and what they stated, as rows and as the core's plain values."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from osler.apps.people.models import Fact, HeldCredential, Person
from osler.core.rules.record import Clinician, Credential, FactValue


def person_by_id(person_id: int) -> Person | None:
    """The person with this id, if there is one."""
    return Person.objects.filter(pk=person_id).first()


def person_by_email(email: str) -> Person | None:
    """The person who signs in with this address, however it is written."""
    return Person.objects.filter(email=email.strip().lower()).first()


def persons_at(domain: str) -> QuerySet[Person]:
    """Everyone whose address lies in a domain, in the order of their accounts; for the demo's front page."""
    return Person.objects.filter(email__endswith=f"@{domain}", is_active=True).order_by("pk")


def credentials_held(person: Person) -> QuerySet[HeldCredential]:
    """The credentials a person holds, in the order in which they were added; removed ones are left out."""
    return HeldCredential.objects.filter(person=person, removed_at=None)


def credential_held(person: Person, key: str) -> HeldCredential | None:
    """One credential of this person by its public key, also if removed; never anybody else's."""
    return HeldCredential.objects.filter(person=person, key=key).first()


def facts_stated(person: Person) -> QuerySet[Fact]:
    """Everything the person stated, of themselves first."""
    return Fact.objects.filter(person=person).order_by("credential_id", "name")


def fact_value(fact: Fact) -> FactValue:
    """The core's value for a stored fact."""
    return read_fact(fact.kind, fact.value)


def read_fact(kind: str, text: str) -> FactValue:
    """The value behind the canonical text of a kind. Raises ``ValueError`` for a text that was never
    canonical.
    """
    if kind == Fact.Kind.YES_NO:
        return {"true": True, "false": False}[text]
    if kind == Fact.Kind.NUMBER:
        return Decimal(text)
    if kind == Fact.Kind.DATE:
        return date.fromisoformat(text)
    if kind == Fact.Kind.LIST:
        return tuple(json.loads(text))
    return text


def write_fact(value: FactValue) -> tuple[str, str]:
    """Kind and canonical text of a value: the inverse of ``read_fact``."""
    if isinstance(value, bool):
        return Fact.Kind.YES_NO, "true" if value else "false"
    if isinstance(value, Decimal):
        return Fact.Kind.NUMBER, str(value)
    if isinstance(value, date):
        return Fact.Kind.DATE, value.isoformat()
    if isinstance(value, tuple):
        return Fact.Kind.LIST, json.dumps(list(value))
    return Fact.Kind.TEXT, value


def _facts_by_credential(person: Person) -> Mapping[int | None, dict[str, FactValue]]:
    found: dict[int | None, dict[str, FactValue]] = {}
    rows = Fact.objects.filter(person=person).values_list("credential_id", "name", "kind", "value")
    for credential_id, name, kind, text in rows:
        found.setdefault(credential_id, {})[name] = read_fact(kind, text)
    return found


def clinician_of(person: Person) -> Clinician:
    """The person as rules see them. One query."""
    return _clinician(person, _facts_by_credential(person).get(None, {}))


def _clinician(person: Person, facts: Mapping[str, FactValue]) -> Clinician:
    return Clinician(
        profession=person.profession or None,
        degree=person.degree or None,
        birth_date=person.birth_on,
        specialties=None if person.specialties is None else tuple(person.specialties),
        facts=facts,
    )


def credential_value(held: HeldCredential, facts: Mapping[str, FactValue]) -> Credential:
    """One held credential as rules see it."""
    return Credential(
        requirement_set=held.requirement_set,
        number=held.number,
        issued=held.issued_on,
        expires=held.expires_on,
        facts=facts,
    )


def clinician_and_credentials(
    person: Person, held: Iterable[HeldCredential] | None = None
) -> tuple[Clinician, tuple[Credential, ...]]:
    """The person and all they hold as rules see them, in the order of ``credentials_held``.

    Two queries; one where the rows are given.
    """
    facts = _facts_by_credential(person)
    rows = credentials_held(person) if held is None else held
    values = tuple(credential_value(row, facts.get(row.pk, {})) for row in rows)
    return _clinician(person, facts.get(None, {})), values
