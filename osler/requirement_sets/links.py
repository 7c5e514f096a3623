"""Whether what requirements say of each other holds: every id exists, and nothing waits for itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from osler.core.rules.requirement import Equivalence, Percent, Quantity, Requirement
from osler.requirement_sets.nodes import Node
from osler.requirement_sets.reading import Reading


def check_links(
    reading: Reading,
    requirements: Iterable[Requirement],
    equivalences: Iterable[Equivalence],
    places: Mapping[str, Node],
) -> None:
    """Adds a fault for each id that is not there, and for each circle."""
    needs: dict[str, set[str]] = {name: set() for name in places}
    earned: dict[str, set[str]] = {name: set() for name in places}
    for requirement in _all(requirements):
        node = places[requirement.id]
        for after, before, graph in _edges(requirement):
            missing = {after, before} - set(places)
            for name in missing:
                reading.unknown(node, name, "requirement", tuple(places))
            if not missing:
                (needs if graph == "required" else earned)[after].add(before)
    _check_circle(reading, needs, places)
    _check_circle(reading, earned, places)
    for equivalence in equivalences:
        for name in sorted((equivalence.covers | equivalence.excepted) - set(places)):
            message = (
                f"the equivalence {equivalence.id} names {name}, which is no requirement of this version"
            )
            reading.fault(reading.root, message)


def _all(requirements: Iterable[Requirement]) -> Iterator[Requirement]:
    for requirement in requirements:
        yield requirement
        yield from _all(requirement.ways)
        yield from _all(variant for _, variant in requirement.variants)


def _edges(requirement: Requirement) -> Iterator[tuple[str, str, str]]:
    """Who has to be known before whom: (after, before, ``required`` or ``earned``)."""
    own = requirement.id
    quantities: list[Quantity | None] = [
        requirement.at_least,
        *(cap.at_most for cap in requirement.caps),
        *(relief.to for relief in requirement.relief),
    ]
    for quantity in quantities:
        if isinstance(quantity, Percent) and quantity.of:
            yield own, quantity.of, quantity.measure
    if requirement.spill is not None:
        yield own, requirement.spill.source, "earned"
    for other in requirement.in_addition_to:
        yield other, own, "earned"


def _check_circle(reading: Reading, graph: Mapping[str, set[str]], places: Mapping[str, Node]) -> None:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = list(dict.fromkeys(error.args[1]))
        reading.fault(places[circle[0]], f"waits for itself: {' → '.join([*circle, circle[0]])}")
