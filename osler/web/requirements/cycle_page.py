"""What the page of one cycle says: the answer kept then, or worked out now, and how the two differ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from osler.apps.requirements.queries import (
    CredentialCycles,
    CredentialStanding,
    CycleStanding,
    Difference,
    KeptAnswer,
    PersonAssessment,
    Place,
    answer_in,
    asked_fact,
    content_of,
    credential_value_of,
    difference,
    kept_answer,
)
from osler.apps.requirements.queries.kept import RecordChange, RequirementChange
from osler.apps.requirements.queries.standings import amount_words
from osler.core.rules.answer import CredentialAnswer, RequirementAnswer
from osler.core.rules.cycles import as_of_cycle
from osler.core.rules.record import FactValue
from osler.core.rules.requirement import RequirementSet
from osler.web.design.amounts import day_text
from osler.web.design.status import status_of
from osler.web.design.step_chart import StepChart
from osler.web.requirements.chart import chart
from osler.web.requirements.cycle_rows import days_text, ended_headline
from osler.web.requirements.explanation import Explanation, Shown, explained
from osler.web.requirements.findings import Finding
from osler.web.requirements.plain_words import stated

if TYPE_CHECKING:
    from osler.apps.requirements.models import ClosedCycle


@dataclass(frozen=True)
class ChangeLine:
    """A requirement before and after, in words."""

    title: str
    before: str
    after: str


@dataclass(frozen=True)
class CyclePage:
    """One cycle for its page. ``row`` is the assessment shown; ``answer`` the one worked out where none is
    kept.
    """

    found: PersonAssessment
    cycles: CredentialCycles
    cycle: CycleStanding
    row: ClosedCycle | None
    worked_out: CredentialAnswer | None
    shown: Shown | None = None

    @property
    def days(self) -> str:
        return days_text(self.cycle.period.start, self.cycle.period.last_day)

    @property
    def is_ahead(self) -> bool:
        return self.cycle.place is Place.AHEAD

    @cached_property
    def kept(self) -> KeptAnswer | None:
        """The kept answer; ``None`` where nothing is kept, or where it is no longer what was kept."""
        try:
            return None if self.row is None else kept_answer(self.row)
        except ValueError:
            return None

    @property
    def is_broken(self) -> bool:
        """Whether the kept bytes are not those that were kept."""
        return self.row is not None and self.kept is None

    @cached_property
    def answer(self) -> CredentialAnswer | None:
        return self.kept.answer if self.kept is not None else self.worked_out

    @property
    def as_of(self) -> date:
        if self.kept is not None:
            return self.kept.row.as_of
        return min(self.cycle.period.last_day, self.found.as_of)

    @property
    def headline(self) -> str:
        if self.is_ahead:
            return _("This cycle begins on %(day)s.") % {"day": day_text(self.cycle.period.start)}
        if self.answer is None:
            return _("Nothing is on record from this cycle.")
        return ended_headline(self.answer)

    @property
    def lead(self) -> str:
        standing = self.cycles.standing
        cycle = _("cycle %(days)s") % {"days": self.days}
        return " · ".join(filter(None, (standing.rules.authority, standing.held.number, cycle)))

    @property
    def rules(self) -> RequirementSet:
        """The rules with the references as they were kept."""
        rules = self.cycles.standing.rules
        return rules if self.kept is None else replace(rules, references=self.kept.references)

    @cached_property
    def _standing(self) -> CredentialStanding | None:
        standing = self.cycles.standing
        return None if self.answer is None else CredentialStanding(standing.held, standing.rules, self.answer)

    @cached_property
    def chart(self) -> StepChart | None:
        """Credit in the cycle, seen from the day after it ended."""
        if self._standing is None or self.is_ahead:
            return None
        has_ended = self.as_of >= self.cycle.period.last_day
        day = self.as_of + timedelta(days=1) if has_ended else self.as_of
        return chart(Finding(self._standing, day), self._known)

    @cached_property
    def requirements(self) -> list[Explanation]:
        if self.answer is None:
            return []
        key = self.cycles.standing.held.key
        return list(
            explained(
                self.answer.requirements,
                self.rules,
                self.facts,
                self.as_of,
                self.cycle.period.last_day,
                version=self.answer.version,
                known=self._known,
                questions_url=reverse("requirements:credential", args=[key]) + "#questions",
                has_ended=True,
                shown=self.shown,
            )
        )

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(record.id for record in self.found.portfolio.credits)

    @property
    def facts(self) -> dict[str, FactValue]:
        if self.kept is not None:
            return dict(self.kept.facts)
        value = credential_value_of(self.found, self.cycles.standing.held.key)
        return stated(self.found.portfolio.clinician, value.facts)

    # What today would say otherwise

    @cached_property
    def difference(self) -> Difference | None:
        """What today's records, facts and rules make of the same cycle, beside what was kept."""
        if self.kept is None:
            return None
        standing, as_of = self.cycles.standing, self.kept.row.as_of
        answer = answer_in(self.found, standing, self.cycle.period, as_of)
        value = as_of_cycle(credential_value_of(self.found, standing.held.key), self.cycle.period)
        now = content_of(self.found, standing, value, answer, as_of)
        return difference(self.kept, now, answer)

    @cached_property
    def changed_requirements(self) -> list[ChangeLine]:
        return [_line(one) for one in self.difference.requirements] if self.difference else []

    @cached_property
    def causes(self) -> list[str]:
        """Why today's answer is another one, a sentence each."""
        if self.difference is None:
            return []
        said = [_record_sentence(one) for one in self.difference.records]
        said += [_fact_sentence(name) for name in self.difference.facts]
        if self.difference.are_rules_other:
            said.append(_("The rules on file have been changed since."))
        return said


def _line(change: RequirementChange) -> ChangeLine:
    return ChangeLine(change.title, _stood(change.before), _stood(change.after))


def _stood(answer: RequirementAnswer | None) -> str:
    if answer is None:
        return _("not asked")
    word = str(status_of(answer.status).word)
    if not answer.required or answer.status.value in ("not_applicable", "waived"):
        return word
    return _("%(word)s: %(counted)s of %(required)s") % {
        "word": word,
        "counted": amount_words(answer.counted, answer.unit),
        "required": amount_words(answer.required, answer.unit),
    }


def _record_sentence(change: RecordChange) -> str:
    record = change.record
    most = max((ticks for _code, ticks in record.credits), default=0)
    words = {
        "amount": amount_words(most, "hour"),
        "title": record.title or record.id,
        "day": day_text(record.completed),
    }
    if change.deed == "added":
        return _("A record of %(amount)s was added later: “%(title)s”, %(day)s.") % words
    if change.deed == "removed":
        return _("A record of %(amount)s was removed later: “%(title)s”, %(day)s.") % words
    return _("A record was changed later, now %(amount)s: “%(title)s”, %(day)s.") % words


def _fact_sentence(name: str) -> str:
    fact = asked_fact({"birth_date": "birth-date", "specialties": "specialty"}.get(name, name))
    return _("You have since answered otherwise: %(question)s") % {
        "question": fact.question if fact else name
    }
