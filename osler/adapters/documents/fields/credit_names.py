"""Where a text names a credit type, by the published names and synonyms and by what certificates write
around.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from osler.adapters.documents.fields.choice import flat, folded
from osler.core.credit.types import CREDIT_TYPES, find_credit_type
from osler.core.credit.types.reading import normal_form

MOST_WORDS = 9
MOST_LETTERS = 90
_TOKEN = re.compile(r"[^\s\t,;]+")
# Names that are everyday words as well; they name a credit type only with an acronym of its authority beside
# them.
_COMMON = frozenset(
    {
        "prescribed",
        "elective",
        "category",
        "nursing",
        "pharmacy",
        "education",
        "educational",
        "reviewing",
        "measuring",
        "punkte",
        "punkt",
        "class",
        "informal",
        "board",
        "contact",
        "credit",
        "hour",
        "point",
        "unit",
        "self",
        "continuing",
        "recording",
        "cope",
        "pace",
        "boc",
        "lok",
        "abs",
        "abo",
        "aba",
        "abr",
        "abp",
        "agd",
        "cdr",
        "cde",
        "cfc",
        "autoformazione",
        "ecm",
    }
)
_UNITS = ("credit", "hour", "point", "unit", "tm")
_TRAILING = frozenset({"the", "of", "s", "contact", "for", "in"})

_PROGRAMMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ABIM_MOC_POINT", re.compile(r"\babim\b|american board of internal medicine")),
    ("ABP_MOC_PART2_POINT", re.compile(r"\babp\b|american board of pediatrics")),
    (
        "",
        re.compile(
            r"\b(?:aba|abs|abpath|abohns|abos|abts|abpmr|abfm|abpn|abr|abo)\b|"
            r"american board of (?!internal|ped)"
        ),
    ),
)
_HOURS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("CA_BRN", re.compile(r"board of registered nursing|\bbrn\b")),
    ("ANCC", re.compile(r"\bancc\b|\bncpd\b|american nurses credentialing|\bnurs(?:e|es|ing)\b")),
    ("ACPE", re.compile(r"\bacpe\b|\bpharmac\w+\b|accreditation council for pharmacy")),
    ("AANP", re.compile(r"\baanp\b")),
    ("AARC_CRCE", re.compile(r"\bcrce\b|respiratory care")),
)
_POINTS = re.compile(
    r"\b(?:medical knowledge |lifelong learning |part (?:2|ii) |practice assessment |patient safety )*"
    r"(?:moc|maintenance of certification|mc)\)?(?: \w+){0,3}? points?\b"
)
_FORTBILDUNG = re.compile(r"\b(?:fortbildungs|cme-)punkte?n?\b")
_CONTACT_HOURS = re.compile(r"\bcontact\s+hours?(?:\(s\))?")


@dataclass(frozen=True, slots=True)
class Named:
    """A credit type named in a text. An empty ``code``: hours, credits or points that say not whose."""

    start: int
    end: int
    code: str


def names_in(text: str) -> list[Named]:
    """The credit types a text names, in order, none inside another."""
    found = _by_list(text)
    small = flat(text)
    for match in _POINTS.finditer(small):
        _put(found, Named(match.start(), match.end(), _programme(small, match, _PROGRAMMES)))
    for match in _CONTACT_HOURS.finditer(small):
        _put(found, Named(match.start(), match.end(), _programme(small, match, _HOURS)))
    for match in _FORTBILDUNG.finditer(small):
        _put(found, Named(match.start(), match.end(), "DE_FORTBILDUNGSPUNKT"))
    return sorted(found, key=lambda one: one.start)


def _put(found: list[Named], new: Named) -> None:
    if not any(one.start < new.end and new.start < one.end for one in found):
        found.append(new)


def _programme(text: str, match: re.Match[str], rules: tuple[tuple[str, re.Pattern[str]], ...]) -> str:
    """The one authority named around the words; two of them leave it open."""
    around = text[max(0, match.start() - 160) : match.end() + 160]
    named = [code for code, pattern in rules if pattern.search(around)]
    if named[:1] == ["CA_BRN"]:
        near = text[max(0, match.start() - 160) : match.end() + 160]
        return "CA_BRN" if not re.search(r"\bancc\b|\bncpd\b", near) else ""
    return named[0] if len(named) == 1 else ""


def _by_list(text: str) -> list[Named]:
    tokens = list(_TOKEN.finditer(text))
    found: list[Named] = []
    at = 0
    while at < len(tokens):
        named = _longest(text, tokens, at)
        if named is None:
            at += 1
            continue
        found.append(named)
        while at < len(tokens) and tokens[at].start() < named.end:
            at += 1
    return found


def _longest(text: str, tokens: list[re.Match[str]], at: int) -> Named | None:
    begin = tokens[at].start()
    opening = _opening(text[begin : tokens[at].end()])
    if not opening:
        return None
    best: Named | None = None
    for last in range(at, min(at + MOST_WORDS, len(tokens))):
        end = tokens[last].end()
        between = text[tokens[last - 1].end() : tokens[last].start()] if last > at else ""
        if end - begin > MOST_LETTERS or "\t" in between or between.count("\n") > 1 or "," in between:
            break
        is_closed = best is not None and folded(text[begin : best.end].rstrip("™®)s( ")).endswith(_UNITS)
        if "\n" in between and is_closed:
            break
        words = normal_form(tokens[last].group())
        if words and words[-1] in _TRAILING and words[-1] != "s" and last > at:
            continue
        code = _named(text[begin:end])
        if code and (best is None or code != best.code or words[:1] in (("credit",), ("hour",), ("point",))):
            best = Named(begin, _trimmed(text, begin, end), code)
    return best


def _opening(word: str) -> bool:
    words = normal_form(word)
    return bool(words) and words[0] in _first_words()


def _named(text: str) -> str:
    text = text.replace("|", "1")
    kind = find_credit_type(text.strip(" .,:;"))
    if kind is None:
        return ""
    words = normal_form(text)
    if len(words) == 1 and words[0] in _COMMON:
        return ""
    # "Category 1" names the AMA's only with one of its own words beside it.
    if (
        all(word in _COMMON or word in _TRAILING or word.isdigit() for word in words)
        and words[0] != "prescribed"
    ):
        return kind.code if kind.code in ("DE_FORTBILDUNGSPUNKT",) else ""
    return kind.code


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " .,:;":
        end -= 1
    return end


@cache
def _first_words() -> frozenset[str]:
    names = (name for kind in CREDIT_TYPES.values() for name in (kind.code, kind.name, *kind.synonyms))
    return frozenset(words[0] for name in names if (words := normal_form(name)))
