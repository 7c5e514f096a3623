"""The records that count, and those that do not and why, written out only when somebody reads them.

The evaluator keeps numbers and masks; most answers are asked for their amounts. Reading a sequence turns
them into records and one sentence for each, in the order of their dates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import overload

from osler.core.credit.amount import amount_text
from osler.core.rules.answer import Counted, NotCounted, Reason
from osler.core.rules.counting import Tally
from osler.core.rules.index import Accepted, RecordIndex
from osler.core.rules.masks import bits
from osler.core.rules.requirement import Accept
from osler.core.time import ONE_DAY, Period

NOWHERE: Mapping[str, int] = MappingProxyType({})


class CountedRecords(Sequence[Counted]):
    """The records that count, from their numbers in the index and the ticks of each."""

    __slots__ = ("_found", "_index", "_written")

    def __init__(self, index: RecordIndex, found: Tally) -> None:
        self._index, self._found = index, found
        self._written: tuple[Counted, ...] | None = None

    def _write(self) -> tuple[Counted, ...]:
        if self._written is None:
            records = self._index.records
            self._written = tuple([Counted(records[n], ticks) for n, ticks in self._found.items])
        return self._written

    @overload
    def __getitem__(self, at: int) -> Counted: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Counted]: ...
    def __getitem__(self, at: int | slice) -> Counted | Sequence[Counted]:
        return self._write()[at]

    def __len__(self) -> int:
        return len(self._found.items)

    def __iter__(self) -> Iterator[Counted]:
        return iter(self._write())


class Refusals(Sequence[NotCounted]):
    """A record is refused for the first reason that names it: not accepted at all, completed after the day of
    the question, outside the window, and then what ``found`` says.

    ``window`` is the mask of the records that could count in time, ``elsewhere`` the ticks of records that
    count by way of another requirement.
    """

    __slots__ = (
        "_accept",
        "_accepted",
        "_as_of",
        "_elsewhere",
        "_found",
        "_index",
        "_periods",
        "_window",
        "_written",
    )

    def __init__(
        self,
        index: RecordIndex,
        accept: Accept,
        accepted: Accepted,
        found: Tally,
        window: int,
        periods: tuple[Period, ...],
        as_of: date,
        elsewhere: Mapping[str, int] = NOWHERE,
    ) -> None:
        self._index, self._accept, self._accepted, self._found = index, accept, accepted, found
        self._window, self._periods, self._as_of, self._elsewhere = window, periods, as_of, elsewhere
        self._written: tuple[NotCounted, ...] | None = None

    def _masks(self) -> list[tuple[Reason, int]]:
        """What is refused for each reason, in the order in which the reasons speak."""
        later = self._index.everything & ~self._index.through(self._as_of)
        outside = self._accepted.mask & ~self._window
        return [
            *self._accepted.refused,
            (Reason.AFTER_AS_OF, outside & later),
            (Reason.OUTSIDE_WINDOW, outside & ~later),
            *self._found.refused,
        ]

    def _write(self) -> tuple[NotCounted, ...]:
        if self._written is None:
            told: list[tuple[int, NotCounted]] = []
            said = 0
            for reason, mask in self._masks():
                for n in bits(mask & ~said):
                    told.append((n, self._refusal(n, reason)))
                said |= mask
            records = self._index.records
            told += [
                (n, NotCounted(records[n], ticks - self._elsewhere.get(records[n].id, 0), reason, says))
                for n, ticks, reason, says in self._found.over
            ]
            told = [(n, refusal) for n, refusal in told if refusal.ticks > 0 or not self._spills(n)]
            told.sort(key=lambda pair: pair[0])
            self._written = tuple([refusal for _, refusal in told])
        return self._written

    def _spills(self, n: int) -> bool:
        return self._index.records[n].id in self._elsewhere

    def _refusal(self, n: int, reason: Reason) -> NotCounted:
        record = self._index.records[n]
        most = max([ticks for _, ticks in self._index.held(n)], default=0)
        most -= self._elsewhere.get(record.id, 0)
        return NotCounted(record, most, reason, self._sentence(n, reason))

    def _sentence(self, n: int, reason: Reason) -> str:
        record, accept = self._index.records[n], self._accept
        if reason is Reason.AFTER_AS_OF:
            return f"completed on {record.completed}, after {self._as_of}"
        if reason is Reason.OUTSIDE_WINDOW:
            return self._outside(record.completed)
        if reason is Reason.TYPE:
            held = [code for code, _ in record.credits] or ["no credit type"]
            return f"{_listed(held, 'and')} {'is' if len(held) == 1 else 'are'} not accepted here"
        if reason is Reason.FORMAT:
            return f"the format {record.format} is not accepted here"
        if reason is Reason.TAG:
            return _tag_sentence(accept, record.tags)
        if reason is Reason.OFF_TOPIC:
            wanted = sorted(accept.match.topics) + (["own specialty"] if accept.own_specialties else [])
            return f"no hours on {_listed(wanted, 'or')}"
        if reason is Reason.DUPLICATE:
            return "the same activity, recorded twice"
        if reason is Reason.TOO_SMALL:
            least = accept.at_least_each
            return f"less than {amount_text(least)} of it counts" if least else "no amount of it counts here"
        return "done before the last completion, which started the clock again"

    def _outside(self, completed: date) -> str:
        starts = min((period.start for period in self._periods), default=None)
        ends = max((period.end for period in self._periods), default=None)
        if starts is not None and completed < starts:
            return f"completed on {completed}, before the window opened on {starts}"
        if ends is not None and completed >= ends:
            return f"completed on {completed}, after the window closed on {ends - ONE_DAY}"
        return f"completed on {completed}, outside the window"

    @overload
    def __getitem__(self, at: int) -> NotCounted: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[NotCounted]: ...
    def __getitem__(self, at: int | slice) -> NotCounted | Sequence[NotCounted]:
        return self._write()[at]

    def __len__(self) -> int:
        return len(self._write())

    def __iter__(self) -> Iterator[NotCounted]:
        return iter(self._write())


def _tag_sentence(accept: Accept, tags: frozenset[str]) -> str:
    unwanted = sorted(tags & accept.match.not_tags)
    if unwanted:
        return f"{_listed(unwanted, 'and')} {'is' if len(unwanted) == 1 else 'are'} not accepted here"
    return f"only what is {_listed(sorted(accept.match.tags), 'or')} is accepted here"


def _listed(words: Sequence[str], last: str) -> str:
    """``one``, ``one or two``, ``one, two or three``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
