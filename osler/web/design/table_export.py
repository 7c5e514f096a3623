"""A list as a file: every row that was found, as CSV or XLSX, with the columns' own values."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.text import slugify

from osler.web.design.tables import DataTable

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export_response(table: DataTable[Any]) -> HttpResponse:
    """The file the list's address asks for. Call it when `table.export` is not empty."""
    content, kind = (
        (_xlsx(table), XLSX) if table.export == "xlsx" else (_csv(table), "text/csv; charset=utf-8")
    )
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{slugify(table.name)}.{table.export}"'
    return response


def _lines(table: DataTable[Any]) -> Iterator[list[object]]:
    rows = table.found.iterator(chunk_size=2000) if hasattr(table.found, "iterator") else table.found
    for row in rows:
        yield [column.value(row) for column in table.columns]


def _csv(table: DataTable[Any]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([str(column.label) for column in table.columns])
    writer.writerows([_harmless(value) for value in line] for line in _lines(table))
    # The mark at the start tells spreadsheets that the file is UTF-8.
    return buffer.getvalue().encode("utf-8-sig")


def _harmless(value: object) -> object:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, bool | int | Decimal | date):
        return value
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _xlsx(table: DataTable[Any]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet()
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "d mmmm yyyy"})
        for x, column in enumerate(table.columns):
            sheet.write_string(0, x, str(column.label), bold)
        for y, line in enumerate(_lines(table), start=1):
            for x, value in enumerate(line):
                _write(sheet, y, x, value, day)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return buffer.getvalue()


def _write(sheet: Any, y: int, x: int, value: object, day: Any) -> None:
    if value is None:
        return
    if isinstance(value, datetime):
        sheet.write_string(y, x, value.isoformat(sep=" ", timespec="minutes"))
    elif isinstance(value, date):
        sheet.write_datetime(y, x, value, day)
    elif isinstance(value, Decimal | int) and not isinstance(value, bool):
        sheet.write_number(y, x, value)
    else:
        sheet.write_string(y, x, str(value))
