"""Making and taking back links by which others read, and noting that one was opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from osler.apps.audit import actions as audit
from osler.apps.credit import permissions
from osler.apps.credit.models import ShareLink, ShareOpening
from osler.apps.credit.queries.sharing import open_links
from osler.apps.people.actions import note_consent
from osler.core.credit.refusal import Refusal
from osler.requirement_sets.loader import load_sets

if TYPE_CHECKING:
    from osler.apps.people.models import HeldCredential, Person

USUAL_DAYS = 30
DAY = "j F Y"
MOST_DAYS = 366
MOST_OPEN = 50


@dataclass(frozen=True, slots=True)
class Scope:
    """What a link lets others read. Days lie inside the period."""

    period_from: date
    period_until: date
    records: str = ShareLink.Records.COUNTED.value
    names: str = ShareLink.Names.FULL.value
    has_assessment: bool = False
    has_certificates: bool = False


def make_share_link(
    *,
    person: Person,
    credential: HeldCredential,
    scope: Scope,
    expires_at: datetime,
    label: str = "",
    by: Person | None,
    at: datetime,
) -> ShareLink | Refusal:
    """A link to one period of one credential, open from now until ``expires_at``."""
    refusal = permissions.may_share(by=by, person=person) or _unfit(person, credential, scope, expires_at, at)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        link = unsaved_link(person, credential, scope, expires_at, at)
        link.label = label.strip()[:80]
        link.save()
        audit.record(
            verb="make-share-link", subject=link, by=by, at=at, on_behalf_of=person, after=_state(link)
        )
        _note(link, is_given=True, at=at)
    return link


def unsaved_link(
    person: Person, credential: HeldCredential, scope: Scope, expires_at: datetime, at: datetime
) -> ShareLink:
    """The link as it would be, for seeing beforehand what it shows."""
    return ShareLink(
        person=person,
        credential=credential,
        period_from=scope.period_from,
        period_until=scope.period_until,
        records=scope.records,
        names=scope.names,
        has_assessment=scope.has_assessment,
        has_certificates=scope.has_certificates,
        made_at=at,
        expires_at=expires_at,
    )


def _unfit(
    person: Person, credential: HeldCredential, scope: Scope, expires_at: datetime, at: datetime
) -> Refusal | None:
    if credential.person_id != person.pk or credential.removed_at is not None:
        return Refusal("not-yours", _("This credential belongs to somebody else."))
    if scope.period_until < scope.period_from:
        return Refusal("no-period", _("The period ends before it begins."))
    if not at < expires_at <= at + timedelta(days=MOST_DAYS):
        return Refusal("expiry", _("A link ends within a year, and not before it was made."))
    if scope.has_certificates and scope.names != ShareLink.Names.FULL:
        sentence = _(
            "A certificate shows the title of its activity. Leave the certificates out, or show titles."
        )
        return Refusal("certificates-show-titles", sentence)
    if open_links(person, at).count() >= MOST_OPEN:
        sentence = _("%(most)d links are open. Take one back before you make another.")
        return Refusal("too-many", sentence % {"most": MOST_OPEN})
    return None


def revoke_share_link(*, link: ShareLink, by: Person | None, at: datetime) -> ShareLink | Refusal:
    """From now on the link opens nothing. Doing it again changes nothing."""
    refusal = permissions.may_share(by=by, person=link.person)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        kept = ShareLink.objects.select_for_update().get(pk=link.pk)
        if kept.revoked_at is None:
            before = _state(kept)
            kept.revoked_at = at
            kept.save(update_fields=["revoked_at"])
            audit.record(
                verb="revoke-share-link",
                subject=kept,
                by=by,
                at=at,
                on_behalf_of=kept.person,
                before=before,
                after=_state(kept),
            )
            _note(kept, is_given=False, at=at)
    return kept


def note_opening(*, link: ShareLink, what: str, at: datetime) -> None:
    """Notes that something of a link was opened, and when. Who opened it is not known and not kept."""
    ShareOpening.objects.create(link=link, what=what, opened_at=at)


def _note(link: ShareLink, *, is_given: bool, at: datetime) -> None:
    detail = _("%(credential)s, %(first)s to %(last)s, open until %(end)s") % {
        "credential": _name_of(link.credential),
        "first": date_format(link.period_from, DAY),
        "last": date_format(link.period_until, DAY),
        "end": date_format(link.expires_at, DAY),
    }
    note_consent(
        person=link.person,
        purpose="share",
        is_given=is_given,
        subject=f"link {link.key}",
        detail=detail,
        at=at,
    )


def _name_of(held: HeldCredential) -> str:
    """As its holder knows it: their own name for it, else the name of its rules, and the number."""
    rules = load_sets().get(held.requirement_set)
    known = held.name or (rules.name if rules is not None else held.requirement_set)
    return f"{known} {held.number}".strip()


def _state(link: ShareLink) -> dict[str, object]:
    return {
        "credential": link.credential.key,
        "period_from": link.period_from.isoformat(),
        "period_until": link.period_until.isoformat(),
        "records": link.records,
        "names": link.names,
        "has_assessment": link.has_assessment,
        "has_certificates": link.has_certificates,
        "expires_at": link.expires_at.isoformat(),
        "revoked_at": link.revoked_at.isoformat() if link.revoked_at else None,
    }
