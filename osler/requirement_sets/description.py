"""A requirement set as plain data for a page, the API or the command line: what it asks, when and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from osler.core.credit.amount import amount_text, ticks_of
from osler.core.rules.condition import DERIVED
from osler.core.rules.requirement import (
    CycleRule,
    Equivalence,
    Percent,
    Quantity,
    Reference,
    Relief,
    Requirement,
    RequirementSet,
    Version,
)
from osler.requirement_sets.vocabulary import AskedFact, load_vocabulary


def set_summary(rules: RequirementSet) -> dict[str, Any]:
    """One line of the list of sets."""
    return {
        "id": rules.id,
        "name": rules.name,
        "authority": rules.authority,
        "country": rules.country,
        "region": rules.region or None,
        "kind": rules.kind,
        "professions": list(rules.professions),
        "degrees": list(rules.degrees),
        "status": "verified" if rules.is_verified else "unverified",
        "checked": _day(rules.checked),
    }


def set_data(rules: RequirementSet) -> dict[str, Any]:
    """Everything a set says, with the questions it asks; amounts are decimal strings, days ISO strings."""
    return {
        **set_summary(rules),
        "note": rules.note or None,
        "cycle": _cycle(rules.cycle),
        "facts": [_fact(fact) for fact in facts_asked(rules)],
        "not_modelled": list(rules.not_modelled),
        "references": [_reference(reference) for reference in rules.references],
        "versions": [_version(version) for version in rules.versions],
    }


def facts_asked(rules: RequirementSet) -> tuple[AskedFact, ...]:
    """The facts that the newest rules ask for, in the order in which the rules name them."""
    known = load_vocabulary().facts
    names = dict.fromkeys(_names(rules.versions[-1]))
    return tuple(known[name] for name in names if name in known and name not in DERIVED)


def asked(requirement: Requirement) -> str:
    """What a requirement asks, in a few words: ``50 hours``, ``20% of total``, ``any of 2 ways``."""
    if requirement.at_least is not None:
        return quantity_words(requirement.at_least, requirement.unit)
    if requirement.holds is not None:
        return f"the fact {requirement.holds}"
    if requirement.ways:
        needed, ways = requirement.ways_needed, len(requirement.ways)
        return f"all of {ways} parts" if needed == ways else f"{needed} of {ways} ways"
    return " · ".join(dict.fromkeys(asked(variant) for _, variant in requirement.variants))


def quantity_words(quantity: Quantity, unit: str) -> str:
    """``1 hour``, ``12.5 hours``, ``40% of the earned total``."""
    if isinstance(quantity, Percent):
        share = amount_text(ticks_of(quantity.share * 100))
        what = f"of the {quantity.measure} amount" if not quantity.of else f"of {quantity.of}"
        return f"{share}% {what}" + (" as earned" if quantity.of and quantity.measure == "earned" else "")
    amount = amount_text(quantity)
    return f"{amount} {unit if amount == '1' else plural(unit)}"


def plural(unit: str) -> str:
    """The plural of a unit of the language."""
    return "activities" if unit == "activity" else unit + "s"


def _names(version: Version) -> Iterator[str]:
    for requirement in version.requirements:
        yield from fact_names(requirement)
    for equivalence in version.equivalences:
        yield from equivalence.when.names


def fact_names(requirement: Requirement) -> Iterator[str]:
    """Every name that the conditions of a requirement use, those of its ways and variants among them."""
    if requirement.applies_when is not None:
        yield from requirement.applies_when.names
    if requirement.holds is not None:
        yield requirement.holds
    for relief in requirement.relief:
        yield from relief.when.names
    for way in requirement.ways:
        yield from fact_names(way)
    for when, variant in requirement.variants:
        yield from when.names if when is not None else ()
        yield from fact_names(variant)


# -- data ----------------------------------------------------------------------------------------------------


def _cycle(cycle: CycleRule) -> dict[str, Any]:
    found: dict[str, Any] = {
        "anchor": cycle.anchor,
        "months": cycle.months,
        "renews_every": cycle.renews_every,
    }
    if cycle.anchor == "fixed":
        found |= {"on": f"{cycle.month:02d}-{cycle.day:02d}", "year": cycle.year}
    return found


def _fact(fact: AskedFact) -> dict[str, Any]:
    found: dict[str, Any] = {"fact": fact.id, "question": fact.question, "kind": fact.kind}
    if fact.help:
        found["help"] = fact.help
    if fact.choices:
        found["choices"] = dict(fact.choices)
    return found


def _reference(reference: Reference) -> dict[str, Any]:
    return {
        "id": reference.id,
        "title": reference.title,
        "url": reference.url,
        "as_of": reference.as_of,
        "checked": _day(reference.checked),
    }


def _version(version: Version) -> dict[str, Any]:
    return {
        "effective": version.effective.isoformat(),
        "requirements": [requirement_data(requirement) for requirement in version.requirements],
        "equivalences": [_equivalence(equivalence) for equivalence in version.equivalences],
    }


def requirement_data(requirement: Requirement) -> dict[str, Any]:
    """One requirement; keys without content are left out."""
    found: dict[str, Any] = {
        "id": requirement.id,
        "title": requirement.title,
        "rule": requirement.says,
        "asks": asked(requirement),
        "unit": requirement.unit,
        "applies_when": requirement.applies_when.text if requirement.applies_when else None,
        "window": None if requirement.variants else requirement.window.text,
        "due": requirement.due.text if requirement.due else None,
        "topics": _topics(requirement),
        "credits": sorted(requirement.accept.match.credits),
        "caps": [
            f"{cap.id}: at most {quantity_words(cap.at_most, requirement.unit)}" for cap in requirement.caps
        ],
        "relief": [_relief(relief, requirement.unit) for relief in requirement.relief],
        "ways": [requirement_data(way) for way in requirement.ways],
        "variants": [
            {"when": when.text if when else "otherwise", **requirement_data(variant)}
            for when, variant in requirement.variants
        ],
        "references": list(requirement.references),
        "unverified": requirement.unverified,
    }
    return {key: value for key, value in found.items() if value not in (None, "", [])}


def _topics(requirement: Requirement) -> list[str]:
    return [*sorted(requirement.accept.match.topics), *_own(requirement)]


def _own(requirement: Requirement) -> Iterable[str]:
    return ("own-specialty",) if requirement.accept.own_specialties else ()


def _relief(relief: Relief, unit: str) -> dict[str, Any]:
    grants = "waived"
    if relief.to is not None:
        grants = f"reduced to {quantity_words(relief.to, unit)}"
    elif relief.by is not None:
        grants = f"reduced by {quantity_words(relief.by, unit)}"
    elif relief.prorate_months is not None:
        grants = f"prorated by whole months out of {relief.prorate_months}"
    found = {
        "when": relief.when.text,
        "grants": grants,
        "says": relief.says,
        "references": list(relief.references),
    }
    return {key: value for key, value in found.items() if value}


def _equivalence(equivalence: Equivalence) -> dict[str, Any]:
    return {
        "id": equivalence.id,
        "title": equivalence.title,
        "when": equivalence.when.text,
        "satisfies": sorted(equivalence.covers) or "all",
        "except": sorted(equivalence.excepted),
        "references": list(equivalence.references),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
