"""What can be done to a person's profile, facts and credentials.

Every action is keyword-only, takes who acts (``by``; ``None`` is Osler itself) and when (``at``), and
returns the row it made or a ``Refusal`` with a sentence for the person. Row, log entry and signal stand or
fall together.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _

from osler.apps.audit import actions as audit
from osler.apps.people import permissions, signals
from osler.apps.people.models import Fact, HeldCredential, Person
from osler.apps.people.queries import write_fact
from osler.core.credit.refusal import Refusal
from osler.core.rules.record import FactValue

MOST_CREDENTIALS = 100
PROFILE_FIELDS = (
    "given_name",
    "family_name",
    "profession",
    "degree",
    "birth_on",
    "specialties",
    "time_zone",
    "language",
)


def _sent_on_commit(signal: Signal, sender: type, **told: object) -> None:
    transaction.on_commit(lambda: signal.send(sender=sender, **told))


def _text(value: date | datetime | None) -> str | None:
    return None if value is None else value.isoformat()


def _state_of(held: HeldCredential) -> dict[str, str | None]:
    return {
        "requirement_set": held.requirement_set,
        "number": held.number,
        "name": held.name,
        "issued_on": _text(held.issued_on),
        "expires_on": _text(held.expires_on),
        "removed_at": _text(held.removed_at),
    }


def _wrong_dates(issued_on: date | None, expires_on: date | None, at: datetime) -> Refusal | None:
    if issued_on is not None and expires_on is not None and expires_on < issued_on:
        return Refusal("expires-before-issued", _("The credential cannot expire before it was issued."))
    for day in (issued_on, expires_on):
        if day is not None and abs(day.year - at.year) > 100:
            return Refusal(
                "date-too-far", _("The year %(year)s is more than 100 years away.") % {"year": day.year}
            )
    return None


def add_credential(
    *,
    person: Person,
    requirement_set: str,
    number: str = "",
    issued_on: date | None = None,
    expires_on: date | None = None,
    name: str = "",
    by: Person | None,
    at: datetime,
) -> HeldCredential | Refusal:
    """The person now holds this credential. The caller has checked that the requirement set exists.

    Refused: somebody else's, dates that contradict each other, and the same set and number held already.
    """
    refusal = permissions.may_change(by=by, person=person) or _wrong_dates(issued_on, expires_on, at)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        # The row of the person is the lock: two clicks at once add one credential.
        Person.objects.select_for_update().get(pk=person.pk)
        held = HeldCredential.objects.filter(person=person, removed_at=None)
        if held.filter(requirement_set=requirement_set, number=number.strip()).exists():
            return Refusal("held-already", _("You have added this credential already."))
        if held.count() >= MOST_CREDENTIALS:
            return Refusal(
                "too-many", _("Osler keeps at most %(most)d credentials.") % {"most": MOST_CREDENTIALS}
            )
        added = HeldCredential.objects.create(
            person=person,
            requirement_set=requirement_set,
            number=number.strip()[:60],
            issued_on=issued_on,
            expires_on=expires_on,
            name=name.strip()[:120],
        )
        _logged(added, "add-credential", by=by, at=at, after=_state_of(added))
    return added


def change_credential(
    *,
    credential: HeldCredential,
    number: str,
    issued_on: date | None,
    expires_on: date | None,
    name: str = "",
    by: Person | None,
    at: datetime,
) -> HeldCredential | Refusal:
    """Number, dates and the holder's own name for it, all as given; the requirement set stays."""
    refusal = permissions.may_change_credential(by=by, credential=credential) or _wrong_dates(
        issued_on, expires_on, at
    )
    if refusal is not None:
        return refusal

    def change(held: HeldCredential) -> None:
        held.number, held.name = number.strip()[:60], name.strip()[:120]
        held.issued_on, held.expires_on = issued_on, expires_on

    return _changed(credential, "change-credential", change, by=by, at=at)


def remove_credential(
    *, credential: HeldCredential, by: Person | None, at: datetime
) -> HeldCredential | Refusal:
    """Takes the credential off every page; ``restore_credential`` brings it back as it was."""
    refusal = permissions.may_change_credential(by=by, credential=credential)
    if refusal is not None:
        return refusal

    def remove(held: HeldCredential) -> None:
        held.removed_at = held.removed_at or at

    return _changed(credential, "remove-credential", remove, by=by, at=at)


def restore_credential(
    *, credential: HeldCredential, by: Person | None, at: datetime
) -> HeldCredential | Refusal:
    """Undoes ``remove_credential``."""
    refusal = permissions.may_change_credential(by=by, credential=credential)
    if refusal is not None:
        return refusal

    def restore(held: HeldCredential) -> None:
        held.removed_at = None

    return _changed(credential, "restore-credential", restore, by=by, at=at)


def _changed(
    credential: HeldCredential,
    verb: str,
    change: Callable[[HeldCredential], None],
    *,
    by: Person | None,
    at: datetime,
) -> HeldCredential:
    with transaction.atomic():
        held = HeldCredential.objects.select_for_update().select_related("person").get(pk=credential.pk)
        before = _state_of(held)
        change(held)
        if _state_of(held) != before:
            held.save()
            _logged(held, verb, by=by, at=at, before=before, after=_state_of(held))
    return held


def _logged(
    held: HeldCredential,
    verb: str,
    *,
    by: Person | None,
    at: datetime,
    before: dict[str, str | None] | None = None,
    after: dict[str, str | None] | None = None,
) -> None:
    audit.record(verb=verb, subject=held, by=by, at=at, on_behalf_of=held.person, before=before, after=after)
    _sent_on_commit(
        signals.credential_changed, HeldCredential, person_id=held.person_id, credential_id=held.pk, at=at
    )


def state_fact(
    *,
    person: Person,
    name: str,
    value: FactValue,
    credential: HeldCredential | None = None,
    by: Person | None,
    at: datetime,
) -> Fact | Refusal:
    """The person states a fact, of themselves or of one credential; stating it again replaces it."""
    refusal = permissions.may_change(by=by, person=person)
    if refusal is None and credential is not None and credential.person_id != person.pk:
        refusal = Refusal("not-yours", _("This credential belongs to somebody else."))
    kind, text = write_fact(value)
    if refusal is None and len(text) > 400:
        refusal = Refusal("too-long", _("This answer is too long to keep."))
    if refusal is not None:
        return refusal
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        fact = Fact.objects.filter(person=person, credential=credential, name=name).first()
        before = None if fact is None else {"name": name, "value": fact.value}
        if fact is not None and (fact.kind, fact.value) == (kind, text):
            return fact
        fact = fact or Fact(person=person, credential=credential, name=name)
        fact.kind, fact.value, fact.stated_at = kind, text, at
        fact.save()
        _fact_logged(fact, "state-fact", by=by, at=at, before=before, after={"name": name, "value": text})
    return fact


def withdraw_fact(
    *,
    person: Person,
    name: str,
    credential: HeldCredential | None = None,
    by: Person | None,
    at: datetime,
) -> Refusal | None:
    """The fact is unknown again. Withdrawing what was never stated changes nothing."""
    refusal = permissions.may_change(by=by, person=person)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        fact = (
            Fact.objects.select_for_update().filter(person=person, credential=credential, name=name).first()
        )
        if fact is not None:
            before = {"name": name, "value": fact.value}
            _fact_logged(fact, "withdraw-fact", by=by, at=at, before=before, after=None)
            fact.delete()
    return None


def _fact_logged(
    fact: Fact,
    verb: str,
    *,
    by: Person | None,
    at: datetime,
    before: dict[str, str] | None,
    after: dict[str, str] | None,
) -> None:
    # Logged on whom or what the fact speaks of, so that its history survives a withdrawn fact.
    subject = fact.credential or fact.person
    audit.record(
        verb=verb, subject=subject, by=by, at=at, on_behalf_of=fact.person, before=before, after=after
    )
    _sent_on_commit(signals.fact_changed, Fact, person_id=fact.person_id, name=fact.name, at=at)


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
    by: Person | None,
    at: datetime,
) -> Person | Refusal:
    """Everything on the profile page, as given. ``specialties`` ``None`` is not stated, empty is none."""
    refusal = permissions.may_change(by=by, person=person)
    if refusal is None and birth_on is not None and not at.year - 120 <= birth_on.year <= at.year:
        refusal = Refusal("birth-date", _("This cannot be the date of birth of a living person."))
    if refusal is None and not _is_time_zone(time_zone):
        refusal = Refusal("time-zone", _("There is no time zone called %(name)s.") % {"name": time_zone})
    if refusal is not None:
        return refusal
    with transaction.atomic():
        kept = Person.objects.select_for_update().get(pk=person.pk)
        before = _profile(kept)
        kept.given_name, kept.family_name = given_name.strip()[:80], family_name.strip()[:80]
        kept.profession, kept.degree, kept.birth_on = profession, degree, birth_on
        kept.specialties = None if specialties is None else sorted(set(specialties))
        kept.time_zone, kept.language = time_zone, language
        if _profile(kept) != before:
            kept.save(update_fields=PROFILE_FIELDS)
            audit.record(
                verb="change-profile", subject=kept, by=by, at=at, before=before, after=_profile(kept)
            )
            _sent_on_commit(signals.profile_changed, Person, person_id=kept.pk, at=at)
    return kept


def _profile(person: Person) -> dict[str, object]:
    found = {name: getattr(person, name) for name in PROFILE_FIELDS}
    return {**found, "birth_on": _text(person.birth_on)}


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
