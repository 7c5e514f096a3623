"""Which requirement is answered after which: one that asks a share of another needs the other's numbers
first.
"""

from __future__ import annotations

from collections.abc import Iterator

from osler.core.rules.requirement import Percent, Requirement, Version


class OrderError(ValueError):
    """Requirements need each other's numbers in a circle, or one that is not there."""


def parts(requirement: Requirement) -> Iterator[Requirement]:
    """A requirement with all its ways and variants, however deep."""
    yield requirement
    for way in requirement.ways:
        yield from parts(way)
    for _, variant in requirement.variants:
        yield from parts(variant)


def needs(requirement: Requirement, version: Version) -> tuple[str, ...]:
    """The ids of the requirements whose numbers this one is measured by."""
    found: list[str] = []
    inside = {part.id for part in parts(requirement)}
    for part in parts(requirement):
        amounts = [part.at_least, *(relief.to for relief in part.relief)]
        amounts += [cap.at_most for cap in part.caps]
        # A share that names nothing is of what this requirement itself asks.
        found += [amount.of for amount in amounts if isinstance(amount, Percent) and amount.of]
        if part.spill is not None:
            found.append(part.spill.source)
    for other in version.requirements:
        if any(requirement.id in part.in_addition_to for part in parts(other)):
            found.append(other.id)
    return tuple(dict.fromkeys(needed for needed in found if needed not in inside))


def in_order_of_need(version: Version) -> tuple[Requirement, ...]:
    """The requirements, each after those it needs."""
    by_id = {requirement.id: requirement for requirement in version.requirements}
    done: dict[str, Requirement] = {}
    open_: list[str] = []

    def visit(wanted: str) -> None:
        if wanted in done:
            return
        if wanted in open_:
            raise OrderError(f"these requirements need each other's numbers: {', '.join([*open_, wanted])}")
        if wanted not in by_id:
            raise OrderError(f"{open_[-1]} is measured by {wanted!r}, which is not a requirement of the set")
        open_.append(wanted)
        for needed in needs(by_id[wanted], version):
            visit(needed)
        open_.pop()
        done[wanted] = by_id[wanted]

    for wanted in by_id:
        visit(wanted)
    return tuple(done.values())


def measures_of_others(version: Version) -> frozenset[str]:
    """The ids of the requirements by whose numbers another one is measured."""
    return frozenset(name for each in version.requirements for name in needs(each, version))
