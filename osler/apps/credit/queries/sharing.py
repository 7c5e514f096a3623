"""Links by which others read: the holder's list, the link behind an address, and the records it reaches.

The address of a link is its key and a signature over it. The signature is made with the installation's secret
key, so the holder can see the address again at any time and a copy of the database opens nothing
(docs/decisions/0008).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.signing import BadSignature, Signer
from django.db.models import Count, Max, QuerySet

from osler.apps.credit.models import Document, Record, ShareLink

if TYPE_CHECKING:
    from osler.apps.people.models import Person

MOST_TOKEN = 120


def _signer() -> Signer:
    return Signer(salt="osler.credit.sharing", sep=".")


def token_of(link: ShareLink) -> str:
    """What stands in the link's address. 256 bits of it cannot be guessed."""
    return _signer().sign(link.key)


def share_links(person: Person) -> QuerySet[ShareLink]:
    """A person's links, newest first, with ``times_opened`` and ``last_opened_at``. One query."""
    rows = ShareLink.objects.filter(person=person).select_related("credential", "person")
    return rows.annotate(times_opened=Count("openings"), last_opened_at=Max("openings__opened_at"))


def share_link_by_key(person: Person, key: str) -> ShareLink | None:
    """One link of this person; never anybody else's."""
    return share_links(person).filter(key=key).first()


def is_open(link: ShareLink, at: datetime) -> bool:
    """Whether the link opens: not over, not taken back, its credential and its holder still there."""
    return (
        link.revoked_at is None
        and at < link.expires_at
        and link.credential.removed_at is None
        and link.person.is_active
    )


def open_links(person: Person, at: datetime) -> QuerySet[ShareLink]:
    """The links of a person that open now."""
    return ShareLink.objects.filter(
        person=person, revoked_at=None, expires_at__gt=at, credential__removed_at=None
    )


def link_of_token(token: str, at: datetime) -> ShareLink | None:
    """The open link behind an address; a forged, ended or withdrawn one is none. At most one query."""
    if len(token) > MOST_TOKEN:
        return None
    try:
        key = _signer().unsign(token)
    except BadSignature:
        return None
    link = ShareLink.objects.filter(key=key).select_related("person", "credential").first()
    return link if link is not None and is_open(link, at) else None


def records_shared(link: ShareLink) -> QuerySet[Record]:
    """The records of the link's person and period that are not removed, newest first.

    Where the link shows only what counts, the caller narrows them further: this context knows no
    requirements.
    """
    rows = Record.objects.filter(
        person_id=link.person_id,
        removed_at=None,
        completed_on__gte=link.period_from,
        completed_on__lte=link.period_until,
    )
    return rows.order_by("-completed_on", "-id").prefetch_related("amounts", "topics")


def certificates_shared(link: ShareLink, rows: QuerySet[Record]) -> dict[str, list[Document]]:
    """The certificates kept with these records, by the record's key; none where the link leaves them out."""
    if not link.has_certificates or link.names != ShareLink.Names.FULL:
        return {}
    kept = Document.objects.filter(
        person_id=link.person_id,
        record__in=rows.order_by().values("pk"),
        removed_at=None,
        state=Document.State.ATTACHED,
    ).select_related("record")
    found: dict[str, list[Document]] = {}
    for one in kept.order_by("added_at", "id"):
        if one.record is not None:
            found.setdefault(one.record.key, []).append(one)
    return found
