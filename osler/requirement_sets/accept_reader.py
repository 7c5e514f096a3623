"""What counts, in YAML: accepts, rates, caps, carry-over, and amounts that may be shares of others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

from osler.core.credit.formats import FORMATS
from osler.core.credit.types import CREDIT_TYPES, GROUPS, credit_group
from osler.core.rules.requirement import Accept, Cap, CarryOver, Match, Percent, Quantity, Rate
from osler.requirement_sets.fault import shown
from osler.requirement_sets.nodes import Node, Scalar
from osler.requirement_sets.reading import Reading
from osler.requirement_sets.vocabulary import Vocabulary

OWN_SPECIALTY = "own-specialty"
MATCH_KEYS = ("credits", "formats", "not_formats", "topics", "tags", "not_tags")
ACCEPT_KEYS = (
    *("credits", "formats", "not_formats", "tags", "not_tags", "completed_from", "completed_until"),
    *("since_issue", "no_repeats", "at_least_each"),
)
PERIODS = ("window", "day", "calendar-year", "cycle-year", "record", "title")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)\s*%(?:\s+of(?:\s+(earned))?(?:\s+([a-z0-9-]+))?)?\Z")
_CODES = (*CREDIT_TYPES, *GROUPS, "any")


class AcceptReader:
    """Reads the parts of a requirement that say what counts."""

    def __init__(self, reading: Reading, vocabulary: Vocabulary) -> None:
        self.reading, self.vocabulary = reading, vocabulary
        self.topics = {**vocabulary.topics, **vocabulary.specialties}

    def accept(self, fields: Mapping[str, Node], accepts: Mapping[str, Node], rates: Node | None) -> Accept:
        """``fields`` are the requirement's own, ``accepts`` the merged keys of everything it inherits."""
        reading = self.reading
        topics = self._slugs(fields.get("topics"), "topic", (*self.topics, OWN_SPECIALTY))
        match = self.match({**{key: accepts[key] for key in MATCH_KEYS if key in accepts}})
        each = accepts.get("at_least_each")
        return Accept(
            match=Match(
                credits=match.credits,
                formats=match.formats,
                not_formats=match.not_formats,
                topics=topics - {OWN_SPECIALTY},
                tags=match.tags,
                not_tags=match.not_tags,
            ),
            own_specialties=OWN_SPECIALTY in topics,
            not_hours_on=self._slugs(fields.get("not_hours_on"), "topic", self.topics),
            rates=tuple(self._rate(node) for node in reading.items(rates, "rates")) if rates else (),
            completed_from=reading.day(accepts["completed_from"]) if "completed_from" in accepts else None,
            completed_until=reading.day(accepts["completed_until"]) if "completed_until" in accepts else None,
            no_repeats="no_repeats" in accepts and reading.flag(accepts["no_repeats"]) is True,
            at_least_each=(reading.amount(each) or 0) if each is not None else 0,
            since_issue="since_issue" in accepts and reading.flag(accepts["since_issue"]) is True,
        )

    def match(self, fields: Mapping[str, Node]) -> Match:
        return Match(
            credits=self._credits(fields.get("credits")),
            formats=self._slugs(fields.get("formats"), "format", FORMATS),
            not_formats=self._slugs(fields.get("not_formats"), "format", FORMATS),
            topics=self._slugs(fields.get("topics"), "topic", self.topics),
            tags=self._slugs(fields.get("tags"), "tag", self.vocabulary.tags),
            not_tags=self._slugs(fields.get("not_tags"), "tag", self.vocabulary.tags),
        )

    def _slugs(
        self, node: Node | None, what: str, known: Mapping[str, object] | tuple[str, ...]
    ) -> frozenset[str]:
        if node is None:
            return frozenset()
        found = (self.reading.word(item, what, tuple(known)) for item in self.reading.items(node, f"{what}s"))
        return frozenset(word for word in found if word is not None)

    def _credits(self, node: Node | None) -> frozenset[str]:
        if node is None or (isinstance(node, Scalar) and node.text == "any"):
            return frozenset()
        codes: set[str] = set()
        for item in self.reading.items(node, "credit types"):
            code = self.reading.word(item, "credit type", _CODES)
            if code == "any":
                return frozenset()
            if code is not None:
                codes |= {code} if code in CREDIT_TYPES else credit_group(code)
        if not codes and not self.reading.has_faults:
            self.reading.fault(node, "expected at least one credit type, or the word any")
        return frozenset(codes)

    # -- rates, caps, carry-over -----------------------------------------------------------------------------

    def _rate(self, node: Node) -> Rate:
        reading = self.reading
        known = (*MATCH_KEYS, "times", "first", "each", "steps", "least")
        fields = reading.fields(node, "a rate", known)
        asked = [key for key in ("times", "each", "steps") if key in fields]
        if fields and len(asked) != 1 and not (not asked and "least" in fields):
            reading.fault(node, "a rate states exactly one of times, each or steps")
        times = reading.times(fields["times"]) if "times" in fields else None
        if "first" in fields and (times is None or times <= 1):
            # What a limit bounds is the addition: below one there is none, and the rest would count more.
            reading.fault(fields["first"], "first belongs to times above 1")
        return Rate(
            match=self.match(fields),
            times=Fraction(1) if times is None else times,
            first=reading.amount(fields["first"]) if "first" in fields else None,
            each=reading.amount(fields["each"]) if "each" in fields else None,
            steps=self._steps(fields.get("steps")),
            least="least" in fields and reading.flag(fields["least"]) is True,
        )

    def _steps(self, node: Node | None) -> tuple[tuple[int, int], ...]:
        if node is None:
            return ()
        pairs = [
            (self.reading.amount(key), self.reading.amount(value))
            for key, value in self.reading.entries(node, "steps such as {1: 1, 3: 2}")
        ]
        steps = sorted(
            (reached, worth) for reached, worth in pairs if reached is not None and worth is not None
        )
        if any(later[1] <= sooner[1] for sooner, later in pairwise(steps)):
            self.reading.fault(node, "expected steps whose amounts rise")
        return tuple(steps)

    def caps(self, node: Node | None) -> tuple[Cap, ...]:
        if node is None:
            return ()
        caps = [cap for cap in map(self._cap, self.reading.items(node, "caps")) if cap is not None]
        if len({cap.id for cap in caps}) < len(caps):
            self.reading.fault(node, "two caps have the same id")
        return tuple(caps)

    def _cap(self, node: Node) -> Cap | None:
        reading = self.reading
        known = ("id", *MATCH_KEYS, "at_most", "per", "says")
        fields = reading.fields(node, "a cap", known, required=("id", "at_most"))
        if "id" not in fields or "at_most" not in fields:
            return None
        at_most = self.quantity(fields["at_most"])
        return Cap(
            id=reading.slug(fields["id"], "an id") or "",
            match=self.match(fields),
            at_most=0 if at_most is None else at_most,
            per=(reading.word(fields["per"], "period", PERIODS) or "") if "per" in fields else "window",
            says=(reading.text(fields["says"]) or "") if "says" in fields else "",
        )

    def carry_over(self, node: Node | None) -> CarryOver | None:
        if node is None:
            return None
        keys = ("at_most", "not_hours_on", *MATCH_KEYS)
        fields = self.reading.fields(node, "carry-over", keys, required=("at_most",))
        if "at_most" not in fields:
            return None
        return CarryOver(
            at_most=self.reading.amount(fields["at_most"]) or 0,
            match=self.match(fields),
            not_hours_on=self._slugs(fields.get("not_hours_on"), "topic", self.topics),
        )

    def quantity(self, node: Node, *, names_another: bool = False) -> Quantity | None:
        """An amount, or a share; ``names_another`` where the share must say of which requirement."""
        scalar = self.reading.scalar(node, "an amount such as 50, or a share such as 40% of total")
        if scalar is None:
            return None
        if "%" not in scalar.text:
            return self.reading.amount(node)
        match = _SHARE.match(" ".join(scalar.text.split()))
        if match is None or Fraction(match[1]) > 100:
            self.reading.fault(
                node,
                f"expected a share such as 40% of total or 40% of earned total, found {shown(scalar.text)}",
            )
            return None
        if names_another and not match[3]:
            self.reading.fault(node, "a share here says of what, such as 40% of total")
            return None
        return Percent(Fraction(match[1]) / 100, match[3] or "", "earned" if match[2] else "required")
