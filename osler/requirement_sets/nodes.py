"""What YAML and JSON come down to: values, lists and mappings with lines, under limits that hold."""

from __future__ import annotations

from typing import NoReturn

from osler.requirement_sets.fault import Fault, TextFaults

MOST_BYTES = 8 * 1024 * 1024
MOST_NODES = 80_000
"""Values in one file, those that an alias repeats counted again: some four thousand credit records."""
MOST_DEPTH = 40


class Scalar:
    """One value as written. ``is_plain`` is false where it stood in quotes, so ``"null"`` is a text."""

    __slots__ = ("column", "is_plain", "line", "text")

    def __init__(self, text: str, line: int, column: int, is_plain: bool = True) -> None:
        self.text, self.line, self.column, self.is_plain = text, line, column, is_plain

    size = 1

    @property
    def is_null(self) -> bool:
        return self.is_plain and self.text in ("", "~", "null", "Null", "NULL")


class Sequence:
    """A list."""

    __slots__ = ("column", "items", "line", "size")

    def __init__(self, line: int, column: int) -> None:
        self.line, self.column, self.size = line, column, 1
        self.items: list[Node] = []


class Table:
    """A mapping; ``entries`` keep the file's order; ``repeated`` are keys that stood there before."""

    __slots__ = ("column", "entries", "line", "repeated", "size")

    def __init__(self, line: int, column: int) -> None:
        self.line, self.column, self.size = line, column, 1
        self.repeated: tuple[Scalar, ...] = ()
        self.entries: dict[str, tuple[Scalar, Node]] = {}


Node = Scalar | Sequence | Table


def refuse(line: int, message: str) -> NoReturn:
    """Gives up on the whole text."""
    raise TextFaults([Fault(f"line {line}" if line else "file", message, line)])


def note_repeated(table: Table, key: Scalar) -> None:
    """Keeps a key that the mapping already has, so that its reader can complain: one value would be lost."""
    if key.text in table.entries:
        table.repeated = (*table.repeated[:99], key)
