"""What a supposition would change: credential by credential, requirement by requirement, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osler.apps.requirements.queries import CredentialStanding, PersonAssessment, asked_fact
from osler.apps.requirements.queries.cycles import open_at_end
from osler.apps.requirements.queries.standings import amount_words
from osler.apps.requirements.queries.what_if import PLANNED, SUPPOSED, Supposed
from osler.core.rules.answer import Reason, RequirementAnswer, Status
from osler.core.rules.record import FactValue
from osler.web.design.amounts import day_text, number_word
from osler.web.design.status import status_of
from osler.web.requirements.closing import Closing, closing_of
from osler.web.requirements.findings import Finding, missing_now
from osler.web.requirements.plain_words import plain, stated, why


@dataclass(frozen=True)
class RequirementLine:
    """One requirement before and after, with why it changes and what would still close it."""

    title: str
    before: str
    after: str
    status: str
    whys: list[str]
    closing: list[Closing]


@dataclass(frozen=True)
class CredentialChange:
    """One credential before and after; ``before`` is ``None`` for one that is only supposed."""

    before: Finding | None
    after: Finding | None
    by_time: CredentialStanding | None
    facts: Mapping[str, FactValue]
    note: str = ""

    @property
    def name(self) -> str:
        shown = self.after or self.before
        return shown.name if shown is not None else ""

    @property
    def is_added(self) -> bool:
        return self.before is None

    @property
    def is_dropped(self) -> bool:
        return self.after is None

    @property
    def is_change(self) -> bool:
        if self.before is None or self.after is None:
            return True
        return self.is_told_at_once or bool(self.lines) or bool(self.note)

    @property
    def is_told_at_once(self) -> bool:
        """Whether the change shows in the one line that speaks of the whole credential."""
        if self.before is None or self.after is None:
            return True
        return (self.before.status, self.before.missing) != (self.after.status, self.after.missing)

    @property
    def set_id(self) -> str:
        return self.after.standing.rules.id if self.after is not None else ""

    @property
    def add_url(self) -> str:
        """Where the supposed credential is really added, with the dates supposed."""
        if self.after is None:
            return ""
        held = self.after.standing.held
        dates = {"issued_on": held.issued_on, "expires_on": held.expires_on}
        query = "&".join(f"{name}={day.isoformat()}" for name, day in dates.items() if day)
        return reverse("requirements:add", args=[self.set_id]) + (f"?{query}" if query else "")

    @property
    def questions(self) -> list[str]:
        """What this credential would ask that it does not ask today."""
        if self.after is None:
            return []
        asked = {one.fact for one in self.before.standing.answer.questions} if self.before else set()
        new = [one for one in self.after.standing.answer.questions if one.fact not in asked]
        facts = [asked_fact(one.fact) for one in new if not one.is_optional]
        return [fact.question for fact in facts if fact is not None]

    @cached_property
    def lines(self) -> list[RequirementLine]:
        return list(self._lines())

    def _lines(self) -> Iterator[RequirementLine]:
        if self.after is None:
            return
        before = _by_id(self.before.standing if self.before else None)
        alone = _by_id(self.by_time)
        after = _by_id(self.after.standing)
        for name, answer in after.items():
            was = before.get(name)
            if was is None and self.is_added and answer.status is Status.NOT_APPLICABLE:
                continue
            if was is None or _figures(was) != _figures(answer):
                yield self._line(was, answer, alone.get(name))
        for name, was in before.items():
            if name not in after:
                yield RequirementLine(was.title, stood(was), _("no longer asked"), "not-applicable", [], [])

    def _line(
        self, was: RequirementAnswer | None, answer: RequirementAnswer, alone: RequirementAnswer | None
    ) -> RequirementLine:
        assert self.after is not None
        ticks, due = missing_now(answer, self.after.today)
        standing = self.after.standing
        return RequirementLine(
            title=answer.title,
            before=stood(was) if was is not None else "",
            after=stood(answer),
            status=answer.status.value,
            whys=list(self._whys(was, answer, alone)),
            closing=closing_of(answer, standing.rules, standing.answer.version, ticks, due),
        )

    def _whys(
        self, was: RequirementAnswer | None, answer: RequirementAnswer, alone: RequirementAnswer | None
    ) -> Iterator[str]:
        yield from _planned(answer)
        if was is None:
            if answer.because:
                yield from why(answer.because, self.facts)
            return
        if alone is not None and _figures(alone) == _figures(answer) and _figures(alone) != _figures(was):
            yield _("Time alone brings this.")
        if answer.because != was.because:
            yield from why(answer.because, self.facts) or (_("It is asked of you now."),)
        if was.required and answer.required and was.required != answer.required:
            yield _("It asks %(after)s instead of %(before)s.") % {
                "after": amount_words(answer.required, answer.unit),
                "before": amount_words(was.required, was.unit),
            }
        yield from _fallen_out(was, answer)


def _by_id(standing: CredentialStanding | None) -> dict[str, RequirementAnswer]:
    return {one.id: one for one in standing.answer.requirements} if standing is not None else {}


def _figures(answer: RequirementAnswer) -> tuple[object, ...]:
    return answer.status, answer.counted, answer.required, answer.remaining


def stood(answer: RequirementAnswer) -> str:
    """Short: 32.25 of 50 h; the word alone where there is no amount."""
    word = str(status_of(answer.status).word)
    if not answer.required or answer.status in (Status.NOT_APPLICABLE, Status.WAIVED, Status.UNKNOWN):
        return word
    words = {
        "word": word,
        "counted": amount_words(answer.counted, answer.unit),
        "required": amount_words(answer.required, answer.unit),
    }
    return _("%(word)s: %(counted)s of %(required)s") % words


def _planned(answer: RequirementAnswer) -> Iterator[str]:
    """What the planned activities give here, and why one gives nothing."""
    for one in answer.counted_records:
        if one.record.id.startswith(PLANNED):
            yield _("%(amount)s from what you plan for %(day)s") % {
                "amount": amount_words(one.ticks, answer.unit),
                "day": day_text(one.record.completed),
            }
    for refused in answer.not_counted:
        if refused.record.id.startswith(PLANNED) and refused.reason is not Reason.OFF_TOPIC:
            yield _("Of what you plan, %(amount)s give nothing here: %(why)s") % {
                "amount": amount_words(refused.ticks, answer.unit),
                "why": plain(refused.detail),
            }


def _fallen_out(was: RequirementAnswer, answer: RequirementAnswer) -> Iterator[str]:
    """Records that counted and no longer do, by their number and the first reason."""
    counted = {one.record.id for one in answer.counted_records}
    gone = {one.record.id for one in was.counted_records} - counted
    reasons = Counter(one.reason for one in answer.not_counted if one.record.id in gone)
    for reason, count in reasons.items():
        words = {"n": count}
        if reason is Reason.OUTSIDE_WINDOW:
            text = ngettext(
                "%(n)d record lies outside the window then",
                "%(n)d records lie outside the window then",
                count,
            )
        else:
            text = ngettext("%(n)d record no longer counts", "%(n)d records no longer count", count)
        yield text % words


@dataclass(frozen=True)
class Result:
    """The whole supposition beside today."""

    supposed: Supposed

    @cached_property
    def changes(self) -> list[CredentialChange]:
        """Every credential, those that are only supposed first, then those that change."""
        before, after = _findings(self.supposed.before), _findings(self.supposed.after)
        alone = {one.held.key: one for one in self.supposed.by_time.standings}
        facts = stated(self.supposed.after.portfolio.clinician, {})
        found = [
            CredentialChange(before.get(key), after.get(key), alone.get(key), facts, self._note(key))
            for key in dict.fromkeys((*before, *after))
        ]
        return sorted(found, key=lambda one: (not one.is_added, not one.is_change, not one.is_told_at_once))

    @property
    def changed(self) -> list[CredentialChange]:
        return [one for one in self.changes if one.is_change]

    @property
    def same(self) -> list[str]:
        """The credentials for which nothing changes, by name."""
        return [one.name for one in self.changes if not one.is_change]

    def _note(self, key: str) -> str:
        """What is assumed of a credential whose cycle ends before the day, and how that cycle would end."""
        until, answer = self.supposed.renewed.get(key), self.supposed.closing.get(key)
        if until is None or answer is None or answer.cycle is None:
            return ""
        missing = [one for one in open_at_end(answer) if one.remaining]
        words = {"end": day_text(answer.cycle.last_day), "until": day_text(until)}
        if not missing:
            return _("Its cycle ends on %(end)s; this is as if it were then renewed until %(until)s.") % words
        first = next((one for one in missing if one.id == "total"), missing[0])
        words["amount"] = amount_words(first.remaining, first.unit)
        words["title"] = first.title
        return (
            _(
                "Its cycle would end on %(end)s with %(amount)s missing (%(title)s); this is as if it were "
                "renewed until %(until)s all the same."
            )
            % words
        )

    @property
    def _needing_today(self) -> str:
        count = sum(one.needs_you for one in _findings(self.supposed.before).values())
        return str(number_word(count)) if count else _("none")

    @property
    def headline(self) -> str:
        """The finding in one sentence."""
        after = list(_findings(self.supposed.after).values())
        words = {
            "all": number_word(len(after)),
            "day": day_text(self.supposed.after.as_of),
            "now": self._needing_today,
        }
        if not after:
            return _("Then no credential would be left.")
        waiting = [one for one in after if one.needs_you]
        if waiting:
            words["some"] = number_word(len(waiting))
            text = ngettext(
                "On %(day)s %(some)s of %(all)s credentials would need you, %(now)s today.",
                "On %(day)s %(some)s of %(all)s credentials would need you, %(now)s today.",
                len(waiting),
            )
            return text % words
        if any(one.status == "unknown" for one in after):
            return _("On %(day)s nothing would be short, but something is open.") % words
        if all(one.status == "met" for one in after):
            return _("On %(day)s everything would be met.") % words
        return _("On %(day)s everything would be on course.") % words


def _findings(found: PersonAssessment) -> dict[str, Finding]:
    """The findings of a person by key."""
    return {one.held.key: Finding(one, found.as_of) for one in found.standings}


def is_supposed(key: str) -> bool:
    """Whether a key belongs to a credential that nobody holds."""
    return key.startswith(SUPPOSED)
