"""The page on which people read what the API does, made of the OpenAPI document itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from osler.api.v1 import document

EXAMPLE = {
    "title": "Chronic pain and opioids",
    "provider": "State Medical Society",
    "completed": "2026-01-12",
    "format": "enduring",
    "credits": {"AMA_PRA_1": "1.5"},
    "topics": {"opioid-prescribing": "1"},
}
SENT = {"NewRecordIn": EXAMPLE, "RecordIn": EXAMPLE, "BatchIn": {"records": [EXAMPLE]}}


@dataclass(frozen=True)
class Named:
    """One parameter or field: its name, its form in words, what it means."""

    name: str
    form: str
    meaning: str
    is_required: bool


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked."""

    key: str
    method: str
    path: str
    title: str
    text: str
    parameters: list[Named]
    fields: list[Named]
    answer: list[Named]
    answer_name: str
    curl: str


@dataclass(frozen=True)
class Group:
    """Operations about one thing."""

    name: str
    operations: list[Operation]


@require_GET
def manual(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters, fields and a command to try it."""
    found = document(request)
    context = {"about": found["info"]["description"], "groups": groups(found), "address": _address()}
    return render(request, "api/manual.html", context)


def _address() -> str:
    return f"{settings.OSLER_PUBLIC_URL}/api/v1"


def groups(found: dict[str, Any]) -> list[Group]:
    """The operations by their subject, in the order of the document."""
    by_name: dict[str, list[Operation]] = {}
    for path, operations in found["paths"].items():
        for method, one in operations.items():
            name = (one.get("tags") or ["Other"])[0]
            by_name.setdefault(name, []).append(_operation(found, path, method, one))
    return [Group(name, operations) for name, operations in by_name.items()]


def _operation(found: dict[str, Any], path: str, method: str, one: dict[str, Any]) -> Operation:
    sent = _sent(one)
    answers = {str(code): part for code, part in one["responses"].items()}
    answered = _reference(next((part for code, part in answers.items() if code.startswith("2")), {}))
    return Operation(
        key=one["operationId"].replace("_", "-"),
        method=method.upper(),
        path=path,
        title=one.get("summary", ""),
        text=" ".join(one.get("description", "").replace("``", "").split()),
        parameters=[_parameter(found, each) for each in one.get("parameters", ())],
        fields=_fields(found, sent),
        answer=_fields(found, answered),
        answer_name=answered,
        curl=_curl(path, method, sent),
    )


def _sent(one: dict[str, Any]) -> str:
    return _reference(one.get("requestBody", {}))


def _reference(part: dict[str, Any]) -> str:
    schema = part.get("content", {}).get("application/json", {}).get("schema", {})
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _parameter(found: dict[str, Any], each: dict[str, Any]) -> Named:
    schema = each.get("schema", {})
    meaning = each.get("description") or schema.get("description") or ""
    return Named(each["name"], _form(found, schema), meaning, bool(each.get("required")))


def _fields(found: dict[str, Any], name: str) -> list[Named]:
    schema = found["components"]["schemas"].get(name, {})
    needed = set(schema.get("required", ()))
    return [
        Named(key, _form(found, part), part.get("description", ""), key in needed)
        for key, part in schema.get("properties", {}).items()
    ]


def _form(found: dict[str, Any], schema: dict[str, Any]) -> str:
    """A schema in two or three words."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2].removesuffix("Out").removesuffix("In")
    if "enum" in schema:
        return ", ".join(str(one) for one in schema["enum"])
    options = schema.get("anyOf") or schema.get("allOf")
    if options:
        words = dict.fromkeys(_form(found, one) for one in options)
        return " or ".join(word for word in words if word != "null") or "null"
    kind = str(schema.get("type", "any"))
    if kind == "array":
        return f"list of {_form(found, schema.get('items', {}))}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"object of {_form(found, schema['additionalProperties'])}"
    return {"date": "day", "date-time": "moment"}.get(str(schema.get("format", "")), kind)


def _curl(path: str, method: str, sent: str) -> str:
    address = _address().removesuffix("/api/v1") + path.replace("{id}", "c7d9kmnpqr")
    lines = [f"curl {address}"]
    if method != "get":
        lines[0] = f"curl -X {method.upper()} {address}"
    lines.append('-H "Authorization: Bearer $OSLER_TOKEN"')
    if sent in SENT:
        if method == "post":
            lines.append('-H "Idempotency-Key: 2026-01-12-pain"')
        lines.append('-H "Content-Type: application/json"')
        lines.append(f"-d '{json.dumps(SENT[sent])}'")
    return " \\\n  ".join(lines)
