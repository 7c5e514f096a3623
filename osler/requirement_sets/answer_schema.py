"""What `osler assess --format json` and the API answer, as JSON Schema (draft 2020-12)."""

from __future__ import annotations

from typing import Any

from osler.core.rules.answer import Reason, Status
from osler.requirement_sets.portfolio_schema import DRAFT
from osler.requirement_sets.requirement_reader import UNITS

_DAY = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_DAY_OR_NONE = {"anyOf": [_DAY, {"type": "null"}]}
_AMOUNT = {"description": "A decimal, exact.", "type": "string", "pattern": r"^\d+(\.\d{1,4})?$"}
_AMOUNT_OR_NONE = {"anyOf": [_AMOUNT, {"type": "null"}]}
_TEXT = {"type": "string"}
_STATUS = {"enum": [status.value for status in Status]}
_PERIOD = {
    "description": "Both days lie inside.",
    "type": "object",
    "required": ["start", "end"],
    "properties": {"start": _DAY, "end": _DAY},
}


def answer_schema() -> dict[str, Any]:
    """The schema of an assessment. Keys may be added to objects; those named here keep their meaning."""
    return {
        "$schema": DRAFT,
        "$id": "urn:osler:answer:1",
        "title": "Osler answer",
        "description": "Where every credential of a portfolio stands at the close of one day.",
        "type": "object",
        "required": ["as_of", "credentials", "questions"],
        "properties": {
            "as_of": _DAY,
            "credentials": {"type": "array", "items": _credential()},
            "questions": {"type": "array", "items": {"$ref": "#/$defs/question"}},
        },
        "$defs": {"requirement": _requirement(), "question": _question()},
    }


def _credential() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["requirement_set", "cycle", "status", "requirements"],
        "properties": {
            "requirement_set": _TEXT,
            "cycle": {
                "description": "The running cycle; null where too little is known to say.",
                "anyOf": [_PERIOD, {"type": "null"}],
            },
            "status": {
                **_STATUS,
                "description": "The worst of the requirements: overdue, short, unknown, met.",
            },
            "requirements": {"type": "array", "items": {"$ref": "#/$defs/requirement"}},
        },
    }


def _requirement() -> dict[str, Any]:
    counted = {
        "type": "object",
        "required": ["id", "amount"],
        "properties": {"id": _TEXT, "amount": _AMOUNT},
    }
    not_counted = {
        "type": "object",
        "required": ["id", "reason", "detail"],
        "properties": {
            "id": _TEXT,
            "reason": {"enum": [reason.value for reason in Reason]},
            "detail": {**_TEXT, "description": "The reason as a sentence."},
        },
    }
    return {
        "type": "object",
        "required": ["id", "status", "unit", "counted_records", "not_counted", "references"],
        "properties": {
            "id": {**_TEXT, "description": "Stable; `osler sets show` lists the ids of a set."},
            "title": _TEXT,
            "status": _STATUS,
            "required": _AMOUNT_OR_NONE,
            "counted": {**_AMOUNT, "description": "What the caps allow; may exceed what is required."},
            "remaining": _AMOUNT,
            "unit": {"enum": list(UNITS)},
            "due": {**_DAY_OR_NONE, "description": "The last day on which it can be met."},
            "counted_records": {"type": "array", "items": counted},
            "not_counted": {"type": "array", "items": not_counted},
            "references": {"type": "array"},
            "ways": {"type": "array", "items": {"$ref": "#/$defs/requirement"}},
        },
    }


def _question() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["fact", "needed_by"],
        "properties": {
            "fact": _TEXT,
            "needed_by": {
                "description": "What waits for it, as set/requirement.",
                "type": "array",
                "items": _TEXT,
            },
        },
    }
