"""What is missing, in numbers and in words, and the standings kept for lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osler.apps.requirements.models import Standing
from osler.core.credit.amount import TICKS, amount_text
from osler.core.rules.answer import CredentialAnswer, RequirementAnswer, Status

if TYPE_CHECKING:
    from osler.apps.people.models import Person

WHOLE = "total"


class MissingPart(NamedTuple):
    """One thing left to do: ticks of a unit still to earn; 0 where it is a document or a choice of ways."""

    id: str
    title: str
    ticks: int
    unit: str


def standings_of(person: Person) -> QuerySet[Standing]:
    """The kept standings of the credentials a person holds; possibly a moment behind the live answer."""
    return Standing.objects.filter(person=person, credential__removed_at=None).select_related("credential")


def missing_parts(answer: CredentialAnswer) -> tuple[MissingPart, ...]:
    """What is short or overdue, the whole amount first, then by what falls due first."""
    left = [one for one in answer.requirements if one.status in (Status.SHORT, Status.OVERDUE)]
    left.sort(key=lambda one: (one.id != WHOLE, one.due or date.max, one.id))
    return tuple(MissingPart(one.id, one.title, one.remaining, one.unit) for one in left)


def percent_of(answer: CredentialAnswer) -> int:
    """How much of a credential is done, 0 to 100, rounded down: of the whole amount while that is missing.

    Where it is not, the share of the requirements that are settled. 100 is only said of what is met.
    """
    whole = next((one for one in answer.requirements if one.id == WHOLE and one.required), None)
    if answer.status is Status.MET:
        return 100
    if whole is None or whole.status.is_settled:
        return min(_share_settled(answer.requirements), 99)
    return min(_share_of(whole), 99)


def _share_of(requirement: RequirementAnswer) -> int:
    required = requirement.required or 1
    return 100 * max(0, min(requirement.counted, required)) // required


def _share_settled(requirements: Sequence[RequirementAnswer]) -> int:
    asked = [one for one in requirements if one.status is not Status.NOT_APPLICABLE]
    return 100 * sum(one.status.is_settled for one in asked) // len(asked) if asked else 0


def amount_words(ticks: int, unit: str) -> str:
    """An amount with its unit, short: 17.75 h, 3 credits, 1 activity."""
    amount = amount_text(ticks)
    count = 1 if ticks == TICKS else 2
    if unit == "hour":
        return _("%(amount)s h") % {"amount": amount}
    words = {
        "credit": ngettext("%(amount)s credit", "%(amount)s credits", count),
        "point": ngettext("%(amount)s point", "%(amount)s points", count),
        "activity": ngettext("%(amount)s activity", "%(amount)s activities", count),
    }
    return words.get(unit, "%(amount)s " + unit) % {"amount": amount}


def missing_sentence(parts: Sequence[MissingPart], *, most: int = 3) -> str:
    """The parts in words: 17.75 h in total, 4 h pain management; "Nothing missing" where there are none."""
    if not parts:
        return _("Nothing missing")
    said = [_part_words(part) for part in parts[:most]]
    if len(parts) > most:
        said.append(_("%(count)d more") % {"count": len(parts) - most})
    return ", ".join(said)


def _part_words(part: MissingPart) -> str:
    if part.ticks <= 0:
        return part.title
    amount = amount_words(part.ticks, part.unit)
    if part.id == WHOLE:
        return _("%(amount)s in total") % {"amount": amount}
    title = part.title[:1].lower() + part.title[1:]
    if part.unit == "activity":
        return title
    if part.unit == "hour":
        return _("%(amount)s %(title)s") % {"amount": amount, "title": title}
    return _("%(amount)s (%(title)s)") % {"amount": amount, "title": title}


def standing_sentence(answer: CredentialAnswer) -> str:
    """What one row says of a credential: what is missing, or how many questions decide it."""
    parts = missing_parts(answer)
    open_questions = sum(not question.is_optional for question in answer.questions)
    if not parts and answer.status is Status.UNKNOWN:
        if open_questions:
            return ngettext("One question decides it", "%(count)d questions decide it", open_questions) % {
                "count": open_questions
            }
        return answer.because or _("Not enough is known to say")
    return missing_sentence(parts)


def due_on(answer: CredentialAnswer) -> date | None:
    """The first day on which something is still to be met, else the last day of the cycle."""
    days = [one.due for one in answer.requirements if one.due is not None and not one.status.is_settled]
    if days:
        return min(days)
    return answer.cycle.last_day if answer.cycle else None
