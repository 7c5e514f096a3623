"""Asking somebody to act for one, answering, and ending it; either side may end it at any time."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from osler.apps.audit import actions as audit
from osler.apps.people import permissions
from osler.apps.people.actions.consents import note_consent
from osler.apps.people.actions.delegation_letters import tell_accepted, tell_ended
from osler.apps.people.models import Delegation, Person
from osler.apps.people.queries.delegations import addresses_of, day_of
from osler.core.credit.refusal import Refusal

MOST_DELEGATIONS = 20
DAYS_TO_ANSWER = 30


def invite_assistant(
    *, person: Person, address: str, scope: str, ends_on: date | None, by: Person | None, at: datetime
) -> Delegation | Refusal:
    """Asks whoever signs in with this address to act for the person; in force once they accept.

    Refused: by anybody but the person, oneself, the same address twice, a last day that is over.
    """
    address = address.strip().lower()
    refusal = permissions.may_change_account(by=by, person=person) or _wrong(person, address, ends_on, at)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        # The row of the person is the lock: two clicks at once ask once.
        Person.objects.select_for_update().get(pk=person.pk)
        there = Delegation.objects.filter(person=person, ended_at=None)
        if there.filter(address=address).exists():
            return Refusal("asked-already", _("You have asked %(address)s already.") % {"address": address})
        if there.count() >= MOST_DELEGATIONS:
            return Refusal(
                "too-many",
                _("At most %(most)d people can act for you. End one first.") % {"most": MOST_DELEGATIONS},
            )
        made = Delegation.objects.create(
            person=person,
            address=address,
            scope=Delegation.Scope(scope),
            ends_on=ends_on,
            invited_at=at,
        )
        _logged(made, "invite-assistant", by=by, at=at, after=_state_of(made))
        _note(made, is_given=True, at=at)
    return made


def change_delegation(
    *, delegation: Delegation, scope: str, ends_on: date | None, by: Person | None, at: datetime
) -> Delegation | Refusal:
    """Other rights or another last day; in force at once."""
    person = delegation.person
    refusal = permissions.may_change_account(by=by, person=person) or _wrong_day(person, ends_on, at)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        kept = Delegation.objects.select_for_update().get(pk=delegation.pk)
        if kept.ended_at is not None:
            return _over()
        before = _state_of(kept)
        kept.scope, kept.ends_on = Delegation.Scope(scope), ends_on
        if _state_of(kept) != before:
            kept.save(update_fields=["scope", "ends_on"])
            _logged(kept, "change-delegation", by=by, at=at, before=before, after=_state_of(kept))
            _note(kept, is_given=True, at=at)
    return kept


def accept_delegation(*, delegation: Delegation, by: Person, at: datetime) -> Delegation | Refusal:
    """Who was asked says yes. Refused: whoever has not confirmed the address that was asked, and too late."""
    with transaction.atomic():
        kept = Delegation.objects.select_for_update().get(pk=delegation.pk)
        if kept.assistant_id == by.pk and kept.ended_at is None:
            return kept
        if kept.address not in addresses_of(by) or not by.is_active or kept.person_id == by.pk:
            return Refusal(
                "not-yours",
                _("This was asked of %(address)s. Sign in with that address.") % {"address": kept.address},
            )
        if kept.ended_at is not None or kept.accepted_at is not None:
            return _over()
        if at - kept.invited_at > timedelta(days=DAYS_TO_ANSWER):
            return Refusal(
                "too-late",
                _("This request is older than %(days)d days. Ask %(person)s to send it again.")
                % {"days": DAYS_TO_ANSWER, "person": kept.person},
            )
        kept.assistant, kept.accepted_at = by, at
        kept.save(update_fields=["assistant", "accepted_at"])
        Person.objects.filter(pk=by.pk).update(is_assistant=True)
        _logged(kept, "accept-delegation", by=by, at=at)
        tell_accepted(kept, at=at)
    return kept


def decline_delegation(*, delegation: Delegation, by: Person, at: datetime) -> Delegation | Refusal:
    """Who was asked says no; the person can ask again."""
    with transaction.atomic():
        kept = Delegation.objects.select_for_update().get(pk=delegation.pk)
        if kept.address not in addresses_of(by) or kept.accepted_at is not None:
            return Refusal("not-yours", _("This was asked of somebody else."))
        if kept.ended_at is None:
            kept.ended_at = at
            kept.save(update_fields=["ended_at"])
            _logged(kept, "decline-delegation", by=by, at=at)
    return kept


def end_delegation(*, delegation: Delegation, by: Person | None, at: datetime) -> Delegation | Refusal:
    """Takes the right back, or hands it back; the next request of the assistant feels it."""
    refusal = permissions.may_end_delegation(by=by, delegation=delegation)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        kept = Delegation.objects.select_for_update().get(pk=delegation.pk)
        if kept.ended_at is None:
            kept.ended_at = at
            kept.save(update_fields=["ended_at"])
            if kept.assistant_id is not None:
                _no_assistant_without_anybody(kept.assistant_id)
            tell_ended(kept, by=by, at=at)
            _logged(kept, "end-delegation", by=by, at=at)
            _note(kept, is_given=False, at=at)
    return kept


def note_acting(*, delegation: Delegation, by: Person, at: datetime) -> None:
    """Writes down that the assistant opened the person's papers."""
    with transaction.atomic():
        _logged(delegation, "act-for", by=by, at=at)


def _no_assistant_without_anybody(assistant_id: int) -> None:
    rest = Delegation.objects.filter(assistant_id=assistant_id, ended_at=None)
    Person.objects.filter(pk=assistant_id).update(is_assistant=rest.exists())


def _wrong(person: Person, address: str, ends_on: date | None, at: datetime) -> Refusal | None:
    try:
        validate_email(address)
    except ValidationError:
        return Refusal("no-address", _("This is not an e-mail address."))
    if address == person.email or address in addresses_of(person):
        return Refusal("oneself", _("This is your own address; you need nobody's leave to act for yourself."))
    return _wrong_day(person, ends_on, at)


def _wrong_day(person: Person, ends_on: date | None, at: datetime) -> Refusal | None:
    if ends_on is not None and ends_on < day_of(person, at):
        return Refusal("day-over", _("The last day is over already."))
    return None


def _over() -> Refusal:
    return Refusal("over", _("This has been answered or ended already."))


def _state_of(delegation: Delegation) -> dict[str, str | None]:
    ends_on = delegation.ends_on
    return {
        "address": delegation.address,
        "scope": delegation.scope,
        "ends_on": None if ends_on is None else ends_on.isoformat(),
    }


def _note(delegation: Delegation, *, is_given: bool, at: datetime) -> None:
    """The consent log of the one who gave the right, whoever of the two ended it."""
    reach = {
        Delegation.Scope.SEE: _("may see"),
        Delegation.Scope.RECORD: _("may see and record"),
        Delegation.Scope.ALL: _("may do everything but the account"),
    }[Delegation.Scope(delegation.scope)]
    if delegation.ends_on is not None:
        reach = _("%(reach)s until %(day)s") % {
            "reach": reach,
            "day": date_format(delegation.ends_on, "j F Y"),
        }
    note_consent(
        person=delegation.person,
        purpose="assistant",
        is_given=is_given,
        subject=f"delegation {delegation.key}",
        detail=f"{delegation.address}: {reach}",
        at=at,
    )


def _logged(
    delegation: Delegation,
    verb: str,
    *,
    by: Person | None,
    at: datetime,
    before: dict[str, str | None] | None = None,
    after: dict[str, str | None] | None = None,
) -> None:
    audit.record(
        verb=verb,
        subject=delegation,
        by=by,
        at=at,
        on_behalf_of=delegation.person,
        before=before,
        after=after,
    )
