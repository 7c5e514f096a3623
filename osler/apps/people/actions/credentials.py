"""Credentials somebody holds: added, changed, removed, restored."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from osler.apps.audit import actions as audit
from osler.apps.people import permissions, signals
from osler.apps.people.actions.telling import sent_on_commit
from osler.apps.people.models import HeldCredential, Person
from osler.core.credit.refusal import Refusal

MOST_CREDENTIALS = 100


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
    refusal = permissions.may_change(by=by, person=person, at=at) or _wrong_dates(issued_on, expires_on, at)
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
    renewal: Mapping[str, str] | None = None,
    by: Person | None,
    at: datetime,
) -> HeldCredential | Refusal:
    """Number, dates and the holder's own name for it, all as given; the requirement set stays.

    ``renewal`` is what was kept of the cycle that ends where this renews it: one entry in the log says both.
    """
    refusal = permissions.may_change_credential(by=by, credential=credential, at=at) or _wrong_dates(
        issued_on, expires_on, at
    )
    if refusal is not None:
        return refusal

    def change(held: HeldCredential) -> None:
        held.number, held.name = number.strip()[:60], name.strip()[:120]
        held.issued_on, held.expires_on = issued_on, expires_on

    verb = "change-credential" if renewal is None else "renew-credential"
    return _changed(credential, verb, change, by=by, at=at, more=renewal)


def remove_credential(
    *, credential: HeldCredential, by: Person | None, at: datetime
) -> HeldCredential | Refusal:
    """Takes the credential off every page; ``restore_credential`` brings it back as it was."""
    refusal = permissions.may_change_credential(by=by, credential=credential, at=at)
    if refusal is not None:
        return refusal

    def remove(held: HeldCredential) -> None:
        held.removed_at = held.removed_at or at

    return _changed(credential, "remove-credential", remove, by=by, at=at)


def restore_credential(
    *, credential: HeldCredential, by: Person | None, at: datetime
) -> HeldCredential | Refusal:
    """Undoes ``remove_credential``."""
    refusal = permissions.may_change_credential(by=by, credential=credential, at=at)
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
    more: Mapping[str, str] | None = None,
) -> HeldCredential:
    with transaction.atomic():
        held = HeldCredential.objects.select_for_update().select_related("person").get(pk=credential.pk)
        before = _state_of(held)
        change(held)
        if _state_of(held) != before:
            held.save()
            after = {**_state_of(held), **(more or {})}
            _logged(held, verb, by=by, at=at, before=before, after=after)
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
    sent_on_commit(
        signals.credential_changed, HeldCredential, person_id=held.person_id, credential_id=held.pk, at=at
    )
