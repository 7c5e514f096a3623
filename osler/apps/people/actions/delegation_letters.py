"""What either side is told when somebody may act for somebody, and when they no longer may.

The request itself goes to an address that may have no account, so it is no letter of the outbox: the page
that asks sends it.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from osler.apps.messages import actions as messages
from osler.apps.people.models import Delegation, Person

KIND = "delegation"


def tell_accepted(delegation: Delegation, *, at: datetime) -> None:
    """To the person: from now on somebody acts for them."""
    assistant, person = delegation.assistant, delegation.person
    if assistant is None:
        return
    with messages.in_words_of(person):
        who = {"who": str(assistant), "address": delegation.address}
        subject = _("%(who)s can act for you in Osler now") % who
        said = _(
            "%(who)s (%(address)s) accepted to act for you. Everything they do is written down under their "
            "name. You can change what they may do, or end it at once."
        )
        step = _("Look at your delegates")
        _queue(person, delegation, "accepted", subject, said % who, step, at)


def tell_ended(delegation: Delegation, *, by: Person | None, at: datetime) -> None:
    """To the other side: it is over. Nobody is told of what nobody had accepted."""
    assistant, person = delegation.assistant, delegation.person
    if assistant is None:
        return
    reader = person if by is not None and by.pk == assistant.pk else assistant
    with messages.in_words_of(reader):
        parts = {"person": str(person), "assistant": str(assistant)}
        if reader == assistant:
            subject = _("You no longer act for %(person)s in Osler") % parts
            said = _("%(person)s took back the right to act for them, from this moment on.") % parts
        else:
            subject = _("%(assistant)s no longer acts for you in Osler") % parts
            said = _("%(assistant)s handed back the right to act for you, from this moment on.") % parts
        said = f"{said} {_('There is nothing you need to do.')}"
        _queue(reader, delegation, "ended", subject, said, _("Look at your delegates"), at)


def _queue(
    reader: Person, delegation: Delegation, news: str, subject: str, said: str, step: str, at: datetime
) -> None:
    letter = messages.Letter(
        kind=KIND,
        about=f"delegation {delegation.key}",
        period=f"{news} {at.isoformat(timespec='seconds')}",
        subject=subject,
        blocks=(messages.Paragraph(said), messages.Step(step, messages.address("people:delegates"))),
    )
    messages.queue_letter(person=reader, letter=letter, at=at)
