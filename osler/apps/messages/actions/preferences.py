"""Stating what one wants to be told, and switching one kind on or off where it arrives."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from osler.apps.audit import actions as audit
from osler.apps.messages import permissions
from osler.apps.messages.actions.addresses import read_off_token
from osler.apps.messages.models import Preferences
from osler.apps.messages.queries import Kind, Wishes, kind_named, wishes_of
from osler.apps.messages.signals import preferences_changed
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import Person

MOST_DISTANCES = 12
FURTHEST = 730
DAYS_OF_WEEK = 7
HOURS = 24


def choose_messages(
    *,
    person: Person,
    off: Collection[str],
    distances: Collection[int],
    digest_weekday: int,
    hour: int,
    by: Person | None,
    at: datetime,
) -> Wishes | Refusal:
    """Everything on the preferences page, as given; distances are days, kept once each, longest first."""
    refusal = permissions.may_decide(by=by, person=person) or _impossible(distances, digest_weekday, hour)
    if refusal is not None:
        return refusal
    kept = tuple(sorted(set(distances), reverse=True))
    return _keep(person, Wishes(frozenset(off), kept, digest_weekday, hour), by=by, at=at)


def _impossible(distances: Collection[int], digest_weekday: int, hour: int) -> Refusal | None:
    if len(set(distances)) > MOST_DISTANCES or any(not 0 <= days <= FURTHEST for days in distances):
        return Refusal("distances", _("Choose at most twelve distances of up to 730 days."))
    if not (0 <= digest_weekday < DAYS_OF_WEEK and 0 <= hour < HOURS):
        return Refusal("no-such-hour", _("Choose a day of the week and an hour of the day."))
    return None


def switch_kind(*, token: str, is_on: bool, at: datetime) -> tuple[Person, Kind] | Refusal:
    """Switches the kind of a signed link on or off; whoever holds it may. Doing it twice is no fault."""
    found = person_and_kind(token)
    if isinstance(found, Refusal):
        return found
    person, kind = found
    wishes = wishes_of(person.pk)
    if wishes.wants(kind.name) != is_on:
        off = wishes.off - {kind.name} if is_on else wishes.off | {kind.name}
        _keep(
            person,
            Wishes(frozenset(off), wishes.distances, wishes.digest_weekday, wishes.hour),
            by=None,
            at=at,
        )
    return person, kind


def person_and_kind(token: str) -> tuple[Person, Kind] | Refusal:
    """Whom and what a signed link speaks of, without changing anything."""
    read = read_off_token(token)
    kind = kind_named(read[1]) if read else None
    person = get_user_model().objects.filter(pk=read[0], is_active=True).first() if read else None
    if person is None or kind is None or not kind.can_be_switched:
        return Refusal("no-such-link", _("This link is not complete, or its account is closed."))
    return person, kind


def _keep(person: Person, wishes: Wishes, *, by: Person | None, at: datetime) -> Wishes:
    with transaction.atomic():
        before = _state(wishes_of(person.pk))
        after = _state(wishes)
        if before == after:
            return wishes
        row, _made = Preferences.objects.update_or_create(
            person_id=person.pk, defaults={**after, "changed_at": at}
        )
        audit.record(
            verb="choose-messages",
            subject=row,
            by=by,
            at=at,
            on_behalf_of=person,
            before=before,
            after=after,
        )
        transaction.on_commit(
            partial(preferences_changed.send, sender=Preferences, person_id=person.pk, at=at)
        )
    return wishes


def _state(wishes: Wishes) -> dict[str, object]:
    return {
        "off": sorted(wishes.off),
        "distances": list(wishes.distances),
        "digest_weekday": wishes.digest_weekday,
        "hour": wishes.hour,
    }
