"""The audit dossier: the assessment, every counted record and its certificate, in their order."""

import hashlib
import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from osler.adapters.typesetting import Cell, Document, Head, Heading, Table, Words, typesetter
from osler.apps.credit.actions.prepared import drop_old_files
from osler.apps.credit.models import PreparedFile, Record
from osler.apps.credit.queries.document_files import file_name, store
from osler.apps.people.models import HeldCredential, Person
from osler.core.credit.amount import TICKS
from tests.factories import NOW, a_record

SignIn = Callable[[Person], Client]
Words_ = Callable[[Any], str]


def a_pdf(*texts: str) -> bytes:
    blocks: list[Any] = []
    for text in texts:
        blocks += [Heading(text, on_new_page=bool(blocks)), Words("This is to certify")]
    return typesetter().pdf(Document("Certificate", "en", NOW, tuple(blocks)))


def a_scan() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (800, 1000), "white").save(target, "PNG")
    return target.getvalue()


def keep(record: Record, content: bytes, media_type: str = "application/pdf", pages: int = 1) -> None:
    sha = hashlib.sha256(content).hexdigest()
    store(file_name(record.person_id, sha), content)
    record.documents.create(person=record.person, sha256=sha, bytes_count=len(content), media_type=media_type,
                            filename="a.pdf", state="attached", added_at=NOW, pages=pages)  # fmt: skip


def read(pdf: bytes) -> tuple[list[str], pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document], document


@pytest.fixture
def records(ruth: Person, california: HeldCredential) -> list[Record]:
    pain = a_record(ruth, "Chronic pain", 6, topics=(("pain-management", 6 * TICKS),))
    heart = a_record(ruth, "Heart failure", 4, completed_on=date(2025, 3, 1))
    a_record(ruth, "A talk without a paper", 2)
    a_record(ruth, "A meeting of German doctors", 4, amounts=(("DE_FORTBILDUNGSPUNKT", 4 * TICKS),))
    keep(pain, a_pdf("CERTIFICATE ONE"))
    keep(heart, a_scan(), "image/png")
    return [pain, heart]


def test_a_dossier_tells_everything_and_shows_every_certificate(
    ruth: Person, california: HeldCredential, records: list[Record], signed_in: SignIn, words: Words_
) -> None:
    browser = signed_in(ruth)
    page = words(browser.get(f"/credentials/{california.key}/dossier"))
    assert "2 of 3 counted records have their certificate in this file" in page
    assert "1 counted record without a certificate" in page
    answer = browser.post(f"/credentials/{california.key}/dossier")
    assert answer["Content-Disposition"] == 'attachment; filename="audit-dossier-us-ca-md-2026-06-30.pdf"'
    pages, document = read(answer.content)
    assert document.is_tagged()
    assert document.get_metadata_value("Title") == "Audit dossier"
    cover = pages[0]
    for part in (
        "Ruth Mehta",
        california.number,
        "1 July 2024 to 30 June 2026",
        "31 January 2026",
        "us-ca-md",
    ):
        assert part in cover
    said = " ".join(pages)
    assert "A meeting of German doctors" in said
    assert "Fortbildungspunkt" in said
    assert "Counted without a certificate" in said
    # The page of the certificate, as its register and its requirement name it.
    shown = [number for number, text in enumerate(pages, 1) if "Chronic pain" in text][-1]
    register = next(text for text in pages if "Counted without a certificate" in text)
    assert re.search(rf"Chronic pain Example University {shown}\b", register)
    # The picture's words are its alternative: they are in the file for whoever cannot see it.
    assert b"pdfuaid:part" in answer.content


def test_what_nobody_answered_stays_unknown_with_its_question(
    ruth: Person, california: HeldCredential, signed_in: SignIn
) -> None:
    a_record(ruth, "Chronic pain", 6)
    Person.objects.filter(pk=ruth.pk).update(specialties=None)
    pages, _document = read(signed_in(ruth).post(f"/credentials/{california.key}/dossier").content)
    said = " ".join(pages)
    assert "Open questions" in said
    assert "?" in said
    assert "We need to know" in said


def test_a_certificate_that_is_lost_or_broken_is_told_and_the_rest_is_made(
    ruth: Person, california: HeldCredential, records: list[Record], signed_in: SignIn
) -> None:
    first = records[0].documents.get()
    default_storage.delete(file_name(ruth.pk, first.sha256))
    third = a_record(ruth, "Third", 1)
    keep(third, b"%PDF-1.4 nothing of it is true")
    pages, _document = read(signed_in(ruth).post(f"/credentials/{california.key}/dossier").content)
    assert " ".join(pages).count("it cannot be shown here") == 2


def test_a_large_dossier_is_made_by_a_job_and_kept_for_a_week(
    ruth: Person,
    california: HeldCredential,
    records: list[Record],
    signed_in: SignIn,
    words: Words_,
    run_tasks: Callable[[], None],
    live_events: list[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("osler.web.credit.dossier.PAGES_AT_ONCE", 1)
    browser = signed_in(ruth)
    asked = browser.post(f"/credentials/{california.key}/dossier")
    file = PreparedFile.objects.get()
    assert asked["Location"] == f"/record/files/{file.key}"
    assert "0 of 2 certificates in place" in words(browser.get(asked["Location"]))
    assert browser.get(f"{asked['Location']}/download")["Location"] == asked["Location"]
    run_tasks()
    file.refresh_from_db()
    assert (file.state, file.done, file.steps) == ("ready", 3, 3)
    assert "The file is ready" in words(browser.get(asked["Location"]))
    pages, document = read(browser.get(f"{asked['Location']}/download").content)
    assert document.is_tagged()
    assert any("Chronic pain" in text for text in pages)
    assert [event.name for event in live_events if event.room.endswith(file.key)][:1] == ["progress"]
    with time_machine.travel(NOW + timedelta(days=8), tick=False):
        assert browser.get(asked["Location"]).status_code in (302, 404)
    assert drop_old_files(at=NOW + timedelta(days=8)) == 1
    assert not PreparedFile.objects.exists()
    assert not default_storage.exists(f"prepared/{ruth.pk}/{file.key}")


def test_a_dossier_does_not_exist_for_a_stranger(
    ruth: Person, stranger: Person, california: HeldCredential, signed_in: SignIn, client: Client
) -> None:
    file = PreparedFile.objects.create(
        person=ruth, kind="dossier", filename="a.pdf", asked_at=NOW, gone_after=NOW + timedelta(days=7)
    )
    for path in (f"/credentials/{california.key}/dossier", f"/record/files/{file.key}",
                 f"/record/files/{file.key}/download"):  # fmt: skip
        assert signed_in(stranger).get(path).status_code == 404
        assert client.get(path)["Location"].startswith("/accounts/login/")
    assert signed_in(stranger).post(f"/credentials/{california.key}/dossier").status_code == 404
    assert "a.pdf" not in signed_in(stranger).get("/record/files").content.decode()


def test_a_document_keeps_its_archive_whatever_is_written_in_it() -> None:
    rows = ((Cell("東京 🩺 مؤتمر"), Cell("6", ("Ελλάδα Москва",))),)
    table = Table((Head("Activity"), Head("Credit")), rows)
    pdf = typesetter().pdf(Document("Überschrift", "de", NOW, (Heading("#let x = 1 [*_$"), table)))
    pages, document = read(pdf)
    assert document.is_tagged()
    assert "#let x = 1 [*_$" in pages[0]
    assert "Ελλάδα Москва" in pages[0]
    assert b"pdfaid:part" in pdf
