"""What a requirement takes of anybody's records, laid out once as tests that a mask passes through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from osler.core.rules.answer import Reason
from osler.core.rules.requirement import Accept


class Mark(IntEnum):
    """By which words of a record it is told apart."""

    TOPIC = 0
    TYPE = 1
    FORMAT = 2
    TAG = 3


Test = tuple[Mark, frozenset[str], bool, Reason]
"""Words a record must bear one of (or, where false, must not), and the reason why it is refused otherwise."""


@dataclass(slots=True, eq=False)
class Taking:
    """One ``accept`` for amounts or for activities. Requirements that ask alike share one, by which the
    records accepted are remembered.

    ``tests`` are in the order in which their reasons speak; own specialties and dates are not among them.
    """

    accept: Accept
    counts_activities: bool
    tests: tuple[Test, ...]
    is_dated: bool
    weighs_all: bool
    """What any record is worth hangs on more than its amount and its hours on a topic."""


def taking_of(accept: Accept, *, counts_activities: bool) -> Taking:
    """The taking of what a requirement accepts."""
    return Taking(
        accept,
        counts_activities,
        tuple(_tests(accept)),
        is_dated=accept.completed_from is not None or accept.completed_until is not None,
        weighs_all=bool(accept.rates and (accept.match.topics or accept.own_specialties)),
    )


def _tests(accept: Accept) -> Iterator[Test]:
    match = accept.match
    if match.topics and not accept.own_specialties:
        yield Mark.TOPIC, match.topics, True, Reason.OFF_TOPIC
    if match.credits:
        yield Mark.TYPE, match.credits, True, Reason.TYPE
    if match.formats:
        yield Mark.FORMAT, match.formats, True, Reason.FORMAT
    if match.not_formats:
        yield Mark.FORMAT, match.not_formats, False, Reason.FORMAT
    if match.tags:
        yield Mark.TAG, match.tags, True, Reason.TAG
    if match.not_tags:
        yield Mark.TAG, match.not_tags, False, Reason.TAG
