"""Writing to the log; called inside the transaction of the deed."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model, Q

from osler.apps.audit.models import Entry
from osler.apps.audit.queries import subject_of


def record(
    *,
    verb: str,
    subject: Model,
    by: Model | None,
    at: datetime,
    on_behalf_of: Model | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Entry:
    """Adds one entry. ``before`` and ``after`` must be JSON: texts, numbers, lists, ``None``.

    With both given, only what differs is kept. ``by`` is ``None`` where Osler acted by itself;
    ``on_behalf_of`` is kept only where it is somebody else.
    """
    if before is not None and after is not None:
        changed = {key for key in {*before, *after} if before.get(key) != after.get(key)}
        before = {key: before.get(key) for key in sorted(changed)}
        after = {key: after.get(key) for key in sorted(changed)}
    subject_type, subject_id = subject_of(subject)
    is_for_another = on_behalf_of is not None and (by is None or on_behalf_of.pk != by.pk)
    return Entry.objects.create(
        at=at,
        by_id=None if by is None else by.pk,
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of is not None and is_for_another else None,
        verb=verb,
        subject_type=subject_type,
        subject_id=subject_id,
        before=None if before is None else dict(before),
        after=None if after is None else dict(after),
    )


def erase_contents(*, person_id: int, contexts: Collection[str], at: datetime) -> int:
    """Empties what the log holds of one person in their own papers, and returns of how many entries.

    ``contexts`` name the apps whose rows are the person's own (``people``, ``credit``). What the person did
    there, and what was done for them, loses its contents; what they did for others or in an office's papers
    keeps them, because those are not theirs to take away.
    """
    own = Q()
    for context in contexts:
        own |= Q(subject_type__startswith=f"{context}.")
    theirs = Q(on_behalf_of_id=person_id) | Q(by_id=person_id, on_behalf_of_id=None)
    return Entry.objects.filter(own & theirs, erased_at=None).update(before=None, after=None, erased_at=at)
