"""The day an activity was completed, told from days of issue, release, expiry and birth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from osler.adapters.documents import Candidate, Proposal
from osler.adapters.documents.fields.choice import flat, folded, is_seen_clearly, offered
from osler.adapters.documents.fields.dates import Day, days_in
from osler.adapters.documents.fields.surroundings import below, heads_above, is_whole_line, text_before
from osler.adapters.documents.flow import Flow

COMPLETED, HELD, UNSAID, ISSUED, ELSE = "completed", "held", "unsaid", "issued", "else"

# What the nearest of these words before a day makes of it.
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (ELSE, re.compile(r"\b(?:birth|born|d\.?o\.?b|geboren|geburts\w*|naissance|nacimiento)\b")),
    (
        ELSE,
        re.compile(
            r"\b(?:releas\w*|expir\w*|expiry|valid|terminat\w*|approved (?:through|until|from)|"
            r"(?:through|until)(?=\W*\Z)|"
            r"review(?:ed)? date|effective|copyright|licen[cs]e|accredited (?:through|until|from)|updated|"
            r"membership|renew\w*|(?:term of )?approval|gultig\w*|"
            r"accreditation (?:period|term)|available|enrol\w*|register\w*|"
            r"registration|start(?:ed)?(?: date)?|begin\w*|begun|opened|purchased|version|due|next)\b|©"
        ),
    ),
    (
        ISSUED,
        re.compile(
            r"\b(?:issu\w+|printed|generated|signed|dated|certificate date|date of certificate|"
            r"given (?:this|on)|"
            r"created|print date|ausgestellt|ausstellungs\w*|datum der ausstellung|fait a|fait le|expedid\w*|"
            r"emis\w*|delivre\w*|submitted|reported|verified|approved on|den)\b"
        ),
    ),
    (
        COMPLETED,
        re.compile(
            r"\b(?:complet\w+|finish\w+|participat\w+|attend\w+|date (?:taken|earned|passed)|passed|"
            r"(?:credits?|points?|hours?) (?:earned|claimed)|abgeschlossen|abschluss\w*|teilgenommen|"
            r"teilnahme\w*|"
            r"participe|suivi|participad\w*|participacion|asistid\w*|asistencia|realizad\w*|finalizad\w*|"
            r"assolto|frequentato|partecipato)\b"
        ),
    ),
    (
        HELD,
        re.compile(
            r"\b(?:held|presented|conducted|took place|(?:activity|course|event|meeting|session|conference|"
            r"programme?|lecture|seminar|workshop|webinar|symposium) dates?|"
            r"dates? of (?:the )?(?:activity|course|"
            r"event|meeting|session|conference|programme?)|dates?|stattgefunden|veranstaltung\w*|vom|ende|bis|"
            r"am|du|le|"
            r"el|del|celebrad\w*|tenu\w*|on|from|datum|fecha|data)\b"
        ),
    ),
)
_STRONG = re.compile(
    r"\b(?:complet|participat|attend|teilgenommen|participe|suivi|participad|asistid|realizad)"
)
_CONTACT = re.compile(
    r"(?:\bon|\bheld|\bfrom|\bam|\bvom|\ble|\bdu|\bel|\bdel|\bden|,|\bthis)\s*(?:the\s+)?\Z"
)
_PENDING = re.compile(
    r"\bregistered for\b|\bregistration\b|\binvited?\b|\bupcoming\b|\byou will\b|\benrolled\b"
)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Said:
    day: Day
    role: str


def completion_of(flow: Flow, as_of: date) -> Proposal | None:
    """The proposal for the day of completion: the last day of a range; both readings of 03/04/2022."""
    said = [_Said(day, _role(flow, day)) for day in days_in(flow.text, as_of.year)]
    said = [one for one in said if one.role != ELSE and min(one.day.readings) <= as_of + ONE_DAY]
    for role in (COMPLETED, HELD):
        chosen = [one for one in said if one.role == role]
        if not chosen:
            continue
        rivals = [] if role == COMPLETED else [one for one in said if one.role == UNSAID]
        values = {reading for one in chosen for reading in one.day.readings}
        is_certain = (
            len(values) == 1
            and all(one.day.last in values for one in rivals)
            and all(_is_plain(flow, one.day, as_of) for one in chosen)
            and not _is_before_the_event(chosen, said)
            and (role == COMPLETED or _is_said_done(flow, chosen[0].day))
        )
        if is_certain:
            return offered("completed", _candidates(flow, chosen[:1]), is_certain=True)
        rest = [one for one in said if one.role != role]
        return offered("completed", _candidates(flow, [*chosen, *rest]))
    return offered("completed", _candidates(flow, sorted(said, key=lambda one: one.role == ISSUED)))


def _candidates(flow: Flow, said: list[_Said]) -> list[Candidate]:
    return [
        Candidate(reading.isoformat(), flow.place(one.day.start, one.day.end), why=one.role)
        for one in said
        for reading in one.day.readings
    ]


def _is_plain(flow: Flow, day: Day, as_of: date) -> bool:
    return day.is_plain and day.last <= as_of + ONE_DAY and is_seen_clearly(flow, day.start, day.end)


def _is_said_done(flow: Flow, day: Day) -> bool:
    """Somebody took part, says the text around the day; an invitation or a booking does not."""
    near = flat(flow.text[max(0, day.start - 400) : day.end + 120])
    return bool(_STRONG.search(near)) and not _PENDING.search(flat(flow.text))


def _is_before_the_event(chosen: list[_Said], said: list[_Said]) -> bool:
    """Completed before it was held: one of the two days means something else."""
    begins = [one.day.first or one.day.last for one in said if one.role == HELD]
    return bool(begins) and chosen[0].role == COMPLETED and chosen[0].day.last < min(begins)


def _role(flow: Flow, day: Day) -> str:
    """What the day is: by the words before it, else by its column's heading, else by the caption below."""
    before = folded(text_before(flow, day.start))
    # Another day in between is a label's own; what stood before it says nothing of this one.
    earlier = days_in(before, day.last.year)
    before = before[earlier[-1].end :] if earlier else before
    number = flow.line_at(day.start)
    if is_whole_line(flow, day.start, day.end):
        caption = below(flow, number)
        if caption is not None and re.match(r"\W*(?:date|datum|fecha)\b", folded(caption.text)):
            role = _nearest(folded(caption.text))
            # "Date" alone under a line is the day of the signature.
            return role if role in (COMPLETED, ISSUED, ELSE) else ISSUED
        for head in heads_above(flow, number):
            role = _nearest(folded(head))
            if role and not days_in(head, day.last.year) and len(head) < 40 and "date" in folded(head):
                return role
    same_line = before[before.rfind("\n") + 1 :]
    role = _nearest(same_line) or _nearest(before)
    if role in (HELD, "") and _STRONG.search(folded(text_before(flow, day.start, 400))):
        if _CONTACT.search(before):
            return COMPLETED
        return HELD if role or is_whole_line(flow, day.start, day.end) else UNSAID
    return role or UNSAID


def _nearest(text: str) -> str:
    text = text.replace("\n", " ")
    best, role = -1, ""
    weak = ""
    for name, pattern in _ROLES:
        for match in pattern.finditer(text):
            if name == HELD:
                weak = HELD
            elif match.start() > best:
                best, role = match.start(), name
    return role or weak
