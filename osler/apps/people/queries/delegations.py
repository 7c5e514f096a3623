"""Who may act for whom, and how far."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from osler.apps.people.models import Delegation, Person


def day_of(person: Person, at: datetime) -> date:
    """The day it is where the person is."""
    return at.astimezone(ZoneInfo(person.time_zone)).date()


def is_in_force(delegation: Delegation, at: datetime) -> bool:
    """Accepted, ended by nobody, and its last day not over."""
    return (
        delegation.accepted_at is not None
        and delegation.ended_at is None
        and delegation.person.is_active
        and (delegation.ends_on is None or day_of(delegation.person, at) <= delegation.ends_on)
    )


def acting_delegation(*, assistant: Person, key: str, at: datetime) -> Delegation | None:
    """The delegation with this key, with its person, if this assistant may use it at this moment."""
    found = Delegation.objects.select_related("person").filter(key=key, assistant=assistant).first()
    return found if found is not None and assistant.is_active and is_in_force(found, at) else None


def delegation_between(*, person: Person, assistant: Person, at: datetime | None) -> Delegation | None:
    """What lets one act for the other at this moment; of several the one that reaches farthest.

    Without ``at`` its last day is not looked at, because the door has done that.
    """
    found = [
        one
        for one in Delegation.objects.select_related("person").filter(
            person=person, assistant=assistant, ended_at=None, accepted_at__isnull=False
        )
        if one.person.is_active and (at is None or is_in_force(one, at))
    ]
    reach = list(Delegation.Scope.values)
    return max(found, key=lambda one: reach.index(one.scope), default=None)


def delegations_by(person: Person) -> QuerySet[Delegation]:
    """Everybody the person asked to act for them and did not take back, newest first."""
    return Delegation.objects.filter(person=person, ended_at=None).select_related("assistant", "person")


def delegation_by(person: Person, key: str) -> Delegation | None:
    """One delegation in which this person has a part, as the one acted for or as the assistant."""
    mine = Q(person=person) | Q(assistant=person) | Q(assistant=None, address__in=addresses_of(person))
    return Delegation.objects.filter(mine, key=key).select_related("person", "assistant").first()


def delegations_held(assistant: Person, at: datetime) -> list[Delegation]:
    """For whom this person may act at this moment, by name."""
    rows = Delegation.objects.filter(assistant=assistant, ended_at=None, accepted_at__isnull=False)
    found = [one for one in rows.select_related("person") if is_in_force(one, at)]
    return sorted(found, key=lambda one: (one.person.family_name, one.person.given_name, one.person.email))


def delegations_offered(person: Person) -> QuerySet[Delegation]:
    """What others ask of this person and is still open. An address counts once its owner confirmed it."""
    return Delegation.objects.filter(
        address__in=addresses_of(person), assistant=None, ended_at=None
    ).select_related("person")


def addresses_of(person: Person) -> list[str]:
    """The addresses the person has confirmed to be theirs, in lower case."""
    found = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return [email.lower() for email in found]


def person_with_address(address: str) -> Person | None:
    """Whose account this address is, confirmed or the main one, in whatever case it was typed."""
    typed = address.strip().lower()
    found = EmailAddress.objects.filter(email__iexact=typed, verified=True).select_related("user").first()
    return found.user if found is not None else Person.objects.filter(email=typed).first()


def names_of(ids: set[int]) -> dict[int, str]:
    """What to call the persons with these ids; who has gone is left out."""
    return {one.pk: str(one) for one in Person.objects.filter(pk__in=ids)}
