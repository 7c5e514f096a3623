"""Reads typed values from nodes and collects every fault on the way, instead of stopping at the first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from fractions import Fraction

from osler.core.credit.amount import AmountError, parse_amount
from osler.requirement_sets.fault import Fault, Suggestions, TextFaults, printable, shown
from osler.requirement_sets.nodes import Node, Scalar, Sequence, Table

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_WHOLE = re.compile(r"\d{1,9}\Z")
_TIMES = re.compile(r"(\d{1,6})(?:\.(\d{1,4})|/(\d{1,6}))?\Z")
_FLAGS = {"true": True, "false": False, "yes": True, "no": False}
MOST_CHARACTERS = 2000
FIRST_YEAR, LAST_YEAR = 1900, 2200
MOST_TOLD = 10_000
"""Faults, and warnings, that are told one by one; nobody reads more, and writing them out takes long."""


def slug_of(text: str) -> str:
    """The slug that a name would have: ``Pain Management`` is ``pain-management``."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


class Reading:
    """One text being read, with its faults and warnings. A method returns ``None`` after a fault."""

    def __init__(self, root: Node, file: str = "") -> None:
        self.root, self.file = root, file
        # By node and message: a key that several ways inherit is read several times and complained of once.
        self._faults: dict[tuple[int, str], Node] = {}
        self._warnings: dict[tuple[int, str], Node] = {}
        self._warned: set[tuple[str, str]] = set()
        self._untold_faults = self._untold_warnings = 0
        self.suggestions = Suggestions()

    def fault(self, node: Node, message: str) -> None:
        if len(self._faults) < MOST_TOLD:
            self._faults.setdefault((id(node), message), node)
        else:
            self._untold_faults += 1

    def warn(self, node: Node, message: str) -> None:
        if len(self._warnings) < MOST_TOLD:
            self._warnings.setdefault((id(node), message), node)
        else:
            self._untold_warnings += 1

    def unknown(
        self, node: Node, text: str, what: str, known: Collection[str], *, is_fault: bool = True
    ) -> None:
        """``text`` names no ``what``: a fault, or a warning once per word, with the closest known word."""
        if is_fault or (what, text) not in self._warned:
            message = f"unknown {what} {shown(text)}.{self.suggestions.closest(text, known)}"
            (self.fault if is_fault else self.warn)(node, message)
        self._warned.add((what, text))

    # -- scalars ---------------------------------------------------------------------------------------------

    def scalar(self, node: Node, what: str) -> Scalar | None:
        if isinstance(node, Scalar) and not node.is_null:
            return node
        self.fault(node, f"expected {what}, found {_kind(node)}")
        return None

    def text(self, node: Node, what: str = "a text", most: int = MOST_CHARACTERS) -> str | None:
        scalar = self.scalar(node, what)
        if scalar is None:
            return None
        text = scalar.text.strip()
        if not text:
            self.fault(node, f"expected {what}, found an empty one")
        elif len(text) > most:
            self.fault(node, f"longer than {most} characters")
        elif _CONTROL.search(text):
            self.fault(node, "a control character, which no text may hold")
        else:
            return text
        return None

    def slug(self, node: Node, what: str) -> str | None:
        text = self.text(node, what, 100)
        if text is not None and not SLUG.match(text):
            self.fault(node, f"expected {what} in lower case with hyphens, found {shown(text)}")
            return None
        return text

    def word(self, node: Node, what: str, known: Collection[str]) -> str | None:
        scalar = self.scalar(node, f"one of {', '.join(known)}" if len(known) < 12 else what)
        if scalar is None:
            return None
        if scalar.text in known:
            return scalar.text
        expected = f" Expected one of {', '.join(known)}." if len(known) < 12 else ""
        closest = self.suggestions.closest(scalar.text, known)
        self.fault(node, f"unknown {what} {shown(scalar.text)}.{expected or closest}")
        return None

    def day(self, node: Node, what: str = "a day such as 2026-06-30") -> date | None:
        scalar = self.scalar(node, what)
        if scalar is None:
            return None
        if not _DAY.match(scalar.text):
            self.fault(node, f"expected {what}, found {shown(scalar.text)}")
            return None
        try:
            day = date.fromisoformat(scalar.text)
        except ValueError:
            self.fault(node, f"{scalar.text} is not a day of the calendar")
            return None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fault(node, f"{day} lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
            return None
        return day

    def amount(self, node: Node) -> int | None:
        """Ticks."""
        scalar = self.scalar(node, "a number such as 6 or 0.25")
        if scalar is None:
            return None
        try:
            return parse_amount(scalar.text)
        except AmountError as error:
            self.fault(node, f"{error}, found {shown(scalar.text)}")
            return None

    def whole(self, node: Node, least: int, most: int) -> int | None:
        expected = f"a whole number from {least} to {most}"
        scalar = self.scalar(node, expected)
        if scalar is None:
            return None
        if not _WHOLE.match(scalar.text) or not least <= int(scalar.text) <= most:
            self.fault(node, f"expected {expected}, found {shown(scalar.text)}")
            return None
        return int(scalar.text)

    def times(self, node: Node) -> Fraction | None:
        """A factor such as 2, 1.5 or 1/4."""
        scalar = self.scalar(node, "a factor such as 2, 1.5 or 1/4")
        if scalar is None:
            return None
        match = _TIMES.match(scalar.text)
        if match is None or (match[3] is not None and int(match[3]) == 0):
            self.fault(node, f"expected a factor such as 2, 1.5 or 1/4, found {shown(scalar.text)}")
            return None
        return Fraction(scalar.text)

    def flag(self, node: Node) -> bool | None:
        scalar = self.scalar(node, "true or false")
        if scalar is None:
            return None
        value = _FLAGS.get(scalar.text.lower())
        if value is None:
            self.fault(node, f"expected true or false, found {shown(scalar.text)}")
        return value

    # -- lists and mappings ----------------------------------------------------------------------------------

    def items(self, node: Node, what: str) -> list[Node]:
        if isinstance(node, Sequence):
            return node.items
        self.fault(node, f"expected a list of {what}, found {_kind(node)}")
        return []

    def entries(self, node: Node, what: str) -> Iterator[tuple[Scalar, Node]]:
        """Key and value of a mapping whose keys are free."""
        if not isinstance(node, Table):
            self.fault(node, f"expected {what}, found {_kind(node)}")
            return
        for key in node.repeated:
            first = node.entries[key.text][0].line
            self.fault(key, f"the key {shown(key.text)} stands here a second time, first on line {first}")
        yield from node.entries.values()

    def fields(
        self, node: Node, what: str, known: Collection[str], required: Collection[str] = ()
    ) -> Mapping[str, Node]:
        """The values of a mapping by key; unknown and missing keys are faults, an empty value is missing."""
        found: dict[str, Node] = {}
        is_table = isinstance(node, Table)
        for key, value in self.entries(node, f"{what}, a mapping with {', '.join(required or known)}"):
            if key.text not in known:
                closest = self.suggestions.closest(key.text, known)
                self.fault(
                    key, f"{what} has no key {shown(key.text)}.{closest or ' Known: ' + ', '.join(known)}"
                )
            elif not (isinstance(value, Scalar) and value.is_null):
                found[key.text] = value
        for name in required:
            if is_table and name not in found:
                self.fault(node, f"{what} needs {name!r}")
        return found

    # -- the end ---------------------------------------------------------------------------------------------

    @property
    def has_faults(self) -> bool:
        return bool(self._faults)

    def warnings(self) -> list[Fault]:
        return [*self._placed(self._warnings), *self._rest(self._untold_warnings, "warnings")]

    def faults(self) -> list[Fault]:
        return [*self._placed(self._faults), *self._rest(self._untold_faults, "faults")]

    def finish(self) -> list[Fault]:
        """The warnings, or ``TextFaults`` where there was a fault."""
        if self._faults:
            raise TextFaults(self.faults(), self.warnings())
        return self.warnings()

    def _rest(self, untold: int, what: str) -> list[Fault]:
        message = f"and {untold:,} more {what}"
        return [Fault("the file" if self.file else "file", message, 0, self.file)] if untold else []

    def _placed(self, found: Mapping[tuple[int, str], Node]) -> list[Fault]:
        if not found:
            return []
        paths = _paths(self.root, {key for key, _ in found})
        ordered = sorted(
            ((node, message) for (_, message), node in found.items()),
            key=lambda each: (each[0].line, each[0].column),
        )
        return [
            Fault(_place(paths.get(id(node), ""), node.line, self.file), message, node.line, self.file)
            for node, message in ordered
        ]


def _place(path: str, line: int, file: str) -> str:
    if file:
        return path or "the file"
    return f"{path}, line {line}" if path else f"line {line}"


def _kind(node: Node) -> str:
    if isinstance(node, Scalar):
        return "nothing" if node.is_null else shown(node.text)
    return "a list" if isinstance(node, Sequence) else "a mapping"


def _paths(root: Node, wanted: set[int]) -> dict[int, str]:
    """The path of each wanted node, found by one walk: only a file with faults pays for its paths."""
    paths: dict[int, str] = {}
    # Taken from the end: what stands first in the file comes first, so an alias is named where it is written.
    stack: list[tuple[str, Node]] = [("", root)]
    while stack and len(paths) < len(wanted):
        path, node = stack.pop()
        if id(node) in wanted:
            paths.setdefault(id(node), path)
        if isinstance(node, Sequence):
            below = [(f"{path}[{index}]", item) for index, item in enumerate(node.items)]
            stack += reversed(below)
        elif isinstance(node, Table):
            for key in node.repeated:
                if id(key) in wanted:
                    paths.setdefault(id(key), _below(path, key))
            inside: list[tuple[str, Node]] = []
            for key, value in node.entries.values():
                if id(key) in wanted:
                    paths.setdefault(id(key), _below(path, key))
                inside.append((_below(path, key), value))
            stack += reversed(inside)
    return paths


def _below(path: str, key: Scalar) -> str:
    name = printable(key.text[:60])
    return f"{path}.{name}" if path else name
