"""What is wrong with a text, at which place, and what was expected instead."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

_MOST_SHOWN = 40
_MOST_SUGGESTIONS = 25
"""With more misspelt words than this it is no slip of the keyboard, and looking for neighbours takes long."""


@dataclass(frozen=True, slots=True)
class Fault:
    """``place`` reads ``credits[3].completed, line 41``: lists count from 0, lines from 1."""

    place: str
    message: str
    line: int = 0
    file: str = ""

    def __str__(self) -> str:
        if self.file:
            return f"{self.file}:{self.line or 1}: {self.place}: {self.message}"
        return f"{self.place}: {self.message}"


class TextFaults(ValueError):
    """A text that cannot be used, with all its ``faults`` and ``warnings``; nothing of it was taken over."""

    def __init__(self, faults: Iterable[Fault], warnings: Iterable[Fault] = ()) -> None:
        self.faults = tuple(faults)
        self.warnings = tuple(warnings)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def shown(text: str) -> str:
    """A value as a message quotes it: on one line, without control characters, and not too long."""
    short = text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + "…"
    return f"'{printable(short)}'"


def printable(text: str) -> str:
    """The text without what could break a line, steer a terminal or turn the direction of reading."""
    if text.isprintable():
        return text
    return "".join(mark if mark.isprintable() else "�" for mark in text)


class Suggestions:
    """Offers the closest known word for an unknown one, as many times as one file may ask for it."""

    def __init__(self) -> None:
        self._left = _MOST_SUGGESTIONS
        self._found: dict[tuple[str, str], str] = {}

    def closest(self, text: str, known: Collection[str]) -> str:
        """`` Did you mean …?`` with a leading space, or nothing where no word is close."""
        key = (text, next(iter(known), ""))
        if key not in self._found:
            if self._left <= 0:
                return ""
            self._left -= 1
            self._found[key] = _closest(text, known)
        return self._found[key]


def _closest(text: str, known: Collection[str]) -> str:
    from rapidfuzz import fuzz, process  # only a file with a fault pays for it

    best = process.extractOne(
        text[:100].lower(), list(known), scorer=fuzz.WRatio, processor=str.lower, score_cutoff=70
    )
    return f" Did you mean {best[0]}?" if best else ""
