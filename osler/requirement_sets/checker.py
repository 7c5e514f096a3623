"""Goes through every requirement set and says in words what is wrong, and what deserves another look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path

from osler.core.credit.amount import amount_text
from osler.core.rules.requirement import Match, Requirement, RequirementSet
from osler.requirement_sets.cases import Case, load_cases, run_case
from osler.requirement_sets.description import fact_names
from osler.requirement_sets.fault import Fault, TextFaults
from osler.requirement_sets.freshness import is_stale as is_stale
from osler.requirement_sets.loader import CASES, load_examples, load_set, load_sets, shown_name
from osler.requirement_sets.vocabulary import Vocabulary, load_vocabulary

FEWEST_CASES = 5
FEWEST_OF_AN_EXAMPLE = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: a fault must be mended, the rest are reminders. ``place`` is a file with its line."""

    place: str
    message: str
    is_fault: bool = True

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True, slots=True)
class CheckedSet:
    """A set that could be read, its cases and its file."""

    rules: RequirementSet
    cases: tuple[Case, ...]
    file: str


def check_all(today: date) -> list[Finding]:
    """Everything found in the sets that Osler carries and in their vocabulary."""
    findings: list[Finding] = []
    read: list[CheckedSet] = []
    for library in (load_sets(), load_examples()):
        for set_id in library:
            found = _check_place(library.place(set_id), library.cases_place(set_id), today, findings)
            read += [found] if found is not None else []
    findings += _unused_words(read, load_vocabulary())
    return findings


def check_paths(paths: Iterable[Path], today: date) -> list[Finding]:
    """Everything found in these files, or in the sets below these folders."""
    findings: list[Finding] = []
    for place in _files(paths):
        cases = place.with_name(place.name.removesuffix(".yaml") + CASES)
        _check_place(place, cases if cases.is_file() else None, today, findings)
    return findings


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*.yaml") if _is_set(file))
        elif path.name.endswith(CASES):
            yield path.with_name(path.name.removesuffix(CASES) + ".yaml")
        else:
            yield path


def _is_set(file: Path) -> bool:
    return not file.name.endswith(CASES) and file.parent.name != "vocabulary"


def _check_place(
    place: Path | Traversable, cases_place: Path | Traversable | None, today: date, findings: list[Finding]
) -> CheckedSet | None:
    file = shown_name(place)
    try:
        rules = load_set(place)
    except TextFaults as error:
        findings += [_finding(fault) for fault in error.faults]
        return None
    except FileNotFoundError:
        findings.append(Finding(file, "there is no such file"))
        return None
    except OSError as error:
        findings.append(Finding(file, f"it cannot be read: {error.strerror}"))
        return None
    cases: tuple[Case, ...] = ()
    if cases_place is not None:
        try:
            cases = load_cases(cases_place, rules)
        except TextFaults as error:
            findings += [_finding(fault) for fault in error.faults]
            return CheckedSet(rules, (), file)
    findings += check_set(CheckedSet(rules, cases, file), today)
    return CheckedSet(rules, cases, file)


def _finding(fault: Fault) -> Finding:
    return Finding(f"{fault.file}:{fault.line or 1}", f"{fault.place}: {fault.message}")


def check_set(found: CheckedSet, today: date) -> Iterator[Finding]:
    """What is to be said of one set that could be read."""
    rules, is_example = found.rules, found.rules.kind == "example"
    fewest = FEWEST_OF_AN_EXAMPLE if is_example else FEWEST_CASES
    if len(found.cases) < fewest:
        yield Finding(found.file, f"{len(found.cases)} worked cases; expected at least {fewest}")
    yield from _check_cases(found)
    if is_example:
        return
    if is_stale(rules, today):
        last = f"last on {rules.checked}, over a year ago" if rules.checked else "on no day it names"
        yield Finding(found.file, f"checked against its sources {last}", is_fault=False)
    yield from _missing_sides(found)
    yield from _unused_references(found)


def _check_cases(found: CheckedSet) -> Iterator[Finding]:
    names: set[str] = set()
    cases_file = found.file.removesuffix(".yaml") + CASES
    for case in found.cases:
        place = f"{cases_file}:{case.line}"
        if case.name in names:
            yield Finding(place, f"two cases are called {case.name!r}")
        names.add(case.name)
        for difference in run_case(case, found.rules):
            yield Finding(place, f"{case.name}: {difference}")


# -- boundaries ----------------------------------------------------------------------------------------------


def _missing_sides(found: CheckedSet) -> Iterator[Finding]:
    """Each amount that the newest rules ask for has a case in which it is met, and one in which it is not."""
    for requirement in found.rules.versions[-1].requirements:
        amounts = sorted(set(_amounts(requirement)))
        if not amounts:
            continue
        stated = {
            case.requirements[requirement.id].status
            for case in found.cases
            if requirement.id in case.requirements
        }
        amount = " or ".join(amount_text(ticks) for ticks in amounts)
        if "met" not in stated:
            yield Finding(found.file, f"no case meets {requirement.id} ({amount})", is_fault=False)
        if not stated & {"short", "overdue"}:
            yield Finding(found.file, f"no case falls short of {requirement.id} ({amount})", is_fault=False)


def _amounts(requirement: Requirement) -> Iterator[int]:
    if isinstance(requirement.at_least, int):
        yield requirement.at_least
    for _, variant in requirement.variants:
        yield from _amounts(variant)


# -- words ---------------------------------------------------------------------------------------------------


def _unused_references(found: CheckedSet) -> Iterator[Finding]:
    used: set[str] = set()
    for version in found.rules.versions:
        for requirement in _all(version.requirements):
            used |= set(requirement.references)
            used |= {reference for relief in requirement.relief for reference in relief.references}
        used |= {reference for equivalence in version.equivalences for reference in equivalence.references}
    for reference in found.rules.references:
        if reference.id not in used:
            yield Finding(found.file, f"no rule cites the reference {reference.id}", is_fault=False)


def _unused_words(read: list[CheckedSet], vocabulary: Vocabulary) -> Iterator[Finding]:
    facts: set[str] = set()
    tags: set[str] = set()
    for found in read:
        for version in found.rules.versions:
            for requirement in _all(version.requirements):
                facts |= set(fact_names(requirement))
                tags |= {tag for match in _matches(requirement) for tag in match.tags | match.not_tags}
            facts |= {name for equivalence in version.equivalences for name in equivalence.when.names}
    for name, known, used in (("facts", vocabulary.facts, facts), ("tags", vocabulary.tags, tags)):
        for word in known:
            if word not in used:
                yield Finding(f"vocabulary/{name}.yaml", f"no set uses {word}", is_fault=False)


def _all(requirements: tuple[Requirement, ...]) -> Iterator[Requirement]:
    for requirement in requirements:
        yield requirement
        yield from _all(requirement.ways)
        yield from _all(tuple(variant for _, variant in requirement.variants))


def _matches(requirement: Requirement) -> Iterator[Match]:
    accept = requirement.accept
    yield accept.match
    yield from (rate.match for rate in accept.rates)
    yield from (cap.match for cap in requirement.caps)
    if requirement.carry_over is not None:
        yield requirement.carry_over.match
