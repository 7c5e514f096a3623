"""How the activity was done: live, enduring material, journal, and so on."""

from __future__ import annotations

import re

from osler.adapters.documents import Candidate, Proposal
from osler.adapters.documents.fields.choice import flat, folded, is_seen_clearly, offered
from osler.adapters.documents.flow import Flow
from osler.core.credit.formats import find_format

# What accredited providers must write of an activity; each names one format.
_STATED: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "enduring",
        re.compile(
            r"\benduring (?:educational )?(?:activity|material)s?\b|\bon[- ]demand (?:activity|course|"
            r"module|webinar)\b"
        ),
    ),
    (
        "live",
        re.compile(
            r"\b(?:internet )?live (?:educational |internet |virtual |online )?(?:activity|course|"
            r"webinar|event|conference|meeting)\b|\bregularly scheduled series\b|"
            r"\bprasenzveranstaltung\b"
        ),
    ),
    ("journal", re.compile(r"\bjournal[- ]based (?:cme )?activity\b|\bjournal cme activity\b")),
    (
        "pi",
        re.compile(
            r"\b(?:pi cme|performance improvement (?:cme )?)activity\b|\bperformance improvement activity\b"
        ),
    ),
    (
        "manuscript-review",
        re.compile(r"\bmanuscript review activity\b|\breview(?:ed|ing) (?:of )?(?:the |a )?manuscripts?\b"),
    ),
    ("test-item-writing", re.compile(r"\btest[- ]item[- ]writing activity\b")),
    ("point-of-care", re.compile(r"\b(?:internet )?point[- ]of[- ]care (?:learning )?activity\b")),
    ("teaching", re.compile(r"\blearning from teaching activity\b")),
)
_HINTED: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "live",
        re.compile(
            r"\b(?:conference|congress|symposium|grand rounds|webinar|workshop|annual meeting|lecture|"
            r"seminar|kongress|fortbildungsveranstaltung|congres|congreso|tumor board)\b"
        ),
    ),
    (
        "enduring",
        re.compile(
            r"\b(?:online (?:module|course)|e-?learning|podcast|home study|self[- ]paced|on[- ]demand|"
            r"recorded)\b"
        ),
    ),
    ("self-study", re.compile(r"\bself[- ]study\b")),
)
_LABEL = re.compile(
    r"\b(?:format|activity type|type of activity|delivery(?: format)?|modality)\s*[:\t]\s*([^\n\t]{3,60})"
)


def format_of(flow: Flow) -> Proposal | None:
    """Certain where the accreditation statement or a label names it; hints of the title are only offered."""
    small, lined = flat(flow.text), folded(flow.text)
    stated: list[Candidate] = []
    is_clear = True
    for match in _LABEL.finditer(lined):
        kind = find_format(match.group(1).strip(" ."))
        if kind is not None:
            stated.append(Candidate(kind.code, flow.place(*match.span(1)), why="labelled"))
            is_clear = is_clear and is_seen_clearly(flow, *match.span(1))
    for code, pattern in _STATED:
        for match in pattern.finditer(small):
            stated.append(Candidate(code, flow.place(*match.span()), why="stated"))
            is_clear = is_clear and is_seen_clearly(flow, *match.span())
    if stated:
        return offered("format", stated, is_certain=is_clear)
    hinted = [
        Candidate(code, flow.place(*match.span()), why="hinted")
        for code, pattern in _HINTED
        for match in pattern.finditer(small)
    ]
    return offered("format", hinted)
