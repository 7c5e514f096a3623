"""The words that sets and portfolios share: facts with questions, topics, specialties, tags, professions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from types import MappingProxyType

from osler.core.rules.evaluate import STATED_AS
from osler.requirement_sets.fault import Fault, TextFaults
from osler.requirement_sets.nodes import Node
from osler.requirement_sets.reading import SLUG, Reading
from osler.requirement_sets.yaml_text import read_yaml

KINDS = ("yes-no", "number", "percent", "date", "date-or-yes", "choice")
LISTS = ("topics", "specialties", "tags", "professions")


@dataclass(frozen=True, slots=True)
class AskedFact:
    """One thing a set may ask about a person. ``choices`` map slugs to meanings, for the kind ``choice``."""

    id: str
    question: str
    kind: str
    help: str = ""
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every known word by its slug, with what it means."""

    facts: Mapping[str, AskedFact]
    topics: Mapping[str, str]
    specialties: Mapping[str, str]
    tags: Mapping[str, str]
    professions: Mapping[str, str]


PORTFOLIO_QUESTIONS = {
    asked.id: asked
    for asked in (
        AskedFact("profession", "What is your profession?", "choice", "clinician.profession"),
        AskedFact("degree", "Which degree do you hold?", "choice", "clinician.degree"),
        AskedFact("specialty", "Which specialties do you practise?", "choice", "clinician.specialties"),
        AskedFact("birth-date", "When were you born?", "date", "clinician.birth_date"),
        AskedFact("issued", "When was it first issued?", "date", "credentials[].issued"),
        AskedFact("expires", "When does it expire?", "date", "credentials[].expires"),
    )
}
"""What is no fact of the vocabulary and may be asked all the same; ``help`` is its place in a portfolio."""


def question_for(name: str) -> AskedFact:
    """What to ask where ``name`` is unknown, whether it is a fact or worked out from something stated."""
    known = load_vocabulary().facts.get(name)
    if known is not None:
        return known
    return PORTFOLIO_QUESTIONS.get(STATED_AS.get(name, name)) or AskedFact(name, f"{name}?", "yes-no")


@cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary that Osler carries; ``TextFaults`` where one of its files is broken."""
    lists = {name: read_words(_text(name), f"vocabulary/{name}.yaml") for name in LISTS}
    return Vocabulary(facts=read_facts(_text("facts"), "vocabulary/facts.yaml"), **lists)


def _text(name: str) -> str:
    return (resources.files("osler.requirement_sets") / "vocabulary" / f"{name}.yaml").read_text("utf-8")


def read_words(text: str, file: str) -> Mapping[str, str]:
    """Slugs and their meanings."""
    reading = _begin(text, file)
    words: dict[str, str] = {}
    for key, value in reading.entries(reading.root, "slugs with their meaning"):
        meaning = reading.text(value, "its meaning")
        if not SLUG.match(key.text):
            reading.fault(key, "expected a slug in lower case with hyphens")
        elif meaning is not None:
            words[key.text] = meaning
    reading.finish()
    return MappingProxyType(words)


def read_facts(text: str, file: str) -> Mapping[str, AskedFact]:
    """Facts with their questions."""
    reading = _begin(text, file)
    facts: dict[str, AskedFact] = {}
    for key, value in reading.entries(reading.root, "facts with their questions"):
        if not SLUG.match(key.text):
            reading.fault(key, "expected a slug in lower case with hyphens")
        found = reading.fields(
            value, "a fact", ("question", "kind", "help", "choices"), required=("question", "kind")
        )
        if "question" not in found or "kind" not in found:
            continue
        question = reading.text(found["question"]) or ""
        kind = reading.word(found["kind"], "kind of fact", KINDS) or ""
        if not question.endswith("?"):
            reading.fault(found["question"], "expected a question that ends with a question mark")
        choices: dict[str, str] = {}
        if "choices" in found:
            for slug, meaning in reading.entries(found["choices"], "choices with their meaning"):
                choices[slug.text] = reading.text(meaning) or ""
        if (kind == "choice") is not bool(choices):
            reading.fault(value, "choices belong to the kind 'choice', and it needs them")
        help_text = reading.text(found["help"]) or "" if "help" in found else ""
        facts[key.text] = AskedFact(key.text, question, kind, help_text, MappingProxyType(choices))
    reading.finish()
    return MappingProxyType(facts)


def _begin(text: str, file: str) -> Reading:
    return Reading(read_document(text, file), file)


def read_document(text: str | bytes, file: str) -> Node:
    """The root of a file of ours; its faults carry the name of the file."""
    try:
        return read_yaml(text)
    except TextFaults as error:
        raise TextFaults(
            Fault("the file", fault.message, fault.line, file) for fault in error.faults
        ) from None
