"""YAML and JSON as plain nodes that know their line, under limits that no file can get around.

Scalars keep the text they were written with: ``10.0`` stays ``10.0`` and is made an exact amount by whoever
knows that it is one; ``2026-02-30``, ``.nan`` and ``1e999`` are texts that no amount and no day takes.
Nothing is ever constructed from a tag. A file too large, too deep or too long is refused whole.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from osler.requirement_sets.fault import TextFaults
from osler.requirement_sets.json_text import NotJson, read_json
from osler.requirement_sets.nodes import (
    MOST_BYTES,
    MOST_DEPTH,
    MOST_NODES,
    Node,
    Scalar,
    Sequence,
    Table,
    note_repeated,
    refuse,
)


def read_yaml(text: str | bytes) -> Node:
    """The one document of a YAML or JSON text; ``TextFaults`` says what keeps it from being one."""
    content = _decoded(text)
    if content.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        # YAML readers stumble over JSON's tabs and surrogate pairs, so JSON has a reader of its own.
        try:
            return read_json(content)
        except NotJson as not_json:
            if not_json.is_surely_meant:
                raise TextFaults([not_json.fault]) from None
    return _Composer(content).document()


def _decoded(text: str | bytes) -> str:
    if len(text) > MOST_BYTES:
        refuse(0, f"the file is larger than {MOST_BYTES // 1024 // 1024} MB")
    try:
        content = text if isinstance(text, str) else text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        refuse(error.object.count(b"\n", 0, error.start) + 1, "expected UTF-8, and a byte here is not")
    if not content.strip():
        refuse(1, "the file is empty")
    return content


class _Composer:
    """Builds nodes from libyaml's events on a stack of its own: no recursion, so no depth can break it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._stack: list[tuple[Sequence | Table, Scalar | None]] = []
        self._anchors: dict[str, Node] = {}
        self._open_anchors: dict[int, str] = {}
        self._nodes = 0
        self._root: Node | None = None

    def document(self) -> Node:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(self._text)
        try:
            self._compose(loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            refuse(mark.line + 1 if mark else 1, f"this is not YAML: {_in_words(error)}")
        except yaml.reader.ReaderError as error:
            refuse(self._text.count("\n", 0, error.position) + 1, "a character here is not allowed in YAML")
        except yaml.YAMLError as error:
            refuse(1, f"this is not YAML: {error}")
        finally:
            loader.dispose()
        if self._root is None:
            refuse(1, "the file is empty")
        return self._root

    def _compose(self, loader: Any) -> None:
        next_event = loader.get_event
        documents = 0
        while True:
            event = next_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif kind is yaml.MappingStartEvent:
                self._open(event, Table(event.start_mark.line + 1, event.start_mark.column + 1))
            elif kind is yaml.SequenceStartEvent:
                self._open(event, Sequence(event.start_mark.line + 1, event.start_mark.column + 1))
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._close()
            elif kind is yaml.AliasEvent:
                self._alias(event)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    refuse(event.start_mark.line + 1, "a second document starts here; expected one")
            elif kind is yaml.StreamEndEvent:
                return

    def _scalar(self, event: Any) -> None:
        mark = event.start_mark
        node = Scalar(event.value, mark.line + 1, mark.column + 1, not event.style)
        if event.tag is not None:
            refuse(node.line, f"the tag {event.tag[:40]!r} is not read; write the plain value")
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        self._add(node, 1)

    def _open(self, event: Any, node: Sequence | Table) -> None:
        if event.tag is not None:
            refuse(node.line, f"the tag {event.tag[:40]!r} is not read; write the plain value")
        if len(self._stack) >= MOST_DEPTH:
            refuse(node.line, f"nested deeper than {MOST_DEPTH} levels")
        if event.anchor is not None:
            self._anchors.pop(event.anchor, None)
            self._open_anchors[id(node)] = event.anchor
        self._count(1, node.line)
        self._stack.append((node, None))

    def _close(self) -> None:
        node, key = self._stack.pop()
        if key is not None:
            refuse(key.line, "a key without a value")
        anchor = self._open_anchors.pop(id(node), None)
        if anchor is not None:
            self._anchors[anchor] = node
        self._place(node)

    def _alias(self, event: Any) -> None:
        line = event.start_mark.line + 1
        node = self._anchors.get(event.anchor)
        if node is None:
            refuse(line, f"the alias *{event.anchor[:40]} names nothing complete before it")
        self._add(node, node.size)

    def _count(self, more: int, line: int) -> None:
        self._nodes += more
        if self._nodes > MOST_NODES:
            refuse(line, f"more than {MOST_NODES:,} values; split the file")

    def _add(self, node: Node, size: int) -> None:
        self._count(size, node.line)
        self._place(node)

    def _place(self, node: Node) -> None:
        if not self._stack:
            self._root = node
            return
        parent, key = self._stack[-1]
        parent.size += node.size
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif key is None:
            self._stack[-1] = (parent, self._new_key(parent, node))
        else:
            parent.entries.setdefault(key.text, (key, node))
            self._stack[-1] = (parent, None)

    def _new_key(self, parent: Table, node: Node) -> Scalar:
        if not isinstance(node, Scalar):
            refuse(node.line, "expected a word as the key, found a list or a mapping")
        note_repeated(parent, node)
        return node


def _in_words(error: yaml.MarkedYAMLError) -> str:
    words = re.sub(r"\s+", " ", f"{error.problem or ''} {error.context or ''}").strip()
    return words or "it cannot be parsed"
