"""The portfolio file: a clinician, the credentials held and the credit earned, in YAML or JSON.

The format is public and described in ``docs/reference/portfolio.md``. A text is read whole or not at all:
every fault is collected, with its place, and nothing of a text with a fault is taken over.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from osler.core.rules.record import Clinician, Credential, CreditRecord, Portfolio
from osler.requirement_sets.fault import Fault, TextFaults, shown
from osler.requirement_sets.nodes import Node, Scalar
from osler.requirement_sets.person_reader import PersonReader
from osler.requirement_sets.portfolio_writer import write_portfolio
from osler.requirement_sets.reading import Reading
from osler.requirement_sets.record_reader import RecordReader
from osler.requirement_sets.vocabulary import load_vocabulary
from osler.requirement_sets.yaml_text import read_yaml

__all__ = ["PortfolioFaults", "ReadPortfolio", "read_portfolio", "write_portfolio"]

KEYS = ("portfolio", "note", "clinician", "credentials", "credits")
MOST_CREDENTIALS = 200
"""More than anyone holds; each is judged against the whole transcript, so thousands would take minutes."""


class PortfolioFaults(TextFaults):
    """The text is no portfolio; ``faults`` say why, each with its place."""


class ReadPortfolio(NamedTuple):
    """A portfolio and what was odd about its text: unknown topics, specialties or facts, rounded amounts."""

    portfolio: Portfolio
    warnings: list[Fault]


def read_portfolio(
    text: str | bytes, known_sets: Collection[str], *, as_of: date | None = None
) -> ReadPortfolio:
    """The portfolio that a YAML or JSON text states.

    ``known_sets`` are the ids of requirement sets; another one is a fault. With ``as_of``, days more than a
    hundred years away from it are faults. ``PortfolioFaults`` holds all faults; the worst of files takes
    under two seconds.
    """
    try:
        reading = Reading(read_yaml(text))
        portfolio = _Reader(reading, known_sets, as_of).portfolio()
        return ReadPortfolio(portfolio, reading.finish())
    except TextFaults as error:
        raise PortfolioFaults(error.faults, error.warnings) from None


class _Reader:
    def __init__(self, reading: Reading, known_sets: Collection[str], as_of: date | None) -> None:
        self.reading = reading
        vocabulary = load_vocabulary()
        self.people = PersonReader(reading, vocabulary, known_sets, as_of)
        self.records = RecordReader(reading, vocabulary, as_of)

    def portfolio(self) -> Portfolio:
        reading = self.reading
        fields = reading.fields(reading.root, "a portfolio", KEYS, required=("portfolio",))
        self._version(fields.get("portfolio"))
        if "note" in fields:
            reading.text(fields["note"])
        clinician = self.people.clinician(fields["clinician"]) if "clinician" in fields else Clinician()
        held, earned = fields.get("credentials"), fields.get("credits")
        return Portfolio(
            clinician=clinician,
            credentials=self._credentials(held) if held is not None else (),
            credits=self._credits(earned) if earned is not None else (),
        )

    def _version(self, node: Node | None) -> None:
        if node is not None and not (isinstance(node, Scalar) and node.text == "1"):
            found = shown(node.text) if isinstance(node, Scalar) else "something else"
            self.reading.fault(node, f"expected 1, the version of the format, found {found}")

    def _credentials(self, node: Node) -> tuple[Credential, ...]:
        found: dict[tuple[str, str], Credential] = {}
        items = self.reading.items(node, "credentials")
        if len(items) > MOST_CREDENTIALS:
            found_many = f"{len(items):,} credentials; at most {MOST_CREDENTIALS} in one portfolio"
            self.reading.fault(node, found_many)
            return ()
        for item in items:
            credential = self.people.credential(item)
            if credential is None:
                continue
            key = (credential.requirement_set, credential.number)
            if found.setdefault(key, credential) is not credential:
                number = f" with the number {shown(credential.number)}" if credential.number else ""
                self.reading.fault(item, f"{credential.requirement_set}{number} is held twice")
        return tuple(found.values())

    def _credits(self, node: Node) -> tuple[CreditRecord, ...]:
        lines: dict[str, int] = {}
        records: list[CreditRecord] = []
        for item in self.reading.items(node, "credit records"):
            record = self.records.record(item)
            if record is None:
                continue
            if record.id in lines:
                first = lines[record.id]
                self.reading.fault(item, f"the id {shown(record.id)} is taken by the record on line {first}")
            lines.setdefault(record.id, item.line)
            records.append(record)
        return tuple(records)
