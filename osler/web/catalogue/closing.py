"""What would close a gap: amount, topics, formats, kinds of credit and the last day, from the rule itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from osler.apps.requirements.queries import PersonAssessment
from osler.core.credit.types import CREDIT_TYPES
from osler.core.rules.requirement import Accept, Reference, Requirement, RequirementSet
from osler.web.credit.words import format_name, topic_name, type_name
from osler.web.requirements.changes import findings_of
from osler.web.requirements.findings import WHOLE, Finding, Open, amount_long

MOST_NAMED = 4


@dataclass(frozen=True)
class Gap:
    """One open requirement of one credential, with the rule that says what closes it."""

    finding: Finding
    part: Open
    rule: Requirement | None

    @property
    def title(self) -> str:
        """4 hours of pain management and care of the dying."""
        amount = amount_long(self.part)
        return _("%(amount)s in total") % {"amount": amount} if self.part.answer.id == WHOLE else amount

    @property
    def due(self) -> date | None:
        return self.part.due

    @property
    def status(self) -> str:
        if self.part.answer.status.value == "overdue":
            return "overdue"
        return "on-pace" if self.part.answer.is_on_pace else "short"

    @property
    def url(self) -> str:
        """The requirement on its credential's page."""
        return f"{self.finding.url}#{self.part.answer.id}"

    @cached_property
    def accepts(self) -> tuple[Accept, ...]:
        """What counts, way by way where there are several; ways that ask for a fact accept no records."""
        return tuple(_accepts(self.rule)) if self.rule else ()

    @property
    def topics(self) -> frozenset[str]:
        return frozenset().union(*(one.match.topics for one in self.accepts))

    @property
    def topic_words(self) -> str:
        """The topics asked for; empty where any will do."""
        if not self.topics or not all(one.match.topics for one in self.accepts):
            return ""
        return _(" or ").join(topic_name(slug) for slug in sorted(self.topics))

    @property
    def ways(self) -> str:
        """The ways of a rule that has several, and how many of them it takes."""
        if self.rule is None or not self.rule.ways:
            return ""
        titles = "; ".join(one.title for one in self.rule.ways)
        if self.rule.ways_needed == 1:
            return _("one of: %(titles)s") % {"titles": titles}
        words = {"n": self.rule.ways_needed, "count": len(self.rule.ways), "titles": titles}
        return _("%(n)d of these %(count)d: %(titles)s") % words

    @property
    def credit_words(self) -> str:
        """The kinds of credit that count; empty where any does."""
        codes = [one.match.credits for one in self.accepts]
        if not codes or not all(codes):
            return ""
        names = sorted(type_name(code) for code in frozenset().union(*codes) if code in CREDIT_TYPES)
        return _some(names)

    @property
    def format_words(self) -> str:
        """The formats asked for, or those that do not count; empty where any will do."""
        wanted = frozenset().union(*(one.match.formats for one in self.accepts))
        if wanted and all(one.match.formats for one in self.accepts):
            return _some(sorted(format_name(code) for code in wanted))
        unwanted = (
            frozenset.intersection(*(one.match.not_formats for one in self.accepts)) if self.accepts else None
        )
        if unwanted:
            names = _some(sorted(format_name(code) for code in unwanted))
            return _("anything but %(formats)s") % {"formats": names}
        return ""

    @property
    def unverified(self) -> str:
        return self.part.answer.unverified

    @property
    def reference(self) -> Reference | None:
        """Where the rule is written, with an address where there is one."""
        by_id = {one.id: one for one in self.finding.standing.rules.references}
        named = [by_id[one] for one in self.part.answer.references if one in by_id]
        return next((one for one in named if one.url), named[0] if named else None)

    @property
    def goal_url(self) -> str:
        """A goal for it, filled in as far as it is known."""
        asked = {"title": self.title[:160], "due": self.due.isoformat() if self.due else ""}
        if len(self.topics) == 1:
            asked["topic"] = next(iter(self.topics))
        return f"{reverse('needs:goal-new')}?{urlencode(asked)}"


def gaps_of(found: PersonAssessment) -> list[Gap]:
    """Every gap of every credential, what falls due first at the head."""
    gaps = [
        Gap(finding, part, rule_of(finding.standing.rules, finding.standing.answer.version, part.answer.id))
        for finding in findings_of(found)
        for part in finding.open_parts
    ]
    return sorted(gaps, key=lambda one: (one.due or date.max, one.finding.name, one.title))


def rule_of(rules: RequirementSet, version: date | None, requirement: str) -> Requirement | None:
    """The rule behind an answer, in the version that the answer was reached by."""
    held = next((one for one in rules.versions if one.effective == version), None)
    everything = (each for one in held.requirements for each in _within(one)) if held else iter(())
    return next((one for one in everything if one.id == requirement), None)


def _within(requirement: Requirement) -> Iterator[Requirement]:
    yield requirement
    for way in requirement.ways:
        yield from _within(way)
    for _when, variant in requirement.variants:
        yield from _within(variant)


def _accepts(requirement: Requirement) -> Iterator[Accept]:
    inner = [*requirement.ways, *(variant for _when, variant in requirement.variants)]
    if inner:
        for one in inner:
            yield from _accepts(one)
    elif requirement.holds is None:
        yield requirement.accept


def _some(names: list[str]) -> str:
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    rest = len(names) - MOST_NAMED
    return _("%(names)s and %(n)d more") % {"names": ", ".join(names[:MOST_NAMED]), "n": rest}
