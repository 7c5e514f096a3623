"""Whether a mapping that came from a form fits the file."""

from __future__ import annotations

from osler.adapters.transcripts import Mapping, Table
from osler.adapters.transcripts.columns import ONLY_ONCE, ROLES
from osler.core.credit.formats import FORMATS
from osler.core.credit.types import CREDIT_TYPES
from osler.requirement_sets.vocabulary import load_vocabulary


def faults_of(mapping: Mapping, table: Table) -> tuple[str, ...]:
    """What is wrong with a mapping, in words; nothing where it can be used."""
    if not 0 <= mapping.sheet < len(table.sheets):
        return ("the file has no such sheet",)
    sheet = table.sheets[mapping.sheet]
    found = []
    width = max(len(line.cells) for line in sheet.lines)
    if len(mapping.roles) > width:
        found.append(f"the sheet has {width} columns")
    if mapping.header_line and all(line.number != mapping.header_line for line in sheet.lines):
        found.append(f"there is nothing on line {mapping.header_line}")
    found += [f"unknown meaning {role!r}" for role in mapping.roles if role and not _is_role(role)]
    once = [role for role in mapping.roles if role in ONLY_ONCE or ":" in role]
    found += sorted({f"two columns for {role!r}" for role in once if once.count(role) > 1})
    if mapping.date_order not in ("", "mdy", "dmy"):
        found.append(f"unknown order of day and month {mapping.date_order!r}")
    for code in (mapping.credit_type, *(code for _word, code in mapping.type_words)):
        if code and code not in CREDIT_TYPES:
            found.append(f"unknown credit type {code!r}")
    if mapping.format and mapping.format not in FORMATS:
        found.append(f"unknown format {mapping.format!r}")
    return tuple(found)


def _is_role(role: str) -> bool:
    kind, _, code = role.partition(":")
    if kind == "credit":
        return code in CREDIT_TYPES
    if kind == "topic":
        vocabulary = load_vocabulary()
        return code in vocabulary.topics or code in vocabulary.specialties
    return role in ROLES
