"""Whose certificate it is, so that somebody else's is noticed."""

from __future__ import annotations

import re

from osler.adapters.documents import Candidate, Proposal
from osler.adapters.documents.fields.choice import folded, is_seen_clearly, offered
from osler.adapters.documents.flow import Flow

_ANCHOR = re.compile(
    r"\b(?:certif(?:y|ies)\s+that|certify:|awarded to|presented to|granted to|"
    r"bescheinigt,?(?: dass)?|bestatigt,?(?: dass)?|"
    r"certifie que|atteste que|certifica que|conferred (?:up)?on|issued to)[\s:,]*"
    r"|(?:^|[\n\t])(?:name(?: of (?:participant|learner|attendee|physician))?|"
    r"participant(?: name)?|learner(?: name)?|attendee|"
    r"recipient|physician|awarded to|teilnehmer(?:in)?|nom|nombre)\s*:?[ \t]*[:\t\n]\s*"
)
_GREETING = re.compile(r"(?:^|\n)dear (?=dr|mr|ms|mrs|prof|[a-z])")
_TITLED = re.compile(r"(?:(?:dr\.?(?: med\.)?|prof\.?|mr\.?|ms\.?|mrs\.?|frau|herr)\s+)+")
_DEGREES = re.compile(
    r",?\s+(?:M\.?D\.?|D\.?O\.?|Ph\.?D\.?|R\.?N\.?|N\.?P\.?|PA-C|PA|APRN|FNP(?:-BC)?|DNP|MBBS|"
    r"MBChB|MPH|FACP|FAAFP|"
    r"PharmD|MSN|BSN|MSc|FRCP\w*)\b.*\Z"
)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:[ ,]+[^\W\d_][\w.'’()-]*){1,5}\.?\Z")
_STOP = re.compile(
    r"\s+(?:has|have|participated|attended|completed|successfully|was|am|hat|hat am|a participe|ha)\b.*\Z",
    re.S,
)
_NO_NAME = re.compile(
    r"\b(?:activity|course|program|title|certificate|credit|university|school|college|"
    r"hospital|academy|institute|"
    r"the|physician|date|number|provider|license|of|for|center|centre|society|education)\b"
)


def learner_of(flow: Flow) -> Proposal | None:
    """The name after "certifies that", "Participant:" and the like."""
    found: list[Candidate] = []
    is_clear = True
    small = folded(flow.text)
    for match in [*_ANCHOR.finditer(small), *_GREETING.finditer(small)]:
        start = match.end()
        end = flow.end_of(flow.line_at(start))
        said = _cleaned(flow.text[start:end], is_short=match.re is _GREETING)
        if not said:
            continue
        start = flow.text.index(said, start)
        found.append(Candidate(said, flow.place(start, start + len(said)), why="named"))
        # "Dear Dr. Raman" is half a name, and as well the name of somebody who writes for another.
        is_whole = match.re is not _GREETING
        is_clear = is_clear and is_whole and is_seen_clearly(flow, start, start + len(said))
    # Accents get lost in scans without anybody noticing.
    return offered("learner", found, is_certain=is_clear and not flow.is_seen)


def _cleaned(text: str, *, is_short: bool) -> str:
    text = _STOP.sub("", text.strip())
    titled = _TITLED.match(text.lower())
    text = text[titled.end() :] if titled else text
    text = _DEGREES.sub("", text.rstrip(" ,:;")).rstrip(" ,:;")
    if (
        not (_NAME.match(text) or (is_short and text.isalpha()))
        or len(text) > 60
        or _NO_NAME.search(folded(text))
    ):
        return ""
    return text
