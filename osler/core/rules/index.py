"""One person's records, arranged so that every question about them is a few operations on whole numbers.

Records stand in the order of their dates; bit ``n`` of a mask stands for record ``n``. "On the topic, of an
accepted type, inside the window" is then three masks and two ``&``, and the records refused for each
reason are what falls away at each step.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import compress, count
from operator import attrgetter, eq

from osler.core.credit.amount import TICKS
from osler.core.credit.types import GRAINS, round_credit
from osler.core.rules.answer import Reason
from osler.core.rules.masks import Masks, bits, mask_of
from osler.core.rules.record import CreditRecord
from osler.core.rules.requirement import Accept, Match, Rate
from osler.core.rules.taking import Taking
from osler.core.rules.worth import Worth, rated, share_of, worths, worths_as_activity
from osler.core.time import Period

_BY_ID, _BY_DAY = attrgetter("id"), attrgetter("completed")


@dataclass(slots=True)
class Accepted:
    """The records a requirement takes at all, what each is worth, and who fell away for which reason.

    ``amounts`` holds the worth by record number, through the credit type that yields most; ``bonus`` the
    records to which a rate with a limit adds something.
    """

    mask: int
    amounts: list[int]
    bonus: dict[int, Worth] = field(default_factory=dict)
    refused: list[tuple[Reason, int]] = field(default_factory=list)


class RecordIndex:
    """The records of one portfolio. Build it once and ask it about every requirement of every credential.

    What is remembered here is remembered for this portfolio only; rules are told apart by identity, and
    kept as long as the index.
    """

    def __init__(self, records: Iterable[CreditRecord], specialties: Sequence[str] = ()) -> None:
        # Two sorts by one plain key each are several times faster than one by a pair.
        self.records = sorted(sorted(records, key=_BY_ID), key=_BY_DAY)
        self.days = list(map(_BY_DAY, self.records))
        self.specialties = frozenset(specialties)
        self.everything = (1 << len(self.records)) - 1
        self._accepted: dict[Taking, Accepted] = {}
        self._reached: dict[int, tuple[Match, int]] = {}
        # Masks by word, the amount of each record in whatever type, and the records that bear several types
        # (or none), several of different amounts, and no amount at all.
        self._topics, self._types, self._formats, self._tags = Masks(), Masks(), Masks(), Masks()
        self._masks = (self._topics, self._types, self._formats, self._tags)
        self._amounts: list[int] = []
        self._several = self._differing = self._empty = 0
        self._read()
        self.repeats = self._repeats()

    def _read(self) -> None:
        topics, types, formats, tags = self._masks
        amounts = self._amounts
        several = differing = empty = 0
        bit = 1
        for record in self.records:
            first: int | None = None
            for code, ticks in record.credits:
                step, half = GRAINS[code]
                amount = (ticks + half) // step * step
                types[code] |= bit
                if first is None:
                    first = amount
                else:
                    several |= bit
                    if amount != first:
                        differing |= bit
            if first is None:
                several |= bit
                first = 0
            if first <= 0:
                empty |= bit
            amounts.append(first)
            for topic, _ in record.topics:
                topics[topic] |= bit
            formats[record.format] |= bit
            for tag in record.tags:
                tags[tag] |= bit
            bit <<= 1
        self._several, self._differing, self._empty = several, differing, empty & ~differing

    def _repeats(self) -> list[int]:
        """Masks of records that are one activity written down twice: same provider, title and date."""
        found: list[int] = []
        group: list[int] = []
        days = self.days
        # Each number is of a record that shares its day with the one before it.
        for n in compress(count(1), map(eq, days[1:], days)):
            if group and group[-1] == n - 1:
                group.append(n)
            else:
                found += self.alike(group)
                group = [n - 1, n]
        found += self.alike(group)
        return [mask for mask in found if mask & (mask - 1)]

    def alike(self, numbers: Iterable[int]) -> list[int]:
        """Masks of those records among some that are the same activity, whatever their dates."""
        same: dict[tuple[str, str], int] = {}
        for n in numbers:
            if key := self.activity(n):
                same[key] = same.get(key, 0) | 1 << n
        return list(same.values())

    def activity(self, n: int) -> tuple[str, str] | None:
        """Provider and title as they compare; ``None`` where either is missing, since then nothing says
        they are the same.
        """
        record = self.records[n]
        if not record.provider or not record.title:
            return None
        return _folded(record.provider), _folded(record.title)

    def between(self, period: Period) -> int:
        """The records completed inside a period."""
        first, beyond = bisect_left(self.days, period.start), bisect_left(self.days, period.end)
        return (1 << beyond) - (1 << first) if beyond > first else 0

    def through(self, day: date) -> int:
        """The records completed by the close of a day."""
        return (1 << bisect_right(self.days, day)) - 1

    def held(self, n: int) -> list[tuple[str, int]]:
        """The credit of a record, each amount brought to the grain of its type."""
        return [(code, round_credit(code, ticks)) for code, ticks in self.records[n].credits]

    def share(self, n: int, topics: frozenset[str]) -> int:
        """The hours of a record on any of the topics."""
        return share_of(self.records[n], topics)

    def on_topics(self, topics: frozenset[str]) -> int:
        """The records that have hours on any of the topics."""
        return self._topics.of(topics)

    def matching(self, match: Match) -> int:
        """The records that a match speaks of, whatever its topics."""
        known = self._reached.get(id(match))
        if known is None:
            mask = self.everything
            if match.credits:
                mask &= self._types.of(match.credits)
            if match.formats:
                mask &= self._formats.of(match.formats)
            if match.not_formats:
                mask &= ~self._formats.of(match.not_formats)
            if match.tags:
                mask &= self._tags.of(match.tags)
            if match.not_tags:
                mask &= ~self._tags.of(match.not_tags)
            known = self._reached[id(match)] = (match, mask)
        return known[1]

    def worths(self, n: int, accept: Accept, *, activities: bool = False) -> list[Worth]:
        """A record's worth through each accepted credit type, the best first."""
        if activities:
            return worths_as_activity(self.held(n), accept.match.credits)
        topics = accept.match.topics
        if accept.own_specialties:
            topics |= self.specialties
        return worths(self.records[n], self.held(n), accept, topics)

    def accepted(self, taking: Taking) -> Accepted:
        """What a requirement takes and what it is worth; remembered for the others that ask alike."""
        known = self._accepted.get(taking)
        if known is None:
            known = self._accepted[taking] = self._accept(taking)
        return known

    def _accept(self, taking: Taking) -> Accepted:
        accept = taking.accept
        topics = accept.match.topics
        if accept.own_specialties:
            topics |= self.specialties
        mask, refused = self._sieve(taking, topics)
        result = Accepted(mask, self._amounts, {}, refused)
        if taking.counts_activities:
            self._count_each(accept, result)
        elif mask:
            self._weigh(taking, topics, result)
        return result

    def _sieve(self, taking: Taking, topics: frozenset[str]) -> tuple[int, list[tuple[Reason, int]]]:
        """The records that pass every test by word or by date, and those lost at each."""
        accept, mask = taking.accept, self.everything
        refused: list[tuple[Reason, int]] = []
        if accept.own_specialties:
            kept = self._topics.of(topics)
            if lost := mask & ~kept:
                refused.append((Reason.OFF_TOPIC, lost))
                mask &= kept
        for mark, words, is_wanted, reason in taking.tests:
            found = self._masks[mark].of(words)
            if lost := mask & ~found if is_wanted else mask & found:
                refused.append((reason, lost))
                mask ^= lost
        if taking.is_dated:
            first = bisect_left(self.days, accept.completed_from) if accept.completed_from else 0
            until = self.through(accept.completed_until) if accept.completed_until else -1
            for kept in (-1 << first, until):
                if lost := mask & ~kept:
                    refused.append((Reason.OUTSIDE_WINDOW, lost))
                    mask &= kept
        return mask, refused

    def _count_each(self, accept: Accept, result: Accepted) -> None:
        """Every activity counts one, unless it brings less than each must."""
        result.amounts = [TICKS] * len(self.records)
        if least := accept.at_least_each:
            hours = replace(accept, rates=())
            small = mask_of([n for n in bits(result.mask) if self.worths(n, hours)[0].ticks < least])
            result.mask &= ~small
            result.refused.append((Reason.TOO_SMALL, small))

    def _weigh(self, taking: Taking, topics: frozenset[str], result: Accepted) -> None:
        """Give every record its worth. Most carry one amount, the same for every requirement; only where a
        topic, a rate or different amounts speak is there anything to do.
        """
        accept, mask = taking.accept, result.mask
        differing = self._differing & mask
        by_hand = mask & self._topics.of(accept.not_hours_on)
        by_share = by_rate = 0
        if taking.weighs_all:
            by_hand = mask
        elif topics:
            by_hand |= differing
            by_share = mask & ~by_hand
        elif accept.rates:
            by_rate = mask & self._rated_records(accept) & ~by_hand
        by_type = differing & ~(by_hand | by_rate)
        weighed = by_hand | by_share | by_rate | by_type
        small = self._empty & mask & ~weighed
        if weighed:
            amounts = result.amounts = self._amounts.copy()
            for n in bits(by_share):
                share = share_of(self.records[n], topics)
                if share < amounts[n]:
                    amounts[n] = share
            for n in bits(by_type):
                wanted = accept.match.credits
                amounts[n] = max(ticks for code, ticks in self.held(n) if not wanted or code in wanted)
            if by_rate:
                by_hand |= self._rate(by_rate, accept, amounts)
            for n in bits(by_hand):
                best = self.worths(n, accept)[0]
                amounts[n] = best.ticks
                if best.bonus:
                    result.bonus[n] = best
            if worthless := [n for n in bits(weighed) if amounts[n] <= 0]:
                small |= mask_of(worthless)
        if least := accept.at_least_each:
            amounts = result.amounts
            small |= mask_of([n for n in bits(mask) if amounts[n] < least])
        if small:
            result.mask = mask & ~small
            result.refused.append((Reason.TOO_SMALL, small))

    def _rated_records(self, accept: Accept) -> int:
        """The records to which any of the rates may speak."""
        mask = 0
        for rate in accept.rates:
            mask |= self._reached_by(rate)
        return mask

    def _reached_by(self, rate: Rate) -> int:
        reached = self.matching(rate.match)
        return reached & self._topics.of(rate.match.topics) if rate.match.topics else reached

    def _rate(self, mask: int, accept: Accept, amounts: list[int]) -> int:
        """Give the records of one credit type what the first rate that speaks to them gives; the records for
        which that does not say everything are left to be weighed by hand.
        """
        left, by_hand = mask & ~self._several, mask & self._several
        for rate in accept.rates:
            hit = left & self._reached_by(rate)
            if not hit:
                continue
            left ^= hit
            if rate.match.topics or rate.first is not None:
                by_hand |= hit
            elif rate.times or rate.each is not None or rate.steps:
                for n in bits(hit):
                    amounts[n] = rated(amounts[n], "", rate).ticks
            else:
                for n in bits(hit):
                    amounts[n] = 0
        return by_hand


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
