"""An answer read back from the data that ``as_data`` wrote, so that the same pages show what was kept.

Amounts come back to four decimal places; whatever is compared is compared as data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from osler.core.credit.amount import TICKS
from osler.core.rules.answer import (
    Counted,
    CredentialAnswer,
    NotCounted,
    PeriodAnswer,
    Question,
    Reason,
    RequirementAnswer,
    Status,
)
from osler.core.rules.record import CreditRecord
from osler.core.rules.requirement import Reference
from osler.core.time import ONE_DAY, Period

Data = Mapping[str, Any]
Records = Mapping[str, CreditRecord]


def record_data(record: CreditRecord) -> dict[str, Any]:
    """A record as it is kept beside an answer; amounts in ticks, so that nothing is lost."""
    return {
        "completed": record.completed.isoformat(),
        "title": record.title,
        "provider": record.provider,
        "format": record.format,
        "credits": dict(record.credits),
        "topics": dict(record.topics),
        "tags": sorted(record.tags),
    }


def record_from_data(record_id: str, data: Data) -> CreditRecord:
    """The inverse of ``record_data``."""
    return CreditRecord(
        id=record_id,
        completed=date.fromisoformat(data["completed"]),
        credits=tuple(sorted(data["credits"].items())),
        title=data["title"],
        provider=data["provider"],
        format=data["format"],
        topics=tuple(sorted(data["topics"].items())),
        tags=frozenset(data["tags"]),
    )


def credential_from_data(data: Data, records: Records) -> CredentialAnswer:
    """The inverse of ``as_data.credential_data``; ``records`` are those that its lines name."""
    return CredentialAnswer(
        requirement_set=data["requirement_set"],
        number=data["number"],
        status=Status(data["status"]),
        cycle=_period(data["cycle"]),
        version=_day(data["version"]),
        requirements=tuple(_requirement(part, records) for part in data["requirements"]),
        questions=_questions(data["questions"]),
        because=data["because"],
    )


def references_from_data(data: Data) -> tuple[Reference, ...]:
    """Every reference that the answer names, each once, in its order."""
    found: dict[str, Reference] = {}
    for part in _all_parts(data["requirements"]):
        for one in part["references"]:
            found.setdefault(
                one["id"],
                Reference(one["id"], one["title"], one["url"], one["as_of"], _day(one["checked"])),
            )
    return tuple(found.values())


def _all_parts(parts: Sequence[Data]) -> Sequence[Data]:
    return [each for part in parts for each in (part, *_all_parts(part.get("ways", ())))]


def _requirement(data: Data, records: Records) -> RequirementAnswer:
    counted = tuple(
        Counted(records[one["id"]], _ticks(one["amount"]), one.get("via", ""))
        for one in data["counted_records"]
    )
    refused = tuple(
        NotCounted(records[one["id"]], _ticks(one["amount"]), Reason(one["reason"]), one["detail"])
        for one in data["not_counted"]
    )
    return RequirementAnswer(
        id=data["id"],
        title=data["title"],
        status=Status(data["status"]),
        unit=data["unit"],
        required=None if data["required"] is None else _ticks(data["required"]),
        counted=_ticks(data["counted"]),
        due=_day(data["due"]),
        window=_period(data["window"]),
        expected=_ticks(data["pace"]["expected"]) if data["pace"] else None,
        is_late=data["late"],
        lapses_on=_day(data["lapses"]),
        says=data["rule"],
        because=data["because"],
        unverified=data["unverified"],
        references=tuple(one["id"] for one in data["references"]),
        questions=_questions(data.get("questions", ())),
        counted_records=counted,
        not_counted=refused,
        ways=tuple(_requirement(way, records) for way in data.get("ways", ())),
        periods=tuple(_part(one) for one in data.get("periods", ())),
    )


def _part(data: Data) -> PeriodAnswer:
    period = _period(data)
    assert period is not None
    return PeriodAnswer(period, _ticks(data["required"]), _ticks(data["counted"]), Status(data["status"]))


def _questions(data: Sequence[Data]) -> tuple[Question, ...]:
    return tuple(Question(one["fact"], tuple(one["needed_by"]), one["optional"]) for one in data)


def _period(data: Data | None) -> Period | None:
    if data is None:
        return None
    return Period(date.fromisoformat(data["start"]), date.fromisoformat(data["end"]) + ONE_DAY)


def _ticks(text: str) -> int:
    return int(Decimal(text) * TICKS)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
