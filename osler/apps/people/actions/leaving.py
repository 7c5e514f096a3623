"""Leaving: asking for the end of one's account, thinking better of it, and the end itself."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from osler.apps.audit import actions as audit
from osler.apps.people import permissions, signals
from osler.apps.people.actions.telling import sent_on_commit
from osler.apps.people.models import Person
from osler.apps.people.queries.own_data import personal_models
from osler.core.credit.refusal import Refusal

DAYS_TO_THINK = 7


def ask_to_leave(*, person: Person, by: Person | None, at: datetime) -> Person | Refusal:
    """The account ends in seven days, and everything goes on as before until then. Asking twice changes
    nothing.
    """
    refusal = permissions.may_change_account(by=by, person=person)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        kept = Person.objects.select_for_update().get(pk=person.pk)
        if kept.leaves_at is None:
            kept.leaves_at = at + timedelta(days=DAYS_TO_THINK)
            kept.save(update_fields=["leaves_at"])
            audit.record(
                verb="ask-to-leave",
                subject=kept,
                by=by,
                at=at,
                on_behalf_of=kept,
                after={"leaves_at": kept.leaves_at.isoformat()},
            )
    return kept


def stay(*, person: Person, by: Person | None, at: datetime) -> Person | Refusal:
    """Takes ``ask_to_leave`` back."""
    refusal = permissions.may_change_account(by=by, person=person)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        kept = Person.objects.select_for_update().get(pk=person.pk)
        if kept.leaves_at is not None:
            kept.leaves_at = None
            kept.save(update_fields=["leaves_at"])
            audit.record(verb="stay", subject=kept, by=by, at=at, on_behalf_of=kept)
    return kept


def end_account(*, person: Person, at: datetime) -> Refusal | None:
    """Deletes the person, every row of theirs in every context, and the contents of their log entries.

    Refused before the day they asked for. ``account_ended`` tells the contexts that keep files. Done twice,
    the second finds nobody.
    """
    with transaction.atomic():
        kept = Person.objects.select_for_update().filter(pk=person.pk).first()
        if kept is None:
            return None
        if kept.leaves_at is None or kept.leaves_at > at:
            return Refusal("too-early", _("Nobody has asked for this account to end yet."))
        audit.record(verb="end-account", subject=kept, by=None, at=at)
        contexts = {model._meta.app_label for model in personal_models()}
        audit.erase_contents(person_id=kept.pk, contexts=contexts, at=at)
        # No key leads from a session to its person, and it holds their address.
        keys = list(UserSession.objects.filter(user=kept).values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        kept.delete()
        sent_on_commit(signals.account_ended, Person, person_id=person.pk, at=at)
    return None


def end_accounts_due(*, at: datetime) -> int:
    """Ends every account whose day has come, each in a transaction of its own; returns how many."""
    due = list(Person.objects.filter(leaves_at__lte=at).order_by("leaves_at")[:1000])
    return sum(end_account(person=person, at=at) is None for person in due)
