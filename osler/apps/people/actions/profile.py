"""The account itself: opening one, and who the person says they are."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from osler.apps.audit import actions as audit
from osler.apps.people import permissions, signals
from osler.apps.people.actions.telling import sent_on_commit
from osler.apps.people.models import Person
from osler.core.credit.refusal import Refusal
from osler.core.identifiers import is_npi

PROFILE_FIELDS = (
    "given_name",
    "family_name",
    "profession",
    "degree",
    "npi",
    "birth_on",
    "specialties",
    "time_zone",
    "language",
)
# What turns a name into a message or a link: it stands in mails to people who do not know its bearer.
_NOT_IN_A_NAME = re.compile(r"[<>@\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]|://|www\.", re.IGNORECASE)


def change_profile(
    *,
    person: Person,
    given_name: str,
    family_name: str,
    profession: str,
    degree: str,
    birth_on: date | None,
    specialties: Sequence[str] | None,
    time_zone: str = "UTC",
    language: str = "en",
    npi: str | None = None,
    by: Person | None,
    at: datetime,
) -> Person | Refusal:
    """Everything on the profile page, as given. ``specialties`` ``None`` is not stated, empty is none.

    ``npi`` ``None`` leaves the number as it is; blanks within it are dropped. That it is somebody's, or
    nobody else's, is not claimed: two people may state the same one. A name is one line, without addresses.
    """
    given_name, family_name = " ".join(given_name.split())[:80], " ".join(family_name.split())[:80]
    refusal = permissions.may_change(by=by, person=person, at=at)
    if refusal is None and birth_on is not None and not at.year - 120 <= birth_on.year <= at.year:
        refusal = Refusal("birth-date", _("This cannot be the date of birth of a living person."))
    if refusal is None and _NOT_IN_A_NAME.search(f"{given_name} {family_name}"):
        refusal = Refusal("name", _("A name cannot hold an address of a page or of mail."))
    number = person.npi if npi is None else "".join(npi.split())
    if refusal is None and number and number != person.npi and not is_npi(number):
        refusal = Refusal("npi", _("This is no NPI: ten digits, and the last one must fit the others."))
    if refusal is None and not _is_time_zone(time_zone):
        refusal = Refusal("time-zone", _("There is no time zone called %(name)s.") % {"name": time_zone})
    if refusal is not None:
        return refusal
    with transaction.atomic():
        kept = Person.objects.select_for_update().get(pk=person.pk)
        before = _profile(kept)
        kept.given_name, kept.family_name = given_name, family_name
        kept.profession, kept.degree, kept.birth_on = profession, degree, birth_on
        kept.specialties = None if specialties is None else sorted(set(specialties))
        kept.time_zone, kept.language = time_zone, language
        if npi is not None:
            kept.npi = number
        if _profile(kept) != before:
            kept.save(update_fields=PROFILE_FIELDS)
            audit.record(
                verb="change-profile",
                subject=kept,
                by=by,
                at=at,
                on_behalf_of=kept,
                before=before,
                after=_profile(kept),
            )
            sent_on_commit(signals.profile_changed, Person, person_id=kept.pk, at=at)
    return kept


def _profile(person: Person) -> dict[str, object]:
    found = {name: getattr(person, name) for name in PROFILE_FIELDS}
    return {**found, "birth_on": person.birth_on.isoformat() if person.birth_on else None}


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def open_account(
    *,
    email: str,
    password: str | None,
    given_name: str = "",
    family_name: str = "",
    by: Person | None,
    at: datetime,
) -> Person | Refusal:
    """A person who can sign in with this address, for the demo world and for an office that invites.

    The sign-up page is allauth's own and does not pass here.
    """
    address = email.strip().lower()
    with transaction.atomic():
        if Person.objects.filter(email=address).exists():
            return Refusal("has-account", _("There is an account with this e-mail address already."))
        person = Person.objects.create_user(
            address, password, given_name=given_name.strip()[:80], family_name=family_name.strip()[:80]
        )
        audit.record(verb="open-account", subject=person, by=by, at=at, after={"email": address})
    return person
