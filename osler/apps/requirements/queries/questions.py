"""Questions in words: facts of the vocabulary, and what the profile and the credential itself may lack."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from osler.core.rules.answer import Question
from osler.requirement_sets.vocabulary import AskedFact, load_vocabulary

OF_THE_CREDENTIAL = frozenset({"issued", "expires"})
"""Questions answered by the dates of the credential."""

OF_THE_PROFILE = frozenset({"profession", "degree", "specialty", "birth-date"})
"""Questions answered on the profile."""

_DEGREES = ("MD", "DO", "MBBS", "PA", "NP", "RN", "PharmD")


def asked_fact(name: str) -> AskedFact | None:
    """The question behind a name: kind and choices say how it is answered. ``None`` for a name nobody can
    answer.
    """
    vocabulary = load_vocabulary()
    if name in vocabulary.facts:
        return vocabulary.facts[name]
    own = {
        "issued": (_("On which day was it first issued to you?"), "date"),
        "expires": (_("On which day does it expire?"), "date"),
        "birth-date": (_("When were you born?"), "date"),
        "age": (_("When were you born?"), "date"),
        "specialty": (_("Which are your specialties?"), "specialties"),
        "profession": (_("What is your profession?"), "choice"),
        "degree": (_("Which degree do you hold?"), "choice"),
    }
    if name not in own:
        return None
    question, kind = own[name]
    choices = {"profession": vocabulary.professions, "degree": {one: one for one in _DEGREES}}.get(name, {})
    return AskedFact("birth-date" if name == "age" else name, question, kind, choices=choices)


def asked_facts(questions: Iterable[Question], *, optional: bool) -> tuple[AskedFact, ...]:
    """The questions in words, each once; optional ones (they could only help) on request."""
    found: dict[str, AskedFact] = {}
    for question in questions:
        fact = asked_fact(question.fact)
        if fact is not None and (optional or not question.is_optional):
            found.setdefault(fact.id, fact)
    return tuple(found.values())
