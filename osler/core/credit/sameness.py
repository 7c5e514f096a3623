"""Whether two records are one activity, and what the one record holds that is made of both.

``likeness`` compares two, ``suspects`` finds the likely pairs among many, ``differences`` names what the two
say differently, ``merged`` makes one of them. All are symmetric: it never matters which came first.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from rapidfuzz import fuzz

LIKELY = 90
"""From this likeness on (0 to 100) two titles, or two providers, may be one."""

NEAR_DAYS = 3
"""Two systems may write the day an activity ended and the day its credit was claimed."""

MOST_COMPARED = 300
"""At most this many activities of one day are compared with each other."""

MOST_CHARACTERS, MOST_NOTE = 300, 2000
_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
Pairs = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Activity:
    """One record to compare. ``id`` names it to the caller; amounts and topics are pairs of code and ticks.

    ``origin`` names the file, calendar or program it came from: one source does not name one activity on two
    days or in two spellings. Empty where it was typed.
    """

    id: Hashable
    title: str
    provider: str
    completed: date
    amounts: Pairs = ()
    format: str = "other"
    topics: Pairs = ()
    tags: frozenset[str] = frozenset()
    note: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two activities look like one. ``is_certain``: same title, provider and day but for case and spacing,
    none of them empty: the measure by which assessments count such records once.

    ``reasons`` are codes, strongest first: same-title or like-title; same-provider, like-provider or
    no-provider; same-day or near-day; same-amount.
    """

    is_certain: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing the two say differently. ``field`` is title, provider, completed, format, ``credit:<code>``
    or ``topic:<slug>``; the values are texts, a day, or ticks, the first activity's first.

    ``must_choose``: no answer can be taken for granted. Else ``proposed`` is what ``merged`` takes.
    """

    field: str
    values: tuple[str | date | int, str | date | int]
    must_choose: bool
    proposed: str | date | int | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """The one record made of both."""

    title: str
    provider: str
    completed: date
    amounts: Pairs
    format: str
    topics: Pairs
    tags: frozenset[str]
    note: str


class NotChosen(ValueError):
    """Two values contradict each other, and neither was chosen; ``field`` is that of the ``Difference``."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def folded(text: str) -> str:
    """Text as assessments compare it: case and spacing aside."""
    return " ".join(text.casefold().split())


@lru_cache(maxsize=20_000)
def spelled(text: str) -> str:
    """Text as people mean it: case, accents and punctuation aside, ``&`` as ``and``."""
    plain = unicodedata.normalize("NFKD", text[:MOST_CHARACTERS].casefold().replace("&", " and "))
    return " ".join(_WORD.findall("".join(mark for mark in plain if not unicodedata.combining(mark))))


def likeness(one: Activity, other: Activity) -> Likeness | None:
    """Why the two may be one activity, or ``None``.

    On the same day: titles nearly alike with the same numbers in them, and providers nearly alike (or one not
    stated), or the same amount of one credit type. Up to ``NEAR_DAYS`` apart: titles and providers alike
    *and* the same amount, and from two different sources. Symmetric.
    """
    apart = abs((one.completed - other.completed).days)
    if apart > NEAR_DAYS:
        return None
    if one.origin and one.origin == other.origin and not _is_same(one, other):
        return None
    title = _alike(one.title, other.title)
    # "Grand rounds 3" and "Grand rounds 4" are two sessions of one series.
    if not title or _DIGITS.findall(spelled(one.title)) != _DIGITS.findall(spelled(other.title)):
        return None
    provider = _alike(one.provider, other.provider)
    is_stated = bool(one.provider.strip() and other.provider.strip())
    same_amount = bool(set(one.amounts) & set(other.amounts))
    if apart:
        if one.origin == other.origin or title < 97 or not (is_stated and provider and same_amount):
            return None
    elif is_stated and not provider and not same_amount:
        return None
    reasons = ["same-title" if title == 100 else "like-title"]
    if not is_stated:
        reasons.append("no-provider")
    elif provider:
        reasons.append("same-provider" if provider == 100 else "like-provider")
    reasons.append("near-day" if apart else "same-day")
    if same_amount:
        reasons.append("same-amount")
    is_named = is_stated and bool(one.title.strip())
    return Likeness(is_named and _is_same(one, other), tuple(reasons))


def _is_same(one: Activity, other: Activity) -> bool:
    return (
        one.completed == other.completed
        and folded(one.title) == folded(other.title)
        and folded(one.provider) == folded(other.provider)
    )


def _alike(one: str, other: str) -> int:
    """How alike two names are, 100 for the same words, 0 where they are not alike enough."""
    first, second = spelled(one), spelled(other)
    if first == second:
        return 100
    if not first or not second:
        return 0
    # The order of words is the writer's; so is an institution's department in front of its name.
    score = max(fuzz.token_sort_ratio(first, second), fuzz.ratio(first, second))
    return min(99, round(score)) if score >= LIKELY else 0


def suspects(
    activities: Iterable[Activity], apart: Collection[frozenset[Hashable]] = frozenset()
) -> list[tuple[Activity, Activity, Likeness]]:
    """Every pair that looks like one activity, newest day first; ``apart`` holds pairs of ids that are not.

    Near linear in the number of activities: only those a few days from each other are compared.
    """
    by_day: defaultdict[date, list[Activity]] = defaultdict(list)
    for activity in activities:
        if len(by_day[activity.completed]) < MOST_COMPARED:
            by_day[activity.completed].append(activity)
    found = []
    for one, other in _neighbours(by_day):
        like = likeness(one, other)
        if like is not None and frozenset((one.id, other.id)) not in apart:
            found.append((one, other, like))
    return found


def _neighbours(by_day: Mapping[date, Sequence[Activity]]) -> Iterator[tuple[Activity, Activity]]:
    for day in sorted(by_day, reverse=True):
        here = by_day[day]
        for number, one in enumerate(here):
            for other in here[number + 1 :]:
                yield one, other
            for step in range(1, NEAR_DAYS + 1):
                for other in by_day.get(day - timedelta(days=step), ()):
                    yield one, other


def differences(one: Activity, other: Activity) -> tuple[Difference, ...]:
    """What the two say differently, in the order of a form. What only one of them says is no difference."""
    found = []
    for name in ("title", "provider"):
        first, second = getattr(one, name).strip(), getattr(other, name).strip()
        if first and second and first != second:
            found.append(Difference(name, (first, second), False, _fuller(first, second)))
    if one.completed != other.completed:
        found.append(Difference("completed", (one.completed, other.completed), True))
    if one.format != other.format and "other" not in (one.format, other.format):
        found.append(Difference("format", (one.format, other.format), True))
    for kind, first_pairs, second_pairs in (
        ("credit", dict(one.amounts), dict(other.amounts)),
        ("topic", dict(one.topics), dict(other.topics)),
    ):
        for code in sorted(first_pairs.keys() & second_pairs.keys()):
            if first_pairs[code] != second_pairs[code]:
                values = (first_pairs[code], second_pairs[code])
                found.append(Difference(f"{kind}:{code}", values, True))
    return tuple(found)


def merged(one: Activity, other: Activity, chosen: Mapping[str, str | date | int] | None = None) -> Merged:
    """The best of both. ``chosen`` answers differences by their ``field``, with one of the two values.

    What only one of them says is taken; nothing is added that neither says, no amount is above the larger of
    the two, and a topic's share is never above the largest amount. Raises ``NotChosen`` where the two
    contradict each other and nothing, or something that neither says, was chosen.
    """
    answers: dict[str, str | date | int] = {}
    for difference in differences(one, other):
        answer = (chosen or {}).get(difference.field, difference.proposed)
        if answer is None or answer not in difference.values:
            raise NotChosen(difference.field)
        answers[difference.field] = answer
    amounts = _united(one.amounts, other.amounts, "credit", answers)
    most = max((ticks for _code, ticks in amounts), default=0)
    topics = _united(one.topics, other.topics, "topic", answers)
    format_code = one.format if other.format == "other" else other.format
    day = answers.get("completed", one.completed)
    return Merged(
        title=str(answers.get("title", one.title.strip() or other.title.strip())),
        provider=str(answers.get("provider", one.provider.strip() or other.provider.strip())),
        completed=day if isinstance(day, date) else one.completed,
        amounts=amounts,
        format=str(answers.get("format", format_code)),
        topics=tuple((topic, min(ticks, most)) for topic, ticks in topics),
        tags=one.tags | other.tags,
        note=_both_notes(one.note.strip(), other.note.strip()),
    )


def _fuller(first: str, second: str) -> str:
    """The one that does not shout, then the longer, then the earlier in the alphabet."""
    return min((first, second), key=lambda text: (text.isupper(), -len(text), text))


def _united(
    first: Pairs, second: Pairs, kind: str, answers: Mapping[str, str | date | int]
) -> tuple[tuple[str, int], ...]:
    both = {**dict(first), **dict(second)}
    return tuple((code, int(str(answers.get(f"{kind}:{code}", both[code])))) for code in sorted(both))


def _both_notes(first: str, second: str) -> str:
    if first in second or second in first:
        return max((first, second), key=len)
    return "\n\n".join(sorted((first, second)))[:MOST_NOTE]
