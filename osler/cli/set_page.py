"""A requirement set as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from osler.cli.terminal import console, day_words
from osler.core.rules.requirement import CycleRule, Requirement, RequirementSet, Version
from osler.core.rules.window import Clock
from osler.requirement_sets.description import asked, facts_asked, quantity_words
from osler.requirement_sets.freshness import is_stale

_ANCHORS = {
    "expiry": "the credential's own expiry date",
    "birthday": "the birthday",
    "birth-month": "the last day of the birth month",
    "calendar": "calendar years",
    "issue": "the date of issue",
    "rolling": "today",
}


def print_set(rules: RequirementSet, today: date) -> None:
    """Writes a set to standard output; ``today`` is the day against which its age is told."""
    out = console()
    title = Text(rules.name, style="bold")
    title.append(f"  {rules.id}", style="not bold dim")
    out.print(title)
    out.print(f"{rules.authority} · {_cycle(rules.cycle)}")
    if rules.note:
        out.print(rules.note)
    if not rules.is_verified:
        out.print("Unverified: this set was not confirmed against its primary sources.", style="yellow")
    checked = f"last on {day_words(rules.checked)}" if rules.checked else "on no known day"
    out.print(f"Checked against its sources {checked}.", style="yellow" if is_stale(rules, today) else "dim")
    for version in reversed(rules.versions):
        _print_version(out, version)
    _print_facts(out, rules)
    if rules.not_modelled:
        _heading(out, "Asked by the sources, not judged here")
        for sentence in rules.not_modelled:
            out.print(Padding(f"· {sentence}", (0, 0, 0, 2), expand=False))
    _print_references(out, rules)


def _cycle(cycle: CycleRule) -> str:
    anchor = _ANCHORS.get(cycle.anchor) or f"{date(2024, cycle.month, cycle.day):%d %B}".lstrip("0")
    steps = "" if cycle.renews_every == cycle.months else f", due every {cycle.renews_every} months"
    return f"{cycle.months} months by {anchor}{steps}"


def _heading(out: Console, text: str) -> None:
    out.print()
    out.print(Text(text, style="bold"))


def _print_version(out: Console, version: Version) -> None:
    _heading(out, f"For cycles that end on or after {day_words(version.effective)}")
    for requirement in version.requirements:
        _print_requirement(out, requirement, 2)
    for equivalence in version.equivalences:
        satisfies = ", ".join(sorted(equivalence.covers)) or "everything"
        excepted = f" but {', '.join(sorted(equivalence.excepted))}" if equivalence.excepted else ""
        _line(out, 2, f"{equivalence.title}: satisfies {satisfies}{excepted}, when {equivalence.when.text}")


def _print_requirement(out: Console, requirement: Requirement, indent: int) -> None:
    title = Text(requirement.id, style="bold")
    title.append(f"  {asked(requirement)}", style="not bold green")
    out.print(Padding(title, (0, 0, 0, indent), expand=False))
    for line in _lines(requirement):
        _line(out, indent + 2, line)
    for way in requirement.ways:
        _print_requirement(out, way, indent + 4)
    for when, variant in requirement.variants:
        _line(out, indent + 4, f"{when.text if when else 'otherwise'}: {asked(variant)}, {_when(variant)}")


def _lines(requirement: Requirement) -> Iterator[str]:
    yield requirement.says or requirement.title
    if requirement.applies_when is not None:
        yield f"Applies when {requirement.applies_when.text}"
    when = _when(requirement)
    if not requirement.variants and when != "cycle":
        yield f"Window: {when}"
    for cap in requirement.caps:
        per = "" if cap.per == "window" else f" per {cap.per.replace('-', ' ')}"
        yield f"At most {quantity_words(cap.at_most, requirement.unit)}{per}: {cap.says or cap.id}"
    for relief in requirement.relief:
        yield f"{relief.says or 'Lightened'} (when {relief.when.text})"
    if requirement.references:
        yield f"Source: {', '.join(requirement.references)}"
    if requirement.unverified:
        yield f"Unverified: {requirement.unverified}"


def _when(requirement: Requirement) -> str:
    due = f", due {requirement.due.text}" if requirement.due else ""
    text = "cycle" if requirement.window.clock is Clock.CYCLE else requirement.window.text
    return text + due


def _line(out: Console, indent: int, text: str) -> None:
    out.print(Padding(text, (0, 0, 0, indent), expand=False))


def _print_facts(out: Console, rules: RequirementSet) -> None:
    facts = facts_asked(rules)
    if facts:
        _heading(out, "Facts it may ask for")
        for fact in facts:
            _line(out, 2, f"{fact.id} ({fact.kind}): {fact.question}")


def _print_references(out: Console, rules: RequirementSet) -> None:
    _heading(out, "Sources")
    for reference in rules.references:
        checked = f", checked {day_words(reference.checked)}" if reference.checked else ""
        _line(
            out,
            2,
            f"{reference.id}: {reference.title} (text of {reference.as_of}{checked}) {reference.url or ''}",
        )
