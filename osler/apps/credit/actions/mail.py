"""Certificates by mail: the personal address, and what becomes of a mail that arrives there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from osler.adapters.documents.kinds import TEXT
from osler.adapters.documents.mail import LEAST_TEXT, Mail, read_mail
from osler.apps.audit import actions as audit
from osler.apps.credit import permissions
from osler.apps.credit.actions.documents import Kept, keep_document
from osler.apps.credit.models import Document, InboundAddress
from osler.apps.people.actions import note_consent
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import Person


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a mail: the documents that wait to be confirmed, and a sentence for each file that
    does not.
    """

    documents: tuple[Document, ...]
    refused: tuple[str, ...] = ()


def renew_address(*, person: Person, by: Person | None, at: datetime) -> InboundAddress | Refusal:
    """Gives the person a mail address; one they had before is answered no more."""
    refusal = permissions.may_keep_transcript(by=by, person=person, at=at)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        InboundAddress.objects.filter(person=person, revoked_at=None).update(revoked_at=at)
        made = InboundAddress.objects.create(person=person, made_at=at)
        audit.record(verb="open-address", subject=made, by=by, at=at, on_behalf_of=person)
        _note(made, is_given=True, at=at)
    return made


def revoke_address(*, person: Person, by: Person | None, at: datetime) -> int | Refusal:
    """Closes the person's mail address, and returns how many were open."""
    refusal = permissions.may_keep_transcript(by=by, person=person, at=at)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        rows = list(InboundAddress.objects.select_for_update().filter(person=person, revoked_at=None))
        for row in rows:
            row.revoked_at = at
            row.save(update_fields=["revoked_at"])
            audit.record(verb="close-address", subject=row, by=by, at=at, on_behalf_of=person)
            _note(row, is_given=False, at=at)
    return len(rows)


def _note(address: InboundAddress, *, is_given: bool, at: datetime) -> None:
    note_consent(
        person=address.person,
        purpose="mail-in",
        is_given=is_given,
        subject=f"address {address.pk}",
        detail=_("Whoever knows the address can send certificates; you confirm each."),
        at=at,
    )


def receive_mail(*, raw: bytes, at: datetime, recipients: Sequence[str] = ()) -> Received | Refusal:
    """Takes in one message as it came; each file becomes a document to confirm, never a record.

    Who sent it is not checked, since nothing counts before the person has confirmed it. Refused: no such
    address, too large, an automatic answer or a bounce, nothing in it to read.
    """
    if not settings.OSLER_INBOUND_DOMAIN:
        return Refusal("no-domain", _("This server takes no mail: OSLER_INBOUND_DOMAIN is not set."))
    # Encoded for mail, a file is a third larger than it is.
    if len(raw) > settings.UPLOAD_MAX_BYTES * 3 // 2 + 1_000_000:
        most = settings.UPLOAD_MAX_BYTES // 1_000_000
        return Refusal("too-large", _("The mail is larger than %(most)s MB.") % {"most": most})
    mail = read_mail(raw, domain=settings.OSLER_INBOUND_DOMAIN, recipients=recipients)
    if mail.is_automatic:
        return Refusal("automatic", _("Automatic answers and returned mail are dropped."))
    address = (
        InboundAddress.objects.select_related("person")
        .filter(token__in=mail.tokens, revoked_at=None, person__is_active=True)
        .first()
    )
    if address is None:
        return Refusal("no-such-address", _("There is no such address."))
    return _received(address.person, mail, at)


def _received(person: Person, mail: Mail, at: datetime) -> Received | Refusal:
    files = [(one.content, one.filename, "") for one in mail.attachments]
    if not files:
        if len(mail.text) < LEAST_TEXT:
            return Refusal("nothing-to-read", _("The mail holds no file and hardly a word."))
        files = [(mail.text.encode(), mail.subject or _("mail"), TEXT)]
    documents: dict[int, Document] = {}
    refused: list[str] = []
    for content, filename, media_type in files:
        kept = keep_document(
            person=person,
            content=content,
            filename=filename,
            media_type=media_type,
            by=None,
            at=at,
            came_by=Document.CameBy.MAIL,
            said_sender=mail.sender,
        )
        if isinstance(kept, Kept):
            documents[kept.document.pk] = kept.document
        else:
            refused.append(f"{filename or _('a file without a name')}: {kept.sentence}")
    if not documents:
        return Refusal("nothing-to-read", " ".join(refused))
    return Received(tuple(documents.values()), tuple(refused))
