"""Whom alerts concern: due reminders and digests, stale answers, holders of changed rules, calendars."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import F, Q

from osler.apps.requirements.models import CalendarFeed, Standing, Watch, WeeklyDigest
from osler.core.rules.difference import Figures

if TYPE_CHECKING:
    from osler.apps.people.models import Person

STALE_AFTER = timedelta(days=7)
TOKEN_LENGTH = 32


def due_for_reminder(at: datetime) -> list[int]:
    """Ids of the persons of whom a reminder is due; found by an index, however many others there are."""
    rows = Watch.objects.filter(remind_at__lte=at).order_by("person_id")
    return list(rows.values_list("person_id", flat=True).distinct())


def still_due(person_ids: Collection[int], at: datetime) -> list[int]:
    """Those of ``person_ids`` who are still due: another worker may have been faster."""
    rows = Watch.objects.filter(person_id__in=person_ids, remind_at__lte=at).order_by("person_id")
    return list(rows.values_list("person_id", flat=True).distinct())


def due_for_digest(at: datetime) -> list[int]:
    """Ids of the persons whose week has passed."""
    rows = WeeklyDigest.objects.filter(next_at__lte=at).order_by("person_id")
    return list(rows.values_list("person_id", flat=True))


def stale(at: datetime) -> list[int]:
    """Ids of the persons whose kept answers time may have overtaken: a week old, or a day has passed."""
    today = at.date()
    old = Watch.objects.filter(as_of__lt=today - STALE_AFTER, credential__removed_at=None)
    passed = Standing.objects.filter(
        Q(due_on__lt=today, as_of__lte=F("due_on")) | Q(credential__watch=None), credential__removed_at=None
    )
    ids = set(old.order_by().values_list("person_id", flat=True))
    return sorted(ids | set(passed.order_by().values_list("person_id", flat=True)))


def rules_told() -> list[tuple[str, str]]:
    """Requirement set and SHA-256 of every text of rules whose effect some holder was last told of."""
    rows = Watch.objects.filter(credential__removed_at=None).order_by()
    found = rows.values_list("credential__requirement_set", "told_sha256").distinct()
    return sorted((set_id, sha256) for set_id, sha256 in found)


def holders(set_id: str, told_sha256: str) -> list[int]:
    """Ids of the watches of a set whose holders were last told of the rules ``told_sha256``."""
    rows = Watch.objects.filter(
        credential__requirement_set=set_id, credential__removed_at=None, told_sha256=told_sha256
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def written_figures(figures: Iterable[Figures]) -> list[dict[str, Any]]:
    """Figures as JSON."""
    return [
        {
            "id": one.id,
            "title": one.title,
            "status": one.status,
            "unit": one.unit,
            "required": one.required,
            "remaining": one.remaining,
            "due": None if one.due is None else one.due.isoformat(),
        }
        for one in figures
    ]


def read_figures(data: Sequence[Mapping[str, Any]]) -> tuple[Figures, ...]:
    """The inverse of ``written_figures``."""
    return tuple(
        Figures(
            one["id"],
            one["title"],
            one["status"],
            one["unit"],
            one["required"],
            one["remaining"],
            None if one["due"] is None else date.fromisoformat(one["due"]),
        )
        for one in data
    )


def feed_of(person: Person) -> CalendarFeed | None:
    """The person's calendar address, if they made one."""
    return CalendarFeed.objects.filter(person=person).first()


def feed_token(feed: CalendarFeed) -> str:
    """The secret part of the address. The database alone does not tell it: the secret key signs it."""
    said = f"calendar:{feed.key}:{feed.secret}".encode()
    signed = hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()
    return f"{feed.key}-{signed[:TOKEN_LENGTH]}"


def feed_by_token(token: str) -> CalendarFeed | None:
    """The feed an address opens; ``None`` for one that was renewed or never was."""
    key = token.partition("-")[0]
    feed = CalendarFeed.objects.select_related("person").filter(key=key, person__is_active=True).first()
    if feed is None or not hmac.compare_digest(feed_token(feed).encode(), token.encode()):
        return None
    return feed
