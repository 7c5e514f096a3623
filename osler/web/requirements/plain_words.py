"""The evaluator's exact sentences as a clinician reads them: days in words, codes by their names."""

import re
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from osler.apps.requirements.queries import asked_fact
from osler.core.credit.types import CREDIT_TYPES
from osler.core.rules.condition import ConditionError, parse_condition
from osler.core.rules.record import Clinician, FactValue
from osler.requirement_sets.vocabulary import load_vocabulary
from osler.web.design.amounts import day_text
from osler.web.requirements.fact_form import value_words

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_CODE = re.compile(r"\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b|\b[A-Z]{4,}\b")
_SLUG = re.compile(r"\b[a-z]+(?:-[a-z0-9]+)+\b")
_ONLY_WHERE = "only where "


def plain(sentence: str) -> str:
    """The sentence with days written out and the names of credit types, topics and attributes for codes."""
    said = _DAY.sub(lambda found: _day(found[0]), sentence)
    said = _CODE.sub(
        lambda found: CREDIT_TYPES[found[0]].name if found[0] in CREDIT_TYPES else found[0], said
    )
    said = _SLUG.sub(lambda found: _word(found[0]), said)
    return said[:1].upper() + said[1:]


def _day(text: str) -> str:
    try:
        return day_text(date.fromisoformat(text))
    except ValueError:
        return text


def _type(code: str) -> str:
    return CREDIT_TYPES[code].name if code in CREDIT_TYPES else code


def _word(slug: str) -> str:
    vocabulary = load_vocabulary()
    for words in (vocabulary.topics, vocabulary.specialties, vocabulary.tags):
        if slug in words:
            return words[slug][:1].lower() + words[slug][1:]
    return slug


def stated(clinician: Clinician, of_credential: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """Everything a condition may rest on: the profile, and what was answered of person and credential."""
    profile: dict[str, FactValue | None] = {
        "profession": clinician.profession,
        "degree": clinician.degree,
        "specialty": clinician.specialties,
        "birth-date": clinician.birth_date,
    }
    said = {name: value for name, value in profile.items() if value is not None}
    return {**said, **clinician.facts, **of_credential}


def why(because: str, facts: Mapping[str, FactValue]) -> tuple[str, ...]:
    """Why a requirement is waived, reduced or does not apply, as sentences.

    A condition is told by the answers it rests on; what no answer decides is told as it stands.
    """
    if not because.startswith(_ONLY_WHERE):
        return (plain(because),) if because else ()
    try:
        names = parse_condition(because.removeprefix(_ONLY_WHERE)).names
    except ConditionError:
        return (plain(because),)
    told = [
        _("You answered “%(answer)s” to: %(question)s")
        % {"answer": value_words(fact, facts[name]), "question": fact.question}
        for name in dict.fromkeys(names)
        if name in facts and (fact := asked_fact(name)) is not None
    ]
    if told:
        return tuple(told)
    return (
        _("It does not apply to you: the rule is %(rule)s.")
        % {"rule": plain(because)[:1].lower() + plain(because)[1:]},
    )
