"""What commands share when they write for a person: width, colour only on a terminal, signs it can show."""

from __future__ import annotations

import io
import json
import os
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

STYLES = {
    "met": "green",
    "waived": "green",
    "not_applicable": "dim",
    "short": "yellow",
    "overdue": "bold red",
    "unknown": "blue",
}
NARROW = 80
"""With fewer columns a table has no room for the names."""
_SIGNS = {"met": "✓", "waived": "✓", "not_applicable": "–", "short": "◐", "overdue": "✗", "unknown": "?"}
_PLAIN_SIGNS = {
    "met": "+",
    "waived": "+",
    "not_applicable": "-",
    "short": "~",
    "overdue": "!",
    "unknown": "?",
}


def today() -> date:
    """The day it is where the command is run."""
    return datetime.now().astimezone().date()


def console() -> Console:
    """Standard output: in colour on a terminal unless NO_COLOR is set, 100 columns where it is none."""
    from rich.console import Console

    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that has no ◐ shows a question mark; it does not lose the answer.
        sys.stdout.reconfigure(errors="replace")
    out = Console(highlight=False, markup=False, emoji=False, soft_wrap=False)
    if not out.is_terminal and "COLUMNS" not in os.environ:
        out.width = 100
    return out


def write_json(data: object) -> None:
    """Data on standard output, in characters that its encoding has."""
    is_unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    sys.stdout.write(json.dumps(data, ensure_ascii=not is_unicode, indent=2) + "\n")


def status_words(status: str, encoding: str) -> str:
    """A status with its sign: ``✓ met``, ``– not applicable``."""
    signs = _SIGNS if encoding.lower().startswith("utf") else _PLAIN_SIGNS
    return f"{signs[status]} {status.replace('_', ' ')}"


def day_words(day: date | None) -> str:
    """``30 June 2026``; nothing for no day."""
    return "" if day is None else f"{day.day} {day:%B %Y}"
