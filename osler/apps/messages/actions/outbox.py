"""Queueing letters in the transaction that needs them, and sending them again on request."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from osler.apps.messages import permissions
from osler.apps.messages.actions.addresses import address, off_token
from osler.apps.messages.actions.letters import Letter, Line, Lines, Paragraph, Step
from osler.apps.messages.actions.rendering import Foot, as_html, as_text
from osler.apps.messages.models import Attempt, Message
from osler.apps.messages.queries import always_leaves, kind_named, wishes_of
from osler.apps.messages.signals import messages_queued
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import Person

TEST = "test"


class in_words_of:  # noqa: N801
    """``with in_words_of(person):`` the person's language and time zone hold for what is written."""

    def __init__(self, person: Person) -> None:
        language = person.language if person.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        self._managers = (translation.override(language), timezone.override(ZoneInfo(person.time_zone)))

    def __enter__(self) -> None:
        for manager in self._managers:
            manager.__enter__()

    def __exit__(self, *details: object) -> None:
        for manager in reversed(self._managers):
            manager.__exit__(*details)  # type: ignore[arg-type]


def queue_letter(
    *, person: Person, letter: Letter, at: datetime, is_wanted: bool | None = None, tells: bool = True
) -> Message | None:
    """The letter waits to be sent once the transaction is committed; ``None`` where it must not be sent.

    Not sent is what the person switched off, what was queued before (same person, kind, about and period),
    and anything to an account that is closed. ``is_wanted`` spares the look at wishes that are known; with
    ``tells=False`` the caller tells ``messages_queued`` itself, once for many.
    """
    if not person.is_active or not person.email:
        return None
    if is_wanted is None:
        is_wanted = always_leaves(letter.kind) or wishes_of(person.pk).wants(letter.kind)
    if not is_wanted:
        return None
    with in_words_of(person):
        foot = _foot(person, letter.kind)
        greeting = _("Dear %(name)s,") % {"name": person.full_name} if person.full_name else ""
        text = as_text(letter, greeting, foot)
        html = as_html(letter, greeting, foot, translation.get_language() or settings.LANGUAGE_CODE)
    with transaction.atomic():
        message, is_new = Message.objects.get_or_create(
            person_id=person.pk,
            kind=letter.kind,
            about=letter.about,
            period=letter.period,
            defaults={
                "address": person.email,
                "subject": " ".join(letter.subject.split())[:200],
                "text": text,
                "html": html,
                "queued_at": at,
                "send_at": at,
            },
        )
        if is_new and tells:
            messages_queued.send(sender=Message, at=at)
    return message if is_new else None


def _foot(person: Person, kind_name: str) -> Foot:
    kind = kind_named(kind_name)
    label = str(kind.label) if kind else kind_name
    if kind is not None and not kind.can_be_switched:
        why = _("This is about the safety of your account, so it is always sent.")
        return Foot(why=why, switch_off="", off_url="", settings_url=address("messages:preferences"))
    return Foot(
        why=_("You get this because “%(kind)s” is switched on in your Osler account.") % {"kind": label},
        switch_off=_("Switch this kind of message off"),
        off_url=address("messages:off", off_token(person.pk, kind_name)),
        settings_url=address("messages:preferences"),
    )


def send_again(*, message: Message, by: Person | None, at: datetime) -> Message | Refusal:
    """Queues once more what failed, or what may not have arrived."""
    refusal = permissions.may_send_again(by=by, message=message)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        waiting = (Message.State.FAILED, Message.State.UNCERTAIN)
        moved = Message.objects.filter(pk=message.pk, state__in=waiting).update(
            state=Message.State.QUEUED, tries=0, send_at=at
        )
        if moved:
            Attempt.objects.create(message=message, at=at, state=Message.State.QUEUED)
            messages_queued.send(sender=Message, at=at)
    message.refresh_from_db()
    return message


def send_test(*, person: Person, by: Person | None, at: datetime) -> Message | Refusal:
    """Sends a letter that shows what messages look like and that they arrive; at most one per minute."""
    refusal = permissions.may_decide(by=by, person=person)
    if refusal is not None:
        return refusal
    with in_words_of(person):
        letter = Letter(
            kind=TEST,
            about="test",
            period=f"{at:%Y-%m-%dT%H:%M}",
            subject=_("A test from Osler"),
            blocks=(
                Paragraph(_("If you can read this, messages from Osler reach you.")),
                Lines(
                    (
                        Line(
                            _("A requirement with something missing"),
                            _("4 h missing"),
                            _("What is missing, how much of it, and by when."),
                            "short",
                        ),
                        Line(_("A requirement that is met"), _("met"), "", "met"),
                    )
                ),
                Step(_("Choose what you are told"), address("messages:preferences")),
            ),
        )
    # Who asks for a test wants it, whatever was switched off.
    sent = queue_letter(person=person, letter=letter, at=at, is_wanted=True)
    if sent is None:
        return Refusal(
            "just-sent", _("A test was sent in this very minute. Look in your mail, then try again.")
        )
    return sent
