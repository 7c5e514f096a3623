"""One credit record of a portfolio or a worked case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from osler.core.credit.amount import amount_text
from osler.core.credit.formats import FORMATS, find_format
from osler.core.credit.types import CREDIT_TYPES, find_credit_type, round_credit, suggest_credit_types
from osler.core.rules.record import CreditRecord
from osler.requirement_sets.fault import shown
from osler.requirement_sets.nodes import Node, Scalar, Table
from osler.requirement_sets.person_reader import check_day
from osler.requirement_sets.reading import Reading, slug_of
from osler.requirement_sets.vocabulary import Vocabulary

KEYS = ("id", "title", "provider", "completed", "format", "credits", "topics", "tags", "url", "note")
REQUIRED = ("id", "completed", "credits")


class RecordReader:
    """Reads credit records; names of credit types and formats may be synonyms."""

    def __init__(self, reading: Reading, vocabulary: Vocabulary, as_of: date | None) -> None:
        self.reading, self.vocabulary, self.as_of = reading, vocabulary, as_of
        self.topics = {**vocabulary.topics, **vocabulary.specialties}
        self._types: dict[str, str | None] = {}
        self._formats: dict[str, str | None] = {}
        self._suggested = 0

    def record(
        self, node: Node, *, default_id: str = "", more_keys: tuple[str, ...] = ()
    ) -> CreditRecord | None:
        """A record; ``default_id`` stands in where the text may leave the id out."""
        reading = self.reading
        required = REQUIRED[1:] if default_id else REQUIRED
        fields = reading.fields(node, "a credit record", (*KEYS, *more_keys), required=required)
        amounts, largest = self._credits(fields["credits"]) if "credits" in fields else ((), None)
        topics = self._topics(fields["topics"], largest) if "topics" in fields else ()
        taken = max((ticks for _, ticks in amounts), default=0)
        for key in ("url", "note"):
            if key in fields:
                reading.text(fields[key])
        record_id = reading.text(fields["id"], "an id", 200) if "id" in fields else default_id
        completed = self._completed(fields.get("completed"))
        format_code = self._format(fields["format"]) if "format" in fields else "other"
        title = reading.text(fields["title"]) if "title" in fields else ""
        provider = reading.text(fields["provider"]) if "provider" in fields else ""
        tags = self._tags(fields["tags"]) if "tags" in fields else frozenset[str]()
        if not record_id or completed is None:
            return None
        return CreditRecord(
            id=record_id,
            completed=completed,
            credits=amounts,
            title=title or "",
            provider=provider or "",
            format=format_code or "other",
            topics=tuple((topic, min(ticks, taken)) for topic, ticks in topics),
            tags=tags,
        )

    def _completed(self, node: Node | None) -> date | None:
        return check_day(self.reading, node, self.reading.day(node), self.as_of) if node is not None else None

    # -- credit ----------------------------------------------------------------------------------------------

    def _credits(self, node: Node) -> tuple[tuple[tuple[str, int], ...], int | None]:
        """The amounts by credit type as rounded, and the largest of them as stated.

        ``None`` where an amount could not be read: what it may have been bounds no topic share.
        """
        found: dict[str, int] = {}
        largest, has_entries, is_sound = 0, False, True
        for key, value in self.reading.entries(node, "credit types with amounts, such as {AMA_PRA_1: 10}"):
            has_entries = True
            code, ticks = self._type(key), self.reading.amount(value)
            largest, is_sound = max(largest, ticks or 0), is_sound and ticks is not None
            if code is None or ticks is None:
                continue
            if code in found:
                self.reading.fault(key, f"{shown(key.text)} is {code}, which this record states already")
            found[code] = self._rounded(value, code, ticks)
        if isinstance(node, Table) and not has_entries:
            self.reading.fault(node, "expected at least one credit type with an amount")
        return tuple(found.items()), largest if has_entries and is_sound else None

    def _type(self, key: Scalar) -> str | None:
        text = key.text
        if text not in self._types:
            # Reading a name takes a while, and no transcript has hundreds of spellings.
            kind = find_credit_type(text) if len(self._types) < 500 else CREDIT_TYPES.get(text)
            self._types[text] = kind.code if kind else None
        code = self._types[text]
        if code is None:
            self.reading.fault(key, f"unknown credit type {shown(text)}.{self._suggestion(text)}")
        return code

    def _suggestion(self, text: str) -> str:
        # The search over spellings is slow, and past a few it no longer helps anybody.
        self._suggested += 1
        codes = suggest_credit_types(text[:100]) if self._suggested <= 10 else ()
        return f" Did you mean {' or '.join(codes)}?" if codes else ""

    def _rounded(self, node: Node, code: str, ticks: int) -> int:
        rounded = round_credit(code, ticks)
        if rounded != ticks:
            stated, taken = amount_text(ticks), amount_text(rounded)
            self.reading.warn(
                node, f"{stated} {code} is taken as {taken}: {CREDIT_TYPES[code].name} has steps"
            )
        return rounded

    # -- topics, format, tags --------------------------------------------------------------------------------

    def _topics(self, node: Node, largest: int | None) -> tuple[tuple[str, int], ...]:
        found: dict[str, int] = {}
        for key, value in self.reading.entries(node, "topics with hours, such as {pain-management: 2}"):
            ticks = self.reading.amount(value)
            topic = self._known(key, key.text, "topic", self.topics)
            if ticks is None:
                continue
            if largest is not None and ticks > largest:
                share, whole = amount_text(ticks), amount_text(largest)
                self.reading.fault(
                    value, f"{share} on {shown(key.text)} is more than the record's own {whole}"
                )
            if topic in found:
                self.reading.fault(key, f"{shown(key.text)} is {topic}, which this record states already")
            found[topic] = ticks
        return tuple(found.items())

    def _known(self, node: Node, text: str, what: str, known: Mapping[str, str]) -> str:
        if text in known:
            return text
        slug = slug_of(text[:200])
        if slug in known:
            return slug
        self.reading.unknown(node, text, what, known, is_fault=False)
        return slug or text

    def _tags(self, node: Node) -> frozenset[str]:
        found = ((item, self.reading.text(item, "a tag", 100)) for item in self.reading.items(node, "tags"))
        known = self.vocabulary.tags
        return frozenset(self._known(item, text, "tag", known) for item, text in found if text is not None)

    def _format(self, node: Node) -> str | None:
        scalar = self.reading.scalar(node, "a format such as live")
        if scalar is None:
            return None
        if scalar.text not in self._formats:
            kind = find_format(scalar.text)
            self._formats[scalar.text] = kind.code if kind else None
        code = self._formats[scalar.text]
        if code is None:
            closest = (
                self.reading.suggestions.closest(scalar.text, FORMATS) or f" Known: {', '.join(FORMATS)}."
            )
            self.reading.fault(node, f"unknown format {shown(scalar.text)}.{closest}")
        return code
