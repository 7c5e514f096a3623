"""Who may see and change what belongs to a person: ``None`` for yes, else a refusal with its sentence.

The one place that knows how far a delegation reaches. A person may do everything with what is theirs, Osler
itself (``None``) too; an assistant as far as the delegation says; nobody else anything. ``at`` is the moment
of the act: with it the last day of a delegation is judged here as well, not only at the door
(``osler.web.people.acting``).
"""

from datetime import datetime

from django.utils.translation import gettext as _

from osler.apps.people.models import Delegation, HeldCredential, Person
from osler.apps.people.queries.delegations import delegation_between
from osler.core.credit.refusal import Refusal

SEE, RECORD, ALL = Delegation.Scope.SEE, Delegation.Scope.RECORD, Delegation.Scope.ALL
_IN_ORDER: tuple[str, ...] = (SEE, RECORD, ALL)


def reaches(scope: str, needed: str) -> bool:
    """Whether a delegation of this scope is enough for an act that needs ``needed``; each includes the one
    before.
    """
    return _IN_ORDER.index(scope) >= _IN_ORDER.index(needed)


def may_see(*, by: Person | None, person: Person, at: datetime | None = None) -> Refusal | None:
    """Reading anything but the account."""
    return _within(SEE, by=by, person=person, at=at)


def may_record(*, by: Person | None, person: Person, at: datetime | None = None) -> Refusal | None:
    """Adding, changing and removing what is in the record: activities, certificates, imports."""
    return _within(RECORD, by=by, person=person, at=at)


def may_change(*, by: Person | None, person: Person, at: datetime | None = None) -> Refusal | None:
    """Changing anything but the account: profile, credentials, facts, goals, reminders."""
    return _within(ALL, by=by, person=person, at=at)


def may_change_credential(
    *, by: Person | None, credential: HeldCredential, at: datetime | None = None
) -> Refusal | None:
    """Its holder, Osler itself, and who may change everything for the holder."""
    return may_change(by=by, person=credential.person, at=at)


def may_change_account(*, by: Person | None, person: Person) -> Refusal | None:
    """How one signs in, who acts for one, what others may read, and the end of it all: never an assistant."""
    if _is_oneself(by, person):
        return None
    return Refusal("not-yours", _("Only the person themselves can do this."))


def may_end_delegation(*, by: Person | None, delegation: Delegation) -> Refusal | None:
    """Either of the two, at any time, and Osler itself."""
    if by is None or by.pk in (delegation.person_id, delegation.assistant_id):
        return None
    return Refusal("not-yours", _("Only the two people themselves can end this."))


def _is_oneself(by: Person | None, person: Person) -> bool:
    return by is None or (by.pk == person.pk and by.is_active)


def _within(
    needed: Delegation.Scope, *, by: Person | None, person: Person, at: datetime | None
) -> Refusal | None:
    if _is_oneself(by, person):
        return None
    held = None
    if by is not None and by.is_active and by.pk != person.pk:
        held = delegation_between(person=person, assistant=by, at=at)
    if held is None:
        return Refusal("not-yours", _("Only the person themselves can change this."))
    if reaches(held.scope, needed):
        return None
    return Refusal(
        "right-missing",
        _("%(person)s has not given you the right to do this. Nothing was changed.")
        % {"person": held.person},
    )
