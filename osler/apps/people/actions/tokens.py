"""Tokens for programs: made, counted while they are used, revoked; and answers kept to be given again."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from osler.apps.audit import actions as audit
from osler.apps.people import permissions
from osler.apps.people.actions.consents import note_consent
from osler.apps.people.models import AccessToken, KeptAnswer
from osler.apps.people.queries.tokens import ASKED_IN_A_MINUTE, BEGINS_WITH, secret_hash, tokens_of
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import Person

MOST_TOKENS = 20
MOST_DAYS = 366
ANSWERS_KEPT = timedelta(hours=24)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class MadeToken:
    """A token just made, with its secret: the only moment at which anybody can see it."""

    token: AccessToken
    secret: str


def make_token(
    *, person: Person, name: str, scope: str, days: int, by: Person | None, at: datetime
) -> MadeToken | Refusal:
    """A program that shows the secret may act for the person for ``days`` days, as far as ``scope`` goes.

    Refused: anybody but the person, no name, an unknown scope, more than ``MOST_DAYS`` or ``MOST_TOKENS``.
    """
    refusal = permissions.may_change_account(by=by, person=person)
    if refusal is None and not name.strip():
        refusal = Refusal("no-name", _("Give the token a name, such as the program it is for."))
    if refusal is None and scope not in AccessToken.Scope.values:
        refusal = Refusal("unknown-scope", _("There is no such right."))
    if refusal is None and not 1 <= days <= MOST_DAYS:
        refusal = Refusal("expiry", _("A token lasts from one day to one year."))
    if (
        refusal is None
        and tokens_of(person).filter(revoked_at=None, expires_at__gt=at).count() >= MOST_TOKENS
    ):
        sentence = _("You have %(most)d tokens in use. Revoke one that you no longer need.")
        refusal = Refusal("too-many", sentence % {"most": MOST_TOKENS})
    if refusal is not None:
        return refusal
    secret = BEGINS_WITH + secrets.token_urlsafe(32)
    with transaction.atomic():
        made = AccessToken.objects.create(
            person=person,
            name=name.strip()[:80],
            scope=scope,
            secret_sha256=secret_hash(secret),
            beginning=secret[: len(BEGINS_WITH) + 4],
            made_at=at,
            expires_at=at + timedelta(days=days),
        )
        after = {"name": made.name, "scope": scope, "expires_at": made.expires_at.isoformat()}
        audit.record(verb="make-token", subject=made, by=by, at=at, on_behalf_of=person, after=after)
        _note(made, is_given=True, at=at)
    return MadeToken(made, secret)


def revoke_token(*, token: AccessToken, by: Person | None, at: datetime) -> AccessToken | Refusal:
    """The token is answered no more, from this moment on. There is no way back."""
    refusal = permissions.may_change_account(by=by, person=token.person)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        kept = AccessToken.objects.select_for_update().get(pk=token.pk)
        if kept.revoked_at is None:
            kept.revoked_at = at
            kept.save(update_fields=["revoked_at"])
            after = {"name": kept.name}
            audit.record(
                verb="revoke-token", subject=kept, by=by, at=at, on_behalf_of=token.person, after=after
            )
            _note(kept, is_given=False, at=at)
    return kept


def _note(token: AccessToken, *, is_given: bool, at: datetime) -> None:
    detail = _("%(name)s: may %(scope)s until %(day)s") % {
        "name": token.name,
        "scope": token.get_scope_display(),
        "day": date_format(token.expires_at, "j F Y"),
    }
    note_consent(
        person=token.person,
        purpose="program",
        is_given=is_given,
        subject=f"token {token.key}",
        detail=detail,
        at=at,
    )


def use_token(*, token: AccessToken, at: datetime) -> int:
    """Counts one question; gives the seconds to wait where the minute's share is used up, else 0.

    Counted in the database by one statement, so that any number of processes count alike.
    """
    is_new = Q(window_started_at=None) | Q(window_started_at__lte=at - MINUTE)
    counted = AccessToken.objects.filter(pk=token.pk).filter(
        is_new | Q(asked_in_window__lt=ASKED_IN_A_MINUTE)
    )
    done = counted.update(
        asked_in_window=Case(When(is_new, then=Value(1)), default=F("asked_in_window") + 1),
        window_started_at=Case(When(is_new, then=Value(at)), default=F("window_started_at")),
        last_used_at=at,
    )
    if done:
        return 0
    started = AccessToken.objects.values_list("window_started_at", flat=True).get(pk=token.pk)
    return max(1, int(((started or at) + MINUTE - at).total_seconds()) + 1)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program was answered; ``is_again``: it had asked the same before."""

    status: int
    body: str
    is_again: bool = False


def answer_once(
    *,
    token: AccessToken,
    idempotency_key: str,
    question_sha256: str,
    answer: Callable[[], Answer],
    at: datetime,
) -> Answer | Refusal:
    """Calls ``answer`` once for all that ask the same under one key within a day; the others get its answer.

    The deed and the answer that is kept stand or fall together. A refusal (status 400 and above) is not kept:
    it changed nothing. Refused: a key that stands for another question.
    """
    mine = KeptAnswer.objects.filter(token=token, idempotency_key=idempotency_key)
    with transaction.atomic():
        KeptAnswer.objects.filter(token=token, made_at__lte=at - ANSWERS_KEPT).delete()
        try:
            with transaction.atomic():
                # Whoever asks at the same moment waits here until this transaction is through.
                KeptAnswer.objects.create(
                    token=token, idempotency_key=idempotency_key, question_sha256=question_sha256, made_at=at
                )
        except IntegrityError:
            kept = mine.get()
            if kept.question_sha256 != question_sha256:
                sentence = _("This idempotency key was used for another request. Take a new one.")
                return Refusal("other-question", sentence)
            return Answer(kept.status or 200, kept.body, is_again=True)
        found = answer()
        if found.status >= 400:
            mine.delete()
        else:
            mine.update(status=found.status, body=found.body)
    return found
