"""The controlled list of learning formats, and what the AMA and the AAFP give for each.

A format is *how* somebody learned; a credit type is *whose* credit it is. Accreditors' own labels (regularly
scheduled series, internet live course, committee learning) map many-to-one onto these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from osler.core.credit.amount import TICKS
from osler.core.credit.types.credit_type import HALF, Confidence, Source
from osler.core.credit.types.physicians import AAFP_TERMS, AMA_2006, AMA_2010, AOA_GUIDE
from osler.core.credit.types.reading import normal_form


@dataclass(frozen=True, slots=True)
class Format:
    """One way of learning. ``is_timed``: without a rule of its own, an hour of it is an hour of credit."""

    code: str
    name: str
    about: str
    is_timed: bool
    synonyms: tuple[str, ...] = ()


Counting = Literal["time", "once", "each", "stages"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """What an authority gives for one format.

    ``counting``: ``"time"`` by ``minutes_per_credit``; ``"once"`` one fixed value for the whole activity;
    ``"each"`` the fixed value for every completed piece; ``"stages"`` the n-th value once n stages are done.
    ``values`` are ticks, rising. Fixed values are all-or-nothing. ``needs_assessment``: no credit below the
    announced minimum performance level.
    """

    counting: Counting
    values: tuple[int, ...] = ()
    minutes_per_credit: int | None = None
    needs_assessment: bool = False
    source: Source
    confidence: Confidence


AMA_ASSESSMENT = Source(
    "Policy and Medicine, AMA's updated criteria: assessment of enduring material and journal CME",
    "https://policymed.com/2010/09/"
    "american-medical-association-updated-criteria-for-physician-recognition-award-for-continuing-medical.html",
    "2010-09",
)
AMA_MANUSCRIPT = Source(
    "AOE Consulting, updates to the PRA credit system, part II: 3 credits, PI not time based",
    "https://www.aoeconsulting.com/ama-updates-to-the-pra-credit-system-part-ii/",
    "archived copy, undated",
)
AMA_PI = Source(
    "MeetingsNet, AMA issues updates to the PRA credit system",
    "http://meetingsnet.com/print/cme-regs/ama-issues-updates-pra-credit-system",
    "2011 rules",
)
AMA_QUALIFYING = Source(
    "Barton Associates, CME explained: which formats qualify (the value itself is from memory)",
    "https://www.bartonassociates.com/blog/continuing-medical-education-explained/",
    "archived copy, undated",
)
AMA_TEACHING = Source(
    "USUHS, learning from teaching: two for one, no double claim, a repeated talk once",
    "http://usuhs.mil/che/otherlearning.html",
    "archived copy, undated",
)
OTHER_DEFINED = Source(
    "ACCME, the format “other”", "https://accme.org/other-defined", "archived copy, undated"
)

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        kind.code: kind
        for kind in (
            Format(
                "live",
                "Live activity",
                "Learners and faculty together at one time, in a room or online: course, series, webinar.",
                True,
                (
                    "Course",
                    "Conference",
                    "Webinar",
                    "Live webinar",
                    "Live course",
                    "Live internet",
                    "Internet live course",
                    "Internet live activity",
                    "RSS",
                    "Regularly scheduled series",
                    "Grand rounds",
                    "Tumor board",
                    "Tumour board",
                    "Workshop",
                    "Seminar",
                    "Symposium",
                    "Meeting",
                    "Lecture",
                    "In person",
                    "Committee learning",
                    "Simulation",
                    "Journal club",
                ),
            ),
            Format(
                "enduring",
                "Enduring material",
                "Material used whenever the learner likes: recording, module, podcast, monograph.",
                True,
                (
                    "Enduring",
                    "On demand",
                    "Online module",
                    "Online course",
                    "E-learning",
                    "Internet enduring",
                    "Internet activity enduring material",
                    "Internet enduring material",
                    "Recorded webinar",
                    "Recording",
                    "Podcast",
                    "Monograph",
                    "Home study",
                    "Homestudy",
                    "Distance learning",
                    "Provider-directed learner-paced",
                ),
            ),
            Format(
                "journal",
                "Journal-based activity",
                "A peer-reviewed article chosen beforehand, with reflection and an assessment.",
                True,
                (
                    "Journal CME",
                    "Journal-based CME",
                    "Journal-based CME activity",
                    "Journal article",
                    "Journal",
                ),
            ),
            Format(
                "test-item-writing",
                "Test-item writing",
                "Writing and defending questions of a board's or a society's examination.",
                False,
                ("Test item", "Test item writing activity", "Item writing", "Exam item writing"),
            ),
            Format(
                "manuscript-review",
                "Manuscript review",
                "Reviewing a manuscript for a journal that uses several reviewers.",
                False,
                (
                    "Manuscript",
                    "Manuscript review activity",
                    "Peer review",
                    "Journal peer review",
                    "Reviewing",
                ),
            ),
            Format(
                "pi",
                "Performance improvement",
                "Measuring one's practice, changing it, measuring again: stages A, B and C.",
                False,
                (
                    "PI",
                    "PI CME",
                    "PI-CME activity",
                    "Performance improvement CME",
                    "Performance/quality improvement",
                    "Quality improvement",
                    "QI",
                    "PI/QI",
                    "Practice improvement",
                ),
            ),
            Format(
                "point-of-care",
                "Point-of-care learning",
                "A question from practice, the sources consulted, and what was done with the answer.",
                False,
                (
                    "POC",
                    "Internet point of care",
                    "Internet point-of-care activity",
                    "Internet point-of-care learning",
                    "IPOC",
                    "Internet searching and learning",
                ),
            ),
            Format(
                "committee",
                "Committee work",
                "Service on a committee or an inspection. Certified committee learning is a live activity.",
                False,
                ("Committee service", "Committee meeting", "Board service", "Inspection"),
            ),
            Format(
                "teaching",
                "Teaching",
                "Presenting at a certified activity, or teaching students, residents and fellows.",
                False,
                (
                    "Learning from teaching",
                    "Presenting",
                    "Presentation",
                    "Presenter",
                    "Faculty",
                    "Speaker",
                    "Speaking",
                    "Precepting",
                    "Preceptor",
                    "Preceptorship",
                    "Lecturing",
                ),
            ),
            Format(
                "self-study",
                "Self-study",
                "Reading, listening and looking up by oneself, without a certified activity.",
                True,
                (
                    "Reading",
                    "Self-directed",
                    "Self-directed learning",
                    "Self-learning",
                    "Self study",
                    "Literature",
                ),
            ),
            Format(
                "other",
                "Other activity",
                "Anything the named formats do not cover, with a short description of the method.",
                True,
                ("Other", "Blended", "Blended learning", "Other activity"),
            ),
        )
    }
)
"""The controlled list, by code."""

_LADDER = (5 * TICKS, 10 * TICKS, 20 * TICKS)

AWARDS: Mapping[tuple[str, str], Award] = MappingProxyType(
    {
        ("AMA_PRA_1", "live"): Award(
            counting="time", minutes_per_credit=60, source=AMA_2010, confidence="high"
        ),
        ("AMA_PRA_1", "enduring"): Award(
            counting="time",
            minutes_per_credit=60,
            needs_assessment=True,
            source=AMA_ASSESSMENT,
            confidence="medium",
        ),
        ("AMA_PRA_1", "journal"): Award(
            counting="each", values=(TICKS,), needs_assessment=True, source=AMA_ASSESSMENT, confidence="high"
        ),
        ("AMA_PRA_1", "test-item-writing"): Award(
            counting="once", values=(10 * TICKS,), source=AMA_QUALIFYING, confidence="medium"
        ),
        ("AMA_PRA_1", "manuscript-review"): Award(
            counting="each", values=(3 * TICKS,), source=AMA_MANUSCRIPT, confidence="high"
        ),
        ("AMA_PRA_1", "pi"): Award(counting="stages", values=_LADDER, source=AMA_PI, confidence="high"),
        ("AMA_PRA_1", "point-of-care"): Award(
            counting="each", values=(HALF,), source=AMA_QUALIFYING, confidence="medium"
        ),
        ("AMA_PRA_1", "teaching"): Award(
            counting="time", minutes_per_credit=30, source=AMA_TEACHING, confidence="high"
        ),
        ("AMA_PRA_1", "other"): Award(
            counting="time", minutes_per_credit=60, source=OTHER_DEFINED, confidence="medium"
        ),
        # AMA PRA Category 2 is the physician's own log, hour for hour, whatever the format.
        **{
            ("AMA_PRA_2", code): Award(
                counting="time", minutes_per_credit=60, source=AMA_2006, confidence="high"
            )
            for code in ("live", "enduring", "journal", "point-of-care", "teaching", "self-study", "other")
        },
        ("AOA_1B", "committee"): Award(
            counting="time", minutes_per_credit=60, source=AOA_GUIDE, confidence="medium"
        ),
        ("AAFP_PRESCRIBED", "journal"): Award(
            counting="each", values=(TICKS,), source=AAFP_TERMS, confidence="high"
        ),
        ("AAFP_PRESCRIBED", "pi"): Award(
            counting="stages", values=_LADDER, source=AAFP_TERMS, confidence="high"
        ),
    }
)
"""What a credit type gives for a format where it has a rule of its own."""

NEVER: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("AMA_PRA_1", "committee"): (
            "Committee service earns no AMA PRA Category 1 Credit; "
            "certified committee learning is a live activity."
        ),
        ("AMA_PRA_1", "self-study"): (
            "Self-study earns no AMA PRA Category 1 Credit; a physician may log it as Category 2."
        ),
    }
)
"""Formats a credit type never rewards, each with its sentence (AOE Consulting: what does not qualify)."""


def _synonym_table() -> Mapping[tuple[str, ...], Format]:
    table: dict[tuple[str, ...], Format] = {}
    for kind in FORMATS.values():
        for name in (kind.code, kind.name, *kind.synonyms):
            if table.setdefault(normal_form(name), kind) is not kind:
                raise ValueError(f"{name!r} names two formats")
    return table


_BY_NAME = _synonym_table()


def find_format(text: str) -> Format | None:
    """The format a code, name or synonym stands for, however it is spelled and spaced; else ``None``."""
    return FORMATS.get(text) or _BY_NAME.get(normal_form(text[:200]))


def award_for(code: str, format_code: str) -> Award | None:
    """The rule of the credit type ``code`` for a format, or ``None`` where it has none of its own."""
    return AWARDS.get((code, format_code))
