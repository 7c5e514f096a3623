"""When two records are the same activity, and when they look like it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from osler.adapters.transcripts.layouts.layout import heading

LIKELY = 90
_DIGITS = re.compile(r"\d+")
MOST_COMPARED = 300


def folded(text: str) -> str:
    """Text as the evaluator compares it: case and spacing aside."""
    return " ".join(text.casefold().split())


def same_activity(provider: str, title: str, completed: date) -> tuple[str, str, date]:
    """Equal for two records of one activity: same provider, title and day (``core.rules`` counts those
    once).
    """
    return folded(provider), folded(title), completed


@dataclass(frozen=True, slots=True)
class Known:
    """An activity to compare with. ``id`` is whatever names it to the caller; amounts are pairs of code
    and ticks.
    """

    id: Hashable
    provider: str
    title: str
    completed: date
    amounts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Twin:
    """What a row repeats: ``id`` of the known activity, and whether it is surely the same."""

    id: Hashable
    is_certain: bool


def find_twins(rows: Sequence[Known], known: Iterable[Known]) -> list[Twin | None]:
    """For each row what it repeats among ``known`` or the rows before it, or ``None``.

    Certain: same provider, title and day but for case and spacing. Likely: same day, and title and provider
    nearly alike or the title alike with the same amount. At most ``MOST_COMPARED`` activities of a day are
    compared.
    """
    exact: dict[tuple[str, str, date], Hashable] = {}
    by_day: defaultdict[date, list[Known]] = defaultdict(list)
    words: defaultdict[date, list[str]] = defaultdict(list)

    def remember(activity: Known) -> None:
        exact.setdefault(same_activity(activity.provider, activity.title, activity.completed), activity.id)
        if len(by_day[activity.completed]) < MOST_COMPARED:
            by_day[activity.completed].append(activity)
            words[activity.completed].append(heading(activity.title))

    for activity in known:
        remember(activity)
    found: list[Twin | None] = []
    for row in rows:
        same = exact.get(same_activity(row.provider, row.title, row.completed))
        if same is not None:
            found.append(Twin(same, True))
            continue
        like = _likely(row, by_day.get(row.completed, []), words.get(row.completed, []))
        found.append(None if like is None else Twin(like.id, False))
        remember(row)
    return found


def _likely(row: Known, others: Sequence[Known], titles: Sequence[str]) -> Known | None:
    close = process.extract(
        heading(row.title), titles, scorer=fuzz.token_sort_ratio, score_cutoff=LIKELY, limit=5
    )
    for _title, _score, place in close:
        other = others[place]
        # "Grand rounds 3" and "Grand rounds 4" are two sessions of one series.
        if _DIGITS.findall(row.title) != _DIGITS.findall(other.title):
            continue
        is_same_hours = bool(set(row.amounts) & set(other.amounts))
        if is_same_hours or _is_near(row.provider, other.provider):
            return other
    return None


def _is_near(one: str, other: str) -> bool:
    if not one or not other:
        return True
    return fuzz.token_set_ratio(heading(one), heading(other)) >= LIKELY
