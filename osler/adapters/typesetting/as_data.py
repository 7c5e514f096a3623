"""A document as plain data and back, for a job that sets it later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

from osler.adapters.typesetting.document import (
    Bars,
    Block,
    Cell,
    Document,
    Facts,
    Head,
    Heading,
    Picture,
    Table,
    Words,
)

_PLAIN: dict[str, type[Heading] | type[Words]] = {"heading": Heading, "words": Words}


def document_data(document: Document) -> dict[str, Any]:
    """The document as nested dicts and lists. Pictures have no data: they are put in where it is set."""
    head = {one.name: getattr(document, one.name) for one in fields(document)}
    return {
        **head,
        "made_at": document.made_at.isoformat(),
        "blocks": [{"kind": type(block).__name__.lower(), **_block_data(block)} for block in document.blocks],
    }


def _block_data(block: Block) -> dict[str, Any]:
    if isinstance(block, Picture):
        raise TypeError("a picture is put into the document where it is set")
    return asdict(block)


def document_from_data(data: Mapping[str, Any]) -> Document:
    """The document that ``document_data`` made data of."""
    plain = {key: value for key, value in data.items() if key not in ("blocks", "made_at", "facts")}
    return Document(
        **plain,
        made_at=datetime.fromisoformat(data["made_at"]),
        facts=_triples(data["facts"]),
        blocks=tuple(_block(one) for one in data["blocks"]),
    )


def _block(data: Mapping[str, Any]) -> Block:
    kind = data["kind"]
    rest = {key: value for key, value in data.items() if key != "kind"}
    if kind in _PLAIN:
        return _PLAIN[kind](**rest)
    if kind == "facts":
        return Facts(_triples(rest["pairs"]))
    if kind == "bars":
        return Bars(tuple((name, mille, said) for name, mille, said in rest["bars"]), rest["alternative"])
    rows = tuple(tuple(_cell(cell) for cell in row) for row in rest["rows"])
    return Table(tuple(Head(**head) for head in rest["heads"]), rows)


def _cell(data: Mapping[str, Any]) -> Cell:
    found = Cell(**data)
    return replace(found, below=tuple(found.below))


def _triples(pairs: Any) -> tuple[tuple[str, str, str], ...]:
    return tuple((name, value, url) for name, value, url in pairs)
