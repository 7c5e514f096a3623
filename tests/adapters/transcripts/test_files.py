"""Files as people really have them: encodings, delimiters, workbooks, and what is no table at all."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime

import pytest
import xlsxwriter

from osler.adapters.transcripts import MOST_LINES, FileRefused, Table, read_table
from osler.adapters.transcripts.workbook import formulas_in

TEXT = "Title,Completed,Hours\nPrise en charge de la fièvre – été,2025-03-02,1.5\n"


def cells(table: Table, sheet: int = 0) -> list[tuple[int, tuple[str, ...]]]:
    return [(line.number, line.cells) for line in table.sheets[sheet].lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encoding_and_delimiter_do_not_matter(encoding: str, delimiter: str) -> None:
    table = read_table(TEXT.replace(",", delimiter).encode(encoding))
    assert table.delimiter == delimiter
    assert cells(table) == [
        (1, ("Title", "Completed", "Hours")),
        (2, ("Prise en charge de la fièvre – été", "2025-03-02", "1.5")),
    ]


def test_a_quoted_line_break_does_not_shift_the_numbers_of_the_lines() -> None:
    table = read_table(b'Title,Hours\r\n"Sepsis,\r\npart one",1\r\n\r\nAsthma,2\r\n')
    assert cells(table) == [(1, ("Title", "Hours")), (2, ("Sepsis, part one", "1")), (5, ("Asthma", "2"))]


def test_a_semicolon_file_with_decimal_commas_is_not_split_at_them() -> None:
    table = read_table(b"Titel;Datum;Punkte\nA;02.03.2025;1,5\nB;03.03.2025;2,5\n")
    assert [len(row) for _, row in cells(table)] == [3, 3, 3]


def test_a_file_may_say_its_delimiter_itself() -> None:
    table = read_table(b"sep=;\nTitle;Completed\nA, B and C;2025-03-02\n")
    assert cells(table)[1:] == [(2, ("Title", "Completed")), (3, ("A, B and C", "2025-03-02"))]


def workbook(fill: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        fill(book)
    return target.getvalue()


def test_a_workbook_gives_what_was_typed_and_the_row_numbers_of_the_sheet() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Empty")
        sheet = book.add_worksheet("2025")
        sheet.write_row(2, 1, ["Title", "Completed", "Hours"])
        sheet.write_string(3, 1, "Sepsis")
        sheet.write_datetime(3, 2, datetime(2025, 3, 2, 9, 30), book.add_format({"num_format": "dd.mm.yyyy"}))
        sheet.write_number(3, 3, 17.1)
        sheet.write_formula(4, 3, "=1+1", None, 2)
        sheet.write_boolean(5, 1, True)

    table = read_table(workbook(fill), "x.csv")
    assert [sheet.name for sheet in table.sheets] == ["2025"]
    assert cells(table) == [
        (3, ("", "Title", "Completed", "Hours")),
        (4, ("", "Sepsis", "2025-03-02", "17.1")),
        (5, ("", "", "", "2")),
        (6, ("", "yes", "", "")),
    ]


def test_formulas_are_counted_and_never_run() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Title", "Completed", "Hours"])
        for row in range(1, 4):
            sheet.write_formula(row, 2, '=HYPERLINK("http://example.org","x")', None, row)

    content = workbook(fill)
    assert formulas_in(content) == 3
    assert [line[1][2] for line in cells(read_table(content))[1:]] == ["1", "2", "3"]
    assert formulas_in(workbook(lambda book: book.add_worksheet().write_row(0, 0, ["Title"]))) == 0
    assert formulas_in(b"Title,Completed\n=1+1,2025-01-01\n") == 0


def zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


FRAME = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}


def lied_about(bomb: bytes) -> bytes:
    """The same archive, claiming in its directory that nothing is larger than ten bytes."""
    where = bomb.rindex(b"PK\x01\x02")
    return bomb[: where + 24] + (10).to_bytes(4, "little") + bomb[where + 28 :]


def far_away() -> bytes:
    """A workbook of one cell, a billion cells from the first."""
    return workbook(lambda book: book.add_worksheet().write(1_000_000, 9_000, "x"))


REFUSED: list[tuple[str, bytes, str]] = [
    ("nothing", b"", "empty-file"),
    ("only blanks", b"\xef\xbb\xbf \r\n\r\n", "empty-file"),
    ("a program called .csv", b"MZ\x90\x00" + b"\x00" * 200, "executable"),
    ("a Linux program", b"\x7fELF\x02\x01\x01" + b"\x00" * 200, "executable"),
    ("a script", b"#!/bin/sh\necho 1,2\n", "executable"),
    ("a PDF", b"%PDF-1.7\n1 0 obj", "pdf"),
    ("a photograph", b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
    ("an archive", zipped({"transcript.csv": b"a,b"}), "archive"),
    ("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old-workbook"),
    (
        "a protected workbook",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "protected-workbook",
    ),
    ("a web page called .xls", b"<html><table><tr><td>Title</td></tr></table></html>", "web-page"),
    ("a portfolio", b'{"portfolio": 1}', "json"),
    ("noise", bytes(range(1, 32)) * 100, "not-text"),
    ("a damaged workbook", zipped({**FRAME, "xl/worksheets/sheet1.xml": b"<nonsense"}), "broken-workbook"),
    ("half a workbook", zipped({**FRAME, "xl/x": b"abc" * 999})[:180], "broken-workbook"),
    ("a bomb", zipped({**FRAME, "xl/worksheets/sheet1.xml": b"0" * 30_000_000}), "bomb"),
    ("a lying bomb", lied_about(zipped({**FRAME, "xl/media/a": b"0" * 30_000_000})), "broken-workbook"),
    ("a cell at the end of the world", far_away(), "too-many-lines"),
    ("too many lines", b"Title,Hours\n" + b"a,1\n" * (MOST_LINES + 1), "too-many-lines"),
    ("too many columns", b"a," * 2_000, "too-many-columns"),
    ("too large", b"a,b\n" * 6_000_000, "too-large"),
    ("a quote that never ends", b'Title,Hours\n"' + b"a" * 200_000, "broken-quotes"),
]


@pytest.mark.parametrize(
    ("content", "code"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_is_no_transcript_is_refused_by_its_right_name(content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as caught:
        read_table(content, "transcript.csv")
    assert caught.value.remark.code == code
