"""Typst as the typesetter: one template for all documents; values reach it as data, never as markup."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from osler.adapters.typesetting.document import Document, Picture

HERE = Path(__file__).parent
STANDARDS: list[Any] = ["a-2a", "ua-1"]
NO_GLYPH = "could not be displayed"
# Everything up to Latin Extended-B, Greek and Cyrillic, and the punctuation and signs of print.
_SURE = (
    (0x20, 0x24F),
    (0x370, 0x52F),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2027),
    (0x2030, 0x205E),
    (0x20AC, 0x20AC),
)


class TypesettingFailed(RuntimeError):
    """The document could not be set; ``str(error)`` says why."""


class TypstTypesetter:
    """Sets documents with Typst, in this process and without a network."""

    def pdf(self, document: Document) -> bytes:
        """The document as PDF/A-2a and PDF/UA-1. Raises ``TypesettingFailed`` with what was wrong.

        A character that none of the house's typefaces has is looked for in those of the machine; what is in
        none is written by its number, because an archive must not hold a box in place of a letter.
        """
        try:
            return _compiled(document, own_fonts())
        except typst.TypstError as error:
            if NO_GLYPH not in str(error):
                raise TypesettingFailed(str(error)) from error
        try:
            return _compiled(document, all_fonts())
        except typst.TypstError as error:
            if NO_GLYPH not in str(error):
                raise TypesettingFailed(str(error)) from error
        try:
            return _compiled(_spelled(document), own_fonts())
        except typst.TypstError as error:
            raise TypesettingFailed(str(error)) from error


@lru_cache(maxsize=1)
def own_fonts() -> typst.Fonts:
    """The typefaces of the house and those that Typst brings."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(HERE / "fonts")])


@lru_cache(maxsize=1)
def all_fonts() -> typst.Fonts:
    """The same, and whatever is installed."""
    return typst.Fonts(include_system_fonts=True, font_paths=[str(HERE / "fonts")])


def _compiled(document: Document, fonts: typst.Fonts) -> bytes:
    # Pictures reach Typst as files, beside the template in a folder that is gone afterwards.
    with tempfile.TemporaryDirectory(prefix="osler-set-") as folder:
        root = Path(folder)
        template = root / "document.typ"
        template.write_bytes((HERE / "document.typ").read_bytes())
        (root / "document.json").write_text(json.dumps(_data(document, root), ensure_ascii=False))
        return typst.compile(
            str(template),
            root=folder,
            format="pdf",
            font_paths=fonts,
            pdf_standards=STANDARDS,
            timestamp=int(document.made_at.timestamp()),
        )


def _data(document: Document, root: Path) -> dict[str, Any]:
    head = {
        name: getattr(document, name)
        for name in document.__dataclass_fields__
        if name not in ("blocks", "made_at")
    }
    return {**head, "blocks": list(_blocks(document, root))}


def _blocks(document: Document, root: Path) -> Iterator[dict[str, Any]]:
    for number, block in enumerate(document.blocks):
        kind = type(block).__name__.lower()
        if isinstance(block, Picture):
            name = f"{number}.{block.form}"
            (root / name).write_bytes(block.content)
            yield {"kind": kind, "file": name, "alternative": block.alternative}
        else:
            yield {"kind": kind, **asdict(block)}


def _spelled(document: Document) -> Document:
    """The document with every character beyond the sure ones written by its number."""
    blocks = tuple(_spelled_value(block) for block in document.blocks)
    texts = {
        name: _spelled_value(getattr(document, name))
        for name in ("title", "kicker", "subtitle", "facts", "running", "foot", "author")
    }
    return replace(document, blocks=blocks, **texts)


def _spelled_value(value: Any) -> Any:
    if isinstance(value, str):
        return "".join(letter if _is_sure(letter) else f"[U+{ord(letter):04X}]" for letter in value)
    if isinstance(value, tuple):
        return tuple(_spelled_value(one) for one in value)
    if hasattr(value, "__dataclass_fields__"):
        return replace(value, **{n: _spelled_value(getattr(value, n)) for n in value.__dataclass_fields__})
    return value


def _is_sure(letter: str) -> bool:
    return letter in "\n\t" or any(first <= ord(letter) <= last for first, last in _SURE)
