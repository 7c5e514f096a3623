"""What the activity was called: the words after "titled", after a label, or in quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from osler.adapters.documents import Candidate, Proposal
from osler.adapters.documents.fields.choice import distinct, flat, folded, is_seen_clearly, offered, same
from osler.adapters.documents.fields.credit_names import names_in
from osler.adapters.documents.fields.dates import days_in
from osler.adapters.documents.fields.surroundings import is_wrapped
from osler.adapters.documents.flow import Flow

_THING = (
    r"(?:activity|course|program(?:me)?|event|session|module|conference|lecture|webinar|symposium|meeting|"
    r"presentation|workshop|materials?|series|grand rounds|training|fortbildung|veranstaltung|"
    r"fortbildungsveranstaltung|"
    r"formation|curso|jornada|congreso|congres|kongress|article|intervention|test)"
)
_TITLED = re.compile(
    r"\b(?:en)?titled\s*[:,]?\s*|\b(?:mit dem (?:titel|thema)|zum thema|intitulee?|"
    r"titulad[oa]|denominad[oa])\s*:?\s*"
)
_LABEL = re.compile(
    r"(?:^|[\n\t])(?:(?:activity|course|program(?:me)?|event|session|article|"
    r"lecture) (?:title|name)|(?:title|name) of (?:the )?"
    + _THING
    + r"|activity|course|title|program(?:me)?|event|thema|titel(?: der \w+)?|veranstaltung|"
    r"titre|titulo|curso|subject|topic)"
    r"\s*(?::[ \t]*|\t+|:?\n(?=\S))"
)
_TAKEN = re.compile(
    r"\b(?:participated in|successfully completed|has completed|completing|attended|attending|"
    r"participation in|completion of|"
    r"attendance at|a participe a|ha participado en|ha asistido a[l]?|teilgenommen an|teilnahme an)"
    r"(?:\s+(?:the|this|an?|der|la|el|following|live|enduring|internet|online|virtual|cme|cpd|"
    r"certified|accredited|"
    r"educational|continuing|medical|education|journal-based|performance|improvement|"
    r"on-demand|interprofessional|"
    r"hybrid|one|two|three|day|one-day|two-day)\b)*"
    rf"(?P<thing>\s+{_THING}\b)?[,:]?\s*"
)
_ENDS = re.compile(
    r"(?:(?:on|am|le|el|vom|du|del|from|"
    r"dated?)\s*:?\s+(?=(?:\w+day,?\s+)?(?:the\s+)?\w*\.?\s*\d)|held\b|and (?:is|has|was|have|"
    r"earned|claimed|"
    r"completed|therefore)\b|is (?:hereby )?awarded|has\b|was\b|hereby\b|is (?:awarded|"
    r"granted|designated|certified|accredited)|for (?:a (?:total|maximum)|which|the award|\d)|"
    r"dates?\b|presented\b|provided\b|sponsored\b|offered by|organi[sz]ed\b|hosted by|"
    r"awarded\b|credits?\b|location\b|faculty\b|speakers?\b|provider\b|"
    r"this\b|format\b|type\b|completed\b|completion\b|in recognition|by completing|"
    r"a \w+ activity|un[ad]? (?:wurde|hat)|"
    r"datum|fecha|ort\b|lieu|lugar|hours?\b|number\b|amount\b|activity\b|participant\b|learner\b|name\b|"
    r"you\b|we\b|please\b|the \w+ (?:is|designates)|der \w+|und (?:wurde|hat|erhielt)|et (?:a|"
    r"est)\b|y (?:ha|se)\b|"
    r"mit\s+\d|(?:and\s+)?(?:earned|received|receives)|(?:a|an) (?:live|enduring|journal))"
)
_GENERIC = re.compile(
    r"\b(?:certificate|certifies|statement of credit|attendance|completion|participation|"
    r"accreditation|credit|transcript|"
    r"continuing medical education|teilnahmebescheinigung|attestation|certificado|zertifikat)\b"
)
_OPEN = re.compile(
    r"(?:\b(?:of|for|the|and|in|at|on|with|to|from|a|an|der|und|fur|de|la|y|et|&|by|or)|[,:&–—/-])\s*\Z"
)
_LOWER = re.compile(r"[a-z(&]|of\b|and\b|for\b|in\b|with\b")
_INLINE_END = re.compile(
    r"[.;](?:\s|\Z)|,?\s+(?:on|held|from|am|le|"
    r"el)\s+(?=(?:\w+day,?\s+)?(?:the\s+)?\w*\.?\s*\d)|,?\s+held\b|,?\s+(?:presented|provided|"
    r"sponsored|offered|hosted|organi[sz]ed) (?:by|on|at|in)\b|"
    r",?\s+and (?:is|has|was|earned)\b|,?\s+(?:a|an) (?:live|enduring|journal|cme)\b|,\s+which\b"
)
_MARKS = re.compile(r"\A[“”„\"«»]+\s*|\s*[“”„\"«»]+\Z")
MOST_LINES = 4
MOST_LETTERS = 250
LEAST_LETTERS = 6


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    is_ended: bool


def title_of(flow: Flow, learner: Proposal | None) -> Proposal | None:
    """Certain where an anchor names it, where its end is plain, and where all anchors agree."""
    small = folded(flow.text)
    strong = [*_quoted(flow), *_after(flow, _TITLED, flat(flow.text)), *_after(flow, _LABEL, small)]
    taken = _after_taken(flow, flat(flow.text))
    names = [learner.best.value] if learner is not None else []
    strong = [one for one in strong if _is_title(flow, one, names)]
    taken = [one for one in taken if _is_title(flow, one, names)]
    pieces = strong or taken
    values = distinct(_candidate(flow, one) for one in pieces)
    is_plain = all(one.is_ended and _is_clear(flow, one) for one in pieces)
    if len(values) == 1 and is_plain and not flow.is_foreign_scan:
        return offered("title", values, is_certain=True)
    if pieces:
        firsts = [_candidate(flow, _first_line(flow, one)) for one in pieces]
        return offered("title", [*values, *firsts, *(_candidate(flow, one) for one in taken)])
    return offered("title", [_candidate(flow, one) for one in _largest(flow, names)])


def _is_clear(flow: Flow, one: _Piece) -> bool:
    return is_seen_clearly(flow, one.start, one.end)


def _candidate(flow: Flow, one: _Piece) -> Candidate:
    value = " ".join(flow.text[one.start : one.end].split()).strip(" ,;:*")
    value = _MARKS.sub("", value)
    return Candidate(value, flow.place(one.start, one.end), why="titled")


def _is_title(flow: Flow, one: _Piece, names: list[str]) -> bool:
    value = " ".join(flow.text[one.start : one.end].split())
    letters = sum(letter.isalpha() for letter in value)
    if not LEAST_LETTERS <= letters <= MOST_LETTERS or any(same(value, name) for name in names):
        return False
    small = folded(value)
    days = days_in(value, 2100)
    is_day = bool(days) and days[0].end - days[0].start > 0.6 * len(value)
    return not is_day and not re.fullmatch(rf"(?:the |this )?{_THING}", small) and not _ENDS.match(small)


def _quoted(flow: Flow) -> list[_Piece]:
    """Titles in quotation marks after an anchor."""
    lined, running = folded(flow.text), flat(flow.text)
    found = []
    for pattern, small in ((_TITLED, running), (_LABEL, lined), (_TAKEN, running)):
        for match in pattern.finditer(small):
            quoted = re.compile(r"[\s]*([“\"„«])\s*([^“”\"„«»]{6,250}?)\s*[”\"“»]").match(
                flow.text, match.end()
            )
            if quoted and flow.text[quoted.start() : quoted.end()].count("\n") <= MOST_LINES:
                found.append(_Piece(*quoted.span(2), is_ended=True))
    return found


def _after(flow: Flow, pattern: re.Pattern[str], small: str) -> list[_Piece]:
    found = []
    for match in pattern.finditer(small):
        if flow.text[match.end() : match.end() + 1] in '“"„«' and flow.text[match.end() : match.end() + 1]:
            continue
        piece = _lines_from(flow, match.end())
        if piece is not None:
            found.append(piece)
    return found


def _after_taken(flow: Flow, small: str) -> list[_Piece]:
    found = []
    for match in _TAKEN.finditer(small):
        start = match.end()
        if start >= len(flow.text) or flow.text[start] in '“"„«':
            continue
        is_own_line = "\n" in flow.text[match.start() : start] and start in flow.starts
        if is_own_line:
            piece = _lines_from(flow, start)
        else:
            stop = _INLINE_END.search(small, start, start + MOST_LETTERS)
            end = stop.start() if stop else flow.end_of(flow.line_at(start))
            piece = _Piece(start, end, is_ended=False)
        if piece is not None and not _TITLED.search(small[piece.start : piece.end]):
            found.append(piece)
    return found


def _lines_from(flow: Flow, start: int) -> _Piece | None:
    """The line that begins at a position and those that go on with it."""
    if start >= len(flow.text):
        return None
    number = flow.line_at(start)
    end = flow.end_of(number)
    inline = _INLINE_END.search(folded(flow.text[start:end]))
    if inline and start > flow.starts[number]:
        return _Piece(start, start + inline.start(), is_ended=False)
    is_ended, is_open = False, False
    for _step in range(MOST_LINES):
        following = number + 1
        state = _goes_on(flow, number, following, start)
        if state == "end":
            is_ended = True
        if state != "on":
            break
        is_open = is_open or not _is_continued(flow, number, following)
        number, end = following, flow.end_of(following)
    return _Piece(start, end, is_ended=is_ended and not is_open)


def _goes_on(flow: Flow, number: int, following: int, start: int) -> str:
    """Whether the next line belongs to the title: "on", plainly "end", or "unclear"."""
    if following >= len(flow.lines):
        return "end"
    line, after = flow.lines[number], flow.lines[following]
    text = flow.text[flow.starts[following] : flow.end_of(following)]
    if (line.page, line.row) == (after.page, after.row) or line.page != after.page:
        return "end"
    days = days_in(text, 2100)
    if (
        _ENDS.match(folded(text))
        or (days and days[0].start < 25)
        or names_in(text)
        or re.match(r"[^\n]{2,30}:", text)
    ):
        return "end"
    gap = after.box.top - line.box.bottom
    low, high = (0.68, 1.45) if flow.is_seen else (0.86, 1.16)
    is_alike = low <= after.height / max(line.height, 0.1) <= high
    if not is_alike and re.match(r"(?:at|in)\b", folded(text)):
        return "end"
    is_near = gap < line.height * (1.5 if flow.is_seen else 1.0)
    if is_alike and is_near and _is_aligned(flow, number, following, start):
        return "on"
    return "end" if gap > line.height * 2.5 else "unclear"


def _is_aligned(flow: Flow, number: int, following: int, start: int) -> bool:
    line, after = flow.lines[number], flow.lines[following]
    begin = flow.words(start, start + 1)
    lefts = [line.box.left, *(word.box.left for word in begin)]
    middle = abs((line.box.left + line.box.right) - (after.box.left + after.box.right)) / 2
    return middle < 12 or any(abs(left - after.box.left) < 8 for left in lefts)


def _is_continued(flow: Flow, number: int, following: int) -> bool:
    """Something besides its looks says that the line goes on."""
    text = flow.text[flow.starts[number] : flow.end_of(number)]
    after = flow.text[flow.starts[following] : flow.end_of(following)]
    return bool(_OPEN.search(folded(text)) or _LOWER.match(after)) or is_wrapped(flow, number, following)


def _first_line(flow: Flow, one: _Piece) -> _Piece:
    return _Piece(one.start, min(one.end, flow.end_of(flow.line_at(one.start))), is_ended=False)


def _largest(flow: Flow, names: list[str]) -> list[_Piece]:
    """With no anchor at all: the largest lines that are no heading of the certificate itself."""
    order = sorted(range(len(flow.lines)), key=lambda number: -flow.lines[number].height)
    found = []
    for number in order[:8]:
        piece = _Piece(flow.starts[number], flow.end_of(number), is_ended=False)
        if not _GENERIC.search(folded(flow.lines[number].text)) and _is_title(flow, piece, names):
            found.append(piece)
    return found[:3]
