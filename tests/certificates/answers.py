"""What was read, held against what a certificate says."""

import re
from datetime import date
from typing import Any

from osler.adapters.documents import Proposal, Reading

SIMPLE = ("title", "provider", "format", "learner", "number")


def verdicts(reading: Reading, expected: dict[str, Any]) -> dict[str, str]:
    """For each field ``right``, ``offered``, ``missed`` or ``WRONG`` (something else was called certain)."""
    found: dict[str, str] = {}
    for field in SIMPLE:
        said = expected.get(field)
        if (verdict := _verdict(_proposal(reading, field), plain(said) if said else None)) is not None:
            found[field] = verdict
    days = expected.get("offered_days") or []
    day = expected.get("completed")
    completed = _proposal(reading, "completed")
    if days:
        both = {one.value for one in completed.candidates} if completed else set()
        is_wrong = completed is not None and completed.is_certain
        every = {each.isoformat() for each in days} <= both
        found["completed"] = "WRONG" if is_wrong else "offered" if every else "missed"
    elif (verdict := _verdict(completed, day.isoformat() if isinstance(day, date) else None)) is not None:
        found["completed"] = verdict
    found |= _credits(reading, expected)
    for topic in expected.get("topics", []):
        offered = any(one.best.kind == topic for one in reading.proposals if one.field == "topic")
        found[f"topic {topic}"] = "offered" if offered else "missed"
    return found


def _credits(reading: Reading, expected: dict[str, Any]) -> dict[str, str]:
    found = {}
    certain: dict[str, str] = expected.get("credit", {})
    offered: dict[str, str] = expected.get("offered", {})
    read = {one.best.kind: one for one in reading.proposals if one.field == "credit"}
    for kind, value in certain.items():
        found[f"credit {kind}"] = str(_verdict(read.get(kind), value))
    for kind, value in offered.items():
        one = read.get(kind)
        is_there = one is not None and any(each.value == value for each in one.candidates)
        is_wrong = one is not None and one.is_certain
        found[f"credit {kind or 'untyped'}"] = "WRONG" if is_wrong else "offered" if is_there else "missed"
    for kind, one in read.items():
        if kind not in certain and kind not in offered and one.is_certain:
            found[f"credit {kind}"] = "WRONG"
    return found


def _proposal(reading: Reading, field: str) -> Proposal | None:
    return next((one for one in reading.proposals if one.field == field), None)


def _verdict(one: Proposal | None, said: str | None) -> str | None:
    if one is None:
        return None if said is None else "missed"
    values = [plain(each.value) for each in one.candidates]
    if one.is_certain:
        return "right" if values == [said] else "WRONG"
    if said is None:
        return None
    return "offered" if said in values else "missed"


def plain(text: str) -> str:
    """Typographic marks and a leading article aside, letter for letter."""
    text = text.removeprefix("The ").removeprefix("THE ")
    text = re.sub(r"[’‘]", "'", text).replace("–", "-").replace("—", "-")
    return " ".join(text.split())
