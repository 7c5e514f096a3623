"""What a credential's answer comes to today: what is open, how it stands, and the words for both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osler.apps.requirements.queries import (
    CredentialStanding,
    MissingPart,
    missing_sentence,
    percent_of,
)
from osler.core.credit.amount import TICKS, amount_text
from osler.core.rules.answer import RequirementAnswer, Status
from osler.web.design.amounts import day_text

WHOLE = "total"


def exact(ticks: int) -> Decimal:
    """Ticks as the exact decimal that pages show."""
    return Decimal(amount_text(ticks))


def short_name(name: str) -> str:
    """A credential's name without what stands in brackets or after a comma."""
    return name.split(" (")[0].split(",")[0].strip()


@dataclass(frozen=True)
class Open:
    """One requirement that is short or overdue now. ``ticks`` are still to earn, by ``due``."""

    answer: RequirementAnswer
    ticks: int
    due: date | None

    @property
    def part(self) -> MissingPart:
        return MissingPart(self.answer.id, self.answer.title, self.ticks, self.answer.unit)


def missing_now(answer: RequirementAnswer, today: date) -> tuple[int, date | None]:
    """What is still to earn and by when; of a requirement with periods only what has begun."""
    if not answer.periods:
        return answer.remaining, answer.due
    begun = [one for one in answer.periods if one.period.start <= today and one.required > one.counted]
    if not begun:
        return 0, answer.due
    due = max(begun[0].period.last_day, min(today, begun[-1].period.last_day))
    return sum(one.required - one.counted for one in begun), due


@dataclass(frozen=True)
class Finding:
    """One credential on one day, for every page that speaks of it."""

    standing: CredentialStanding
    today: date

    @property
    def key(self) -> str:
        return self.standing.held.key

    @property
    def url(self) -> str:
        return reverse("requirements:credential", args=[self.key])

    @property
    def name(self) -> str:
        return self.standing.name

    @property
    def short_name(self) -> str:
        """What sentences and charts call it; a country alone would not say whose rules they are."""
        short = short_name(self.standing.name)
        return short if " " in short or self.standing.held.name else self.standing.rules.authority

    @property
    def last_day(self) -> date | None:
        cycle = self.standing.answer.cycle
        return cycle.last_day if cycle else None

    @cached_property
    def open_parts(self) -> tuple[Open, ...]:
        """What must be done in this cycle, the whole amount first, then by day. Later duties are left out."""
        found = []
        for one in self.standing.answer.requirements:
            if one.status not in (Status.SHORT, Status.OVERDUE):
                continue
            ticks, due = missing_now(one, self.today)
            is_later = due is not None and self.last_day is not None and due > self.last_day
            if one.status is Status.OVERDUE or not (is_later or (one.periods and not ticks)):
                found.append(Open(one, ticks, due))
        found.sort(key=lambda each: (each.answer.id != WHOLE, each.due or date.max, each.answer.id))
        return tuple(found)

    @cached_property
    def status(self) -> str:
        """The code of the mark: overdue, short, on-pace, unknown or met."""
        if any(one.answer.status is Status.OVERDUE for one in self.open_parts):
            return "overdue"
        if any(not one.answer.is_on_pace for one in self.open_parts):
            return "short"
        if self.standing.answer.status is Status.UNKNOWN or self.has_unknown:
            return "unknown"
        return "on-pace" if self.open_parts else "met"

    @property
    def has_unknown(self) -> bool:
        return any(one.status is Status.UNKNOWN for one in self.standing.answer.requirements)

    @property
    def needs_you(self) -> bool:
        return self.status in ("overdue", "short")

    @property
    def due(self) -> date | None:
        """The first day by which something is to be done, else the end of the cycle."""
        days = [one.due for one in self.open_parts if one.due is not None]
        return min(days, default=self.last_day)

    @cached_property
    def whole(self) -> RequirementAnswer | None:
        """The cycle's whole amount, where one is asked of the person."""
        found = (one for one in self.standing.answer.requirements if one.id == WHOLE and one.required)
        whole = next(found, None)
        return whole if whole and whole.status not in (Status.WAIVED, Status.NOT_APPLICABLE) else None

    @property
    def measured(self) -> RequirementAnswer | None:
        """What the bar shows: the whole amount while it is open, else the only thing open or asked."""
        if self.whole is not None and not self.whole.status.is_settled:
            return self.whole
        asked = [one for one in self.standing.answer.requirements if one.required]
        return asked[0] if len(asked) == 1 and not asked[0].status.is_settled else None

    @property
    def percent(self) -> int:
        """How far along, 0 to 100: the same number wherever the credential is drawn."""
        if self.status == "met":
            return 100
        shown = self.measured
        if shown is not None and shown.required:
            return min(100, shown.counted * 100 // shown.required)
        return percent_of(self.standing.answer)

    @property
    def questions_count(self) -> int:
        return sum(not question.is_optional for question in self.standing.answer.questions)

    @property
    def missing(self) -> str:
        """What is left, in words, for one row."""
        parts = [one.part for one in self.open_parts]
        if self.status == "on-pace":
            return _("%(missing)s, on pace") % {"missing": missing_sentence(parts)}
        if not parts and self.status == "unknown":
            return self._waiting
        if not parts and self.standing.answer.because:
            return self.standing.answer.because
        return missing_sentence(parts)

    @property
    def _waiting(self) -> str:
        count = self.questions_count
        if not count:
            return self.standing.answer.because or _("Not enough is known to say")
        return ngettext("One question decides it", "%(count)d questions decide it", count) % {"count": count}

    @property
    def headline(self) -> str:
        """The title of the credential's page: the finding."""
        if self.status == "met":
            until = f" {_('until %(day)s') % {'day': day_text(self.last_day)}}" if self.last_day else ""
            return _("Everything is met%(until)s.") % {"until": until}
        if not self.open_parts:
            return f"{self._waiting}."
        first = self.open_parts[0]
        words = {"amount": amount_long(first), "day": day_text(first.due) if first.due else ""}
        if self.status == "overdue":
            late = next(one for one in self.open_parts if one.answer.status is Status.OVERDUE)
            words = {"amount": amount_long(late), "day": day_text(late.due) if late.due else ""}
            return _("Overdue since %(day)s: %(amount)s missing.") % words
        if not first.due:
            return _("%(amount)s to go.") % words
        return _("%(amount)s to go by %(day)s.") % words

    @property
    def sort_key(self) -> tuple[int, date, str]:
        """Worst first, then soonest."""
        order = ("overdue", "short", "unknown", "on-pace", "met")
        return order.index(self.status), self.due or date.max, self.name


def amount_long(part: Open) -> str:
    """17.75 hours, 2 hours of medical errors, One activity; the title alone for a document."""
    title = part.answer.title[:1].lower() + part.answer.title[1:]
    if not part.ticks:
        return part.answer.title
    count = 1 if part.ticks == TICKS else 2
    units = {
        "hour": ngettext("%(n)s hour", "%(n)s hours", count),
        "point": ngettext("%(n)s point", "%(n)s points", count),
        "credit": ngettext("%(n)s credit", "%(n)s credits", count),
        "activity": ngettext("%(n)s activity", "%(n)s activities", count),
    }
    amount = units.get(part.answer.unit, f"%(n)s {part.answer.unit}") % {"n": amount_text(part.ticks)}
    if part.answer.id == WHOLE:
        return amount
    return _("%(amount)s of %(title)s") % {"amount": amount, "title": title}
