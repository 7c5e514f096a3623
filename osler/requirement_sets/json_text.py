"""JSON as the same nodes as YAML, with lines and under the same limits (RFC 8259)."""

from __future__ import annotations

import json
import re
from typing import NoReturn

from osler.requirement_sets.fault import Fault
from osler.requirement_sets.nodes import (
    MOST_DEPTH,
    MOST_NODES,
    Node,
    Scalar,
    Sequence,
    Table,
    note_repeated,
    refuse,
)

# Possessive throughout: a long run of blanks or backslashes is walked once.
_TOKEN = re.compile(
    r'[ \t\r\n]*+(?:("[^"\\\x00-\x1f]*+(?:\\.[^"\\\x00-\x1f]*+)*+")'
    r"|(-?\d++(?:\.\d++)?(?:[eE][+-]?\d++)?|true|false|null)|([{}\[\]:,]))"
)


class NotJson(ValueError):
    """The text is not JSON. ``is_surely_meant`` once a key stood in quotes: its complaint helps most."""

    def __init__(self, fault: Fault, is_surely_meant: bool) -> None:
        self.fault, self.is_surely_meant = fault, is_surely_meant
        super().__init__(str(fault))


def read_json(text: str) -> Node:
    """The value of a JSON text; ``NotJson`` where it is none, ``TextFaults`` where it breaks a limit."""
    return _Reader(text.removeprefix("\ufeff")).document()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._breaks = [match.start() for match in re.finditer("\n", text)]
        self._row = 0
        self._at = 0
        self._nodes = 0
        self._keys = 0

    def document(self) -> Node:
        node = self._values()
        if self._text[self._at :].strip():
            self._fail("the end")
        return node

    def _place(self, index: int) -> tuple[int, int]:
        # Places are asked for in the order of the text, so the row only ever moves on.
        breaks, row = self._breaks, self._row
        while row < len(breaks) and breaks[row] < index:
            row += 1
        self._row = row
        return row + 1, index - (breaks[row - 1] if row else -1)

    def _fail(self, expected: str) -> NoReturn:
        rest = self._text[self._at :]
        index = self._at + len(rest) - len(rest.lstrip())
        line = self._place(index)[0]
        found = repr(rest.lstrip()[:12]) if rest.strip() else "the end of the file"
        fault = Fault(f"line {line}", f"this is not JSON: expected {expected}, found {found}", line)
        raise NotJson(fault, self._keys > 0)

    def _word(self, expected: str) -> tuple[str, int]:
        match = _TOKEN.match(self._text, self._at)
        if match is None:
            self._fail(expected)
        self._at = match.end()
        kind = match.lastindex or 0
        return match.group(kind), match.start(kind)

    def _values(self) -> Node:
        stack: list[tuple[Sequence | Table, Scalar | None]] = []
        while True:
            word, start = self._word("a value")
            node = self._opened(word, start, len(stack))
            if isinstance(node, Scalar):
                complete: Node = node
            elif self._closes(node):
                complete = node
            else:
                stack.append((node, self._key(node)))
                continue
            while True:
                if not stack:
                    return complete
                parent, key = stack.pop()
                _attach(parent, key, complete)
                if self._goes_on(parent):
                    stack.append((parent, self._key(parent)))
                    break
                complete = parent

    def _opened(self, word: str, start: int, depth: int) -> Node:
        """The scalar that a word is, or the list or mapping it opens."""
        self._nodes += 1
        line, column = self._place(start)
        if self._nodes > MOST_NODES:
            refuse(line, f"more than {MOST_NODES:,} values; split the file")
        if word in ("{", "[") and depth >= MOST_DEPTH:
            refuse(line, f"nested deeper than {MOST_DEPTH} levels")
        if word == "{":
            return Table(line, column)
        if word == "[":
            return Sequence(line, column)
        if word in ("}", "]", ":", ","):
            self._at = start
            self._fail("a value")
        return self._scalar(word, line, column, start)

    def _closes(self, node: Sequence | Table) -> bool:
        match = _TOKEN.match(self._text, self._at)
        if match is None or match.group(3) != _closer(node):
            return False
        self._at = match.end()
        return True

    def _goes_on(self, parent: Sequence | Table) -> bool:
        """After a value: true at a comma, false at the parent's end."""
        expected = f"',' or '{_closer(parent)}'"
        word, start = self._word(expected)
        if word not in (",", _closer(parent)):
            self._at = start
            self._fail(expected)
        return word == ","

    def _key(self, parent: Sequence | Table) -> Scalar | None:
        if isinstance(parent, Sequence):
            return None
        word, start = self._word("a key in quotes")
        if word[0] != '"':
            self._at = start
            self._fail("a key in quotes")
        key = self._scalar(word, *self._place(start), start)
        self._nodes += 1
        self._keys += 1
        note_repeated(parent, key)
        colon, start = self._word("':'")
        if colon != ":":
            self._at = start
            self._fail("':'")
        return key

    def _scalar(self, word: str, line: int, column: int, start: int) -> Scalar:
        if word[0] != '"':
            return Scalar(word, line, column)
        try:
            content = json.loads(word) if "\\" in word else word[1:-1]
        except ValueError:
            self._at = start
            self._fail("a text whose escapes are JSON's")
        if "\\u" in word and any("\ud800" <= mark <= "\udfff" for mark in content):
            self._at = start
            self._fail("whole characters, not half of a surrogate pair")
        return Scalar(content, line, column, is_plain=False)


def _closer(node: Sequence | Table) -> str:
    return "}" if isinstance(node, Table) else "]"


def _attach(parent: Sequence | Table, key: Scalar | None, node: Node) -> None:
    parent.size += node.size
    if isinstance(parent, Sequence):
        parent.items.append(node)
    elif key is not None:
        parent.size += 1
        parent.entries.setdefault(key.text, (key, node))
