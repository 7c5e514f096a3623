"""A person's topics: named, rated, ranked, suggested, and what was completed on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from osler.apps.credit.queries import transcript_rows
from osler.apps.needs.models import PracticeProfile, Rating, Topic
from osler.apps.needs.queries.clinical_topics import clinical_topics, topics_by_specialty
from osler.apps.needs.queries.practice import topics_of_practice
from osler.core.needs.ranking import Place, Ratings, rate_again_on
from osler.core.needs.subject import index_of, topics_named_in
from osler.requirement_sets.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from osler.apps.credit.models import Record
    from osler.apps.people.models import Person

OWN = "own-"
"""How the slugs of topics begin that somebody added themselves."""


@dataclass(frozen=True, slots=True)
class Rated:
    """One rating on its day."""

    on: date
    ratings: Ratings


@dataclass(frozen=True, slots=True)
class TopicStanding:
    """A topic on the list: its ratings, oldest first, and what was completed since the last of them.

    ``since`` are the keys of the records that carry the topic or name it in their title; ``ticks_since`` the
    hours they carry on the topic itself.
    """

    topic: Topic
    name: str
    history: tuple[Rated, ...]
    since: frozenset[str] = frozenset()
    ticks_since: int = 0

    @property
    def now(self) -> Rated | None:
        """The rating that stands."""
        return self.history[-1] if self.history else None

    @property
    def before(self) -> Rated | None:
        """The rating before, if there is one."""
        return self.history[-2] if len(self.history) > 1 else None

    @property
    def place(self) -> Place | None:
        """The quarter of the chart; ``None`` while it is not rated."""
        return self.now.ratings.place if self.now else None

    @property
    def is_need(self) -> bool:
        """Matters much, and is not sure."""
        return self.place is Place.LEARN

    def is_due(self, today: date) -> bool:
        """Not rated yet, or six months ago."""
        return self.now is None or rate_again_on(self.now.on) <= today


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A topic somebody might rate, and why it is suggested."""

    slug: str
    name: str
    reasons: tuple[str, ...]


@cache
def known_topics() -> Mapping[str, str]:
    """Every topic Osler knows by name: the shared vocabulary's, then the clinical ones of our own."""
    vocabulary = load_vocabulary()
    return MappingProxyType({**vocabulary.specialties, **clinical_topics(), **vocabulary.topics})


def topic_name(slug: str, own: str = "") -> str:
    """What a topic is called; ``own`` is the person's name for one of their own."""
    return own or known_topics().get(slug, slug)


def topics_kept(person: Person) -> QuerySet[Topic]:
    """The topics on the person's list, with their ratings; two queries."""
    ratings = Prefetch("ratings", Rating.objects.order_by("rated_at", "id"))
    return Topic.objects.filter(person=person, removed_at=None).prefetch_related(ratings)


def topic_by_slug(person: Person, slug: str) -> Topic | None:
    """One topic of this person, also if taken off the list; never anybody else's."""
    return Topic.objects.filter(person=person, slug=slug).prefetch_related("ratings").first()


def self_assessment(person: Person) -> tuple[TopicStanding, ...]:
    """Everything on the list, the greatest need first, what is not rated last. Three queries."""
    return tuple(sorted(_standings(person, list(topics_kept(person))), key=_order))


def topic_standing(person: Person, topic: Topic) -> TopicStanding:
    """One topic, also off the list. One query."""
    return _standings(person, [topic])[0]


def records_since(person: Person, one: TopicStanding, *, most: int = 50) -> tuple[Record, ...]:
    """The latest of the records that ``since`` names. Three queries."""
    return tuple(transcript_rows(person).filter(key__in=one.since)[:most])


def _order(one: TopicStanding) -> tuple[bool, tuple[int, ...], str]:
    return one.now is None, one.now.ratings.rank if one.now else (), one.name.casefold()


def _standings(person: Person, topics: Sequence[Topic]) -> list[TopicStanding]:
    histories = {
        topic.slug: tuple(
            Rated(one.rated_at.date(), Ratings(one.relevance, one.confidence)) for one in topic.ratings.all()
        )
        for topic in topics
    }
    last = {
        topic.slug: histories[topic.slug][-1].on if histories[topic.slug] else topic.added_at.date()
        for topic in topics
    }
    names = {topic.slug: topic_name(topic.slug, topic.name) for topic in topics}
    since, ticks = _done_since(person, last, names)
    return [
        TopicStanding(
            topic,
            names[topic.slug],
            histories[topic.slug],
            frozenset(since.get(topic.slug, ())),
            ticks.get(topic.slug, 0),
        )
        for topic in topics
    ]


def _done_since(
    person: Person, last: Mapping[str, date], names: Mapping[str, str]
) -> tuple[Mapping[str, set[str]], Mapping[str, int]]:
    """Keys of the records, and ticks, on each topic since its day. One query of plain values."""
    since: dict[str, set[str]] = {}
    ticks: dict[str, int] = {}
    if not last:
        return since, ticks
    index, named = index_of(names.items()), {}
    rows = transcript_rows(person).filter(completed_on__gte=min(last.values())).order_by()
    fields = ("key", "title", "completed_on", "topics__topic", "topics__ticks")
    for key, title, day, topic, share in rows.prefetch_related(None).values_list(*fields):
        if topic in last and day >= last[topic]:
            since.setdefault(topic, set()).add(key)
            ticks[topic] = ticks.get(topic, 0) + share
        if title not in named:
            named[title] = topics_named_in(index, title)
        for slug in named[title]:
            if day >= last[slug]:
                since.setdefault(slug, set()).add(key)
    return since, ticks


def suggestions(
    person: Person,
    profile: PracticeProfile | None,
    kept: Iterable[str],
    *,
    asked: Iterable[tuple[str, str]] = (),
) -> tuple[Suggestion, ...]:
    """Topics the person has not on the list, with all reasons, those with most reasons first.

    ``asked`` are topics that somebody's requirements ask for, each with who asks: the interface knows them.
    Where no hours are spent with patients, only what is asked and what the settings bring is suggested.
    """
    reasons: dict[str, list[str]] = {}
    for slug, asks in asked:
        reasons.setdefault(slug, []).append(asks)
    for slug in profile.often_seen if profile else ():
        reasons.setdefault(slug, []).append(_("You see it often"))
    for slug, where in topics_of_practice(profile) if profile else ():
        reasons.setdefault(slug, []).append(_words(where))
    sees_patients = profile is None or profile.patient_hours != 0
    names = load_vocabulary().specialties
    for specialty in (person.specialties or ()) if sees_patients else ():
        for slug in topics_by_specialty().get(specialty, ()):
            reasons.setdefault(slug, []).append(names.get(specialty, specialty))
    known, there = known_topics(), set(kept)
    found = [
        Suggestion(slug, known[slug], tuple(dict.fromkeys(why)))
        for slug, why in reasons.items()
        if slug in known and slug not in there
    ]
    return tuple(sorted(found, key=lambda one: -len(one.reasons)))


def _words(text: str | Promise) -> str:
    return str(text)


def topic_found(text: str) -> str | None:
    """The slug of the known topic that is called so, however it is capitalised."""
    wanted = " ".join(text.split()).casefold()
    return next((slug for slug, name in known_topics().items() if name.casefold() == wanted), None)
