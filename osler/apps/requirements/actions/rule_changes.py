"""Telling those, and only those, whose answer another text of the rules alters, with the difference.

The text of every set is kept (``RuleText``), so that after an upgrade the old and the new rules are both at
hand and a person's answer of one day is worked out under each: what differs, the rules have done.
Where the old text cannot be read any more, the numbers kept of the last answer under it stand in for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from osler.apps.credit.queries import records_for_portfolio
from osler.apps.messages.actions import (
    Block,
    Heading,
    Letter,
    Line,
    Lines,
    Paragraph,
    Step,
    address,
    in_words_of,
    queue_letter,
)
from osler.apps.people.queries import clinician_and_credentials
from osler.apps.requirements.actions.watching import RULE_CHANGE
from osler.apps.requirements.models import RuleText, Watch
from osler.apps.requirements.queries.open_work import day_words
from osler.apps.requirements.queries.standings import WHOLE, amount_words
from osler.apps.requirements.queries.watches import holders, read_figures, rules_told
from osler.core.rules.answer import CredentialAnswer
from osler.core.rules.difference import Difference, Figures, differences, figures_of
from osler.core.rules.evaluate import assess_credential
from osler.core.rules.index import RecordIndex
from osler.core.rules.requirement import Reference, RequirementSet
from osler.requirement_sets.fault import TextFaults
from osler.requirement_sets.loader import SetLibrary
from osler.requirement_sets.set_reader import read_set

if TYPE_CHECKING:
    from osler.apps.people.models import HeldCredential

AT_ONCE = 1_000
SHORT_HASH = 20


class ChangedRules(NamedTuple):
    """Some holders of a set who were told of other rules than those on file: ids of their watches."""

    set_id: str
    before: str
    after: str
    watch_ids: list[int]


def find_rule_changes(*, library: SetLibrary, at: datetime) -> list[ChangedRules]:
    """Keeps the text of every set of the library, and returns whom a change concerns, in thousands."""
    current = {set_id: _keep_text(library, set_id, at) for set_id in library}
    found = []
    for set_id, told in rules_told():
        after = current.get(set_id)
        if after is None or after == told:
            continue
        ids = holders(set_id, told)
        parts = [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
        found += [ChangedRules(set_id, told, after, part) for part in parts]
    return found


def _keep_text(library: SetLibrary, set_id: str, at: datetime) -> str:
    content = library.place(set_id).read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    ours = RuleText.objects.filter(requirement_set=set_id)
    if not ours.filter(sha256=sha256, is_current=True).exists():
        with transaction.atomic():
            ours.filter(is_current=True).update(is_current=False)
            RuleText.objects.update_or_create(
                requirement_set=set_id,
                sha256=sha256,
                defaults={"is_current": True},
                create_defaults={"content": content.decode(), "seen_at": at, "is_current": True},
            )
    return sha256


@lru_cache(maxsize=16)
def _rules(set_id: str, sha256: str) -> RequirementSet | None:
    """The rules as they were in this text; ``None`` where it is not at hand or cannot be read any more."""
    text = RuleText.objects.filter(requirement_set=set_id, sha256=sha256).first()
    if text is None:
        return None
    try:
        return read_set(text.content, f"{set_id}.yaml")
    except TextFaults:
        return None


def tell_rule_change(
    *, set_id: str, before: str, after: str, watch_ids: Collection[int], at: datetime, tells: bool = True
) -> int:
    """Compares each holder's answer under both texts and writes to those whose answer alters; how many.

    Done twice, it tells nobody twice: who was compared is known to have been.
    """
    new_rules = _rules(set_id, after)
    if new_rules is None:
        raise LookupError(f"the text {after[:SHORT_HASH]} of {set_id} is not kept or cannot be read")
    old_rules = _rules(set_id, before)
    watches = Watch.objects.filter(pk__in=watch_ids, told_sha256=before)
    told = 0
    for watch in watches.select_related("credential", "person"):
        with transaction.atomic():
            moved = Watch.objects.filter(pk=watch.pk, told_sha256=before).update(told_sha256=after)
            told += bool(moved) and _told(watch, old_rules, new_rules, before, after, at, tells=tells)
    return told


def _told(
    watch: Watch,
    old_rules: RequirementSet | None,
    new_rules: RequirementSet,
    before: str,
    after: str,
    at: datetime,
    *,
    tells: bool,
) -> bool:
    person, held = watch.person, watch.credential
    today = at.astimezone(ZoneInfo(person.time_zone)).date()
    answers = _answers(held, [new_rules, *([old_rules] if old_rules else [])], today)
    new = figures_of(answers[0])
    if old_rules is not None:
        found = differences(figures_of(answers[1]), new)
    else:
        kept = _kept(watch, before)
        # Kept on another day: only what time does not move is compared.
        found = differences(_timeless(kept, new), new) if kept else ()
    if not found:
        return False
    with in_words_of(person):
        letter = rule_change_letter(held, new_rules, answers[0], found, before, after)
    return queue_letter(person=person, letter=letter, at=at, tells=tells) is not None


def _answers(held: HeldCredential, rules: list[RequirementSet], today: date) -> list[CredentialAnswer]:
    clinician, (credential,) = clinician_and_credentials(held.person, [held])
    index = RecordIndex(records_for_portfolio(held.person_id), clinician.specialties or ())
    return [assess_credential(one, credential, clinician, index, today) for one in rules]


def _kept(watch: Watch, sha256: str) -> tuple[Figures, ...]:
    """The numbers kept of the last answer under a text of rules; empty where none are kept."""
    if watch.rules_sha256 == sha256:
        return read_figures(watch.figures)
    return read_figures(watch.figures_before) if watch.rules_sha256_before == sha256 else ()


def _timeless(kept: tuple[Figures, ...], new: tuple[Figures, ...]) -> tuple[Figures, ...]:
    """Kept numbers with today's status and day where the amounts are the same."""
    today = {one.id: one for one in new}
    return tuple(
        today[one.id]
        if one.id in today
        and (one.asks, one.required, one.remaining, one.unit)
        == (today[one.id].asks, today[one.id].required, today[one.id].remaining, today[one.id].unit)
        else one
        for one in kept
    )


def rule_change_letter(
    held: HeldCredential,
    rules: RequirementSet,
    answer: CredentialAnswer,
    found: tuple[Difference, ...],
    before: str,
    after: str,
) -> Letter:
    """What is asked and missing now and before, requirement by requirement, and where the rule is written."""
    name = held.name or rules.name
    says = {one.id: one for one in answer.requirements}
    references = {one.id: one for one in rules.references}
    cited = [
        references[ref]
        for one in found
        if one.requirement.id in says
        for ref in says[one.requirement.id].references
        if ref in references
    ]
    lead = _("The rules that Osler keeps for %(name)s have changed, and that changes your answer.")
    blocks: list[Block] = [
        Paragraph(lead % {"name": name}),
        Lines(tuple(_line(one, says) for one in found)),
    ]
    if cited:
        lines = tuple(_source(one) for one in dict.fromkeys(cited))
        blocks += [Heading(_("Where it is written")), Lines(lines)]
    blocks += [
        Paragraph(
            _("The authority may have changed its rules, or Osler may have corrected what it had read."),
            is_quiet=True,
        ),
        Step(_("See your answer with the new rules"), address("requirements:credential", held.key)),
    ]
    return Letter(
        kind=RULE_CHANGE,
        about=held.key,
        period=f"{before[:SHORT_HASH]}-{after[:SHORT_HASH]}",
        subject=_subject(name, found),
        blocks=tuple(blocks),
    )


def _subject(name: str, found: tuple[Difference, ...]) -> str:
    """The largest difference in one requirement: topics lie inside the whole, so they are not added up."""
    most = max(
        found, key=lambda one: (one.requirement.id == WHOLE and one.ticks_more != 0, abs(one.ticks_more))
    )
    if not most.ticks_more:
        return _("A change of rules alters your answer: %(name)s") % {"name": name}
    amount = amount_words(abs(most.ticks_more), most.requirement.unit)
    said = (
        _("A change of rules: %(amount)s more to earn, %(name)s")
        if most.ticks_more > 0
        else _("A change of rules: %(amount)s less to earn, %(name)s")
    )
    return said % {"amount": amount, "name": name}


def _line(one: Difference, says: Mapping[str, object]) -> Line:
    shown = one.requirement
    title = _("In total") if shown.id == WHOLE else shown.title
    tone = "met" if one.ticks_more < 0 else "short"
    details = [_asked(one), _missing(one), _due(one)]
    return Line(title, _more(one), "; ".join(filter(None, details)), tone)


def _more(one: Difference) -> str:
    if one.after is None or not one.after.asks:
        return _("no longer asked of you")
    if one.before is None or not one.before.asks:
        return _("asked of you from now on")
    if not one.ticks_more:
        return _("changed")
    amount = {"amount": amount_words(abs(one.ticks_more), one.requirement.unit)}
    return (_("%(amount)s more") if one.ticks_more > 0 else _("%(amount)s less")) % amount


def _asked(one: Difference) -> str:
    before, after = _words(one.before, "required"), _words(one.after, "required")
    if before == after:
        return ""
    return _("asked: %(before)s → %(after)s") % {"before": before, "after": after}


def _missing(one: Difference) -> str:
    before, after = _words(one.before, "remaining"), _words(one.after, "remaining")
    if before == after:
        return ""
    return _("you lack: %(before)s → %(after)s") % {"before": before, "after": after}


def _words(figures: Figures | None, name: str) -> str:
    if figures is None or not figures.asks:
        return _("nothing")
    ticks: int | None = getattr(figures, name)
    return amount_words(ticks, figures.unit) if ticks else _("nothing")


def _due(one: Difference) -> str:
    before = one.before.due if one.before else None
    after = one.after.due if one.after else None
    if before == after or after is None:
        return ""
    if before is None:
        return _("due %(day)s") % {"day": day_words(after)}
    return _("due: %(before)s → %(after)s") % {"before": day_words(before), "after": day_words(after)}


def _source(reference: Reference) -> Line:
    said = [reference.url or ""]
    if reference.checked is not None:
        said.append(_("last checked on %(day)s") % {"day": day_words(reference.checked)})
    elif reference.as_of:
        said.append(_("text of %(day)s") % {"day": reference.as_of})
    return Line(reference.title, "", ", ".join(filter(None, said)))
