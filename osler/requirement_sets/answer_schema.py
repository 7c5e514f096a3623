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


def _object(properties: dict[str, Any], *optional: str, description: str = "") -> dict[str, Any]:
    """An object with all these keys but for the ``optional`` ones, and perhaps more in a later release."""
    return {
        **({"description": description} if description else {}),
        "type": "object",
        "required": [name for name in properties if name not in optional],
        "properties": properties,
    }


def _list(items: dict[str, Any], description: str = "") -> dict[str, Any]:
    return {**({"description": description} if description else {}), "type": "array", "items": items}


def _credential() -> dict[str, Any]:
    return _object(
        {
            "requirement_set": _TEXT,
            "name": _TEXT,
            "authority": _TEXT,
            "number": _TEXT,
            "cycle": {
                "description": "The running cycle; null where too little is known to say.",
                "anyOf": [_PERIOD, {"type": "null"}],
            },
            "version": {**_DAY_OR_NONE, "description": "The day since which the rules used are in force."},
            "verified": {"description": "The set was confirmed against primary sources.", "type": "boolean"},
            "checked": {**_DAY_OR_NONE, "description": "The last day the set was compared with its sources."},
            "status": {
                **_STATUS,
                "description": "The worst of the requirements: overdue, short, unknown, met.",
            },
            "because": _TEXT,
            "requirements": _list({"$ref": "#/$defs/requirement"}),
            "questions": _list(
                {"$ref": "#/$defs/question"}, "As below, with requirements named by id alone."
            ),
            "not_modelled": _list(_TEXT, "What the sources ask and the set does not judge."),
        }
    )


def _requirement() -> dict[str, Any]:
    return _object(
        {
            "id": {**_TEXT, "description": "Stable; `osler sets show` lists the ids of a set."},
            "title": _TEXT,
            "rule": _TEXT,
            "status": _STATUS,
            "required": {**_AMOUNT_OR_NONE, "description": "Null where no amount is asked."},
            "counted": {**_AMOUNT, "description": "What the caps allow; may exceed what is required."},
            "remaining": {**_AMOUNT, "description": "What is missing, never below zero."},
            "unit": {"enum": list(UNITS)},
            "due": {**_DAY_OR_NONE, "description": "The last day on which it can be met."},
            "window": {"description": "The days that count.", "anyOf": [_PERIOD, {"type": "null"}]},
            "pace": {
                "description": "What an even pace would have reached by now.",
                "anyOf": [_object({"expected": _AMOUNT, "on_pace": {"type": "boolean"}}), {"type": "null"}],
            },
            "late": {"description": "A duty of once, done after its due date.", "type": "boolean"},
            "lapses": {**_DAY_OR_NONE, "description": "The day from which what is met no longer is."},
            "because": _TEXT,
            "unverified": {
                **_TEXT,
                "description": "What is not certain about the rule; empty where nothing is.",
            },
            "counted_records": _list(_object({"id": _TEXT, "amount": _AMOUNT, "via": _TEXT}, "via")),
            "not_counted": _list(_not_counted()),
            "references": _list(_reference()),
            "periods": _list(_stretch(), "Where it is asked of each stretch of the cycle."),
            "ways": _list({"$ref": "#/$defs/requirement"}, "The parts of an any-of or all-of."),
        },
        "periods",
        "ways",
    )


def _not_counted() -> dict[str, Any]:
    reasons = {"enum": [reason.value for reason in Reason]}
    sentence = {**_TEXT, "description": "The reason as a sentence."}
    return _object({"id": _TEXT, "amount": _AMOUNT, "reason": reasons, "detail": sentence})


def _reference() -> dict[str, Any]:
    text_or_none = {"type": ["string", "null"]}
    return _object(
        {
            "id": _TEXT,
            "title": _TEXT,
            "url": text_or_none,
            "as_of": {**text_or_none, "description": "The date of the text that was read."},
            "checked": {**_DAY_OR_NONE, "description": "The last day anyone looked."},
        }
    )


def _stretch() -> dict[str, Any]:
    return _object({"start": _DAY, "end": _DAY, "required": _AMOUNT, "counted": _AMOUNT, "status": _STATUS})


def _question() -> dict[str, Any]:
    return _object(
        {
            "fact": _TEXT,
            "needed_by": _list(_TEXT, "What waits for it, as set/requirement."),
            "optional": {"description": "It could only make an answer better.", "type": "boolean"},
        }
    )
