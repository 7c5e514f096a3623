"""Files that mean harm or are spoilt: a clear refusal or a bounded reading, and nothing left behind."""

import io
import struct
import tempfile
import zlib
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from osler.adapters.documents import DocumentRefused
from osler.adapters.documents.kinds import JPEG, PDF, PNG, TIFF, WEBP, media_type_of
from osler.adapters.documents.mail import read_mail, text_of_html
from osler.adapters.documents.reader import read_document
from osler.adapters.documents.sealing import SealError, read_key, seal, unseal
from tests.certificates import blank_pdf, pdf_of, picture_of

AS_OF = date(2026, 1, 31)
# A page with a script that opens with it and a program to be launched; both must stay letters.
SCRIPTED = b"""%PDF-1.7
1 0 obj <</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R/AA<</WC 5 0 R>>>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 6 0 R/Resources<</Font<</F 7 0 R>>>>>> endobj
4 0 obj <</S/JavaScript/JS(app.alert\\('boo'\\);this.submitForm\\('http://127.0.0.1:9/'\\))>> endobj
5 0 obj <</S/Launch/F(/bin/sh)>> endobj
6 0 obj <</Length 73>> stream
BT /F 12 Tf 20 100 Td (Completed on 19 August 2022 with some words.) Tj ET
endstream endobj
7 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R>>
"""
# The password is needed to open it: the standard handler with figures that no empty password fits.
LOCKED = (
    b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj"
    b" <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n3 0 obj <</Type/Page/Parent 2 0"
    b" R/MediaBox[0 0 9 9]>> endobj\n4 0 obj <</Filter/Standard/V 1/R 2/P -4"
    b"/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>> endobj\n"
    b"trailer <</Root 1 0 R/Encrypt 4 0 R/ID[<0011><0011>]>>\n"
)


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Temporary folders are made here, to see that they are gone."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def refused(content: bytes, **more: float) -> str:
    with pytest.raises(DocumentRefused) as caught:
        read_document(content, as_of=AS_OF, may_look=False, **more)  # type: ignore[arg-type]
    return caught.value.remark.code


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is enormous."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (LOCKED, "encrypted"),
        (b"%PDF-1.7\n" + b"garbage " * 2_000, "broken"),
        (pdf_of()[:2_000], "broken"),
        (bomb(60_000, 60_000), "bomb"),
        (picture_of()[:2_000], "broken"),
        (b"", "empty"),
        (b"MZ" + pdf_of(), "executable"),
        (b"PK\x03\x04" + b"\0" * 500, "archive"),
    ],
)
def test_a_spoilt_file_is_refused_and_leaves_nothing(content: bytes, code: str, folders: Path) -> None:
    assert refused(content) == code
    assert list(folders.iterdir()) == []


def test_a_pdf_of_500_pages_is_no_certificate(folders: Path) -> None:
    assert refused(blank_pdf(500)) == "too-many-pages"
    assert list(folders.iterdir()) == []


def test_a_long_pdf_is_read_as_far_as_it_matters(folders: Path) -> None:
    reading = read_document(blank_pdf(40), as_of=AS_OF, may_look=False)
    assert reading.pages_count == 40
    assert len(reading.pages) == 10
    assert reading.remarks[0].values == ("10", "40")
    assert list(folders.iterdir()) == []


def test_a_file_that_takes_too_long_is_ended(folders: Path) -> None:
    assert refused(pdf_of(), seconds=0.01) == "too-costly"
    assert list(folders.iterdir()) == []


def test_a_page_as_large_as_a_house_is_drawn_small() -> None:
    large = SCRIPTED.replace(b"[0 0 300 200]", b"[0 0 14400 14400]")
    (page,) = read_document(large, as_of=AS_OF, may_look=False).pages
    assert Image.open(io.BytesIO(page.picture)).width <= 1_100


def test_scripts_and_launches_stay_letters_in_a_file() -> None:
    reading = read_document(SCRIPTED, as_of=AS_OF)
    completed = next(one for one in reading.proposals if one.field == "completed")
    assert completed.best.value == "2022-08-19"


@pytest.mark.parametrize(
    ("kind", "media_type"), [("PNG", PNG), ("JPEG", JPEG), ("TIFF", TIFF), ("WEBP", WEBP)]
)
def test_a_picture_is_known_by_its_bytes(kind: str, media_type: str) -> None:
    assert media_type_of(picture_of(dpi=40, kind=kind)) == media_type
    assert media_type_of(b"\n\n%PDF-1.4 after a line of its own") == PDF


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x7fELF....", "executable"),
        (b"#!/bin/sh", "executable"),
        (b"\x00\x00\x00\x20ftypheic....", "heic"),
        (b"GIF89a", "other-picture"),
        (b"PK\x03\x04......word/document.xml", "office"),
        (b"<html>", "unknown"),
    ],
)
def test_what_is_no_certificate_is_called_by_its_name(content: bytes, code: str) -> None:
    with pytest.raises(DocumentRefused) as caught:
        media_type_of(content)
    assert caught.value.remark.code == code


def test_sealed_bytes_open_with_their_key_and_as_what_they_are() -> None:
    old, new = b"o" * 32, b"n" * 32
    sealed = seal(b"content", [old], "a/b")
    assert b"content" not in sealed
    assert unseal(sealed, [new, old], "a/b") == b"content"
    assert unseal(b"never sealed", [old], "a/b") == b"never sealed"
    for keys, about, code in (([new], "a/b", "no-key"), ([old], "a/c", "changed")):
        with pytest.raises(SealError) as caught:
            unseal(sealed, keys, about)
        assert caught.value.code == code
    with pytest.raises(ValueError, match="32 bytes"):
        read_key("c2hvcnQ=")


def test_a_mail_is_taken_apart_without_running_or_fetching_anything() -> None:
    raw = (
        b"From: A <a@b.example>\r\nTo: Me <record+bcdfghjkmnpq@in.example.org>\r\n"
        b"Subject: =?utf-8?q?Caf=C3=A9?=\r\n"
        b"Content-Type: text/html; charset=utf-8\r\n\r\n"
        b"<script>alert(1)</script><p>You completed <b>Sepsis</b><br>on 4 May 2025, "
        b"a course of two hours.</p>"
    )
    mail = read_mail(raw, domain="in.example.org")
    assert (mail.tokens, mail.subject) == (("bcdfghjkmnpq",), "Café")
    assert mail.text == "You completed Sepsis\non 4 May 2025, a course of two hours."
    assert read_mail(raw, domain="other.example").tokens == ()
    envelope = read_mail(raw, domain="in.example.org", recipients=["record+zzzzzzzz@in.example.org"])
    assert envelope.tokens == ("zzzzzzzz",)
    assert text_of_html("<p>one</p><div>two</div>") == "one\ntwo"
    assert read_mail(b"Auto-Submitted: auto-replied\r\n" + raw, domain="x").is_automatic
    assert read_mail(b"Return-Path: <>\r\n" + raw, domain="x").is_automatic
    assert read_mail(b"\xff\xfe not a mail at all", domain="x").tokens == ()
