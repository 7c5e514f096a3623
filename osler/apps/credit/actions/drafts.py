"""A record before it is kept: what a form or a file says, checked once for both."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from osler.core.credit.amount import amount_text
from osler.core.credit.formats import FORMATS
from osler.core.credit.refusal import Refusal
from osler.core.credit.types import CREDIT_TYPES, round_credit
from osler.requirement_sets.vocabulary import load_vocabulary

MOST_YEARS = 100
# Somebody east of the server may have finished "tomorrow".
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RecordDraft:
    """One activity as somebody states it. Amounts are pairs of code and ticks; topic shares likewise."""

    title: str
    completed_on: date
    amounts: tuple[tuple[str, int], ...]
    provider: str = ""
    format: str = "other"
    topics: tuple[tuple[str, int], ...] = ()
    note: str = ""
    tags: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where records come from that are not typed: one of ``Record.Source``, and its name (calendar, token).

    ``via`` is what the log says of the way, such as the token by which a program asked.
    """

    source: str = "manual"
    detail: str = ""
    via: str = ""

    def told(self) -> dict[str, object]:
        """What the log keeps of it."""
        return {"via": self.via} if self.via else {}


BY_HAND = Origin()


def checked(draft: RecordDraft, at: datetime) -> RecordDraft | Refusal:
    """The draft trimmed, sorted and with amounts at the grain of their type, or the first thing wrong with
    it.
    """
    refusal = _wrong_words(draft) or _wrong_day(draft.completed_on, at.date())
    if refusal is not None:
        return refusal
    amounts = _rounded(draft.amounts)
    if isinstance(amounts, Refusal):
        return amounts
    shares = _shares(draft.topics, max(ticks for _code, ticks in amounts))
    if isinstance(shares, Refusal):
        return shares
    return RecordDraft(
        title=" ".join(draft.title.split()),
        completed_on=draft.completed_on,
        amounts=amounts,
        provider=" ".join(draft.provider.split()),
        format=draft.format,
        topics=shares,
        note=draft.note.strip(),
        tags=tuple(sorted(set(draft.tags))),
        key=draft.key,
    )


def _wrong_words(draft: RecordDraft) -> Refusal | None:
    if not draft.title.strip():
        return Refusal("no-title", _("Give the activity a title."))
    if len(draft.title) > 300 or len(draft.provider) > 200 or len(draft.note) > 2000:
        return Refusal("too-long", _("Title, provider or note is too long (300, 200 and 2,000 characters)."))
    if draft.format not in FORMATS:
        return Refusal("unknown-format", _("There is no format called %(name)s.") % {"name": draft.format})
    strange = sorted(set(draft.tags) - set(load_vocabulary().tags))
    if strange:
        return Refusal("unknown-tag", _("There is no attribute called %(name)s.") % {"name": strange[0]})
    return None


def _wrong_day(day: date, today: date) -> Refusal | None:
    if day > today + ONE_DAY:
        return Refusal("in-future", _("The activity cannot have been completed in the future."))
    if day.year < today.year - MOST_YEARS:
        return Refusal("too-long-ago", _("The activity cannot have been completed 100 years ago."))
    return None


def _rounded(amounts: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...] | Refusal:
    found: dict[str, int] = {}
    for code, ticks in amounts:
        if code not in CREDIT_TYPES:
            return Refusal("unknown-type", _("There is no credit type called %(name)s.") % {"name": code})
        if code in found:
            return Refusal(
                "type-twice", _("%(name)s stands there twice.") % {"name": CREDIT_TYPES[code].name}
            )
        found[code] = round_credit(code, ticks)
        if found[code] <= 0:
            least = amount_text(CREDIT_TYPES[code].step) if ticks > 0 else "0"
            return Refusal(
                "no-amount",
                _("The amount of %(name)s must be more than %(least)s.")
                % {
                    "name": CREDIT_TYPES[code].name,
                    "least": "0" if ticks <= 0 else f"0; the smallest is {least}",
                },
            )
    if not found:
        return Refusal("no-amount", _("State at least one amount of credit."))
    return tuple(found.items())


def _shares(topics: Iterable[tuple[str, int]], most: int) -> tuple[tuple[str, int], ...] | Refusal:
    vocabulary = load_vocabulary()
    found: dict[str, int] = {}
    for topic, ticks in topics:
        if topic not in vocabulary.topics and topic not in vocabulary.specialties:
            return Refusal("unknown-topic", _("There is no topic called %(name)s.") % {"name": topic})
        if not 0 < ticks <= most:
            return Refusal(
                "topic-share",
                _("The share of a topic lies above 0 and within the activity's %(most)s.")
                % {"most": amount_text(most)},
            )
        found[topic] = max(ticks, found.get(topic, 0))
    return tuple(sorted(found.items()))
