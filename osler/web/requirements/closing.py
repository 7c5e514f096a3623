"""What would close one requirement: how much, on what, in which credit and format, and by when."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osler.apps.requirements.queries.standings import amount_words
from osler.core.credit.formats import FORMATS
from osler.core.credit.types import CREDIT_TYPES
from osler.core.rules.answer import RequirementAnswer, Status
from osler.core.rules.requirement import Match, Requirement, RequirementSet
from osler.requirement_sets.description import quantity_words
from osler.requirement_sets.vocabulary import load_vocabulary
from osler.web.design.amounts import day_text

MOST_NAMED = 5


@dataclass(frozen=True)
class Closing:
    """One line of what would close a requirement: ``term`` names what it speaks of."""

    term: str
    text: str


def closing_of(
    answer: RequirementAnswer, rules: RequirementSet, version: date | None, missing: int, due: date | None
) -> list[Closing]:
    """The lines for a requirement that is short or overdue; none where nothing more is asked.

    ``missing`` are the ticks still to earn now, by ``due``.
    """
    if answer.status not in (Status.SHORT, Status.OVERDUE) or not missing:
        return []
    asked = _asked(answer, rules, version)
    lines = [Closing(_("Still missing"), _missing(answer, missing))]
    if due is not None:
        term = _("Was due by") if answer.status is Status.OVERDUE else _("By")
        lines.append(Closing(term, day_text(due)))
    if asked is None:
        return lines
    if asked.ways:
        return [*lines, Closing(_("How"), _how(asked))]
    return [*lines, *_accepted(asked)]


def _how(asked: Requirement) -> str:
    count = len(asked.ways)
    if asked.ways_needed == count:
        return _("all parts below")
    return ngettext("%(n)d of the ways below", "%(n)d of the ways below", asked.ways_needed) % {
        "n": asked.ways_needed
    }


def _missing(answer: RequirementAnswer, missing: int) -> str:
    amount = amount_words(missing, answer.unit)
    count = sum(one.required > one.counted for one in answer.periods)
    if len(answer.periods) > 1 and count:
        return ngettext(
            "%(amount)s, in %(n)d of %(all)d periods", "%(amount)s, in %(n)d of %(all)d periods", count
        ) % {"amount": amount, "n": count, "all": len(answer.periods)}
    return amount


def _asked(answer: RequirementAnswer, rules: RequirementSet, version: date | None) -> Requirement | None:
    """The requirement behind an answer, by its id among all parts of the version that was used."""
    for one in rules.versions:
        if one.effective == version:
            return _among(one.requirements, answer)
    return None


def _among(parts: Sequence[Requirement], answer: RequirementAnswer) -> Requirement | None:
    for part in parts:
        if part.id == answer.id:
            return _variant(part, answer)
        found = _among((*part.ways, *(one for _when, one in part.variants)), answer)
        if found is not None:
            return found
    return None


def _variant(part: Requirement, answer: RequirementAnswer) -> Requirement | None:
    """The variant that speaks: the one that asks this amount, where only one does."""
    if not part.variants:
        return part
    fitting = [one for _when, one in part.variants if one.at_least == answer.required]
    return fitting[0] if len(fitting) == 1 else None


def _accepted(asked: Requirement) -> Iterator[Closing]:
    accept, vocabulary = asked.accept, load_vocabulary()
    match = accept.match
    topics = _named(match.topics, {**vocabulary.specialties, **vocabulary.topics})
    if accept.own_specialties:
        topics = [*topics, _("your own specialty")]
    if topics:
        yield Closing(_("On"), _listed(topics))
    if accept.not_hours_on:
        yield Closing(_("Not on"), _listed(_named(accept.not_hours_on, vocabulary.topics)))
    if match.credits:
        names = {code: one.name for code, one in CREDIT_TYPES.items()}
        yield Closing(_("Credit"), _listed(_named(match.credits, names)))
    else:
        yield Closing(_("Credit"), _("any type of credit"))
    yield Closing(_("Format"), _formats(match))
    tags = _named(match.tags, vocabulary.tags)
    if tags:
        yield Closing(_("Only with"), _listed(tags))
    if match.not_tags:
        yield Closing(_("Not with"), _listed(_named(match.not_tags, vocabulary.tags)))
    if accept.at_least_each:
        yield Closing(
            _("Each activity"),
            _("at least %(amount)s") % {"amount": amount_words(accept.at_least_each, asked.unit)},
        )
    for cap in asked.caps:
        yield Closing(
            _("Limit"),
            cap.says or _("at most %(amount)s") % {"amount": quantity_words(cap.at_most, asked.unit)},
        )


def _formats(match: Match) -> str:
    names = {code: one.name for code, one in FORMATS.items()}
    if match.formats:
        return _listed(_named(match.formats, names))
    if match.not_formats:
        return _("any but %(formats)s") % {"formats": _listed(_named(match.not_formats, names))}
    return _("any format")


def _named(codes: Collection[str], names: Mapping[str, str]) -> list[str]:
    return sorted(names.get(code, code) for code in codes)


def _listed(names: Sequence[str]) -> str:
    """A, B or C; from many only the first, with the number of the rest."""
    if len(names) > MOST_NAMED + 1:
        rest = len(names) - MOST_NAMED
        more = ngettext("%(n)d other", "%(n)d others", rest) % {"n": rest}
        return _("%(names)s or %(more)s") % {"names": ", ".join(names[:MOST_NAMED]), "more": more}
    if len(names) > 1:
        return _("%(names)s or %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
    return "".join(names)
