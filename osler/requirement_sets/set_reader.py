"""A whole requirement set in YAML: its head, its cycle, its references, its versions and equivalences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from osler.core.rules.condition import parse_condition
from osler.core.rules.requirement import (
    CycleRule,
    Equivalence,
    Reference,
    Requirement,
    RequirementSet,
    Version,
)
from osler.requirement_sets.accept_reader import ACCEPT_KEYS
from osler.requirement_sets.links import check_links
from osler.requirement_sets.nodes import Node, Scalar
from osler.requirement_sets.reading import Reading
from osler.requirement_sets.requirement_reader import UNITS, Inherited, RequirementReader
from osler.requirement_sets.vocabulary import Vocabulary, load_vocabulary, read_document

KINDS = ("licence", "certificate", "registration", "example")
ANCHORS = ("expiry", "birthday", "birth-month", "fixed", "calendar", "issue", "rolling")
STATES = ("verified", "unverified")
REQUIRED = ("requirement_set", "name", "authority", "country", "kind", "status", "unit", "cycle", "versions")
KEYS = (
    *(
        *REQUIRED,
        "region",
        "professions",
        "degrees",
        "checked",
        "note",
        "not_modelled",
        "references",
        "accepts",
    ),
)
_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})\Z")
_COUNTRY = re.compile(r"[A-Z]{2}\Z")
_WEB = re.compile(r"https?://[^\s]+\Z")


def read_set(text: str | bytes, file: str, vocabulary: Vocabulary | None = None) -> RequirementSet:
    """The set that a YAML text states; ``TextFaults`` holds everything wrong with it."""
    return _SetReader(Reading(read_document(text, file), file), vocabulary or load_vocabulary()).read()


class _SetReader:
    def __init__(self, reading: Reading, vocabulary: Vocabulary) -> None:
        self.reading, self.vocabulary = reading, vocabulary

    def read(self) -> RequirementSet:
        reading = self.reading
        fields = reading.fields(reading.root, "a requirement set", KEYS, required=REQUIRED)
        checked = reading.day(fields["checked"]) if "checked" in fields else None
        references = self._references(fields.get("references"), checked)
        unit = reading.word(fields["unit"], "unit", UNITS) or "hour" if "unit" in fields else "hour"
        versions = self._versions(fields, frozenset(each.id for each in references), unit)
        cycle = self._cycle(fields["cycle"]) if "cycle" in fields else None
        state = reading.word(fields["status"], "status", STATES) if "status" in fields else None
        found = RequirementSet(
            id=reading.slug(fields["requirement_set"], "an id") or "" if "requirement_set" in fields else "",
            name=self._text(fields, "name"),
            authority=self._text(fields, "authority"),
            country=self._country(fields.get("country")),
            kind=reading.word(fields["kind"], "kind", KINDS) or "" if "kind" in fields else "",
            cycle=cycle or CycleRule("expiry", 12, 12),
            versions=versions,
            references=references,
            professions=self._professions(fields.get("professions")),
            degrees=self._texts(fields.get("degrees"), "degrees"),
            region=self._text(fields, "region"),
            checked=checked,
            is_verified=state == "verified",
            not_modelled=self._texts(fields.get("not_modelled"), "sentences"),
            note=self._text(fields, "note"),
        )
        reading.finish()
        return found

    def _text(self, fields: Mapping[str, Node], key: str) -> str:
        return (self.reading.text(fields[key]) or "") if key in fields else ""

    def _texts(self, node: Node | None, what: str) -> tuple[str, ...]:
        if node is None:
            return ()
        found = (self.reading.text(item) for item in self.reading.items(node, what))
        return tuple(text for text in found if text is not None)

    def _country(self, node: Node | None) -> str:
        text = self.reading.text(node) if node is not None else None
        if node is not None and text is not None and not _COUNTRY.match(text):
            self.reading.fault(node, "expected a country's two capital letters, such as US")
        return text or ""

    def _professions(self, node: Node | None) -> tuple[str, ...]:
        if node is None:
            return ()
        known = self.vocabulary.professions
        found = (
            self.reading.word(item, "profession", known) for item in self.reading.items(node, "professions")
        )
        return tuple(word for word in found if word is not None)

    # -- references ------------------------------------------------------------------------------------------

    def _references(self, node: Node | None, set_checked: date | None) -> tuple[Reference, ...]:
        if node is None:
            return ()
        found = []
        for key, value in self.reading.entries(node, "references by id"):
            if self.reading.slug(key, "the id of a reference") is None:
                continue
            fields = self.reading.fields(
                value, "a reference", ("title", "url", "as_of", "checked"), required=("title", "as_of")
            )
            checked = self.reading.day(fields["checked"]) if "checked" in fields else None
            if checked is not None and (set_checked is None or checked > set_checked):
                # The set's own day is the last on which anyone compared it with a source.
                self.reading.fault(fields["checked"], f"checked on {checked}, later than the set says it was")
            found.append(
                Reference(
                    id=key.text,
                    title=self._text(fields, "title"),
                    url=self._url(fields.get("url")),
                    as_of=self._text(fields, "as_of") or None,
                    checked=checked,
                )
            )
        return tuple(found)

    def _url(self, node: Node | None) -> str | None:
        text = self.reading.text(node, "an address") if node is not None else None
        if node is not None and text is not None and not _WEB.match(text):
            self.reading.fault(node, "expected an address that begins with http:// or https://")
        return text

    # -- cycle -----------------------------------------------------------------------------------------------

    def _cycle(self, node: Node) -> CycleRule | None:
        reading = self.reading
        known = ("anchor", "months", "renews_every", "on", "year")
        fields = reading.fields(node, "a cycle", known, required=("anchor", "months"))
        if "anchor" not in fields or "months" not in fields:
            return None
        anchor = reading.word(fields["anchor"], "anchor", ANCHORS)
        months = reading.whole(fields["months"], 1, 240) or 12
        every = reading.whole(fields["renews_every"], 1, 240) if "renews_every" in fields else None
        if anchor == "fixed" and "on" not in fields:
            reading.fault(node, "the anchor fixed needs on: 07-31")
        for key in ("on", "year"):
            if anchor is not None and anchor != "fixed" and key in fields:
                reading.fault(fields[key], f"{key} belongs to the anchor fixed")
        month, day = self._month_day(fields.get("on"))
        year = reading.whole(fields["year"], 1900, 2200) if "year" in fields else None
        return CycleRule(anchor or "expiry", months, every or months, month, day, year)

    def _month_day(self, node: Node | None) -> tuple[int, int]:
        if node is None:
            return 12, 31
        match = _MONTH_DAY.match(node.text) if isinstance(node, Scalar) else None
        try:
            if match is not None:
                day = date(2024, int(match[1]), int(match[2]))
                return day.month, day.day
        except ValueError:
            pass
        self.reading.fault(node, "expected a month and day such as 07-31")
        return 12, 31

    # -- versions --------------------------------------------------------------------------------------------

    def _versions(
        self, fields: Mapping[str, Node], references: frozenset[str], unit: str
    ) -> tuple[Version, ...]:
        reading = self.reading
        if "versions" not in fields:
            return ()
        accepts = reading.fields(fields["accepts"], "accepts", ACCEPT_KEYS) if "accepts" in fields else {}
        versions = []
        for node in reading.items(fields["versions"], "versions"):
            words = RequirementReader(reading, self.vocabulary, references, unit)
            version = self._version(node, words, Inherited(accepts))
            if version is not None:
                versions.append(version)
        days = [version.effective for version in versions]
        if not days and not reading.has_faults:
            reading.fault(fields["versions"], "expected at least one version")
        if any(later <= sooner for sooner, later in pairwise(days)):
            reading.fault(fields["versions"], "expected versions from the oldest to the newest")
        return tuple(versions)

    def _version(self, node: Node, words: RequirementReader, above: Inherited) -> Version | None:
        reading = self.reading
        known = ("effective", "requirements", "equivalences")
        fields = reading.fields(node, "a version", known, required=("effective", "requirements"))
        if "effective" not in fields or "requirements" not in fields:
            return None
        requirements: list[Requirement] = []
        for place in reading.items(fields["requirements"], "requirements"):
            requirement = words.requirement(place, above)
            if requirement is not None:
                requirements.append(requirement)
        if not requirements:
            reading.fault(fields["requirements"], "expected at least one requirement")
        equivalences = self._equivalences(fields.get("equivalences"), words)
        check_links(reading, requirements, equivalences, words.places)
        return Version(reading.day(fields["effective"]) or date.min, tuple(requirements), equivalences)

    def _equivalences(self, node: Node | None, words: RequirementReader) -> tuple[Equivalence, ...]:
        if node is None:
            return ()
        reading = self.reading
        known = ("id", "title", "when", "satisfies", "except", "references")
        found = []
        for item in reading.items(node, "equivalences"):
            fields = reading.fields(item, "an equivalence", known, required=known[:4])
            if not all(key in fields for key in known[:4]):
                continue
            satisfies = fields["satisfies"]
            covers_all = isinstance(satisfies, Scalar) and satisfies.text == "all"
            found.append(
                Equivalence(
                    id=reading.slug(fields["id"], "an id") or "",
                    title=self._text(fields, "title"),
                    when=words.condition(fields["when"]) or parse_condition("as-of"),
                    covers=frozenset() if covers_all else self._covered(satisfies),
                    excepted=frozenset(self._texts(fields.get("except"), "ids")),
                    references=words.references_of(fields),
                )
            )
        return tuple(found)

    def _covered(self, node: Node) -> frozenset[str]:
        covered = frozenset(self._texts(node, "ids"))
        if not covered:
            self.reading.fault(node, "expected all, or a list of ids")
        return covered
