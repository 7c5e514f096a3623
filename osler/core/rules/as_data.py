"""An assessment as plain data: the JSON that the command line and the API give out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from osler.core.credit.amount import amount_text
from osler.core.rules.answer import Assessment, CredentialAnswer, Question, RequirementAnswer
from osler.core.rules.requirement import Reference, RequirementSet
from osler.core.time import Period


def assessment_data(assessment: Assessment, sets: Mapping[str, RequirementSet]) -> dict[str, Any]:
    """The answer as documented in ``docs/reference/answer.schema.json``; amounts are decimal strings."""
    return {
        "as_of": assessment.as_of.isoformat(),
        "credentials": [credential_data(held, sets[held.requirement_set]) for held in assessment.credentials],
        "questions": [question_data(question) for question in assessment.questions],
    }


def credential_data(answer: CredentialAnswer, rules: RequirementSet) -> dict[str, Any]:
    """One credential of the answer."""
    references = {reference.id: reference for reference in rules.references}
    return {
        "requirement_set": answer.requirement_set,
        "name": rules.name,
        "authority": rules.authority,
        "number": answer.number,
        "cycle": None if answer.cycle is None else period_data(answer.cycle),
        "version": _day(answer.version),
        "verified": rules.is_verified,
        "checked": _day(rules.checked),
        "status": answer.status.value,
        "because": answer.because,
        "requirements": [requirement_data(part, references) for part in answer.requirements],
        "questions": [question_data(question) for question in answer.questions],
        "not_modelled": list(rules.not_modelled),
    }


def requirement_data(answer: RequirementAnswer, references: Mapping[str, Reference]) -> dict[str, Any]:
    """One requirement of the answer, with its ways and periods where it has them."""
    data: dict[str, Any] = {
        "id": answer.id,
        "title": answer.title,
        "rule": answer.says,
        "status": answer.status.value,
        "required": None if answer.required is None else amount_text(answer.required),
        "counted": amount_text(answer.counted),
        "remaining": amount_text(answer.remaining),
        "unit": answer.unit,
        "due": _day(answer.due),
        "window": None if answer.window is None else period_data(answer.window),
        "pace": _pace(answer),
        "late": answer.is_late,
        "lapses": _day(answer.lapses_on),
        "because": answer.because,
        "unverified": answer.unverified,
        "counted_records": [
            {
                "id": item.record.id,
                "amount": amount_text(item.ticks),
                **({"via": item.via} if item.via else {}),
            }
            for item in answer.counted_records
        ],
        "not_counted": [
            {
                "id": item.record.id,
                "amount": amount_text(item.ticks),
                "reason": item.reason.value,
                "detail": item.detail,
            }
            for item in answer.not_counted
        ],
        "references": [reference_data(references[name]) for name in answer.references if name in references],
    }
    if answer.periods:
        data["periods"] = [
            {
                **period_data(part.period),
                "required": amount_text(part.required),
                "counted": amount_text(part.counted),
                "status": part.status.value,
            }
            for part in answer.periods
        ]
    if answer.ways:
        data["ways"] = [requirement_data(way, references) for way in answer.ways]
    return data


def question_data(question: Question) -> dict[str, Any]:
    """A fact to ask, who waits for it, and whether it could only make an answer better."""
    return {"fact": question.fact, "needed_by": list(question.needed_by), "optional": question.is_optional}


def reference_data(reference: Reference) -> dict[str, Any]:
    """Where a number is written, and the day on which that was last checked."""
    return {
        "id": reference.id,
        "title": reference.title,
        "url": reference.url,
        "as_of": reference.as_of,
        "checked": _day(reference.checked),
    }


def period_data(period: Period) -> dict[str, str]:
    """A period by its first and its last day *inside*."""
    return {"start": period.start.isoformat(), "end": period.last_day.isoformat()}


def _pace(answer: RequirementAnswer) -> dict[str, Any] | None:
    if answer.expected is None:
        return None
    return {"expected": amount_text(answer.expected), "on_pace": answer.is_on_pace}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
