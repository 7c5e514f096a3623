"""Reading: credentials, the assessment, the portfolio, the token itself and the words that can be sent."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from osler.api.door import now, person_of, token_of
from osler.api.problems import Problem
from osler.api.v1.shapes import CredentialOut, CredentialsOut, TokenOut, VocabularyOut, WordOut
from osler.apps.people.queries import credential_held, credentials_held
from osler.apps.people.queries.tokens import ASKED_IN_A_MINUTE
from osler.apps.requirements.queries import assessment_of, portfolio_file, requirement_set
from osler.core.credit.formats import FORMATS
from osler.core.credit.types import CREDIT_TYPES
from osler.core.rules.as_data import assessment_data
from osler.requirement_sets.answer_schema import answer_schema
from osler.requirement_sets.loader import load_sets
from osler.requirement_sets.reading import FIRST_YEAR, LAST_YEAR
from osler.requirement_sets.vocabulary import load_vocabulary

router = Router()
ANSWER = {
    "responses": {200: {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}}}}
}


def answer_component() -> dict[str, Any]:
    """The schema of an assessment for the OpenAPI document: that of ``docs/reference/answer.schema.json``."""
    schema = answer_schema()
    schema.pop("$schema", None)
    schema.pop("$id", None)
    return schema


@router.get("/credentials", response=CredentialsOut, summary="All credentials held", tags=["Credentials"])
def credentials(request: HttpRequest) -> dict[str, Any]:
    """In the order in which they were added."""
    return {"credentials": [_credential(one) for one in credentials_held(person_of(request))]}


@router.get("/credentials/{id}", response=CredentialOut, summary="One credential", tags=["Credentials"])
def credential(request: HttpRequest, id: str) -> dict[str, Any]:  # noqa: A002 - the name in the address
    """By its id."""
    found = credential_held(person_of(request), id)
    if found is None or found.removed_at is not None:
        raise Http404
    return _credential(found)


def _credential(held: Any) -> dict[str, Any]:
    rules = requirement_set(held.requirement_set)
    return {
        "id": held.key,
        "requirement_set": held.requirement_set,
        "name": held.name or (rules.name if rules else held.requirement_set),
        "number": held.number,
        "issued": held.issued_on,
        "expires": held.expires_on,
    }


@router.get("/assessment", summary="Where every credential stands", tags=["Answers"], openapi_extra=ANSWER)
def assessment(
    request: HttpRequest,
    as_of: Annotated[
        date | None, Query(description="The day of the question; the person's today by default.")
    ] = None,
) -> HttpResponse:
    """What is met, what is missing, by when and why: the answer of the pages and of ``osler assess``."""
    person = person_of(request)
    day = as_of or now().astimezone(ZoneInfo(person.time_zone)).date()
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Problem(422, "as-of", f"The day lies outside the years {FIRST_YEAR} to {LAST_YEAR}.")
    return _json(assessment_data(assessment_of(person, day).assessment, load_sets()))


@router.get("/portfolio", summary="The portfolio file", tags=["Answers"])
def portfolio(request: HttpRequest) -> HttpResponse:
    """Everything the rules are put to, as ``osler assess`` reads it. See the portfolio's own reference."""
    return HttpResponse(portfolio_file(person_of(request), "json"), content_type="application/json")


@router.get("/token", response=TokenOut, summary="The token that asks", tags=["Token"])
def token(request: HttpRequest) -> dict[str, Any]:
    """What it may do, and until when."""
    found = token_of(request)
    return {
        "name": found.name,
        "scope": found.scope,
        "expires_at": found.expires_at,
        "person": str(found.person),
        "asked_in_a_minute": ASKED_IN_A_MINUTE,
    }


@router.get("/vocabulary", response=VocabularyOut, summary="Every code that can be sent", tags=["Token"])
def vocabulary(request: HttpRequest) -> VocabularyOut:
    """Credit types, formats, topics and tags."""
    words = load_vocabulary()
    return VocabularyOut(
        credit_types=[WordOut(code=one.code, name=one.name) for one in CREDIT_TYPES.values()],
        formats=[WordOut(code=one.code, name=one.name) for one in FORMATS.values()],
        topics=[
            WordOut(code=code, name=name)
            for code, name in sorted({**words.specialties, **words.topics}.items())
        ],
        tags=[WordOut(code=code, name=name) for code, name in words.tags.items()],
    )


def _json(data: dict[str, Any]) -> HttpResponse:
    return HttpResponse(json.dumps(data, ensure_ascii=False), content_type="application/json")
