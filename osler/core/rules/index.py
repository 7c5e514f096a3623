"""One person's records, arranged so that every question about them is a few operations on whole numbers.

Records stand in the order of their dates; bit ``n`` of a mask stands for record ``n``. "On the topic, of an
accepted type, inside the window" is then three masks and two ``&``, and the records refused for each
reason are what falls away at each step.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from osler.core.credit.amount import TICKS
from osler.core.credit.types import round_credit
from osler.core.rules.answer import Reason
from osler.core.rules.record import CreditRecord
from osler.core.rules.requirement import Accept, Match, Rate
from osler.core.time import Period


def bits(mask: int) -> Sequence[int]:
    """The numbers of the records in a mask, earliest first."""
    if mask.bit_count() * 4 > mask.bit_length():
        # Reading the binary digits is several times faster than taking bits off a dense number one by one.
        return [n for n, digit in enumerate(bin(mask)[:1:-1]) if digit == "1"]
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


@dataclass(frozen=True, slots=True)
class Worth:
    """What one record is worth to one requirement: through which credit type, for how much as recorded, and
    how much of it is a limited bonus.
    """

    ticks: int
    credit_type: str
    bonus: int = 0
    rate: Rate | None = None
    recorded: int = 0


@dataclass(slots=True)
class Accepted:
    """The records a requirement takes at all, what each is worth, and who fell away for which reason.

    ``amounts`` holds the worth by record number, through the credit type that yields most; ``bonus`` the
    records to which a rate with a limit adds something.
    """

    mask: int
    amounts: Sequence[int]
    bonus: dict[int, Worth] = field(default_factory=dict)
    refused: list[tuple[Reason, int]] = field(default_factory=list)


class RecordIndex:
    """The records of one portfolio. Build it once and ask it about every requirement of every credential."""

    def __init__(self, records: Iterable[CreditRecord], specialties: Sequence[str] = ()) -> None:
        self.records = sorted(records, key=attrgetter("completed", "id"))
        self.days = [record.completed.toordinal() for record in self.records]
        self.specialties = frozenset(specialties)
        self.everything = (1 << len(self.records)) - 1
        self._accepted: dict[tuple[int, bool], tuple[Accept, Accepted]] = {}
        self.credits: list[list[tuple[str, int]]] = []
        self._first: list[int] = []
        self._several = 0
        self._empty = 0
        types: dict[str, int] = {}
        topics: dict[str, int] = {}
        formats: dict[str, int] = {}
        tags: dict[str, int] = {}
        bit = 1
        for record in self.records:
            held = [(code, round_credit(code, ticks)) for code, ticks in record.credits]
            self.credits.append(held)
            first = held[0][1] if held else 0
            self._first.append(first)
            if len(held) > 1:
                self._several |= bit
            elif first <= 0:
                self._empty |= bit
            for code, _ in held:
                types[code] = types.get(code, 0) | bit
            for topic, _ in record.topics:
                topics[topic] = topics.get(topic, 0) | bit
            formats[record.format] = formats.get(record.format, 0) | bit
            for tag in record.tags:
                tags[tag] = tags.get(tag, 0) | bit
            bit <<= 1
        self._types, self._topics, self._formats, self._tags = types, topics, formats, tags
        self.repeats = self._repeats()

    def _repeats(self) -> list[int]:
        """Masks of records that are one activity written down twice: same provider, title and date."""
        found = []
        days = self.days
        start = 0
        for n in range(1, len(days) + 1):
            if n < len(days) and days[n] == days[start]:
                continue
            if n - start > 1:
                same: dict[tuple[str, str], int] = {}
                for i in range(start, n):
                    if key := self.activity(i):
                        same[key] = same.get(key, 0) | 1 << i
                found += [mask for mask in same.values() if mask & (mask - 1)]
            start = n
        return found

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
        first = bisect_left(self.days, period.start.toordinal())
        beyond = bisect_left(self.days, period.end.toordinal())
        return (1 << beyond) - (1 << first) if beyond > first else 0

    def matching(self, match: Match) -> int:
        """The records that a match speaks of, whatever its topics and whatever credit type they end up
        counting as.
        """
        mask = self.everything
        if match.formats:
            mask &= _union(self._formats, match.formats)
        if match.not_formats:
            mask &= ~_union(self._formats, match.not_formats)
        if match.tags:
            mask &= _union(self._tags, match.tags)
        if match.not_tags:
            mask &= ~_union(self._tags, match.not_tags)
        return mask

    def of_types(self, codes: frozenset[str]) -> int:
        """The records that carry credit of one of the types."""
        return _union(self._types, codes)

    def share(self, n: int, topics: frozenset[str]) -> int:
        """The hours of a record on any of the topics: the largest single share, since shares may overlap."""
        most = 0
        for topic, ticks in self.records[n].topics:
            if ticks > most and topic in topics:
                most = ticks
        return most

    def accepted(self, accept: Accept, *, activities: bool) -> Accepted:
        """What a requirement takes and what it is worth; remembered for the other requirements that ask
        alike.
        """
        key = (id(accept), activities)
        known = self._accepted.get(key)
        if known is None:
            known = self._accepted[key] = (accept, self._accept(accept, activities))
        return known[1]

    def _accept(self, accept: Accept, activities: bool) -> Accepted:
        mask, refused = self._sieve(accept)
        match = accept.match
        topics = match.topics | self.specialties if accept.own_specialties else match.topics
        result = Accepted(mask, (), refused=refused)
        if activities:
            result.amounts = [TICKS] * len(self.records)
            if accept.at_least_each:
                hours = replace(accept, rates=())
                small = sum(
                    [1 << n for n in bits(mask) if self.worths(n, hours)[0].ticks < accept.at_least_each]
                )
                result.mask &= ~small
                result.refused.append((Reason.TOO_SMALL, small))
            return result
        by_hand = mask if topics or accept.not_hours_on else mask & self._rated_records(accept.rates)
        by_type = self._several & mask & ~by_hand
        # Most records carry one credit type, and their amounts are the same for every requirement that
        # takes it.
        amounts = self._first if not (by_hand or by_type) else self._first.copy()
        wanted = match.credits
        least = accept.at_least_each
        small = self._empty & mask & ~by_hand
        for n in bits(by_type):
            amounts[n] = max([ticks for code, ticks in self.credits[n] if not wanted or code in wanted])
            if amounts[n] <= 0:
                small |= 1 << n
        if least:
            small |= sum([1 << n for n in bits(mask & ~by_hand) if amounts[n] < least])
        plain_share = topics if not (accept.rates or accept.not_hours_on) else frozenset()
        for n in bits(by_hand):
            held = self.credits[n]
            if plain_share and len(held) == 1:
                amounts[n] = ticks = min(held[0][1], self.share(n, plain_share))
            else:
                best = self.worths(n, accept)[0]
                amounts[n] = ticks = best.ticks
                if best.bonus:
                    result.bonus[n] = best
            if ticks <= 0 or ticks < least:
                small |= 1 << n
        if small:
            result.mask &= ~small
            result.refused.append((Reason.TOO_SMALL, small))
        result.amounts = amounts
        return result

    def _sieve(self, accept: Accept) -> tuple[int, list[tuple[Reason, int]]]:
        match, mask = accept.match, self.everything
        refused: list[tuple[Reason, int]] = []
        tests: list[tuple[int, Reason]] = []
        if match.topics or accept.own_specialties:
            topics = match.topics | self.specialties if accept.own_specialties else match.topics
            tests.append((_union(self._topics, topics), Reason.OFF_TOPIC))
        if match.credits:
            tests.append((_union(self._types, match.credits), Reason.TYPE))
        if match.formats:
            tests.append((_union(self._formats, match.formats), Reason.FORMAT))
        if match.not_formats:
            tests.append((~_union(self._formats, match.not_formats), Reason.FORMAT))
        if match.tags:
            tests.append((_union(self._tags, match.tags), Reason.TAG))
        if match.not_tags:
            tests.append((~_union(self._tags, match.not_tags), Reason.TAG))
        if accept.completed_from is not None:
            since = bisect_left(self.days, accept.completed_from.toordinal())
            tests.append((-1 << since, Reason.OUTSIDE_WINDOW))
        if accept.completed_until is not None:
            until = bisect_left(self.days, accept.completed_until.toordinal() + 1)
            tests.append(((1 << until) - 1, Reason.OUTSIDE_WINDOW))
        for kept, reason in tests:
            if lost := mask & ~kept:
                refused.append((reason, lost))
                mask &= kept
        return mask, refused

    def _rated_records(self, rates: tuple[Rate, ...]) -> int:
        """The records to which any of the rates may speak."""
        mask = 0
        for rate in rates:
            reached = self.matching(rate.match)
            if rate.match.credits:
                reached &= self.of_types(rate.match.credits)
            if rate.match.topics:
                reached &= _union(self._topics, rate.match.topics)
            mask |= reached
        return mask

    def worths(self, n: int, accept: Accept, *, activities: bool = False) -> list[Worth]:
        """A record's worth through each accepted credit type, the best first (ties by the type's code); as
        an activity it is worth one, whatever its hours.
        """
        wanted, topics = accept.match.credits, accept.match.topics
        if activities:
            codes = sorted(code for code, _ in self.credits[n] if not wanted or code in wanted)
            return [Worth(TICKS, code, recorded=TICKS) for code in codes] or [
                Worth(TICKS, "", recorded=TICKS)
            ]
        if accept.own_specialties:
            topics |= self.specialties
        share = self.share(n, topics) if topics else None
        away = self.share(n, accept.not_hours_on) if accept.not_hours_on else 0
        found = []
        least = False
        for code, ticks in self.credits[n]:
            if wanted and code not in wanted:
                continue
            part = ticks if share is None else min(ticks, share)
            part = max(0, min(part, ticks - away))
            worth, is_least = self._worth(n, code, part, accept.rates)
            least = least or is_least
            found.append(worth)
        found.sort(key=lambda worth: (worth.ticks if least else -worth.ticks, worth.credit_type))
        return (found[:1] if least else found) or [Worth(0, "")]

    def _worth(self, n: int, code: str, part: int, rates: tuple[Rate, ...]) -> tuple[Worth, bool]:
        """``part`` ticks under the first rate that matches; one for a topic takes the hours on it and
        leaves the rest.
        """
        for at, rate in enumerate(rates):
            if not self._rated(n, code, rate.match):
                continue
            share = self.share(n, rate.match.topics) if rate.match.topics else part
            if share >= part:
                return _rated_worth(part, code, rate), rate.least
            on_topic = _rated_worth(share, code, rate)
            rest, _ = self._worth(n, code, part - share, rates[at + 1 :])
            # A record has one limited bonus; the topic's comes first, as it is written first.
            bonus, limited = (on_topic.bonus, rate) if on_topic.bonus else (rest.bonus, rest.rate)
            return Worth(on_topic.ticks + rest.ticks, code, bonus, limited, part), rate.least
        return Worth(part, code, recorded=part), False

    def _rated(self, n: int, code: str, match: Match) -> bool:
        if match.credits and code not in match.credits:
            return False
        if match.topics and not self.share(n, match.topics):
            return False
        record = self.records[n]
        return (
            (not match.formats or record.format in match.formats)
            and record.format not in match.not_formats
            and (not match.tags or bool(match.tags & record.tags))
            and not match.not_tags & record.tags
        )


def _rated_worth(part: int, code: str, rate: Rate) -> Worth:
    if rate.each is not None:
        return Worth(rate.each, code, rate=rate, recorded=part)
    if rate.steps:
        gives = max((gives for reaches, gives in rate.steps if part >= reaches), default=0)
        return Worth(gives, code, rate=rate, recorded=part)
    whole = part * rate.times.numerator // rate.times.denominator
    bonus = whole - part if rate.first is not None else 0
    return Worth(whole, code, bonus=bonus, rate=rate, recorded=part)


def _union(masks: dict[str, int], keys: frozenset[str]) -> int:
    union = 0
    for key in keys:
        union |= masks.get(key, 0)
    return union


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
