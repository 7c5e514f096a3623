"""From a file's words to slugs: topics, tags, sponsors."""

from __future__ import annotations

from functools import cache

from rapidfuzz import fuzz, process

from osler.adapters.transcripts.layouts.layout import heading
from osler.requirement_sets.vocabulary import load_vocabulary

CLOSE_ENOUGH = 92

SPONSORS = {
    "aapa": "AAPA_CAT1",
    "american academy of physician associates": "AAPA_CAT1",
    "american academy of physician assistants": "AAPA_CAT1",
    "ama": "AMA_PRA_1",
    "accme": "AMA_PRA_1",
    "american medical association": "AMA_PRA_1",
    "accreditation council for continuing medical education": "AMA_PRA_1",
    "aafp": "AAFP_PRESCRIBED",
    "american academy of family physicians": "AAFP_PRESCRIBED",
    "aoa": "AOA_1A",
    "aoacce": "AOA_1A",
    "american osteopathic association": "AOA_1A",
    "rcpsc": "RCPSC_MOC_S1",
    "cfpc": "MAINPRO_CERT",
    "eaccme": "EACCME_ECMEC",
    "uems": "EACCME_ECMEC",
}
"""Whose Category I an NCCPA sponsor stands for (NCCPA, Category I types)."""


def sponsor_type(text: str) -> str | None:
    """The credit type a sponsor accredits, or ``None``."""
    return SPONSORS.get(heading(text))


@cache
def _topics() -> dict[str, str]:
    vocabulary = load_vocabulary()
    found: dict[str, str] = {}
    for words in (vocabulary.specialties, vocabulary.topics):
        for slug, name in words.items():
            found[heading(slug)] = slug
            found[heading(name)] = slug
    return found


@cache
def _tags() -> dict[str, str]:
    return {heading(slug): slug for slug in load_vocabulary().tags}


def topic_of(text: str) -> str | None:
    """The topic or specialty a text names by slug or name, exactly or but for a slip; else ``None``."""
    name = heading(text)
    if not name:
        return None
    topics = _topics()
    if name in topics:
        return topics[name]
    close = process.extractOne(name, topics.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
    return None if close is None else topics[close[0]]


def tag_of(text: str) -> str | None:
    """The tag a text names, or ``None``."""
    return _tags().get(heading(text))
