"""The person and the credentials of a portfolio or a worked case."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from osler.core.rules.condition import read_value
from osler.core.rules.record import Clinician, Credential, FactValue
from osler.requirement_sets.fault import shown
from osler.requirement_sets.nodes import Node, Scalar, Sequence
from osler.requirement_sets.reading import Reading, slug_of
from osler.requirement_sets.vocabulary import AskedFact, Vocabulary

CLINICIAN_KEYS = ("profession", "degree", "birth_date", "specialties", "facts", "name")
CREDENTIAL_KEYS = ("requirement_set", "number", "issued", "expires", "facts", "note")
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?\Z")
_PLAIN = re.compile(r"(?:true|false|\d{4}-\d{2}-\d{2})\Z")
_HUNDRED_YEARS = 36525


def check_day(reading: Reading, node: Node, day: date | None, as_of: date | None) -> date | None:
    """``day``, with a fault where it lies more than a hundred years from ``as_of``."""
    if day is not None and as_of is not None and abs((day - as_of).days) > _HUNDRED_YEARS:
        reading.fault(node, f"{day} lies more than a hundred years from {as_of}")
        return None
    return day


class PersonReader:
    """Reads a clinician and credentials; ``known_sets`` are the ids a credential may name."""

    def __init__(
        self, reading: Reading, vocabulary: Vocabulary, known_sets: Collection[str], as_of: date | None
    ) -> None:
        self.reading, self.vocabulary = reading, vocabulary
        self.known_sets, self.as_of = known_sets, as_of

    def clinician(self, node: Node) -> Clinician:
        reading = self.reading
        fields = reading.fields(node, "clinician", CLINICIAN_KEYS)
        birth = reading.day(fields["birth_date"]) if "birth_date" in fields else None
        if birth is not None and self.as_of is not None and birth > self.as_of:
            reading.fault(fields["birth_date"], f"{birth} is later than {self.as_of}")
        if "name" in fields:
            reading.text(fields["name"])
        return Clinician(
            profession=self._profession(fields.get("profession")),
            degree=reading.text(fields["degree"], most=40) if "degree" in fields else None,
            birth_date=birth,
            specialties=self._specialties(fields.get("specialties")),
            facts=self.facts(fields.get("facts")),
        )

    def _profession(self, node: Node | None) -> str | None:
        return self._known(node, "profession", self.vocabulary.professions) if node is not None else None

    def _specialties(self, node: Node | None) -> tuple[str, ...] | None:
        if node is None:
            return None
        items = self.reading.items(node, "specialties")
        found = (self._known(item, "specialty", self.vocabulary.specialties) for item in items)
        return tuple(dict.fromkeys(slug for slug in found if slug is not None))

    def _known(self, node: Node, what: str, known: Mapping[str, str]) -> str | None:
        text = self.reading.text(node, f"a {what}", 100)
        if text is None:
            return None
        slug = slug_of(text)
        if slug in known:
            return slug
        self.reading.unknown(node, text, what, known, is_fault=False)
        return text

    def credential(self, node: Node, requirement_set: str = "") -> Credential | None:
        """A credential; ``requirement_set`` is given where the text around it names the set."""
        reading = self.reading
        known = CREDENTIAL_KEYS[1:] if requirement_set else CREDENTIAL_KEYS
        required = () if requirement_set else ("requirement_set",)
        fields = reading.fields(node, "a credential", known, required=required)
        issued, expires = self._day(fields, "issued"), self._day(fields, "expires")
        if issued is not None and expires is not None and expires < issued:
            reading.fault(fields["expires"], f"it expires on {expires}, before it was issued on {issued}")
        if "note" in fields:
            reading.text(fields["note"])
        number = reading.text(fields["number"], most=100) if "number" in fields else None
        facts = self.facts(fields.get("facts"))
        set_id = requirement_set or self._set(fields.get("requirement_set"))
        return Credential(set_id, number or "", issued, expires, facts) if set_id else None

    def _set(self, node: Node | None) -> str:
        text = self.reading.text(node, "the id of a requirement set", 100) if node is not None else None
        if node is None or text is None:
            return ""
        if text not in self.known_sets:
            self.reading.unknown(node, text, "requirement set", self.known_sets)
        return text

    def _day(self, fields: Mapping[str, Node], key: str) -> date | None:
        if key not in fields:
            return None
        return check_day(self.reading, fields[key], self.reading.day(fields[key]), self.as_of)

    # -- facts -----------------------------------------------------------------------------------------------

    def facts(self, node: Node | None) -> Mapping[str, FactValue]:
        """Values by fact; an empty value is unknown, an unknown fact is kept with a warning."""
        found: dict[str, FactValue] = {}
        if node is None:
            return MappingProxyType(found)
        for key, value in self.reading.entries(node, "facts such as {holds-dea: true}"):
            if isinstance(value, Scalar) and value.is_null:
                continue
            known = self.vocabulary.facts.get(key.text) or self.vocabulary.facts.get(slug_of(key.text))
            if known is None:
                self.reading.unknown(key, key.text, "fact", self.vocabulary.facts, is_fault=False)
            stated = self._free(value) if known is None else self._fact(value, known)
            if stated is not None:
                found[known.id if known else key.text] = stated
        return MappingProxyType(found)

    def _free(self, node: Node) -> FactValue | None:
        if isinstance(node, Sequence):
            return tuple(text for item in node.items if (text := self.reading.text(item)) is not None)
        text = self.reading.text(node, "a value")
        if text is None or not isinstance(node, Scalar):
            return None
        return read_value(text) if _NUMBER.match(text) or _PLAIN.match(text) else text

    def _fact(self, node: Node, fact: AskedFact) -> FactValue | None:
        match fact.kind:
            case "yes-no":
                return self.reading.flag(node)
            case "number" | "percent":
                return self._number(node, is_percent=fact.kind == "percent")
            case "choice":
                return self._choice(node, fact)
            case _:
                return self._date(node, may_be_flag=fact.kind == "date-or-yes")

    def _number(self, node: Node, *, is_percent: bool) -> Decimal | None:
        expected = "a number from 0 to 100" if is_percent else "a number"
        scalar = self.reading.scalar(node, expected)
        if scalar is None:
            return None
        if not _NUMBER.match(scalar.text) or (is_percent and not 0 <= Decimal(scalar.text) <= 100):
            self.reading.fault(node, f"expected {expected}, found {shown(scalar.text)}")
            return None
        return Decimal(scalar.text)

    def _choice(self, node: Node, fact: AskedFact) -> FactValue | None:
        what = f"value of {fact.id}"
        if isinstance(node, Sequence):
            found = (self.reading.word(item, what, fact.choices) for item in node.items)
            return tuple(word for word in found if word is not None)
        return self.reading.word(node, what, fact.choices)

    def _date(self, node: Node, *, may_be_flag: bool) -> FactValue | None:
        text = node.text.lower() if isinstance(node, Scalar) else ""
        # No as the answer to a date means that it never happened.
        if text in ("false", "no") or (may_be_flag and text in ("true", "yes")):
            return self.reading.flag(node)
        what = (
            "a day such as 2025-03-01, true or false" if may_be_flag else "a day such as 2025-03-01, or false"
        )
        return check_day(self.reading, node, self.reading.day(node, what), self.as_of)
