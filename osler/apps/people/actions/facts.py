"""Facts somebody stated, of themselves or of one credential: stated and withdrawn."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from osler.apps.audit import actions as audit
from osler.apps.people import permissions, signals
from osler.apps.people.actions.telling import sent_on_commit
from osler.apps.people.models import Fact, HeldCredential, Person
from osler.apps.people.queries import write_fact
from osler.core.credit.refusal import Refusal
from osler.core.rules.record import FactValue


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
    refusal = permissions.may_change(by=by, person=person, at=at)
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
    refusal = permissions.may_change(by=by, person=person, at=at)
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
    sent_on_commit(signals.fact_changed, Fact, person_id=fact.person_id, name=fact.name, at=at)
