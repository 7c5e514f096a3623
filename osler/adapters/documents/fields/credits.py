"""Amounts of credit and what they are: awarded, the most there was to earn, or merely mentioned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from osler.adapters.documents import Candidate, Proposal
from osler.adapters.documents.fields.choice import flat, folded, is_seen_clearly, offered
from osler.adapters.documents.fields.credit_names import Named, names_in
from osler.adapters.documents.fields.surroundings import heads_above, is_whole_line, line_before, text_before
from osler.adapters.documents.flow import Flow
from osler.core.credit.amount import AmountError, amount_text, parse_amount
from osler.core.credit.types import round_credit

AWARDED, MENTIONED, MOST = "awarded", "mentioned", "maximum"
_ORDER = {AWARDED: 0, MENTIONED: 1, MOST: 2}

_NUMBER = re.compile(r"(?<![\w.,/$€£#-])\(?(\d{1,3}(?:[.,]\d{1,2})?)\)?(?![\w/%])(?![.,]\d)(?!\s*%)")
_FILL_BEFORE = re.compile(
    r"[\s)(*]*(?:(?:total|credits?|hours?|hrs?|points?|units?|\(s\)|of|in|x|live|enduring|in[-\ufffe]?\s?person|"
    r"online|on-demand|virtual|hybrid|"
    r"type|toward|towards|continuing|cme|ce|certified|approved)[\s().:,]*){0,4}\Z"
)
_FILL_AFTER = re.compile(
    r"[\s™®)(]*(?:(?:credits?|hours?|points?|units?|\(s\)|tm|\(tm\)|total|number|awarded|"
    r"earned|claimed|approved|"
    r"maximum|available|requested|contact|value|of)[\s™®().]*){0,4}[\s:=–—…._-]*\Z"
)
_GIVEN = re.compile(
    r"\b(?:award\w*|earned|earns|claimed|receiv(?:ed|es)|granted|grants?|credited|obtained|has been given|"
    r"(?:credits?|hours?|points?) (?:earned|awarded|claimed|completed)|erhielt|erhalten|erworben|"
    r"vergeben|anerkannt|obtenu\w*|obtenid\w*|otorga\w*|conseguit\w*|acquisit\w*|ha conseguido)\b"
)
_OFFERED = re.compile(
    r"\b(?:designat\w+|maximum|max|up to|at most|acceptable|eligible|available|should claim|"
    r"may (?:claim|earn|receive|be)|can (?:earn|claim|receive)|could (?:earn|claim)|to earn|"
    r"to claim|to receive|"
    r"approv\w+|accredit\w+|will (?:earn|receive)|worth|qualif\w+|offer\w*|possible|potential|valued?|"
    r"bewertet|hochstens|jusqu|hasta|fino a|requir\w+|needed?|remaining|goal|target|per)\b"
)
_GIVEN_AFTER = re.compile(
    r"\W{0,4}(?:credits?\W+)?(?:(?:were|was|has been|have been|wurden|sind)\s+)?(?:award|earn|claim|grant)\w*"
)
_NOT = re.compile(r"\b(?:no|not|without|cannot|neither|nor|kein\w*|nicht|non|ningun\w*)\b")
_UNTYPED = re.compile(
    r"\s*(?:\w+ ){0,2}?(?:\(\w+\) )?(?:\w+ )?(?:hours?|hrs|credits?|points?|stunden|heures|horas|std)\b"
)
_UNTYPED_LABEL = re.compile(
    r"\b(?:(?:cme|cpd|ce|credits?|hours?|points?|units?|ceus?|punkte|stunden)\W{1,2}){1,3}"
    r"(?:(?:claimed|awarded|earned|granted|received|completed|requested)\s*)?[:=\t]\s*\Z"
)
# "4 + 1": a sum, of which no part is the amount.
_PART_OF_SUM = re.compile(r"\s*\+\s*\d")
# "12.0 of 50.0 credits required": the second amount is a goal.
_OF_ALL = re.compile(r"\d\s*(?:of|/|out of)\s*(?:an?y? |the )?\Z")
_WANTED = re.compile(r"\W{0,4}(?:are |is )?(?:required|needed|possible|available|offered|maximum|remaining)")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in the text: its ticks, whose credit, and what is said of it."""

    start: int
    end: int
    ticks: int
    code: str
    role: str
    text: str


def credits_of(flow: Flow) -> list[Proposal]:
    """One proposal per credit type; amounts without a type only where nothing has one."""
    amounts = amounts_in(flow)
    typed = [one for one in amounts if one.code]
    untyped = [one for one in amounts if not one.code and one.role == AWARDED]
    found = []
    for code in dict.fromkeys(one.code for one in sorted(typed or amounts, key=lambda one: _ORDER[one.role])):
        chosen = sorted(
            (one for one in (typed or amounts) if one.code == code), key=lambda one: _ORDER[one.role]
        )
        if code and not any(one.role == AWARDED for one in chosen):
            # "Credits claimed: 18.25" stands apart from the name of whose credit it is: offered, no more.
            chosen = [*(replace(one, code=code) for one in untyped), *chosen]
            proposal = _proposal(flow, code, chosen, may_be_certain=not untyped)
        else:
            proposal = _proposal(flow, code, chosen)
        if proposal is not None:
            found.append(proposal)
    return found


def _proposal(
    flow: Flow, code: str, amounts: Sequence[Amount], *, may_be_certain: bool = True
) -> Proposal | None:
    given = [one for one in amounts if one.role == AWARDED]
    most = [one.ticks for one in amounts if one.role == MOST]
    is_certain = (
        bool(code)
        and may_be_certain
        and len({one.ticks for one in given}) == 1
        and all(round_credit(code, one.ticks) == one.ticks for one in given)
        and (not most or max(most) >= given[0].ticks)
        and any(_is_clear(flow, one, len(given)) for one in given)
    )
    chosen = given[:1] if is_certain else amounts
    return offered(
        "credit",
        [
            Candidate(amount_text(one.ticks), flow.place(one.start, one.end), kind=code, why=one.role)
            for one in chosen
        ],
        is_certain=is_certain,
    )


def _is_clear(flow: Flow, one: Amount, times: int) -> bool:
    """Seen without doubt. A decimal point gets lost in a scan: a whole 15 may have been 1.5."""
    if not is_seen_clearly(flow, one.start, one.end):
        return False
    has_point = "." in one.text or "," in one.text
    return not flow.is_seen or has_point or times > 1 or len(one.text) == 1


def amounts_in(flow: Flow) -> list[Amount]:
    """Every amount of credit the text states, in order, zeros left out."""
    text = flow.text
    names = names_in(text)
    numbers = [
        match
        for match in _NUMBER.finditer(text)
        if not _is_inside(match, names) and not _is_part_of_sum(text, match)
    ]
    found: list[Amount] = []
    used: set[int] = set()
    for name in names:
        match = _number_for(flow, name, names, numbers)
        if match is None:
            continue
        used.add(match.start(1))
        _append(found, flow, match, name)
    for match in numbers:
        if match.start(1) in used:
            continue
        if re.search(
            r"\b(?:category|cat\.?|kategorie)\s*\Z", folded(text[max(0, match.start() - 12) : match.start()])
        ):
            continue
        unit = _UNTYPED.match(folded(text[match.end() : match.end() + 40]))
        if unit:
            end = match.end() + unit.end()
            _append(found, flow, match, Named(match.end(), end, ""))
            continue
        label = _UNTYPED_LABEL.search(folded(text[max(0, match.start(1) - 60) : match.start(1)]))
        if label:
            start = match.start(1) - (label.end() - label.start())
            _append(found, flow, match, Named(start, start + 1, ""))
    return sorted(found, key=lambda one: one.start)


def _append(found: list[Amount], flow: Flow, match: re.Match[str], name: Named) -> None:
    try:
        ticks = parse_amount(match.group(1).replace(",", "."))
    except AmountError:
        return
    if ticks <= 0:
        return
    start, end = min(match.start(1), name.start), max(match.end(1), name.end)
    role = _role(flow, match, name)
    if role:
        found.append(Amount(start, end, ticks, name.code, role, match.group(1)))


def _is_part_of_sum(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 6) : match.start()]
    return bool(_PART_OF_SUM.match(text, match.end()) or re.search(r"\d\s*\+\s*\Z", before))


def _is_inside(match: re.Match[str], names: Sequence[Named]) -> bool:
    return any(name.start <= match.start(1) < name.end for name in names)


def _number_for(
    flow: Flow, name: Named, names: Sequence[Named], numbers: Sequence[re.Match[str]]
) -> re.Match[str] | None:
    """The number that belongs to a name: before it as in a sentence, after it as in a form, or in its
    column.
    """
    text = flow.text
    before = next((one for one in reversed(numbers) if one.end() <= name.start), None)
    if (
        before is not None
        and _leads_to(text[before.end() : name.start])
        and not _is_label(flow, before, name)
    ):
        return before
    after = next((one for one in numbers if one.start() >= name.end), None)
    if after is not None:
        gap = folded(text[name.end : after.start(1)])
        is_label = ":" in gap or "=" in gap or "\t" in gap or not gap.strip("\n ™®()stm")
        if "\n" not in gap and is_label and _FILL_AFTER.match(gap) and not _leads(flow, after, names):
            return after
    return _in_column(flow, name, numbers)


def _leads_to(gap: str) -> bool:
    """Nothing but words of filling between a number and the name after it."""
    return bool(_FILL_BEFORE.match(folded(gap)))


def _is_label(flow: Flow, number: re.Match[str], name: Named) -> bool:
    """The number closes a line of its own ("Credits: 6.0") and the name begins the next."""
    gap = flow.text[number.end() : name.start]
    if "\n" not in gap and "\t" not in gap:
        return False
    own = line_before(flow, number.start())
    if own.rstrip().endswith((":", "=")) or "\t" in own:
        return True
    named = names_in(own)
    return bool(named) and bool(_FILL_AFTER.match(folded(own[named[-1].end :])))


def _leads(flow: Flow, number: re.Match[str], names: Sequence[Named]) -> bool:
    """The number stands directly before another name, as in "ANCC 6.0 AAPA Category 1"."""
    follower = next((one for one in names if one.start >= number.end()), None)
    if follower is None or follower.start - number.end() > 12:
        return False
    gap = flow.text[number.end() : follower.start]
    return "\n" not in gap and "\t" not in gap and bool(_FILL_BEFORE.match(folded(gap)))


def _in_column(flow: Flow, name: Named, numbers: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """The number under a heading; two of them are a table, and no one amount."""
    number = flow.line_at(name.start)
    head = flow.lines[number]
    found = []
    for match in numbers:
        line = flow.lines[flow.line_at(match.start(1))]
        if (
            line.page == head.page
            and 0 < line.box.top - head.box.bottom + head.height < 5 * head.height
            and line.box.left < head.box.right
            and head.box.left < line.box.right
            and is_whole_line(flow, match.start(1), match.end(1))
        ):
            found.append(match)
    return found[0] if len(found) == 1 else None


def _role(flow: Flow, number: re.Match[str], name: Named) -> str:
    """What the sentence, the label or the heading says of the amount; empty where it says there is none."""
    start = min(number.start(1), name.start)
    before = flat(text_before(flow, start, 260))
    between = flat(flow.text[start : max(number.end(1), name.end)])
    after = flat(flow.text[max(number.end(1), name.end) : max(number.end(1), name.end) + 40])
    if is_whole_line(flow, number.start(1), number.end(1)):
        heads = heads_above(flow, flow.line_at(number.start(1)))
        before = f"{folded(heads[0])} " if heads else before
        between = f"{folded(line_before(flow, number.start(1)))} {between}"
    given, most = _last(_GIVEN, before), _last(_OFFERED, before)
    if _OF_ALL.search(before) or _WANTED.match(after):
        return MOST
    if _GIVEN_AFTER.match(after):
        return AWARDED
    if _OFFERED.search(between):
        return MOST
    denied = _last(_NOT, before)
    if denied > max(0, len(before) - 80) and denied > most:
        return MOST
    if _GIVEN.search(between):
        return AWARDED
    if given < 0 and most < 0:
        return MENTIONED
    if given > most:
        # "to be awarded", "is designated to be awarded" and the like speak of what may be.
        return (
            MOST
            if re.search(r"\b(?:may|can|could|will|to) be \w*\Z", before[:given].rstrip() + " ")
            else AWARDED
        )
    return MOST


def _last(pattern: re.Pattern[str], text: str) -> int:
    found = -1
    for match in pattern.finditer(text):
        found = match.start()
    return found
