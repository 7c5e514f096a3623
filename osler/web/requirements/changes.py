"""What an act changed: the answer before and after, told per credential."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from osler.apps.requirements.queries import CredentialStanding, PersonAssessment
from osler.core.rules.evaluate import assess
from osler.core.rules.record import CreditRecord, Portfolio
from osler.requirement_sets.loader import load_sets
from osler.web.requirements.findings import Finding


@dataclass(frozen=True)
class Change:
    """One credential before and after an act."""

    before: Finding
    after: Finding

    @property
    def is_change(self) -> bool:
        return (self.before.status, self.before.missing) != (self.after.status, self.after.missing)

    @property
    def sentence(self) -> str:
        """California physician licence: 17.75 h in total → 3.5 h in total."""
        words = {"name": self.after.short_name, "before": self.before.missing, "after": self.after.missing}
        if self.before.missing == self.after.missing:
            return _("%(name)s: %(after)s") % words
        return _("%(name)s: %(before)s → %(after)s") % words


def findings_of(found: PersonAssessment) -> list[Finding]:
    """Every credential of a person, worst and soonest first."""
    findings = [Finding(standing, found.as_of) for standing in found.standings]
    return sorted(findings, key=lambda one: one.sort_key)


def changes(before: PersonAssessment, after: PersonAssessment) -> list[Change]:
    """The credentials held at both times, in the order of ``findings_of``."""
    earlier = {one.held.key: Finding(one, before.as_of) for one in before.standings}
    return [Change(earlier[one.key], one) for one in findings_of(after) if one.key in earlier]


def told(before: PersonAssessment, after: PersonAssessment) -> str:
    """What changed, in one line for a toast; empty where nothing did."""
    found = [change.sentence for change in changes(before, after) if change.is_change]
    return "; ".join(found[:3]) + ("." if found else "")


def with_records(found: PersonAssessment, records: tuple[CreditRecord, ...]) -> PersonAssessment:
    """The same person with other records: what would be, or what was."""
    portfolio: Portfolio = replace(found.portfolio, credits=records)
    answers = assess(portfolio, load_sets(), found.as_of)
    standings = tuple(
        CredentialStanding(one.held, one.rules, answer)
        for one, answer in zip(found.standings, answers.credentials, strict=True)
    )
    return replace(found, portfolio=portfolio, assessment=answers, standings=standings)


def without(found: PersonAssessment, keys: Collection[str]) -> PersonAssessment:
    """The same person without some records."""
    left = tuple(record for record in found.portfolio.credits if record.id not in keys)
    return with_records(found, left)


@dataclass(frozen=True)
class Use:
    """A requirement that one record counts for, with the amount it gives there."""

    finding: Finding
    title: str
    ticks: int
    unit: str
    anchor: str


def uses_of(found: PersonAssessment, key: str) -> list[Use]:
    """Every requirement, of every credential, for which the record counts."""
    return [
        Use(finding, requirement.title, one.ticks, requirement.unit, requirement.id)
        for finding in findings_of(found)
        for requirement in finding.standing.answer.requirements
        for one in requirement.counted_records
        if one.record.id == key
    ]
