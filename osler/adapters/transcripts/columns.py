"""Which column is which: a known layout by its headings, else a proposal from headings and content."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz import fuzz, process

from osler.adapters.transcripts import Line, Mapping, Remark, Sheet, Table
from osler.adapters.transcripts.amounts import AmountUnclear, read_amount
from osler.adapters.transcripts.dates import DateUnclear, order_of, read_date
from osler.adapters.transcripts.layouts import LAYOUTS, Layout, heading
from osler.core.credit.amount import AmountError
from osler.core.credit.formats import find_format
from osler.core.credit.types import find_credit_type

_HEADINGS = {
    "title": (
        "title|activity|activity title|activity name|course|course name|course title|"
        "description|event|event name|topic title|name of activity|titel|titre|titolo"
    ),
    "provider": (
        "provider|provider name|accredited provider|organization|organisation|organizer|"
        "institution|sponsor|source|host|offered by|veranstalter|vendor"
    ),
    "completed": (
        "date|completed|completed on|completion date|date completed|date of completion|"
        "activity date|end date|date earned|date awarded|credit date|datum|"
        "completion date time|completed date|claimed date|date claimed"
    ),
    "started": "start date|started|activity start date|begin date|date started|from",
    "format": (
        "format|activity format|delivery method|delivery|activity type|modality|method|"
        "mode|type of activity|learning format"
    ),
    "amount": (
        "credits|credit|hours|amount|credit hours|points|number of credits|total credits|"
        "credits earned|credits claimed|credit amount|hours earned|units|total hours|"
        "value|contact hours|ce hours|cme hours|cme credits|duration|punkte"
    ),
    "credit-type": (
        "credit type|type|type of credit|category|credit category|accreditation|"
        "credit designation|certification|cme type|cme category|designation"
    ),
    "credits": "credits by type|all credits",
    "topics": "topics|topic|subject|subject area|mandatory topic|content area|keywords",
    "tags": "tags|attributes",
    "note": "note|notes|comment|comments|remarks|reflection",
    "id": "record id",
    "activity": "activity id|course id|accme activity id|event id|activity number",
    "licence-number": "license number|licence number|license no",
    "sponsor": "",
    "provider-number": "",
    "course-number": "",
}
ROLES: dict[str, tuple[str, ...]] = {
    role: tuple(names.split("|")) if names else () for role, names in _HEADINGS.items()
}
"""What a column can hold, and the headings by which it is known."""

ONLY_ONCE = frozenset(ROLES) - {"note"}
HEADER_WITHIN = 40
SAMPLE = 200
SURE = 88
_KNOWN = {name: role for role, names in ROLES.items() for name in names}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A reading of the columns. ``is_certain``: a known layout, nothing left to ask."""

    mapping: Mapping
    layout: str
    is_certain: bool
    questions: tuple[Remark, ...]


def propose(table: Table, as_of: date) -> Proposal:
    """How the table is probably read: a known layout where its headings fit, else the best guess."""
    for number, sheet in enumerate(table.sheets):
        for line in sheet.lines[:HEADER_WITHIN]:
            layout = next((known for known in LAYOUTS if known.fits(line.cells)), None)
            if layout is not None and (mapping := _by_layout(layout, line, number)):
                questions = questions_of(table, mapping, as_of)
                return Proposal(mapping, layout.id, not questions, questions)
    mapping = _by_headings_and_content(table, as_of)
    return Proposal(mapping, "", False, questions_of(table, mapping, as_of))


def _by_layout(layout: Layout, line: Line, sheet: int) -> Mapping | None:
    roles = []
    for cell in line.cells:
        name = heading(cell)
        role = layout.roles.get(name)
        kind = find_credit_type(cell) if role is None and layout.takes_type_columns and name else None
        roles.append(f"credit:{kind.code}" if kind else role or "")
    if layout.takes_type_columns and not any(role == "credits" or role[:7] == "credit:" for role in roles):
        return None
    return Mapping(
        roles=_each_once(roles),
        sheet=sheet,
        header_line=line.number,
        date_order=layout.date_order,
        credit_type="" if "credit-type" in roles else layout.credit_type,
        type_words=tuple(layout.type_words.items()),
        layout=layout.id,
    )


def _each_once(roles: list[str]) -> tuple[str, ...]:
    """A role that can be had once goes to its first column; two columns of one credit type likewise."""
    seen: set[str] = set()
    kept = []
    for role in roles:
        is_taken = role in seen and (role in ONLY_ONCE or ":" in role)
        kept.append("" if is_taken else role)
        seen.add(role)
    return tuple(kept)


def _by_headings_and_content(table: Table, as_of: date) -> Mapping:
    number, line = _header(table, as_of)
    sheet = table.sheets[number]
    width = max(len(row.cells) for row in sheet.lines[: HEADER_WITHIN + SAMPLE])
    roles = [""] * width
    if line is not None:
        for column, cell in enumerate(line.cells):
            roles[column] = role_of_heading(cell)
    body = body_of(sheet, line.number if line else 0)[:SAMPLE]
    by_heading = list(_each_once(roles))
    return Mapping(
        roles=_each_once(_completed_by_content(by_heading, body, as_of)),
        sheet=number,
        header_line=line.number if line else 0,
    )


def _header(table: Table, as_of: date) -> tuple[int, Line | None]:
    """The line whose cells name the most columns, at least two of them; else the largest sheet without one.

    A line that holds a date is no line of headings.
    """
    best: tuple[int, int, Line | None] = (1, 0, None)
    for number, sheet in enumerate(table.sheets):
        for line in sheet.lines[:HEADER_WITHIN]:
            named = len({role for cell in line.cells if (role := role_of_heading(cell))})
            if named > best[0] and not any(_is_date(cell, as_of) for cell in line.cells):
                best = (named, number, line)
    if best[2] is not None:
        return best[1], best[2]
    number = max(range(len(table.sheets)), key=lambda n: (len(table.sheets[n].lines), -n))
    return number, _line_above_the_dates(table.sheets[number], as_of)


def _line_above_the_dates(sheet: Sheet, as_of: date) -> Line | None:
    """The last line before the first date, if it has a cell above the date: headings in unknown words."""
    before: Line | None = None
    for line in sheet.lines[:HEADER_WITHIN]:
        dated = next((n for n, cell in enumerate(line.cells) if _is_date(cell, as_of)), None)
        if dated is not None:
            has_heading = before is not None and dated < len(before.cells) and before.cells[dated] != ""
            return before if has_heading else None
        before = line
    return None


def role_of_heading(text: str) -> str:
    """The role a heading names, exactly, as a credit type, or closely; ``""`` where it names none."""
    name = heading(text)
    if not name or len(text) > 80 or name.isdigit():
        return ""
    if name in _KNOWN:
        return _KNOWN[name]
    kind = find_credit_type(text)
    if kind is not None:
        return f"credit:{kind.code}"
    close = process.extractOne(name, _KNOWN.keys(), scorer=fuzz.ratio, score_cutoff=SURE)
    return "" if close is None else _KNOWN[close[0]]


def body_of(sheet: Sheet, header_line: int) -> tuple[Line, ...]:
    """The lines below the headings; all of them where there are none."""
    return tuple(line for line in sheet.lines if line.number > header_line)


def _completed_by_content(roles: list[str], body: tuple[Line, ...], as_of: date) -> list[str]:
    """Fills what the headings left open from what the cells look like."""
    has_amount = any(role in ("amount", "credits") or role[:7] == "credit:" for role in roles)
    wanted: list[tuple[str, Callable[[str], bool]]] = []
    if "completed" not in roles:
        wanted.append(("completed", lambda text: _is_date(text, as_of)))
    if not has_amount:
        wanted.append(("amount", _is_amount))
    if "credit-type" not in roles and not any(role[:7] == "credit:" for role in roles):
        wanted.append(("credit-type", lambda text: find_credit_type(text) is not None))
    if "format" not in roles:
        wanted.append(("format", lambda text: find_format(text) is not None))
    found = list(roles)
    for role, looks_so in wanted:
        shares = {n: _share(body, n, looks_so) for n, taken in enumerate(found) if not taken}
        best = max(shares, key=lambda n: (shares[n], -n), default=None)
        if best is not None and shares[best] >= 0.7:
            found[best] = role
    if "title" not in found:
        lengths = {n: _mean_length(body, n) for n, taken in enumerate(found) if not taken}
        best = max(lengths, key=lambda n: (lengths[n], -n), default=None)
        if best is not None and lengths[best] >= 8:
            found[best] = "title"
    return found


def _cells(body: tuple[Line, ...], column: int) -> list[str]:
    return [line.cells[column] for line in body if column < len(line.cells) and line.cells[column]]


def _share(body: tuple[Line, ...], column: int, looks_so: Callable[[str], bool]) -> float:
    """How many of the filled cells look so; 0 where most are empty."""
    cells = _cells(body, column)
    return sum(map(looks_so, cells)) / len(cells) if len(cells) * 3 >= len(body) > 0 else 0.0


def _mean_length(body: tuple[Line, ...], column: int) -> float:
    cells = _cells(body, column)
    return sum(map(len, cells)) / len(body) if cells else 0.0


def _is_date(text: str, as_of: date) -> bool:
    try:
        return read_date(text, "", as_of) is not None
    except DateUnclear:
        return True


def _is_amount(text: str) -> bool:
    try:
        return read_amount(text) >= 0 and len(text) < 12
    except (AmountError, AmountUnclear):
        return False


def questions_of(table: Table, mapping: Mapping, as_of: date) -> tuple[Remark, ...]:
    """What must be said before rows can be read: missing columns, whose credit, which order of day and
    month.
    """
    roles = mapping.roles
    asked = []
    if "title" not in roles and "course-number" not in roles:
        asked.append(Remark("which-title"))
    if "completed" not in roles and "started" not in roles:
        asked.append(Remark("which-date"))
    if not any(role in ("amount", "credits") or role[:7] == "credit:" for role in roles):
        asked.append(Remark("which-amount"))
    if "amount" in roles and "credit-type" not in roles and not mapping.credit_type:
        asked.append(Remark("which-credit-type"))
    order = date_order_of(table, mapping)
    if order == "unclear":
        asked.append(Remark("which-date-order", (_example(table, mapping),)))
    return tuple(asked)


def _dates(table: Table, mapping: Mapping) -> list[str]:
    body = body_of(table.sheets[mapping.sheet], mapping.header_line)
    columns = [n for n, role in enumerate(mapping.roles) if role in ("completed", "started")]
    return [cell for n in columns for cell in _cells(body, n)]


def date_order_of(table: Table, mapping: Mapping) -> str:
    """The mapping's own order of day and month, else what the whole column says (``dates.order_of``)."""
    return mapping.date_order or order_of(_dates(table, mapping))


def _example(table: Table, mapping: Mapping) -> str:
    return next((text for text in _dates(table, mapping) if order_of([text]) == "unclear"), "")


def signature(table: Table, mapping: Mapping) -> str:
    """What two files with the same headings have in common, to remember a confirmed mapping by."""
    sheet = table.sheets[mapping.sheet]
    line = next((line for line in sheet.lines if line.number == mapping.header_line), None)
    cells = [heading(cell) for cell in line.cells] if line else [f"{len(mapping.roles)} columns"]
    return hashlib.sha256("\x1f".join(cells).encode()).hexdigest()


def recalled(table: Table, proposed: Mapping, remembered: Mapping) -> Mapping:
    """A remembered mapping put onto this file: its own sheet and heading line, the day order told again if
    needed.
    """
    width = len(proposed.roles)
    roles = (*remembered.roles[:width], *("",) * (width - len(remembered.roles)))
    return replace(remembered, roles=roles, sheet=proposed.sheet, header_line=proposed.header_line)
