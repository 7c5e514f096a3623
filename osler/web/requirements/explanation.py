"""One requirement explained: the row, what was counted, what was not and why, the rule with its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osler.apps.requirements.queries.standings import amount_words
from osler.core.credit.amount import TICKS, round_down
from osler.core.credit.formats import FORMATS
from osler.core.rules.answer import Counted, NotCounted, PeriodAnswer, Reason, RequirementAnswer, Status
from osler.core.rules.record import CreditRecord, FactValue
from osler.core.rules.requirement import Reference, RequirementSet
from osler.web.design.amounts import day_text, number_text, number_word
from osler.web.design.requirement import RequirementRow
from osler.web.requirements.closing import Closing, closing_of
from osler.web.requirements.findings import exact, missing_now
from osler.web.requirements.plain_words import plain, why

MOST_LINES = 5
MOST_COUNTED = 12
"""Records that count and are listed at once; the rest opens on a page of its own making."""


@dataclass(frozen=True)
class Shown:
    """What a page opens at first: ``opened`` and ``whole`` are keys of requirements, or of ways to meet one.

    Of ``whole`` every record is listed; ``address`` is the page's own, as far as its question mark.
    """

    opened: str = ""
    whole: str = ""
    address: str = "?"

    def opens(self, key: str) -> bool:
        """Whether this requirement is open at once, for itself or for a way within."""
        return any(one == key or one.startswith(f"{key}-") for one in (self.opened, self.whole) if one)


@dataclass(frozen=True)
class Line:
    """One record inside an explanation: its amount where it counts, the reason where it does not."""

    title: str
    detail: str
    amount: str
    url: str


@dataclass(frozen=True)
class PeriodLine:
    """One year, or one stretch, of a requirement that is asked of each."""

    days: str
    counted: str
    required: str
    status: str
    word: str


@dataclass(frozen=True)
class Explanation:
    """A requirement's answer for a page. ``facts`` are what the person stated, for telling why.

    ``version`` names the rules that were used. ``known`` are the records that still have a page, all of them
    where it is ``None``; ``questions_url`` is where questions are answered. Without ``shown`` every record
    that counts is listed.
    """

    answer: RequirementAnswer
    rules: RequirementSet
    facts: Mapping[str, FactValue]
    today: date
    last_day: date | None
    prefix: str = ""
    is_way_of_open: bool = False
    version: date | None = None
    known: Collection[str] | None = None
    questions_url: str = "#questions"
    has_ended: bool = False
    shown: Shown | None = None

    @property
    def key(self) -> str:
        return f"{self.prefix}{self.answer.id}"

    @property
    def is_settled_quietly(self) -> bool:
        return self.answer.status in (Status.NOT_APPLICABLE, Status.WAIVED)

    @cached_property
    def row(self) -> RequirementRow:
        answer = self.answer
        is_open = answer.status is Status.UNKNOWN
        has_amount = bool(answer.required) and not self.is_settled_quietly and not is_open
        ticks, due = missing_now(answer, self.today)
        is_past = self.is_settled_quietly or is_open or (answer.status.is_settled and not answer.required)
        counted, required, pace = self._progress
        return RequirementRow(
            key=self.key,
            title=answer.title,
            detail=self.detail,
            status=self.mark,
            unit=answer.unit,
            counted=counted if has_amount else None,
            required=required if has_amount else None,
            remaining=exact(ticks) if has_amount else None,
            pace=pace if has_amount else None,
            due=None if is_past else due,
            word=self._word,
            question_url=self.questions_url if is_open and self.open_questions else "",
        )

    @property
    def _progress(self) -> tuple[Decimal, Decimal, Decimal | None]:
        """What the bar shows: amounts, or the periods that are met where each asks for itself."""
        answer = self.answer
        if self.is_periodic:
            return Decimal(self.met_periods), Decimal(len(answer.periods)), None
        return exact(answer.counted), exact(answer.required or 0), self._pace

    @property
    def is_periodic(self) -> bool:
        """Whether each of several periods asks the whole for itself, so that periods are what is counted."""
        return bool(self.answer.periods) and self.answer.required == self.answer.periods[0].required

    @property
    def met_periods(self) -> int:
        return sum(one.status.is_settled for one in self.answer.periods)

    @property
    def periods_sentence(self) -> str:
        """Three of four periods met; empty where there are none."""
        if len(self.answer.periods) < 2:
            return ""
        return _("%(met)s of %(all)s periods met") % {
            "met": number_word(self.met_periods),
            "all": number_word(len(self.answer.periods)),
        }

    @property
    def mark(self) -> str:
        """The code of the status mark; on pace is a kind of short that asks for nothing yet.

        A way that has closed while another is open is no fault of anybody.
        """
        if self.is_way_of_open and self.answer.status is Status.OVERDUE:
            return "not-applicable"
        if self.answer.status is Status.SHORT and (self.answer.is_on_pace or self.is_later):
            return "on-pace"
        return self.answer.status.value

    @property
    def _word(self) -> str:
        if self.mark == "not-applicable" and self.answer.status is Status.OVERDUE:
            return _("No longer open")
        return _("Later") if self.is_later else ""

    @property
    def is_later(self) -> bool:
        due = missing_now(self.answer, self.today)[1]
        is_short = self.answer.status is Status.SHORT and not self.answer.is_on_pace
        return bool(is_short and due and self.last_day and due > self.last_day)

    @property
    def _pace(self) -> Decimal | None:
        expected = self.answer.expected
        if expected is None or not self.answer.required or self.answer.status.is_settled:
            return None
        return exact(round_down(expected, TICKS // 100))

    @cached_property
    def detail(self) -> str:
        """What is asked, in half a line."""
        answer = self.answer
        if answer.status is Status.NOT_APPLICABLE:
            return _("not asked of you")
        if not answer.required:
            return _("one of several ways") if answer.ways else _("a document or an examination")
        amount = amount_words(answer.required, answer.unit)
        if answer.periods:
            each = amount_words(answer.periods[0].required, answer.unit)
            words = {"amount": each, "count": len(answer.periods)}
            asked = _("%(amount)s in each of %(count)d periods") % words
            return " · ".join(filter(None, (asked, self.periods_sentence)))
        return self._with_window(amount)

    def _with_window(self, amount: str) -> str:
        window = self.answer.window
        if window is None and self.answer.due is not None and not self.answer.status.is_settled:
            return _("%(amount)s by %(day)s") % {"amount": amount, "day": day_text(self.answer.due)}
        if window is None:
            return amount
        if window.end.year == date.max.year:
            return _("%(amount)s once") % {"amount": amount}
        if self.last_day is not None and window.last_day == self.last_day:
            days = (window.last_day - window.start).days
            if days > 366 * 2 + 31:
                return _("%(amount)s since %(day)s") % {"amount": amount, "day": day_text(window.start)}
            return _("%(amount)s in the cycle") % {"amount": amount}
        words = {"amount": amount, "start": day_text(window.start), "end": day_text(window.last_day)}
        return _("%(amount)s from %(start)s to %(end)s") % words

    @property
    def open_questions(self) -> tuple[str, ...]:
        return tuple(one.fact for one in self.answer.questions if not one.is_optional)

    # What was counted

    @property
    def counted_title(self) -> str:
        if not self.answer.counted:
            return _("Counted")
        return _("Counted, %(amount)s") % {"amount": amount_words(self.answer.counted, self.answer.unit)}

    @property
    def is_open(self) -> bool:
        return self.shown is not None and self.shown.opens(self.key)

    @property
    def _is_whole(self) -> bool:
        return self.shown is None or self.shown.whole == self.key

    @property
    def whole_url(self) -> str:
        """The page with every record of this requirement; empty where they stand there already."""
        if self.shown is None or self._is_whole:
            return ""
        return f"{self.shown.address}all={self.key}#{self.key}"

    @cached_property
    def counted(self) -> list[Line]:
        """What counted, day by day; of many the latest, and ``earlier`` says how many went before."""
        records = self.answer.counted_records
        return [self._counted_line(one) for one in records[self.earlier :]]

    @cached_property
    def earlier(self) -> int:
        many = len(self.answer.counted_records)
        return 0 if self._is_whole or many <= MOST_COUNTED + 2 else many - MOST_COUNTED

    def _counted_line(self, one: Counted) -> Line:
        detail = described(one.record)
        most = max((ticks for _code, ticks in one.record.credits), default=0)
        if one.ticks < most and self.answer.unit != "activity":
            parts = {"part": number_text(exact(one.ticks)), "all": number_text(exact(most))}
            detail += " · " + _("%(part)s of %(all)s") % parts
        if one.via:
            # It says itself that it was carried over, and from which cycle.
            detail += " · " + plain(one.via)
        return Line(
            _title(one.record), detail, amount_words(one.ticks, self.answer.unit), self._url(one.record)
        )

    def _url(self, record: CreditRecord) -> str:
        return record_url(record) if self.known is None or record.id in self.known else ""

    # What was not

    @cached_property
    def not_counted(self) -> list[Line]:
        """Refusals worth reading one by one; the rest is told by ``others``."""
        return [self._refused_line(one) for one in self._shown]

    @cached_property
    def others(self) -> list[str]:
        """One line for the records off the topic, and one for each reason that has many."""
        hidden = Counter(one.reason for one in self.answer.not_counted)
        hidden.subtract(Counter(one.reason for one in self._shown))
        return [_others(reason, count) for reason, count in hidden.items() if count]

    @cached_property
    def _shown(self) -> Sequence[NotCounted]:
        shown: list[NotCounted] = []
        said: Counter[Reason] = Counter()
        for one in sorted(self.answer.not_counted, key=lambda each: each.record.completed, reverse=True):
            is_worth_reading = one.reason is not Reason.OFF_TOPIC and said[one.reason] < MOST_LINES
            if is_worth_reading or (self.shown is not None and self._is_whole):
                said[one.reason] += 1
                shown.append(one)
        return shown

    def _refused_line(self, one: NotCounted) -> Line:
        amount = "" if self.answer.unit == "activity" else amount_words(one.ticks, self.answer.unit)
        return Line(_title(one.record), plain(one.detail), amount, self._url(one.record))

    # What would close it

    @cached_property
    def closing(self) -> list[Closing]:
        """How much, on what, in which credit and by when; nothing for a cycle that has ended."""
        if self.has_ended or self.mark == "not-applicable":
            return []
        ticks, due = missing_now(self.answer, self.today)
        return closing_of(self.answer, self.rules, self.version, ticks, due)

    # The rule

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        return why(self.answer.because, self.facts)

    @cached_property
    def references(self) -> list[Reference]:
        return [one for one in self.rules.references if one.id in self.answer.references]

    @property
    def periods(self) -> list[PeriodLine]:
        return [self._period(one) for one in self.answer.periods]

    def _period(self, one: PeriodAnswer) -> PeriodLine:
        is_ahead = one.period.start > self.today
        return PeriodLine(
            days=_("%(start)s to %(end)s")
            % {"start": day_text(one.period.start), "end": day_text(one.period.last_day)},
            counted=number_text(exact(one.counted)),
            required=amount_words(one.required, self.answer.unit),
            status=one.status.value,
            word=_("Not begun") if is_ahead and one.status is Status.SHORT else "",
        )

    @cached_property
    def ways(self) -> list[Explanation]:
        """The ways to meet it, each explained in the same manner."""
        is_open = self.answer.status is not Status.OVERDUE
        prefix = f"{self.key}-"
        return [replace(self, answer=way, prefix=prefix, is_way_of_open=is_open) for way in self.answer.ways]


def _title(record: CreditRecord) -> str:
    return " ".join(record.title.split()) or record.id


def described(record: CreditRecord) -> str:
    """Provider, day and format of a record in one line."""
    form = FORMATS[record.format].name.lower() if record.format in FORMATS else record.format
    return " · ".join(filter(None, (record.provider, day_text(record.completed), form)))


def record_url(record: CreditRecord) -> str:
    """The record's own page."""
    return reverse("credit:record-page", args=[record.id])


def _others(reason: Reason, count: int) -> str:
    words = {
        Reason.OFF_TOPIC: ngettext(
            "%(n)d record not on this topic", "%(n)d records not on this topic", count
        ),
        Reason.OUTSIDE_WINDOW: ngettext(
            "%(n)d record from outside the window", "%(n)d records from outside the window", count
        ),
        Reason.TYPE: ngettext(
            "%(n)d record of a type that is not accepted",
            "%(n)d records of types that are not accepted",
            count,
        ),
        Reason.OVER_CAP: ngettext("%(n)d record over a limit", "%(n)d records over a limit", count),
    }
    other = ngettext("%(n)d more record", "%(n)d more records", count)
    return words.get(reason, other) % {"n": count}


def explained(
    answers: Sequence[RequirementAnswer],
    rules: RequirementSet,
    facts: Mapping[str, FactValue],
    today: date,
    last_day: date | None,
    *,
    version: date | None = None,
    known: Collection[str] | None = None,
    questions_url: str = "#questions",
    has_ended: bool = False,
    shown: Shown | None = None,
) -> Iterator[Explanation]:
    """Every requirement of a credential, in the order of its set."""
    for answer in answers:
        yield Explanation(
            answer,
            rules,
            facts,
            today,
            last_day,
            version=version,
            known=known,
            questions_url=questions_url,
            has_ended=has_ended,
            shown=shown,
        )
