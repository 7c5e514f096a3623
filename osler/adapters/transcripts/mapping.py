"""Whether a mapping that came from a form fits the file."""

from __future__ import annotations

from osler.adapters.transcripts import Mapping, Remark, Table
from osler.adapters.transcripts.columns import ONLY_ONCE, ROLES
from osler.core.credit.formats import FORMATS
from osler.core.credit.types import CREDIT_TYPES
from osler.requirement_sets.vocabulary import load_vocabulary


def faults_of(mapping: Mapping, table: Table) -> tuple[Remark, ...]:
    """What is wrong with a mapping; nothing where it can be used."""
    if not 0 <= mapping.sheet < len(table.sheets):
        return (Remark("no-such-sheet"),)
    sheet = table.sheets[mapping.sheet]
    found = []
    width = max(len(line.cells) for line in sheet.lines)
    if len(mapping.roles) > width:
        found.append(Remark("fewer-columns", (str(width),)))
    if mapping.header_line and all(line.number != mapping.header_line for line in sheet.lines):
        found.append(Remark("no-such-line", (str(mapping.header_line),)))
    found += [Remark("unknown-role", (role,)) for role in mapping.roles if role and not _is_role(role)]
    once = [role for role in mapping.roles if role in ONLY_ONCE or ":" in role]
    found += [Remark("role-twice", (role,)) for role in sorted(set(once)) if once.count(role) > 1]
    if mapping.date_order not in ("", "mdy", "dmy"):
        found.append(Remark("unknown-date-order", (mapping.date_order,)))
    for code in (mapping.credit_type, *(code for _word, code in mapping.type_words)):
        if code and code not in CREDIT_TYPES:
            found.append(Remark("unknown-credit-type", (code,)))
    if mapping.format and mapping.format not in FORMATS:
        found.append(Remark("no-such-format", (mapping.format,)))
    return tuple(found)


def _is_role(role: str) -> bool:
    kind, _, code = role.partition(":")
    if kind == "credit":
        return code in CREDIT_TYPES
    if kind == "topic":
        vocabulary = load_vocabulary()
        return code in vocabulary.topics or code in vocabulary.specialties
    return role in ROLES
