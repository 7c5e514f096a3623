"""Who may decide what a person is told: ``None`` for yes, else a refusal with its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from osler.apps.messages.models import TRANSITIONS, Message
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import Person


def may_decide(*, by: Person | None, person: Person) -> Refusal | None:
    """Only oneself, and Osler itself (``None``), which acts on a signed link."""
    if by is None or (by.pk == person.pk and by.is_active):
        return None
    return Refusal("not-yours", _("Only the person themselves decides what they are told."))


def may_send_again(*, by: Person | None, message: Message) -> Refusal | None:
    """Only its reader, and only what did not arrive for certain."""
    if by is None or by.pk != message.person_id:
        return Refusal("not-yours", _("This message was written to somebody else."))
    if Message.State.QUEUED not in TRANSITIONS[message.state] or message.state == Message.State.SENDING:
        return Refusal("arrived", _("This message was sent already, or is on its way."))
    return None
