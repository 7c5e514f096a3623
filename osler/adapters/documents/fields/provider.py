"""Who provided the activity: the accredited provider of the statement before any name in a letterhead."""

from __future__ import annotations

import re

from osler.adapters.documents import Candidate, Proposal
from osler.adapters.documents.fields.choice import distinct, folded, is_seen_clearly, offered, same
from osler.adapters.documents.fields.dates import days_in
from osler.adapters.documents.fields.surroundings import is_running, is_wrapped
from osler.adapters.documents.flow import Flow

STATED, LABELLED, CERTIFIES, LETTERHEAD = "stated", "labelled", "certifies", "letterhead"

# "The X is accredited by …", "X designates this live activity …".
_STATED = re.compile(
    r"(?:,)?\s+(?:(?:is|are)\s+(?:jointly\s+)?accredited\s+(?:with\s+commendation\s+)?"
    r"(?:as\s+an?\s+(?:\w+\s+){0,2}provider\s+of\s+(?:[\w-]+\s+){1,7}?)?by\b|"
    r"designates?\s+this\b|,?\s*an?\s+accredited\s+provider|is\s+an?\s+(?:acc?me[- ])?accredited\s+provider|"
    r"is\s+(?:approved|recognized)\s+(?:as\s+a\s+provider\s+)?by\s+the\b|is\s+authorized\s+by\b)"
)
_CERTIFIES = re.compile(
    r"\s+(?:hereby\s+)?(?:certif(?:ies|y)|bescheinigt|bestatigt|certifie|certifica|awards)\b(?!\s+of)"
)
_LABEL = re.compile(
    r"(?:^|[\n\t])(?:accredited provider|provider(?: name)?|provided by|sponsor(?:ed by)?|"
    r"organi[sz]er|accredited sponsor|"
    r"organi[sz]ed by|offered by|veranstalter|anbieter|organisateur|organizador|cme provider)\s*[:\t]\s*"
)
_PASSIVE = re.compile(
    r"\b(?:provided by|sponsored by|offered by|organi[sz]ed by|presented by)\s+(?=the |[a-z])"
)
_ORGANISED = re.compile(
    r"\b(?:university|universitat|universite|universidad|school|college|hospital|academy|"
    r"akademie|academie|academia|"
    r"institute|institut|instituto|society|gesellschaft|societe|sociedad|association|"
    r"foundation|center|centre|centro|clinic|"
    r"klinik|klinikum|board|council|health|medicine|network|group|department|llc|inc|education|"
    r"congress|arztekammer|college|colegio|faculty|federation|system)\b"
)
_NOISE = re.compile(
    r"\b(?:certificate|certifies|participation|completion|attendance|credits?|activity|"
    r"statement|transcript)\b"
)
# The dot of "St. Mary's" or of an initial ends no sentence.
_STOPS = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:St|Mt|Ft|Dr|Pt))(?<!\b(?:Ste|Mrs))(?<!\b(?:Prof|Univ|Dept|Assn|Natl))\.\s|[;:!?]\s|\n\s*\n|\t"
)
_LEADING = re.compile(
    r"(?:and|by|that|this activity was planned by|through the joint providership of|whereas)\s+"
    r"|(?:in|through|as|for|with|by|under|since)\s[^,]{4,80},\s+",
    re.I,
)
MOST_LETTERS = 120


def provider_of(flow: Flow) -> Proposal | None:
    """Certain where statement, label and signature name one organisation."""
    strong = [*_stated(flow), *_labelled(flow)]
    certifying = _certifying(flow)
    rest = [*certifying, *_passive(flow), *_letterhead(flow)]
    if strong:
        values = distinct(strong)
        is_clear = len(values) == 1 and _agree(values[0], certifying) and _is_clear(flow, values[0])
        return offered("provider", values if is_clear else [*values, *certifying], is_certain=is_clear)
    values = distinct(certifying)
    if len(values) == 1 and _is_clear(flow, values[0]) and not _passive(flow):
        return offered("provider", values, is_certain=True)
    return offered("provider", [*values, *rest])


def _agree(one: Candidate, others: list[Candidate]) -> bool:
    """The short name of the head is the long name of the statement: all its words stand there."""
    words = set(re.findall(r"\w+", folded(one.value)))
    return all(
        same(one.value, other.value) or set(re.findall(r"\w+", folded(other.value))) <= words
        for other in others
    )


def _is_clear(flow: Flow, one: Candidate) -> bool:
    if flow.is_foreign_scan:
        return False
    start = flow.text.find(one.value)
    if start < 0:
        # It runs over a line's end.
        found = re.search(r"\s+".join(re.escape(word) for word in one.value.split()), flow.text)
        return found is not None and is_seen_clearly(flow, *found.span())
    return is_seen_clearly(flow, start, start + len(one.value))


def _stated(flow: Flow) -> list[Candidate]:
    small = folded(flow.text)
    return [
        found
        for match in _STATED.finditer(small)
        if (found := _ending_at(flow, match.start(), STATED)) is not None
    ]


def _certifying(flow: Flow) -> list[Candidate]:
    small = folded(flow.text)
    return [
        found
        for match in _CERTIFIES.finditer(small)
        if (found := _ending_at(flow, match.start(), CERTIFIES)) is not None
        and _ORGANISED.search(folded(found.value))
    ]


def _ending_at(flow: Flow, end: int, why: str) -> Candidate | None:
    """The name that stands before a position, back to the beginning of its sentence."""
    window = flow.text[max(0, end - 300) : end]
    stops = [match.end() for match in _STOPS.finditer(window)]
    begin = end - len(window) + (stops[-1] if stops else 0)
    part = flow.text[begin:end]
    # A name runs over a line's end only in running text; a heading above it is another line.
    lines = part.split("\n")
    kept = [lines.pop()]
    number = flow.line_at(end - 1)
    while lines and len(kept) < 4 and number and (_is_paragraph(flow, number) or _runs_on(lines[-1])):
        kept.insert(0, lines.pop())
        number -= 1
    begin = end - len("\n".join(kept))
    return _candidate(flow, begin, end, why)


def _is_paragraph(flow: Flow, number: int) -> bool:
    """The line goes on from the one before it, which was full."""
    return is_running(flow, number - 1, number) and is_wrapped(flow, number - 1, number)


def _runs_on(line: str) -> bool:
    """The line ends in the middle of a name."""
    return (
        bool(re.search(r"(?:\b(?:of|for|the|and|in|at|de|der|und|für)|,|-|&)\s*\Z", line)) or len(line) > 75
    )


def _labelled(flow: Flow) -> list[Candidate]:
    found = []
    for match in _LABEL.finditer(folded(flow.text)):
        end = flow.end_of(flow.line_at(match.end()))
        one = _candidate(flow, match.end(), end, LABELLED)
        if one is not None:
            found.append(one)
    return found


def _passive(flow: Flow) -> list[Candidate]:
    found = []
    for match in _PASSIVE.finditer(folded(flow.text)):
        rest = flow.text[match.end() : match.end() + 160]
        stop = re.search(r"[.;,\n\t]|\s(?:on|in|and is|for|has|through)\s", rest)
        one = _candidate(flow, match.end(), match.end() + (stop.start() if stop else len(rest)), CERTIFIES)
        if one is not None:
            found.append(one)
    return found


def _letterhead(flow: Flow) -> list[Candidate]:
    found = []
    for number, line in enumerate(flow.lines[:6]):
        small = folded(line.text)
        if _ORGANISED.search(small) and not _NOISE.search(small) and not days_in(line.text, 2100):
            one = _candidate(flow, flow.starts[number], flow.end_of(number), LETTERHEAD)
            if one is not None:
                found.append(one)
    return found


def _candidate(flow: Flow, start: int, end: int, why: str) -> Candidate | None:
    part = flow.text[start:end]
    leading = _LEADING.match(part.lstrip())
    start += len(part) - len(part.lstrip()) + (leading.end() if leading else 0)
    value = " ".join(flow.text[start:end].split()).strip(" ,.;:()")
    letters = sum(letter.isalpha() for letter in value)
    if letters < 3 or len(value) > MOST_LETTERS or not value[0].isalnum():
        return None
    if not value[0].isupper() or _is_pronoun(value) or _NOISE.search(folded(value)):
        return None
    return Candidate(value, flow.place(start, end), why=why)


def _is_pronoun(value: str) -> bool:
    return bool(
        re.match(r"(?:this|it|they|we|which|who|i|activity|the activity|the undersigned)\b", folded(value))
    )
