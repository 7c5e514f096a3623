"""Version 1: its addresses, its document (OpenAPI) and its page for people."""

from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI

from osler.api.door import ByToken
from osler.api.problems import speak_in_problems
from osler.api.v1 import reading, records
from osler.api.v1.shapes import ProblemOut

DESCRIPTION = """\
For programs that act for one person: a hospital's learning system that records what was completed, a \
script, a dashboard. A person makes a token under “Tokens for programs” and says whether it may read or also \
record; it is shown once and can be revoked at any moment. Changes are written down under the token's name, \
and nothing is guessed: amounts are decimals as text, days are YYYY-MM-DD."""


class Api(NinjaAPI):
    """Adds to the document what signatures cannot say: problems, the header for repeats, the answer."""

    def get_openapi_schema(self, **named: Any) -> Any:
        schema = super().get_openapi_schema(**named)
        parts = schema.setdefault("components", {}).setdefault("schemas", {})
        parts["Answer"] = _within(reading.answer_component(), "#/components/schemas/Answer")
        parts["BatchIn"]["properties"]["records"]["items"] = {"$ref": "#/components/schemas/NewRecordIn"}
        parts["ProblemOut"] = ProblemOut.model_json_schema()
        for path, operations in schema["paths"].items():
            for method, operation in operations.items():
                _complete(path, method, operation)
        return schema


def _within(node: Any, place: str) -> Any:
    """A schema whose own references (``#/$defs``) are told from where it stands in the document."""
    if isinstance(node, dict):
        return {
            key: value.replace("#/", f"{place}/") if key == "$ref" else _within(value, place)
            for key, value in node.items()
        }
    return [_within(one, place) for one in node] if isinstance(node, list) else node


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    problem = {
        "description": "A problem, with a sentence that says what happened and what to do.",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemOut"}}},
    }
    operation.setdefault("responses", {})["default"] = problem
    if method == "post" and not path.endswith("/restore"):
        operation.setdefault("parameters", []).append(
            {
                "in": "header",
                "name": "Idempotency-Key",
                "required": False,
                "description": "Any text of yours, new for each deed. The same request under the same key "
                "within a day is done once and answered alike; another request under it is refused (409).",
                "schema": {"type": "string", "maxLength": 100},
            }
        )


api = Api(
    title="Osler",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api-v1",
    auth=ByToken(),
    docs_url=None,
    openapi_url="/openapi.json",
)
speak_in_problems(api)
api.add_router("", records.router)
api.add_router("", reading.router)


def document(request: HttpRequest) -> dict[str, Any]:
    """The OpenAPI document as it is served."""
    return dict(api.get_openapi_schema())
