"""Proposals and readings as plain data, for JSON and for the database, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from osler.adapters.documents import Box, Candidate, PageSize, Place, Proposal, Reading, Remark


def as_data(reading: Reading) -> dict[str, Any]:
    """A reading without its pictures."""
    return {
        "pages_count": reading.pages_count,
        "pages": [[one.number, round(one.width, 2), round(one.height, 2)] for one in reading.pages],
        "proposals": [proposal_data(one) for one in reading.proposals],
        "remarks": [[one.code, list(one.values)] for one in reading.remarks],
        "needs_sight": reading.needs_sight,
    }


def proposal_data(one: Proposal) -> dict[str, Any]:
    """One proposal with its places, which are rounded to a tenth of a point."""
    return {
        "field": one.field,
        "is_certain": one.is_certain,
        "candidates": [
            {
                "value": each.value,
                "kind": each.kind,
                "why": each.why,
                "page": each.place.page,
                "words": each.place.words,
                "box": [
                    round(side, 1)
                    for side in (
                        each.place.box.left,
                        each.place.box.top,
                        each.place.box.right,
                        each.place.box.bottom,
                    )
                ],
            }
            for each in one.candidates
        ],
    }


def reading_of(data: Mapping[str, Any]) -> Reading:
    """What ``as_data`` wrote."""
    return Reading(
        pages_count=int(data["pages_count"]),
        pages=tuple(
            PageSize(int(number), float(width), float(height)) for number, width, height in data["pages"]
        ),
        proposals=proposals_from(data["proposals"]),
        remarks=remarks_from(data["remarks"]),
        needs_sight=bool(data["needs_sight"]),
    )


def proposals_from(data: Iterable[Mapping[str, Any]]) -> tuple[Proposal, ...]:
    """The proposals that ``proposal_data`` wrote."""
    return tuple(
        Proposal(
            field=str(one["field"]),
            is_certain=bool(one["is_certain"]),
            candidates=tuple(
                Candidate(
                    value=str(each["value"]),
                    kind=str(each["kind"]),
                    why=str(each["why"]),
                    place=Place(
                        int(each["page"]), Box(*(float(side) for side in each["box"])), str(each["words"])
                    ),
                )
                for each in one["candidates"]
            ),
        )
        for one in data
    )


def remarks_from(data: Iterable[Any]) -> tuple[Remark, ...]:
    """Remarks that were kept as pairs of code and values."""
    return tuple(Remark(str(code), tuple(str(value) for value in values)) for code, values in data)
