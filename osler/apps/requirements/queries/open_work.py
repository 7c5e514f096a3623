"""What is still to be done for a credential, part by part and by which day; for mails and calendars."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osler.apps.requirements.queries.assessment import CredentialStanding, PersonAssessment, PersonQuestion
from osler.apps.requirements.queries.standings import WHOLE, amount_words
from osler.core.rules.answer import RequirementAnswer, Status

OPEN = (Status.SHORT, Status.OVERDUE, Status.UNKNOWN)


@dataclass(frozen=True, slots=True)
class OpenPart:
    """One requirement that is not settled: ticks still to earn (0: a document, a choice, a question)."""

    answer: RequirementAnswer
    ticks: int
    due: date | None

    @property
    def is_unknown(self) -> bool:
        """Whether a question decides it."""
        return self.answer.status is Status.UNKNOWN

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed."""
        return self.answer.status is Status.OVERDUE

    @property
    def title(self) -> str:
        """What is asked, as a list names it."""
        return _("In total") if self.answer.id == WHOLE else self.answer.title

    @property
    def amount(self) -> str:
        """How much is missing, in words."""
        if self.is_unknown:
            return _("a question decides")
        if not self.ticks:
            return _("missing")
        return _("%(amount)s missing") % {"amount": amount_words(self.ticks, self.answer.unit)}

    def by_when(self, today: date) -> str:
        """By 30 June 2026; overdue since; or, of a question about what lies behind, was due on."""
        if self.due is None:
            return ""
        day = {"day": day_words(self.due)}
        if self.is_overdue:
            return _("overdue since %(day)s") % day
        return (_("by %(day)s") if self.due >= today else _("was due on %(day)s")) % day

    @property
    def tone(self) -> str:
        """How a list colours it."""
        return "unknown" if self.is_unknown else "overdue" if self.is_overdue else "short"


def open_parts(standing: CredentialStanding, today: date) -> tuple[OpenPart, ...]:
    """Everything not settled: by day, the whole amount first. Stretches that have not begun are left out."""
    cycle = standing.answer.cycle
    # The cycle of a rolling credential ends on every day anew: no day at all.
    no_day = cycle.last_day if cycle and standing.rules.cycle.anchor == "rolling" else None
    found = []
    for one in standing.answer.requirements:
        if one.status not in OPEN:
            continue
        ticks, due = _missing(one, today)
        if one.periods and not ticks and one.status is Status.SHORT:
            continue
        found.append(OpenPart(one, ticks, None if due == no_day else due))
    return tuple(sorted(found, key=lambda one: (one.due or date.max, one.answer.id != WHOLE, one.answer.id)))


def _missing(answer: RequirementAnswer, today: date) -> tuple[int, date | None]:
    if not answer.periods:
        return answer.remaining, answer.due
    begun = [one for one in answer.periods if one.period.start <= today and one.required > one.counted]
    if not begun:
        return 0, answer.due
    due = max(begun[0].period.last_day, min(today, begun[-1].period.last_day))
    return sum(one.required - one.counted for one in begun), due


def due_days(parts: Iterable[OpenPart], today: date) -> list[date]:
    """The days, from today on, by which something is still to be done."""
    return sorted({one.due for one in parts if one.due is not None and one.due >= today})


def questions_of(found: PersonAssessment, keys: Collection[str]) -> list[PersonQuestion]:
    """The questions that decide something of these credentials; those that could only help are left out."""
    return [
        one
        for one in found.questions
        if not one.question.is_optional and any(each.held.key in keys for each in one.standings)
    ]


def day_words(day: date) -> str:
    """30 June 2026."""
    return formats.date_format(day, _("j F Y"))


def days_left(today: date, due: date) -> str:
    """Today, tomorrow, in 7 days."""
    days = (due - today).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}
