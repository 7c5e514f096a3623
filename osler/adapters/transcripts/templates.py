"""Osler's own layout written: the empty template with an example, and any transcript, as CSV and as a
workbook.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import xlsxwriter

from osler.adapters.transcripts import EXAMPLE_MARK
from osler.core.credit.amount import TICKS, amount_text
from osler.core.credit.formats import FORMATS
from osler.core.credit.types import CREDIT_TYPES
from osler.core.rules.record import CreditRecord
from osler.requirement_sets.vocabulary import load_vocabulary

BEFORE = ("Id", "Title", "Provider", "Completed", "Format")
AFTER = ("Topics", "Tags", "Note")
TYPES_OF_TEMPLATE = (
    "AMA_PRA_1",
    "AMA_PRA_2",
    "AOA_1A",
    "AAFP_PRESCRIBED",
    "AAPA_CAT1",
    "ANCC",
    "ABIM_MOC_POINT",
)
# A text that begins so would be run as a formula by the spreadsheet that opens it.
_RUNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Written:
    """One line to write: the record and the note that belongs to it."""

    record: CreditRecord
    note: str = ""


EXAMPLE = Written(
    CreditRecord(
        id="example-1",
        completed=date(2025, 3, 2),
        credits=(("AMA_PRA_1", 6 * TICKS), ("ANCC", 6 * TICKS)),
        title=f"Safer opioid prescribing {EXAMPLE_MARK}",
        provider="Example Medical Society",
        format="live",
        topics=(("opioid-prescribing", 3 * TICKS),),
    ),
    "Two hours were spent on cases.",
)


def template_csv() -> bytes:
    """The template as CSV in UTF-8 with a byte order mark, which spreadsheets want."""
    return written_csv([EXAMPLE], TYPES_OF_TEMPLATE)


def template_workbook() -> bytes:
    """The template as a workbook, with the lists of types, formats and topics on further sheets."""
    return written_workbook([EXAMPLE], TYPES_OF_TEMPLATE, has_lists=True)


def written_csv(lines: Iterable[Written], types: Sequence[str] | None = None, *, about: str = "") -> bytes:
    """Records as CSV in Osler's own layout; reading it back gives the same records.

    ``about`` is one line above the headings that says what the file holds; reading it back skips that line.
    """
    rows = list(lines)
    codes = _types(rows, types)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    if about:
        writer.writerow([_unarmed(about)])
    writer.writerow([*BEFORE, *codes, *AFTER])
    for row in rows:
        writer.writerow([_unarmed(cell) for cell in _cells(row, codes)])
    return ("\ufeff" + text.getvalue()).encode()


def written_workbook(
    lines: Iterable[Written],
    types: Sequence[str] | None = None,
    *,
    has_lists: bool = False,
    about: str = "",
) -> bytes:
    """Records as a workbook in Osler's own layout. Days are real dates, amounts real numbers, no text a
    formula. ``about`` says on a sheet of its own what the file holds.
    """
    rows = list(lines)
    codes = _types(rows, types)
    target = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, plain) as book:
        sheet = book.add_worksheet("Transcript")
        head = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        headings = [*BEFORE, *codes, *AFTER]
        sheet.write_row(0, 0, headings, head)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(rows)), len(headings) - 1)
        sheet.set_column(1, 1, 50)
        sheet.set_column(2, 2, 30)
        sheet.set_column(3, len(headings), 14)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(_cells(row, codes)):
                if headings[column] == "Completed":
                    sheet.write_datetime(number, column, row.record.completed, day)
                elif headings[column] in codes and cell:
                    sheet.write_number(number, column, float(cell))
                else:
                    sheet.write_string(number, column, cell)
        if has_lists:
            _write_lists(book, head)
        if about:
            book.add_worksheet("About this file").write_string(0, 0, about)
    return target.getvalue()


def _write_lists(book: xlsxwriter.Workbook, head: object) -> None:
    vocabulary = load_vocabulary()
    lists = {
        "Credit types": [(kind.code, kind.name, kind.authority) for kind in CREDIT_TYPES.values()],
        "Formats": [(kind.code, kind.name, kind.about) for kind in FORMATS.values()],
        "Topics": [
            (slug, name, "") for slug, name in sorted({**vocabulary.specialties, **vocabulary.topics}.items())
        ],
        "Tags": [(slug, name, "") for slug, name in vocabulary.tags.items()],
    }
    for title, rows in lists.items():
        sheet = book.add_worksheet(title)
        # Not "Title": a list must not look like a transcript to whoever reads the file back.
        sheet.write_row(0, 0, ["Write", "Meaning", "Remark"], head)
        sheet.set_column(0, 2, 40)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)


def _types(rows: Sequence[Written], types: Sequence[str] | None) -> list[str]:
    found = dict.fromkeys(types or ())
    for row in rows:
        found.update(dict.fromkeys(code for code, _ticks in row.record.credits))
    return list(found) or ["AMA_PRA_1"]


def _cells(row: Written, codes: Sequence[str]) -> list[str]:
    record = row.record
    amounts = dict(record.credits)
    return [
        record.id,
        record.title,
        record.provider,
        record.completed.isoformat(),
        record.format,
        *(amount_text(amounts[code]) if code in amounts else "" for code in codes),
        "; ".join(f"{topic} {amount_text(ticks)}" for topic, ticks in record.topics),
        "; ".join(sorted(record.tags)),
        row.note,
    ]


def _unarmed(text: str) -> str:
    return f"'{text}" if text.startswith(_RUNS) else text
