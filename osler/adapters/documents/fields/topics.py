"""Topics that rules ask for, named in the title or in a sentence such as "1 hour in pain management"."""

from __future__ import annotations

import re

from osler.adapters.documents import Candidate, Proposal
from osler.adapters.documents.fields.choice import flat, folded
from osler.adapters.documents.flow import Flow

# What certificates write, by the slug of the vocabulary.
ALSO: dict[str, str] = {
    "antibiotic-stewardship": r"(?:antibiotic|antimicrobial) stewardship",
    "autism": r"autis(?:m|tic)",
    "bioethics": r"bioethics",
    "buprenorphine-treatment": r"buprenorphine",
    "child-abuse-recognition": r"child abuse|child maltreatment",
    "controlled-substances": r"controlled (?:dangerous )?substances?",
    "cultural-competency": r"cultural (?:competenc[ey]|humility)",
    "dementia": r"dementia|alzheimer",
    "diabetes": r"diabet(?:es|ic)",
    "domestic-violence": r"(?:domestic|intimate partner) violence",
    "end-of-life": r"end[- ]of[- ]life|terminally ill",
    "geriatrics": r"geriatric|older adults?",
    "health-equity": r"health equity|health disparit",
    "hiv-aids": r"\bhiv\b",
    "human-trafficking": r"human trafficking",
    "implicit-bias": r"implicit bias|unconscious bias",
    "infection-control": r"infection (?:control|prevention)",
    "medical-errors": r"medical errors?|error prevention",
    "medical-ethics": r"(?:medical|professional) ethics|professional responsibility",
    "opioid-prescribing": r"opioids? (?:pain|prescri|analges|therap|safety|steward)|prescribing opioids?",
    "opioid-use-disorder": r"opioid (?:use disorder|addiction|dependence)",
    "pain-management": r"pain management|(?:management of|managing) (?:chronic )?pain",
    "palliative-care": r"palliative",
    "patient-safety": r"patient safety",
    "rare-diseases": r"rare diseases?",
    "risk-management": r"risk management",
    "sbirt": r"\bsbirt\b",
    "sexual-assault": r"sexual assault",
    "sexual-harassment": r"sexual harassment",
    "substance-use-disorder": r"substance use(?: disorders?)?|addiction",
    "suicide-prevention": r"suicid",
    "vaccination": r"vaccin|immuni[sz]ation",
    "wellness": r"burnout|(?:physician|clinician) (?:wellness|well-being)",
}
_PATTERNS = {slug: re.compile(rf"\b(?:{pattern})") for slug, pattern in ALSO.items()}
_HOURS_IN = re.compile(
    r"(?<![\w.,])(\d{1,2}(?:[.,]\d{1,2})?)\s*(?:cme |ce |credit |contact )?(?:hours?|credits?)"
    r"(?: (?:of )?(?:cme|ce|education|credits?))*(?: credits?)?\s+(?:in|on|of|toward|"
    r"related to|devoted to)\s+"
)
REACH = 160
MOST_TOPICS = 6


def topics_of(flow: Flow, title: Proposal | None) -> list[Proposal]:
    """Topics are offered, never certain: what a board takes for one, the board decides."""
    found: dict[str, Candidate] = {}
    small = flat(flow.text)
    for match in _HOURS_IN.finditer(small):
        _starts, ends = flow.sentence(match.start(), match.end())
        part = small[match.end() : min(ends, match.end() + REACH)]
        for slug, _start, end in _named(part):
            place = flow.place(match.start(), match.end() + end)
            found.setdefault(slug, Candidate(_plain(match.group(1)), place, kind=slug, why="hours"))
    if title is not None:
        for slug, _start, _end in _named(folded(title.best.value)):
            found.setdefault(slug, Candidate("", title.best.place, kind=slug, why="title"))
    return [Proposal("topic", (one,)) for one in found.values()][:MOST_TOPICS]


def _named(text: str) -> list[tuple[str, int, int]]:
    found = []
    for slug, pattern in _PATTERNS.items():
        match = pattern.search(text)
        if match:
            found.append((slug, match.start(), match.end()))
    return sorted(found, key=lambda one: one[1])


def _plain(number: str) -> str:
    number = number.replace(",", ".")
    return number.rstrip("0").rstrip(".") if "." in number else number
