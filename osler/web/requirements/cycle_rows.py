"""The cycles of a credential as a list and as a picture: where each lies, how it stands, what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osler.apps.requirements.queries import (
    CredentialCycles,
    CycleStanding,
    PersonAssessment,
    Place,
    closed_cycles,
    cycles_of_credential,
)
from osler.apps.requirements.queries.cycles import open_at_end
from osler.apps.requirements.queries.standings import amount_words
from osler.core.rules.answer import CredentialAnswer
from osler.core.rules.schedule import Missing
from osler.web.design.amounts import day_text, number_word
from osler.web.design.cycle_strip import CycleStrip, StripCycle
from osler.web.requirements.findings import WHOLE, Finding

if TYPE_CHECKING:
    from osler.apps.people.models import Person

PAST_SHOWN = 3
"""Cycles of the past that are listed at once; earlier ones open beneath."""

PAST_DRAWN = 4


@dataclass(frozen=True)
class CycleRow:
    """One cycle of the list. An empty ``status`` has no mark, only its ``word``."""

    start: date
    days: str
    url: str
    status: str
    word: str
    detail: str
    percent: int
    is_current: bool


@dataclass(frozen=True)
class CycleList:
    """The cycles for one page: the latest first, ``earlier`` ones apart."""

    rows: list[CycleRow]
    earlier: list[CycleRow]
    strip: CycleStrip
    reaches_back: bool


def days_text(start: date, last_day: date) -> str:
    """1 July 2024 to 30 June 2026."""
    return _("%(start)s to %(end)s") % {"start": day_text(start), "end": day_text(last_day)}


def cycle_url(key: str, start: date) -> str:
    """The page of the cycle that began on a day."""
    return reverse("requirements:cycle", args=[key, start.isoformat()])


def known_cycles(found: PersonAssessment, person: Person, key: str) -> CredentialCycles | None:
    """The cycles of one credential; ``None`` while none can be known. One query."""
    standing = found.standing(key)
    if standing is None:
        return None
    kept = list(closed_cycles(person, credential=standing.held))
    cycles = cycles_of_credential(found, standing, kept)
    return None if isinstance(cycles, Missing) else cycles


def listed(found: PersonAssessment, cycles: CredentialCycles) -> CycleList:
    """The cycles as a page lists them."""
    finding = Finding(cycles.standing, found.as_of)
    return cycle_list(cycles, finding, [record.completed for record in found.portfolio.credits])


def cycle_list(cycles: CredentialCycles, finding: Finding, records: list[date]) -> CycleList:
    """Every cycle of the credential that ``finding`` speaks of; ``records`` are the days of all records."""
    rows = [_row(one, cycles, finding) for one in reversed(cycles.all)]
    first_past = next((n for n, one in enumerate(reversed(cycles.all)) if one.place is Place.PAST), len(rows))
    cut = first_past + PAST_SHOWN
    past = rows[first_past:][:PAST_DRAWN]
    shown = [*rows[:first_past], *past]
    drawn = {row.start for row in shown}
    bars = [_bar(row, one) for row, one in zip(rows, reversed(cycles.all), strict=True) if row.start in drawn]
    strip = CycleStrip(bars, records, cycles.today, _title(cycles, rows))
    return CycleList(rows[:cut], rows[cut:], strip, cycles.cycles.reaches_back)


def _bar(row: CycleRow, one: CycleStanding) -> StripCycle:
    word = " · ".join(filter(None, (row.word, row.detail)))
    return StripCycle(row.start, one.period.last_day, row.status, row.percent, word, row.url, row.is_current)


def _row(one: CycleStanding, cycles: CredentialCycles, finding: Finding) -> CycleRow:
    key, period = cycles.standing.held.key, one.period
    is_current = period == cycles.cycles.current
    status, word, detail = _words(one, finding)
    percent = finding.percent if is_current else one.percent if one.status else 0
    return CycleRow(
        start=period.start,
        days=days_text(period.start, period.last_day),
        url=reverse("requirements:credential", args=[key]) if is_current else cycle_url(key, period.start),
        status=status,
        word=word,
        detail=detail,
        percent=percent if one.place is not Place.AHEAD else 0,
        is_current=is_current,
    )


def _words(one: CycleStanding, finding: Finding) -> tuple[str, str, str]:
    """Status, its word and what is said beside it."""
    if one.kept is not None and one.place is not Place.WAITING:
        kept = _("kept on %(day)s") % {"day": day_text(one.kept.closed_at.date())}
        return _ended(one.status), ended_word(one.status), kept
    if one.place is Place.WAITING:
        detail = _("ended; not said to be renewed")
        return finding.status, "", " · ".join((finding.missing, detail))
    if one.place is Place.RUNNING:
        return finding.status, "", finding.missing
    if one.place is Place.AHEAD:
        return "", _("Not begun"), _already(one.answer)
    if one.answer is not None and not one.status:
        return "", _("Osler has no rules from this time"), ""
    if one.answer is not None:
        return _ended(one.status), ended_word(one.status), _("worked out today, not kept at the time")
    if one.records_count:
        return "", _("Open it to have it worked out"), ""
    return "", _("No records from this time"), ""


def _ended(status: str) -> str:
    return status or "not-applicable"


def ended_word(status: str) -> str:
    """How a cycle that has ended is called."""
    return {"met": _("Met"), "short": _("Ended short"), "unknown": _("A question was open")}.get(status, "")


def _already(answer: CredentialAnswer | None) -> str:
    """What counts already for a cycle to come."""
    whole = next((one for one in answer.requirements if one.id == WHOLE), None) if answer else None
    if whole is None or not whole.counted:
        return ""
    return _("%(amount)s count for it already") % {"amount": amount_words(whole.counted, whole.unit)}


def _title(cycles: CredentialCycles, rows: list[CycleRow]) -> str:
    """What the picture shows, in one line."""
    past = [one for one in cycles.all if one.place is Place.PAST and one.status]
    met = sum(one.status == "met" for one in past)
    if past and met == len(past):
        text = ngettext("The last cycle was met", "The last %(n)s cycles were all met", met)
        return text % {"n": number_word(met)}
    if past and not met:
        text = ngettext(
            "By the records here, the cycle before was not met",
            "By the records here, none of the last %(n)s cycles was met",
            len(past),
        )
        return text % {"n": number_word(len(past))}
    if past:
        return _("By the records here, %(met)s of the last %(all)s cycles were met") % {
            "met": number_word(met),
            "all": number_word(len(past)),
        }
    count = ngettext("%(n)s cycle is known", "%(n)s cycles are known", len(rows))
    return count % {"n": str(number_word(len(rows))).capitalize()}


def ended_headline(answer: CredentialAnswer) -> str:
    """The title of an ended cycle's page: how it closed."""
    missing = open_at_end(answer)
    if not missing:
        is_met = all(one.status.is_settled or one.due for one in answer.requirements) and answer.requirements
        return _("Everything was met.") if is_met else answer.because or _("A question was still open.")
    first = next((one for one in missing if one.id == WHOLE), missing[0])
    words = {"amount": amount_words(first.remaining, first.unit), "title": first.title}
    if not first.remaining:
        return _("It ended without %(title)s.") % {"title": first.title[:1].lower() + first.title[1:]}
    if first.id == WHOLE:
        return _("It ended %(amount)s short.") % words
    words["title"] = first.title[:1].lower() + first.title[1:]
    return _("It ended %(amount)s short on %(title)s.") % words
