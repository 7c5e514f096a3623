"""The portfolio file as JSON Schema (draft 2020-12), for editors and for programs that write portfolios.

The schema says what a well-formed file looks like. ``portfolio_file`` also reads synonyms of credit types and
formats, and checks what a schema cannot say: ids that are unique, shares that fit, days that exist.
"""

from __future__ import annotations

from typing import Any

from osler.core.credit.formats import FORMATS
from osler.core.credit.types import CREDIT_TYPES
from osler.requirement_sets.vocabulary import AskedFact, load_vocabulary

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DAY = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_TEXT = {"type": "string", "minLength": 1, "maxLength": 2000}


def portfolio_schema() -> dict[str, Any]:
    """The schema of ``portfolio: 1``."""
    return {
        "$schema": DRAFT,
        "$id": "urn:osler:portfolio:1",
        "title": "Osler portfolio",
        "description": "A clinician, the credentials held and the credit earned.",
        "type": "object",
        "required": ["portfolio"],
        "additionalProperties": False,
        "properties": {
            "portfolio": {"description": "The version of this format.", "const": 1},
            "note": {**_TEXT, "description": "What the file holds, for whoever opens it."},
            "clinician": _clinician(),
            "credentials": {"type": "array", "items": _credential()},
            "credits": {"type": "array", "items": _record()},
        },
        "$defs": {
            "amount": {
                "description": "Exact: at most four decimal places. Text where a number would not be exact.",
                "anyOf": [
                    {"type": "number", "minimum": 0, "maximum": 100000},
                    {"type": "string", "pattern": r"^\+?\d{1,9}(\.\d{1,9})?$"},
                ],
            },
            "facts": _facts(),
        },
    }


def _known(words: list[str], description: str) -> dict[str, Any]:
    """A text, with the known words for an editor to offer."""
    return {"description": description, "anyOf": [{"enum": words}, _TEXT]}


def _clinician() -> dict[str, Any]:
    words = load_vocabulary()
    return {
        "description": "The person, as far as requirements ask. What is left out is unknown.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "name": _TEXT,
            "profession": _known(list(words.professions), "An unknown one is a warning."),
            "degree": {"type": "string", "examples": ["MD", "DO", "MBBS", "PA"]},
            "birth_date": {**_DAY, "description": "Some cycles are anchored on it."},
            "specialties": {
                "type": "array",
                "items": _known(list(words.specialties), "An unknown one is a warning."),
            },
            "facts": {"$ref": "#/$defs/facts"},
        },
    }


def _credential() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["requirement_set"],
        "additionalProperties": False,
        "properties": {
            "requirement_set": {"description": "An id that `osler sets list` shows.", "type": "string"},
            "number": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
            "issued": {**_DAY, "description": "The day of the first issue."},
            "expires": {**_DAY, "description": "The last day inside the running cycle."},
            "facts": {"$ref": "#/$defs/facts"},
            "note": _TEXT,
        },
    }


def _record() -> dict[str, Any]:
    words = load_vocabulary()
    amount = {"$ref": "#/$defs/amount"}
    return {
        "description": "One completed activity.",
        "type": "object",
        "required": ["id", "completed", "credits"],
        "additionalProperties": False,
        "properties": {
            "id": {
                "description": "Unique in the file.",
                "anyOf": [{"type": "string", "minLength": 1, "maxLength": 200}, {"type": "integer"}],
            },
            "title": _TEXT,
            "provider": _TEXT,
            "completed": _DAY,
            "format": _known(list(FORMATS), "How it was learned; `other` where it is left out."),
            "credits": {
                "description": "The same hours in one or several types of credit, each with its amount.",
                "type": "object",
                "minProperties": 1,
                "properties": dict.fromkeys(CREDIT_TYPES, amount),
                "additionalProperties": amount,
            },
            "topics": {
                "description": "How many of the hours were on a topic; shares may overlap.",
                "type": "object",
                "properties": dict.fromkeys(words.topics, amount),
                "additionalProperties": amount,
            },
            "tags": {
                "type": "array",
                "items": _known(list(words.tags), "Further attributes that some rules ask for."),
            },
            "url": _TEXT,
            "note": _TEXT,
        },
    }


def _facts() -> dict[str, Any]:
    return {
        "description": "What is known of the person, by fact. One left out, or null, is unknown.",
        "type": "object",
        "properties": {name: _fact(fact) for name, fact in load_vocabulary().facts.items()},
    }


def _fact(fact: AskedFact) -> dict[str, Any]:
    kinds: dict[str, list[Any]] = {
        "yes-no": [{"type": "boolean"}],
        "number": [{"type": "number"}],
        "percent": [{"type": "number", "minimum": 0, "maximum": 100}],
        "date": [_DAY, {"const": False}],
        "date-or-yes": [_DAY, {"type": "boolean"}],
        "choice": [{"enum": list(fact.choices)}, {"type": "array", "items": {"enum": list(fact.choices)}}],
    }
    # Numbers may be written as text by programs that have no exact decimals.
    texts = [{"type": "string"}] if fact.kind in ("number", "percent", "yes-no") else []
    return {"description": fact.question, "anyOf": [*kinds[fact.kind], *texts, {"type": "null"}]}
