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
from functools import cached_property
from operator import attrgetter

from osler.core.credit.amount import TICKS
from osler.core.credit.types import round_credit
from osler.core.rules.answer import Reason
from osler.core.rules.masks import Masks, bits, mask_of
from osler.core.rules.record import CreditRecord
from osler.core.rules.requirement import Accept, Match, Rate
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
        self.days = [record.completed for record in self.records]
        self.specialties = frozenset(specialties)
        self.everything = (1 << len(self.records)) - 1
        self._accepted: dict[tuple[int, bool], tuple[Accept, Accepted]] = {}
        self._reached: dict[int, tuple[Match, int]] = {}
        # Masks by word, the amount of each record in whatever type, and the records that bear several
        # types, several types of different amounts, and no amount at all.
        self._types, self._topics = Masks(), Masks()
        self._amounts: list[int] = []
        self._several = self._differing = self._empty = 0
        self._read()
        self.repeats = self._repeats()

    def _read(self) -> None:
        types, topics, amounts = self._types, self._topics, self._amounts
        bit = 1
        for record in self.records:
            held = record.credits
            if len(held) == 1:
                code, first = held[0]
                first = round_credit(code, first)
                types[code] |= bit
                if first <= 0:
                    self._empty |= bit
            else:
                first = self._read_several(held, bit)
            amounts.append(first)
            for topic, _ in record.topics:
                topics[topic] |= bit
            bit <<= 1

    def _read_several(self, held: tuple[tuple[str, int], ...], bit: int) -> int:
        """The amount of a record of several credit types, mostly the same hours in each; or of none."""
        found = [round_credit(code, ticks) for code, ticks in held]
        for code, _ in held:
            self._types[code] |= bit
        self._several |= bit
        if len(set(found)) > 1:
            self._differing |= bit
        elif not found or found[0] <= 0:
            self._empty |= bit
        return found[0] if found else 0

    @cached_property
    def _formats(self) -> Masks:
        formats = Masks()
        for n, record in enumerate(self.records):
            formats[record.format] |= 1 << n
        return formats

    @cached_property
    def _tags(self) -> Masks:
        tags = Masks()
        for n, record in enumerate(self.records):
            for tag in record.tags:
                tags[tag] |= 1 << n
        return tags

    def _repeats(self) -> list[int]:
        """Masks of records that are one activity written down twice: same provider, title and date."""
        found: list[int] = []
        days, start = self.days, 0
        for n in range(1, len(days)):
            if days[n] != days[n - 1]:
                start = n
            elif n + 1 == len(days) or days[n + 1] != days[n]:
                found += [group for group in self.alike(range(start, n + 1)) if group & (group - 1)]
        return found

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
        return worths(self.records[n], self.held(n), accept, self._wanted(accept))

    def accepted(self, accept: Accept, *, activities: bool) -> Accepted:
        """What a requirement takes and what it is worth; remembered for the other requirements that ask
        alike.
        """
        key = (id(accept), activities)
        known = self._accepted.get(key)
        if known is None:
            found = self._activities(accept) if activities else self._accept(accept)
            known = self._accepted[key] = (accept, found)
        return known[1]

    def _wanted(self, accept: Accept) -> frozenset[str]:
        topics = accept.match.topics
        return topics | self.specialties if accept.own_specialties else topics

    def _activities(self, accept: Accept) -> Accepted:
        mask, refused = self._sieve(accept)
        if least := accept.at_least_each:
            hours = replace(accept, rates=())
            small = mask_of([n for n in bits(mask) if self.worths(n, hours)[0].ticks < least])
            mask &= ~small
            refused.append((Reason.TOO_SMALL, small))
        return Accepted(mask, [TICKS] * len(self.records), refused=refused)

    def _accept(self, accept: Accept) -> Accepted:
        """Most records carry one amount, the same for every requirement; only the others are weighed."""
        mask, refused = self._sieve(accept)
        topics = self._wanted(accept)
        differing = self._differing & mask
        by_hand = by_share = by_rate = 0
        if accept.not_hours_on or (accept.rates and topics):
            by_hand = mask
        elif topics:
            by_hand, by_share = differing, mask & ~differing
        elif accept.rates:
            by_rate = mask & self._rated_records(accept)
        by_type = differing & ~(by_hand | by_rate)
        weighed = by_hand | by_share | by_rate | by_type
        result = Accepted(mask, self._amounts, refused=refused)
        if weighed:
            result.amounts = amounts = self._amounts.copy()
            for n in bits(by_share):
                amounts[n] = min(amounts[n], share_of(self.records[n], topics))
            for n in bits(by_type):
                wanted = accept.match.credits
                amounts[n] = max(ticks for code, ticks in self.held(n) if not wanted or code in wanted)
            for n in bits(by_hand | (by_rate and self._rate(by_rate, accept, amounts))):
                best = self.worths(n, accept)[0]
                amounts[n] = best.ticks
                if best.bonus:
                    result.bonus[n] = best
        self._drop_small(result, weighed, accept.at_least_each)
        return result

    def _drop_small(self, accepted: Accepted, weighed: int, least: int) -> None:
        """Records that bring nothing, or less than a record must bring, fall away."""
        mask, amounts = accepted.mask, accepted.amounts
        small = self._empty & mask & ~weighed
        if weighed:
            small |= mask_of([n for n in bits(weighed) if amounts[n] <= 0])
        if least:
            small |= mask_of([n for n in bits(mask) if amounts[n] < least])
        if small:
            accepted.mask = mask & ~small
            accepted.refused.append((Reason.TOO_SMALL, small))

    def _sieve(self, accept: Accept) -> tuple[int, list[tuple[Reason, int]]]:
        """The records that pass every test by word or by date, and those lost at each."""
        match, mask = accept.match, self.everything
        tests: list[tuple[int, Reason]] = []
        if match.topics or accept.own_specialties:
            tests.append((self._topics.of(self._wanted(accept)), Reason.OFF_TOPIC))
        if match.credits:
            tests.append((self._types.of(match.credits), Reason.TYPE))
        if match.formats:
            tests.append((self._formats.of(match.formats), Reason.FORMAT))
        if match.not_formats:
            tests.append((~self._formats.of(match.not_formats), Reason.FORMAT))
        if match.tags:
            tests.append((self._tags.of(match.tags), Reason.TAG))
        if match.not_tags:
            tests.append((~self._tags.of(match.not_tags), Reason.TAG))
        if accept.completed_from is not None:
            tests.append((-1 << bisect_left(self.days, accept.completed_from), Reason.OUTSIDE_WINDOW))
        if accept.completed_until is not None:
            until = bisect_right(self.days, accept.completed_until)
            tests.append(((1 << until) - 1, Reason.OUTSIDE_WINDOW))
        refused: list[tuple[Reason, int]] = []
        for kept, reason in tests:
            if lost := mask & ~kept:
                refused.append((reason, lost))
                mask &= kept
        return mask, refused

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
            left &= ~hit
            if rate.match.topics or rate.first is not None:
                by_hand |= hit
            else:
                for n in bits(hit):
                    amounts[n] = rated(amounts[n], "", rate).ticks
        return by_hand


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
