"""From the lines of a table to activities: what was understood, what was taken for granted, what is
refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from osler.adapters.transcripts import EXAMPLE_MARK, Line, Mapping, ReadRow, Remark, Table
from osler.adapters.transcripts.amounts import AmountUnclear, read_amount, read_pairs
from osler.adapters.transcripts.columns import body_of, date_order_of
from osler.adapters.transcripts.dates import DateUnclear, read_date
from osler.adapters.transcripts.identity import same_activity
from osler.adapters.transcripts.layouts.layout import heading
from osler.adapters.transcripts.words import sponsor_type, tag_of, topic_of
from osler.core.credit.amount import AmountError, amount_text
from osler.core.credit.formats import find_format
from osler.core.credit.types import find_credit_type, round_credit, suggest_credit_types

MOST_TITLE, MOST_PROVIDER, MOST_NOTE = 300, 200, 2000
MOST_YEARS = 100
LINES_BETWEEN = 500
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}\Z")
_TOTALS = {"total", "totals", "grand total", "sum", "subtotal", "summe"}


@dataclass(slots=True)
class _Reader:
    """The cells of one line by role, and the remarks that gather while it is read."""

    line: Line
    mapping: Mapping
    order: str
    as_of: date
    reasons: list[Remark]
    notes: list[Remark]

    def cell(self, role: str) -> str:
        return next(iter(self.cells(role)), "")

    def cells(self, role: str) -> list[str]:
        pairs = zip(self.mapping.roles, self.line.cells, strict=False)
        # A leading apostrophe guards texts that a spreadsheet would run; it is not part of the text.
        return [
            text[1:] if text[:1] == "'" and text[1:2] in "=+-@" else text
            for name, text in pairs
            if name == role and text
        ]

    def refuse(self, code: str, *values: str) -> None:
        self.reasons.append(Remark(code, values))

    def remark(self, code: str, *values: str) -> None:
        self.notes.append(Remark(code, values))


def read_rows(
    table: Table,
    mapping: Mapping,
    *,
    as_of: date,
    own_numbers: Collection[str] = (),
    tell: Callable[[int], None] | None = None,
) -> tuple[ReadRow, ...]:
    """Every activity of the mapped sheet, in the order of its first line; lines of one activity are joined.

    ``own_numbers`` are the person's licence numbers, for files that hold other people's lines too. Two lines
    with one activity id and day, or with the same title, provider and day, and *different* credit types, are
    one activity that carries both. ``tell`` hears after every ``LINES_BETWEEN`` lines, and at the end, how
    many are read.
    """
    order = date_order_of(table, mapping)
    own = {_number(number) for number in own_numbers}
    width = len(mapping.roles)
    rows = []
    body = body_of(table.sheets[mapping.sheet], mapping.header_line)
    for number, line in enumerate(body):
        if tell is not None and number % LINES_BETWEEN == 0:
            tell(number)
        cells = line.cells[:width]
        if not any(cell for cell, role in zip(cells, mapping.roles, strict=False) if role) or _is_total(line):
            continue
        reader = _Reader(line, mapping, order, as_of, [], [])
        rows.append(_read(reader, own))
    if tell is not None:
        tell(len(body))
    return _joined(rows)


def _is_total(line: Line) -> bool:
    first = next((cell for cell in line.cells if cell), "")
    return heading(first.rstrip(":")) in _TOTALS


def _number(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def _read(reader: _Reader, own: set[str]) -> ReadRow:
    licence = reader.cell("licence-number")
    if licence and _number(licence) not in own:
        reader.refuse("other-licence", licence)
    title = _title(reader)
    if EXAMPLE_MARK in title:
        reader.refuse("example-line")
    completed = _day(reader)
    amounts = _amounts(reader)
    most = max((ticks for _code, ticks in amounts), default=0)
    key = reader.cell("id")
    return ReadRow(
        lines=(reader.line.number,),
        cells=reader.line.cells,
        title=title,
        provider=_provider(reader),
        completed=completed,
        format=_format(reader),
        amounts=amounts,
        topics=_topics(reader, most),
        note=" ".join(reader.cells("note"))[:MOST_NOTE],
        tags=_tags(reader),
        key=key if _KEY.match(key) else "",
        activity=reader.cell("activity"),
        reasons=tuple(reader.reasons),
        notes=tuple(reader.notes),
    )


def _title(reader: _Reader) -> str:
    title = reader.cell("title")
    course = reader.cell("course-number") or (
        reader.cell("activity") if "course-number" in reader.mapping.roles else ""
    )
    if not title and course:
        title = f"CE Broker course {course}"
        reader.remark("title-from-number", title)
    if not title:
        reader.refuse("no-title")
    if len(title) > MOST_TITLE:
        reader.remark("cut", str(MOST_TITLE))
    return title[:MOST_TITLE]


def _provider(reader: _Reader) -> str:
    number = reader.cell("provider-number")
    provider = reader.cell("provider") or reader.mapping.provider
    if not provider and number:
        provider = f"CE Broker provider {number}"
    return (provider or reader.cell("sponsor"))[:MOST_PROVIDER]


def _day(reader: _Reader) -> date | None:
    text = reader.cell("completed") or reader.cell("started")
    if not text:
        reader.refuse("no-date")
        return None
    try:
        day = read_date(text, reader.order, reader.as_of)
    except DateUnclear:
        reader.refuse("date-unclear", text)
        return None
    if day is None:
        reader.refuse("not-a-date", text)
    # Somebody east of the server may have finished "tomorrow".
    elif day > reader.as_of + timedelta(days=1):
        reader.refuse("in-future", day.isoformat())
    elif day.year < reader.as_of.year - MOST_YEARS:
        reader.refuse("too-long-ago", day.isoformat())
    return day


def _amounts(reader: _Reader) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    stated, reasons_before = False, len(reader.reasons)
    for code, text in _stated_amounts(reader):
        stated = True
        ticks = _ticks(reader, text)
        if ticks is None or not code:
            continue
        rounded = round_credit(code, ticks)
        if rounded != ticks:
            reader.remark("rounded", amount_text(ticks), amount_text(rounded), code)
        if rounded:
            found[code] = max(rounded, found.get(code, 0))
    if not found and len(reader.reasons) == reasons_before:
        reader.refuse("no-credit" if stated else "no-amount")
    return tuple(found.items())


def _stated_amounts(reader: _Reader) -> Iterable[tuple[str, str]]:
    """Pairs of a credit type's code and the text of its amount; an unreadable type is refused with code
    ``""``.
    """
    for role, text in zip(reader.mapping.roles, reader.line.cells, strict=False):
        if role[:7] == "credit:" and text and heading(text) not in ("", "n a", "none", "0"):
            yield role[7:], text
    for text in reader.cells("credits"):
        for name, amount in read_pairs(text):
            yield _type_of(reader, name), amount
    amount = reader.cell("amount")
    if amount:
        name = reader.cell("credit-type")
        yield _type_of(reader, name) if name else _default_type(reader), amount


def _type_of(reader: _Reader, name: str) -> str:
    words = {heading(word): code for word, code in reader.mapping.type_words}
    code = words.get(heading(name))
    if code is None:
        kind = find_credit_type(name)
        code = kind.code if kind else None
    if code is None:
        close = suggest_credit_types(name)
        reader.refuse("unknown-type", name[:80], ", ".join(close))
        return ""
    if "sponsor" in reader.mapping.roles and code == "AAPA_CAT1":
        return _sponsored(reader, code)
    return code


def _default_type(reader: _Reader) -> str:
    code = reader.mapping.credit_type
    if not code:
        reader.refuse("no-type")
    elif "sponsor" in reader.mapping.roles:
        return _sponsored(reader, code)
    return code


def _sponsored(reader: _Reader, code: str) -> str:
    """NCCPA's Category I is whatever its sponsor accredits."""
    sponsor = reader.cell("sponsor")
    found = sponsor_type(sponsor)
    if found is None:
        reader.remark("type-assumed", code, sponsor)
    return found or code


def _ticks(reader: _Reader, text: str) -> int | None:
    try:
        return read_amount(text)
    except AmountUnclear:
        reader.refuse("amount-unclear", text)
    except AmountError:
        reader.refuse("not-an-amount", text[:80])
    return None


def _format(reader: _Reader) -> str:
    text = reader.cell("format")
    if not text:
        return reader.mapping.format or "other"
    found = find_format(text)
    if found is None:
        reader.remark("unknown-format", text[:80])
    return found.code if found else reader.mapping.format or "other"


def _topics(reader: _Reader, most: int) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    stated = [pair for text in reader.cells("topics") for pair in _topic_pairs(text)]
    for role, text in zip(reader.mapping.roles, reader.line.cells, strict=False):
        if role[:6] == "topic:" and text:
            stated.append((role[6:], "" if heading(text) in ("yes", "x", "true") else text))
    for name, amount in stated:
        topic = topic_of(name)
        if topic is None:
            reader.remark("unknown-topic", name[:80])
            continue
        ticks = _ticks(reader, amount) if amount else most
        if ticks is None or ticks <= 0:
            continue
        if ticks > most > 0:
            reader.remark("topic-share-cut", topic, amount_text(ticks), amount_text(most))
        found[topic] = max(min(ticks, most), found.get(topic, 0))
    return tuple(sorted((topic, ticks) for topic, ticks in found.items() if ticks))


def _topic_pairs(text: str) -> list[tuple[str, str]]:
    # "Pain management, ethics" is a list too, unless commas are decimals: split there only between words.
    return read_pairs(re.sub(r",\s*(?=[^\W\d])", ";", text))


def _tags(reader: _Reader) -> tuple[str, ...]:
    found = set()
    for text in reader.cells("tags"):
        for word in re.split(r"[;,|]", text):
            tag = tag_of(word)
            if tag:
                found.add(tag)
            elif word.strip():
                reader.remark("unknown-tag", word.strip()[:80])
    return tuple(sorted(found))


def _joined(rows: list[ReadRow]) -> tuple[ReadRow, ...]:
    """Lines of the same activity with different credit types, made one."""
    kept: list[ReadRow] = []
    places: dict[tuple[object, ...], int] = {}
    for row in rows:
        if row.reasons or row.completed is None:
            kept.append(row)
            continue
        names = [("activity", row.activity, row.completed)] if row.activity else []
        keys = [*names, same_activity(row.provider, row.title, row.completed)]
        place = next((places[key] for key in keys if key in places), None)
        if place is not None and not {c for c, _ in row.amounts} & {c for c, _ in kept[place].amounts}:
            kept[place] = _with(kept[place], row)
            continue
        for key in keys:
            places.setdefault(key, len(kept))
        kept.append(row)
    return tuple(kept)


def _with(first: ReadRow, more: ReadRow) -> ReadRow:
    topics = dict(first.topics)
    for topic, ticks in more.topics:
        topics[topic] = max(ticks, topics.get(topic, 0))
    return replace(
        first,
        lines=(*first.lines, *more.lines),
        amounts=(*first.amounts, *more.amounts),
        topics=tuple(sorted(topics.items())),
        tags=tuple(sorted({*first.tags, *more.tags})),
        note=first.note or more.note,
        format=first.format if first.format != "other" else more.format,
        notes=tuple(dict.fromkeys((*first.notes, *more.notes))),
    )
