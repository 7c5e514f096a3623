"""Topics: put on the list, rated, taken off and put back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from osler.apps.audit import actions as audit
from osler.apps.needs import permissions, signals
from osler.apps.needs.models import Rating, Topic
from osler.apps.needs.models.topic import new_key
from osler.apps.needs.queries import OWN, known_topics, topic_found, topics_kept
from osler.core.credit.refusal import Refusal
from osler.core.needs.ranking import Ratings, rate_again_on

if TYPE_CHECKING:
    from osler.apps.people.models import Person

MOST_TOPICS = 200


def add_topic(*, person: Person, name: str, by: Person | None, at: datetime) -> Topic | Refusal:
    """Puts a topic on the list: the known one that is called so, else one of the person's own."""
    refusal = permissions.may_assess(by=by, person=person)
    if refusal is not None:
        return refusal
    name = " ".join(name.split())
    if not name or len(name) > 80:
        return Refusal("topic-name", _("Name the topic in at most 80 characters."))
    with transaction.atomic():
        slug = topic_found(name)
        there = Topic.objects.select_for_update().filter(person=person)
        found = there.filter(slug=slug).first() if slug else there.filter(name__iexact=name).first()
        if found is None and there.filter(removed_at=None).count() >= MOST_TOPICS:
            return _too_many()
        if found is None:
            own = "" if slug else name
            found = Topic.objects.create(
                person=person, slug=slug or f"{OWN}{new_key()}", name=own, added_at=at
            )
            audit.record(
                verb="add-topic", subject=found, by=by, at=at, on_behalf_of=person, after={"topic": name}
            )
        elif found.removed_at is not None:
            _place(found, None, by, at)
        _tell(person.pk, at)
    return found


def rate_topics(
    *, person: Person, ratings: Mapping[str, Ratings], by: Person | None, at: datetime
) -> int | Refusal:
    """Keeps what was rated, by slug; topics not yet on the list come onto it. Returns how many were new or
    changed.

    A rating that says the same again is kept once it is six months old, because then it says that nothing
    has changed. A second rating of the same day corrects the first.
    """
    refusal = permissions.may_assess(by=by, person=person)
    if refusal is not None:
        return refusal
    known = known_topics()
    with transaction.atomic():
        kept = {one.slug: one for one in Topic.objects.select_for_update().filter(person=person)}
        strange = sorted(slug for slug in ratings if slug not in kept and slug not in known)
        if strange:
            return Refusal("unknown-topic", _("There is no topic called %(name)s.") % {"name": strange[0]})
        if len({*kept, *ratings}) > MOST_TOPICS:
            return _too_many()
        for slug in sorted(set(ratings) - set(kept)):
            kept[slug] = Topic.objects.create(person=person, slug=slug, added_at=at)
        history = {one.slug: list(one.ratings.all()) for one in topics_kept(person)}
        changed = sum(
            _rate(kept[slug], history.get(slug, []), wanted, by, at) for slug, wanted in ratings.items()
        )
        if changed:
            _tell(person.pk, at)
    return changed


def _rate(topic: Topic, history: list[Rating], wanted: Ratings, by: Person | None, at: datetime) -> bool:
    last = history[-1] if history else None
    if topic.removed_at is not None:
        _place(topic, None, by, at)
    is_same = last is not None and (last.relevance, last.confidence) == (wanted.relevance, wanted.confidence)
    if last is not None and is_same and at.date() < rate_again_on(last.rated_at.date()):
        return False
    before = None if last is None else {"relevance": last.relevance, "confidence": last.confidence}
    if last is not None and last.rated_at.date() == at.date():
        last.relevance, last.confidence, last.rated_at = wanted.relevance, wanted.confidence, at
        last.save()
    else:
        Rating.objects.create(
            topic=topic, relevance=wanted.relevance, confidence=wanted.confidence, rated_at=at
        )
    audit.record(
        verb="rate-topic",
        subject=topic,
        by=by,
        at=at,
        on_behalf_of=topic.person,
        before=before,
        after={"relevance": wanted.relevance, "confidence": wanted.confidence},
    )
    return True


def remove_topic(*, topic: Topic, by: Person | None, at: datetime) -> Topic | Refusal:
    """Takes a topic off the list; its ratings stay."""
    return _moved(topic, at, by, at)


def restore_topic(*, topic: Topic, by: Person | None, at: datetime) -> Topic | Refusal:
    """Undoes ``remove_topic``."""
    return _moved(topic, None, by, at)


def _moved(topic: Topic, removed_at: datetime | None, by: Person | None, at: datetime) -> Topic | Refusal:
    refusal = permissions.may_change_topic(by=by, topic=topic)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        kept = Topic.objects.select_for_update().get(pk=topic.pk)
        if (kept.removed_at is None) != (removed_at is None):
            _place(kept, removed_at, by, at)
            _tell(kept.person_id, at)
    return kept


def _place(topic: Topic, removed_at: datetime | None, by: Person | None, at: datetime) -> None:
    topic.removed_at = removed_at
    topic.save(update_fields=["removed_at"])
    verb = "restore-topic" if removed_at is None else "remove-topic"
    audit.record(verb=verb, subject=topic, by=by, at=at, on_behalf_of=topic.person)


def _too_many() -> Refusal:
    return Refusal(
        "too-many-topics", _("A list holds at most 200 topics. Take one off that no longer matters.")
    )


def _tell(person_id: int, at: datetime) -> None:
    transaction.on_commit(lambda: signals.topics_rated.send(sender=Topic, person_id=person_id, at=at))
