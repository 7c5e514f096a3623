"""One requirement in YAML: what it asks, of whom, when, and what its ways and variants inherit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from osler.core.rules.condition import DERIVED, Condition, ConditionError, parse_condition
from osler.core.rules.requirement import Relief, Requirement, Spill
from osler.core.rules.window import CYCLE, Due, Window, WindowError, parse_due, parse_window
from osler.requirement_sets.accept_reader import ACCEPT_KEYS, AcceptReader
from osler.requirement_sets.fault import shown
from osler.requirement_sets.nodes import Node
from osler.requirement_sets.reading import Reading
from osler.requirement_sets.vocabulary import Vocabulary

UNITS = ("hour", "credit", "point", "activity")
ASKS = ("at_least", "holds", "any_of", "all_of", "some_of")
INHERITED = ("accepts", "rates", "caps", "window", "due", "unit", "references")
KEYS = (
    *(
        "id",
        "title",
        "rule",
        *ASKS,
        "variants",
        "unit",
        "applies_when",
        "window",
        "due",
        "topics",
        "not_hours_on",
    ),
    *("accepts", "rates", "caps", "carry_over", "spill", "in_addition_to", "waived", "reduced", "references"),
    "unverified",
)
_VALUES = re.compile(r"([A-Za-z][\w-]*)\s*(?:(?:!=|=)\s*([\w.-]+)|in\s*\[([^\]]*)\])")


@dataclass(frozen=True, slots=True)
class Inherited:
    """What stands above a requirement: the set's accepted education, and for a way its parent's keys."""

    accepts: Mapping[str, Node] = field(default_factory=dict)
    keys: Mapping[str, Node] = field(default_factory=dict)
    id: str = ""
    title: str = ""

    def merged(self, own: Mapping[str, Node]) -> Mapping[str, Node]:
        return {**self.keys, **own}


class RequirementReader:
    """Reads requirements; ``references`` are the ids the set has, ``unit`` is its default unit."""

    def __init__(
        self, reading: Reading, vocabulary: Vocabulary, references: frozenset[str], unit: str
    ) -> None:
        self.reading, self.vocabulary, self.references, self.unit = reading, vocabulary, references, unit
        self.accepts = AcceptReader(reading, vocabulary)
        self.places: dict[str, Node] = {}
        """Where each requirement of the version stands, by its id."""

    def requirement(self, node: Node, above: Inherited) -> Requirement | None:
        """A requirement of a version."""
        own = self.reading.fields(node, "a requirement", KEYS, required=("id",))
        if "id" not in own:
            return None
        return self._one(node, own, above)

    def _way(self, node: Node, above: Inherited, number: int) -> Requirement:
        own = self.reading.fields(node, "a way", KEYS)
        return self._one(node, own, replace(above, id=f"{above.id}-{number}"))

    def _one(self, node: Node, own: Mapping[str, Node], above: Inherited) -> Requirement:
        requirement_id = self._id(node, own, above)
        title = self._title(node, own, above, requirement_id)
        if "variants" in own:
            return self._with_variants(node, own, above, requirement_id, title)
        fields = above.merged(own)
        if sum(ask in own for ask in ASKS) != 1:
            self.reading.fault(node, f"{requirement_id} states exactly one of {', '.join(ASKS)} or variants")
        return self._plain(fields, self._accepts(own, above), requirement_id, title)

    def _id(self, node: Node, own: Mapping[str, Node], above: Inherited) -> str:
        found = self.reading.slug(own["id"], "an id") if "id" in own else above.id
        requirement_id = found or above.id or "?"
        if self.places.setdefault(requirement_id, node) is not node:
            line = self.places[requirement_id].line
            self.reading.fault(own.get("id", node), f"the id {requirement_id} is taken, on line {line}")
        return requirement_id

    def _title(self, node: Node, own: Mapping[str, Node], above: Inherited, requirement_id: str) -> str:
        if "title" in own:
            return self.reading.text(own["title"], most=200) or ""
        title = above.title or self.vocabulary.topics.get(requirement_id, "")
        if not title:
            self.reading.fault(node, f"{requirement_id} needs a title")
        return title

    def _accepts(self, own: Mapping[str, Node], above: Inherited) -> Mapping[str, Node]:
        if "accepts" not in own:
            return above.accepts
        return {**above.accepts, **self.reading.fields(own["accepts"], "accepts", ACCEPT_KEYS)}

    # -- variants --------------------------------------------------------------------------------------------

    def _with_variants(
        self, node: Node, own: Mapping[str, Node], above: Inherited, requirement_id: str, title: str
    ) -> Requirement:
        shared = {
            k: v for k, v in above.merged(own).items() if k not in ("variants", "applies_when", "accepts")
        }
        accepts = self._accepts(own, above)
        variants: list[tuple[Condition | None, Requirement]] = []
        places = self.reading.items(own["variants"], "variants")
        before, found = dict(self.places), dict(self.places)
        for place in places:
            self.places = dict(before)  # only one variant ever speaks, so two may name their ways alike
            variant = self.reading.fields(place, "a variant", (*KEYS[1:], "when", "otherwise"))
            when = self._when_of_variant(place, variant, is_last=place is places[-1])
            stated = {key: value for key, value in variant.items() if key not in ("when", "otherwise")}
            fields = {**self._without_ask(shared, stated), **stated}
            if sum(ask in fields for ask in ASKS) != 1:
                self.reading.fault(place, f"a variant states exactly one of {', '.join(ASKS)}")
            merged = self._accepts(stated, replace(above, accepts=accepts))
            variants.append((when, self._plain(fields, merged, requirement_id, title)))
            found |= self.places
        self.places = found
        if not places:
            self.reading.fault(own["variants"], "expected at least one variant")
        return Requirement(
            id=requirement_id,
            title=title,
            says=self._text(own, "rule"),
            unit=self._unit(shared),
            variants=tuple(variants),
            applies_when=self.condition(own.get("applies_when")),
            references=self.references_of(shared),
            unverified=self._text(own, "unverified"),
        )

    def _when_of_variant(self, node: Node, variant: Mapping[str, Node], *, is_last: bool) -> Condition | None:
        if ("when" in variant) is ("otherwise" in variant):
            self.reading.fault(node, "a variant states either when or otherwise: true")
        if "otherwise" in variant and not is_last:
            self.reading.fault(variant["otherwise"], "otherwise is the last variant")
        return self.condition(variant.get("when"))

    @staticmethod
    def _without_ask(shared: Mapping[str, Node], stated: Mapping[str, Node]) -> Mapping[str, Node]:
        """A variant that asks something of its own does not also ask what the requirement asks."""
        if not any(ask in stated for ask in ASKS):
            return shared
        return {key: value for key, value in shared.items() if key not in ASKS}

    # -- a requirement without variants ----------------------------------------------------------------------

    def _plain(
        self, fields: Mapping[str, Node], accepts: Mapping[str, Node], requirement_id: str, title: str
    ) -> Requirement:
        if "title" in fields:
            title = self.reading.text(fields["title"], most=200) or title
        asks_amount = "at_least" in fields
        references = self.references_of(fields)
        if asks_amount and not references:
            self.reading.fault(fields["at_least"], f"the amount of {requirement_id} needs references")
        ways, needed = self._ways(fields, accepts, requirement_id, title)
        return Requirement(
            id=requirement_id,
            title=title,
            says=self._text(fields, "rule"),
            unit=self._unit(fields),
            at_least=self.accepts.quantity(fields["at_least"], names_another=True) if asks_amount else None,
            holds=self.reading.word(fields["holds"], "fact", self.vocabulary.facts)
            if "holds" in fields
            else None,
            ways=ways,
            ways_needed=needed,
            applies_when=self.condition(fields.get("applies_when")),
            window=self._window(fields.get("window")),
            due=self._due(fields.get("due")),
            accept=self.accepts.accept(fields, accepts, fields.get("rates")),
            caps=self.accepts.caps(fields.get("caps")),
            carry_over=self.accepts.carry_over(fields.get("carry_over")),
            spill=self._spill(fields.get("spill")),
            in_addition_to=self._ids(fields.get("in_addition_to")),
            relief=(*self._waivers(fields.get("waived")), *self._reductions(fields.get("reduced"))),
            references=references,
            unverified=self._text(fields, "unverified"),
        )

    def _ways(
        self, fields: Mapping[str, Node], accepts: Mapping[str, Node], requirement_id: str, title: str
    ) -> tuple[tuple[Requirement, ...], int]:
        ask = next((key for key in ("any_of", "all_of", "some_of") if key in fields), None)
        if ask is None:
            return (), 1
        node, needed = fields[ask], 1
        if ask == "some_of":
            some = self.reading.fields(node, "some_of", ("count", "ways"), required=("count", "ways"))
            if "ways" not in some or "count" not in some:
                return (), 1
            node, needed = some["ways"], self.reading.whole(some["count"], 1, 50) or 1
        inherited = {key: fields[key] for key in INHERITED if key in fields and key != "accepts"}
        above = Inherited(accepts, inherited, requirement_id, title)
        places = self.reading.items(node, "ways")
        ways = tuple(self._way(place, above, number) for number, place in enumerate(places, 1))
        if len(ways) < 2:
            self.reading.fault(node, "expected at least two ways")
        if needed > len(ways):
            self.reading.fault(node, f"{needed} of {len(ways)} ways cannot be met")
        return ways, len(ways) if ask == "all_of" else needed

    def _text(self, fields: Mapping[str, Node], key: str) -> str:
        return (self.reading.text(fields[key]) or "") if key in fields else ""

    def _unit(self, fields: Mapping[str, Node]) -> str:
        return (
            (self.reading.word(fields["unit"], "unit", UNITS) or self.unit) if "unit" in fields else self.unit
        )

    def references_of(self, fields: Mapping[str, Node]) -> tuple[str, ...]:
        if "references" not in fields:
            return ()
        known = tuple(sorted(self.references))
        items = self.reading.items(fields["references"], "references")
        found = (self.reading.word(item, "reference", known) for item in items)
        return tuple(reference for reference in found if reference is not None)

    def _ids(self, node: Node | None) -> tuple[str, ...]:
        if node is None:
            return ()
        found = (self.reading.slug(item, "an id") for item in self.reading.items(node, "ids"))
        return tuple(each for each in found if each is not None)

    def _spill(self, node: Node | None) -> Spill | None:
        if node is None:
            return None
        fields = self.reading.fields(node, "spill", ("from", "at_most"), required=("from",))
        if "from" not in fields:
            return None
        source = self.reading.slug(fields["from"], "an id") or ""
        return Spill(source, self.reading.amount(fields["at_most"]) if "at_most" in fields else None)

    # -- when ------------------------------------------------------------------------------------------------

    def _window(self, node: Node | None) -> Window:
        text = self.reading.text(node) if node is not None else None
        if node is None or text is None:
            return CYCLE
        try:
            return parse_window(text)
        except WindowError as error:
            self.reading.fault(node, str(error))
            return CYCLE

    def _due(self, node: Node | None) -> Due | None:
        text = self.reading.text(node) if node is not None else None
        if node is None or text is None:
            return None
        try:
            return parse_due(text)
        except WindowError as error:
            self.reading.fault(node, str(error))
            return None

    # -- for whom --------------------------------------------------------------------------------------------

    def _waivers(self, node: Node | None) -> tuple[Relief, ...]:
        if node is None:
            return ()
        return tuple(self._relief(item, "a waiver", ()) for item in self.reading.items(node, "waivers"))

    def _reductions(self, node: Node | None) -> tuple[Relief, ...]:
        if node is None:
            return ()
        ways = ("to", "by", "prorated")
        return tuple(
            self._relief(item, "a reduction", ways) for item in self.reading.items(node, "reductions")
        )

    def _relief(self, node: Node, what: str, amounts: tuple[str, ...]) -> Relief:
        known = ("when", *amounts, "says", "references")
        fields = self.reading.fields(node, what, known, required=("when",))
        if amounts and fields and sum(key in fields for key in amounts) != 1:
            self.reading.fault(node, f"{what} states exactly one of {', '.join(amounts)}")
        return Relief(
            when=self.condition(fields.get("when")) or parse_condition("as-of"),
            to=self.accepts.quantity(fields["to"]) if "to" in fields else None,
            by=self.reading.amount(fields["by"]) if "by" in fields else None,
            prorate_months=self.reading.whole(fields["prorated"], 1, 1200) if "prorated" in fields else None,
            says=self._text(fields, "says"),
            references=self.references_of(fields),
        )

    def condition(self, node: Node | None) -> Condition | None:
        """The condition a text states; every name in it and every slug it compares with is known."""
        text = self.reading.text(node, "a condition") if node is not None else None
        if node is None or text is None:
            return None
        try:
            condition = parse_condition(text)
        except ConditionError as error:
            self.reading.fault(node, str(error))
            return None
        known = (*self.vocabulary.facts, *sorted(DERIVED))
        for name in condition.names:
            if name not in known:
                self.reading.unknown(node, name, "fact", known)
        for name, single, several in _VALUES.findall(text):
            self._check_values(node, name, [single] if single else [v.strip() for v in several.split(",")])
        return condition

    def _check_values(self, node: Node, name: str, values: list[str]) -> None:
        fact = self.vocabulary.facts.get(name)
        words: Mapping[str, object] = {}
        if name == "specialty":
            words = self.vocabulary.specialties
        elif name == "profession":
            words = self.vocabulary.professions
        elif fact is not None and fact.kind == "choice":
            words = fact.choices
        for value in values:
            if words and value not in words:
                closest = self.reading.suggestions.closest(value, words)
                self.reading.fault(node, f"{name} has no value {shown(value)}.{closest}")
