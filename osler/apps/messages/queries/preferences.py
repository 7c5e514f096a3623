"""What people want to be told: their own wishes, or the defaults."""

from collections.abc import Collection
from dataclasses import dataclass

from osler.apps.messages.models import Preferences

DISTANCES = (180, 90, 30, 7)
DISTANCES_OFFERED = (365, 180, 120, 90, 60, 30, 14, 7, 3, 1)
MONDAY = 0
MORNING = 7


@dataclass(frozen=True, slots=True)
class Wishes:
    """What one person wants: kinds switched off, days before a due date, weekday from Monday 0, hour."""

    off: frozenset[str] = frozenset()
    distances: tuple[int, ...] = DISTANCES
    digest_weekday: int = MONDAY
    hour: int = MORNING

    def wants(self, kind: str) -> bool:
        """Whether messages of this kind are wanted."""
        return kind not in self.off


NO_WISHES = Wishes()


def wishes_of(person_id: int) -> Wishes:
    """What this person wants. One query."""
    return wishes_by_person([person_id])[person_id]


def wishes_by_person(person_ids: Collection[int]) -> dict[int, Wishes]:
    """What each of these persons wants. One query for all of them."""
    rows = Preferences.objects.filter(person_id__in=person_ids)
    stated = {row.person_id: _wishes(row) for row in rows}
    return {person_id: stated.get(person_id, NO_WISHES) for person_id in person_ids}


def _wishes(row: Preferences) -> Wishes:
    return Wishes(frozenset(row.off), tuple(row.distances), row.digest_weekday, row.hour)
