"""Conditions over facts in three-valued logic, written as they are read.

    holds-dea and prescribes-controlled-substances
    specialty in [internal-medicine, family-medicine] and patients-65-plus-share > 25
    not (degree = DO) or issued >= 2020-01-01
    board-certified-on within 36 months before cycle-end
    abms-certified-on >= cycle-start

A name that is not known makes its comparison neither true nor false; ``and``, ``or`` and ``not`` follow
Kleene. ``Condition.unknown`` names the facts that still matter, and only those: in ``a and b`` with ``b``
false nobody is asked about ``a``.
"""

from __future__ import annotations

import operator as operators
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from osler.core.rules.record import FactValue
from osler.core.time import add_months

Facts = Mapping[str, FactValue]

DERIVED = frozenset(
    {"profession", "degree", "specialty", "birth-date", "age", "issued", "expires", "renewal"}
) | {
    "licence-months",
    "cycle-start",
    "cycle-end",
    "as-of",
}
"""Names every condition may use that are worked out rather than asked as facts."""

DAYS = frozenset({"birth-date", "issued", "expires", "cycle-start", "cycle-end", "as-of"})
"""Derived names that may also stand on the right of a comparison: ``certified-on >= cycle-start``."""

_TOKEN = re.compile(
    r"\s*(?:(\d{4}-\d{2}-\d{2})|(\d+(?:\.\d+)?)(?![\w-])|([A-Za-z][\w-]*)|(<=|>=|!=|=|<|>|\(|\)|\[|\]|,))"
)
_WORDS = frozenset({"and", "or", "not", "in", "within", "months", "before", "of"})


class ConditionError(ValueError):
    """The text is not a condition; ``str(error)`` says where and what was expected."""


@dataclass(frozen=True, slots=True)
class Truth:
    """``value`` is ``None`` when unknown; ``unknown`` then names the facts that would decide it."""

    value: bool | None
    unknown: tuple[str, ...] = ()


TRUE, FALSE = Truth(True), Truth(False)


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed condition. Equal texts are equal conditions."""

    text: str
    names: tuple[str, ...]
    test: Callable[[Facts], Truth]

    def __call__(self, facts: Facts) -> Truth:
        return self.test(facts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Condition) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


def parse_condition(text: str) -> Condition:
    """The condition a text stands for; ``ConditionError`` says what is wrong with it."""
    parser = _Parser(text)
    test = parser.any_of()
    parser.finish()
    return Condition(text=" ".join(text.split()), names=tuple(dict.fromkeys(parser.names)), test=test)


class _Parser:
    def __init__(self, text: str) -> None:
        self.text, self.tokens, self.at, self.names = text, self._split(text), 0, list[str]()

    @staticmethod
    def _split(text: str) -> list[str]:
        tokens, place = [], 0
        stripped = text.rstrip()
        while place < len(stripped):
            match = _TOKEN.match(stripped, place)
            if match is None:
                raise ConditionError(
                    f"cannot read {stripped[place:].strip()[:20]!r} in the condition {text!r}"
                )
            tokens.append(match.group().strip())
            place = match.end()
        return tokens

    def fail(self, expected: str) -> NoReturn:
        found = repr(self.tokens[self.at]) if self.at < len(self.tokens) else "the end"
        raise ConditionError(f"expected {expected} but found {found} in the condition {self.text!r}")

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, *wanted: str) -> str | None:
        if self.peek() in wanted:
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def need(self, wanted: str) -> None:
        if self.take(wanted) is None:
            self.fail(f"{wanted!r}")

    def finish(self) -> None:
        if self.at < len(self.tokens):
            self.fail("'and', 'or' or the end")

    def any_of(self) -> Callable[[Facts], Truth]:
        parts = [self.all_of()]
        while self.take("or"):
            parts.append(self.all_of())
        return parts[0] if len(parts) == 1 else _joined(parts, decisive=True)

    def all_of(self) -> Callable[[Facts], Truth]:
        parts = [self.single()]
        while self.take("and"):
            parts.append(self.single())
        return parts[0] if len(parts) == 1 else _joined(parts, decisive=False)

    def single(self) -> Callable[[Facts], Truth]:
        if self.take("not"):
            return _negated(self.single())
        if self.take("("):
            inner = self.any_of()
            self.need(")")
            return inner
        return self.comparison()

    def comparison(self) -> Callable[[Facts], Truth]:
        name = self.word("the name of a fact")
        self.names.append(name)
        if self.take("in"):
            self.need("[")
            values = [self.value()]
            while self.take(","):
                values.append(self.value())
            self.need("]")
            return _compared(name, "in", tuple(values))
        if self.take("within"):
            return self.within(name)
        operator = self.take("=", "!=", "<", "<=", ">", ">=")
        if operator is None:
            return _stated(name)
        if self.peek() in DAYS:
            self.names.append(self.word("the name of a day"))
            return _against(name, operator, self.names[-1])
        return _compared(name, operator, (self.value(),))

    def within(self, name: str) -> Callable[[Facts], Truth]:
        months = self.value()
        if not isinstance(months, Decimal):
            self.at -= 1
            self.fail("a number of months")
        self.need("months")
        self.need("before")
        anchor = self.word("the name of a date")
        self.names.append(anchor)
        return _within(name, int(months), anchor)

    def word(self, expected: str) -> str:
        token = self.peek()
        if not token[:1].isalpha() or token in _WORDS:
            self.fail(expected)
        self.at += 1
        return token

    def value(self) -> FactValue:
        token = self.peek()
        if not token or not token[0].isalnum() or token in _WORDS:
            self.fail("a value")
        value = read_value(token)
        if isinstance(value, str) and value[0].isdigit():
            raise ConditionError(f"{value} is not a day of the calendar, in the condition {self.text!r}")
        self.at += 1
        return value


def read_value(word: str) -> FactValue:
    """A fact's value from a word: true, false, a date, a number, else the word itself."""
    if word in ("true", "false"):
        return word == "true"
    try:
        return date.fromisoformat(word) if word.count("-") == 2 and word[0].isdigit() else Decimal(word)
    except (ValueError, InvalidOperation):
        return word


def _joined(parts: list[Callable[[Facts], Truth]], *, decisive: bool) -> Callable[[Facts], Truth]:
    ends, neutral = (TRUE, FALSE) if decisive else (FALSE, TRUE)

    def test(facts: Facts) -> Truth:
        unknown: list[str] = []
        for part in parts:
            truth = part(facts)
            if truth.value is decisive:
                return ends
            unknown += truth.unknown
        return Truth(None, tuple(dict.fromkeys(unknown))) if unknown else neutral

    return test


def _negated(part: Callable[[Facts], Truth]) -> Callable[[Facts], Truth]:
    def test(facts: Facts) -> Truth:
        truth = part(facts)
        return truth if truth.value is None else (FALSE if truth.value else TRUE)

    return test


def _stated(name: str) -> Callable[[Facts], Truth]:
    asked = Truth(None, (name,))

    def test(facts: Facts) -> Truth:
        value = facts.get(name)
        if value is None:
            return asked
        return FALSE if value is False or value == () or value == 0 else TRUE

    return test


def _compared(name: str, operator: str, wanted: tuple[FactValue, ...]) -> Callable[[Facts], Truth]:
    asked = Truth(None, (name,))
    wanted = tuple(_folded(value) for value in wanted)
    target = wanted[0]
    found, absent = (FALSE, TRUE) if operator == "!=" else (TRUE, FALSE)

    def among(facts: Facts) -> Truth:
        value = facts.get(name)
        if value is None:
            return asked
        if isinstance(value, tuple):
            return found if any(_folded(held) in wanted for held in value) else absent
        return found if _folded(value) in wanted else absent

    def ordered(facts: Facts) -> Truth:
        value = facts.get(name)
        if value is None:
            return asked
        if value is False:
            # Who says there is none is not asked for its day or its number.
            return FALSE
        return _ordered(value, operator, target) or asked

    return among if operator in ("=", "in", "!=") else ordered


def _folded(value: FactValue) -> FactValue:
    return value.lower() if isinstance(value, str) else value


def _against(name: str, operator: str, other: str) -> Callable[[Facts], Truth]:
    def test(facts: Facts) -> Truth:
        value, target = facts.get(name), facts.get(other)
        if value is False:
            return FALSE
        if value is None or target is None:
            return Truth(None, tuple(n for n, v in ((name, value), (other, target)) if v is None))
        return _ordered(value, operator, target) or Truth(None, (name,))

    return test


def _ordered(value: FactValue, operator: str, target: FactValue) -> Truth | None:
    """How two numbers or two days compare; ``None`` for anything else: a date is never larger than a
    number.
    """
    if isinstance(value, Decimal) and isinstance(target, Decimal):
        order = int(value.compare(target))
    elif isinstance(value, date) and isinstance(target, date):
        order = (value > target) - (value < target)
    else:
        return None
    return TRUE if _ORDERS[operator](order, 0) else FALSE


_ORDERS: Mapping[str, Callable[[int, int], bool]] = {
    "<": operators.lt,
    "<=": operators.le,
    ">": operators.gt,
    ">=": operators.ge,
    "=": operators.eq,
    "!=": operators.ne,
}


def _within(name: str, months: int, anchor: str) -> Callable[[Facts], Truth]:
    def test(facts: Facts) -> Truth:
        value, end = facts.get(name), facts.get(anchor)
        if value is False:
            return FALSE
        if not isinstance(value, date) or not isinstance(end, date):
            return Truth(None, tuple(n for n, v in ((name, value), (anchor, end)) if not isinstance(v, date)))
        return TRUE if add_months(end, -months) <= value <= end else FALSE

    return test
