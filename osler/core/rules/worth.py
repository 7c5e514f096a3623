"""What one record is worth to one requirement: through which credit type, and under which rate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from osler.core.credit.amount import TICKS
from osler.core.rules.record import CreditRecord
from osler.core.rules.requirement import Accept, Match, Rate


class Worth(NamedTuple):
    """What one record is worth to one requirement: through which credit type, for how much as recorded, and
    how much of it is a limited bonus.
    """

    ticks: int
    credit_type: str
    bonus: int = 0
    rate: Rate | None = None
    recorded: int = 0


def share_of(record: CreditRecord, topics: frozenset[str]) -> int:
    """The hours of a record on any of the topics: the largest single share, since shares may overlap."""
    most = 0
    for topic, ticks in record.topics:
        if ticks > most and topic in topics:
            most = ticks
    return most


def worths(
    record: CreditRecord, held: Sequence[tuple[str, int]], accept: Accept, topics: frozenset[str]
) -> list[Worth]:
    """A record's worth through each accepted credit type it holds, the best first (ties by the type's code).

    ``topics`` are those accepted, the person's specialties among them where they count.
    """
    wanted = accept.match.credits
    share = share_of(record, topics) if topics else None
    away = share_of(record, accept.not_hours_on) if accept.not_hours_on else 0
    found = []
    least = False
    for code, ticks in held:
        if wanted and code not in wanted:
            continue
        part = ticks if share is None else min(ticks, share)
        part = max(0, min(part, ticks - away))
        worth, is_least = _worth(record, code, part, accept.rates)
        least = least or is_least
        found.append(worth)
    found.sort(key=lambda worth: (worth.ticks if least else -worth.ticks, worth.credit_type))
    return (found[:1] if least else found) or [Worth(0, "")]


def worths_as_activity(held: Sequence[tuple[str, int]], wanted: frozenset[str]) -> list[Worth]:
    """One activity is worth one, whatever its hours, through each accepted credit type."""
    codes = sorted(code for code, _ in held if not wanted or code in wanted)
    return [Worth(TICKS, code, recorded=TICKS) for code in codes or [""]]


def _worth(record: CreditRecord, code: str, part: int, rates: tuple[Rate, ...]) -> tuple[Worth, bool]:
    """``part`` ticks under the first rate that matches; one for a topic takes the hours on it and leaves the
    rest.
    """
    for at, rate in enumerate(rates):
        if not _is_rated(record, code, rate.match):
            continue
        share = share_of(record, rate.match.topics) if rate.match.topics else part
        if share >= part:
            return rated(part, code, rate), rate.least
        on_topic = rated(share, code, rate)
        rest, _ = _worth(record, code, part - share, rates[at + 1 :])
        # A record has one limited bonus; the topic's comes first, as it is written first.
        bonus, limited = (on_topic.bonus, rate) if on_topic.bonus else (rest.bonus, rest.rate)
        return Worth(on_topic.ticks + rest.ticks, code, bonus, limited, part), rate.least
    return Worth(part, code, recorded=part), False


def _is_rated(record: CreditRecord, code: str, match: Match) -> bool:
    if match.credits and code not in match.credits:
        return False
    if match.topics and not share_of(record, match.topics):
        return False
    return (
        (not match.formats or record.format in match.formats)
        and record.format not in match.not_formats
        and (not match.tags or bool(match.tags & record.tags))
        and not match.not_tags & record.tags
    )


def rated(part: int, code: str, rate: Rate) -> Worth:
    """``part`` ticks, all of them under one rate."""
    if rate.each is not None:
        return Worth(rate.each, code, rate=rate, recorded=part)
    if rate.steps:
        gives = max((gives for reaches, gives in rate.steps if part >= reaches), default=0)
        return Worth(gives, code, rate=rate, recorded=part)
    times = rate.times
    whole = part * times.numerator // times.denominator
    bonus = whole - part if rate.first is not None else 0
    return Worth(whole, code, bonus=bonus, rate=rate, recorded=part)
