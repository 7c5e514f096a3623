"""Certificates: kept under their hash, read, confirmed, given back as they came; and nothing else."""

import base64
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from osler.adapters.documents.kinds import PDF
from osler.apps.audit.queries import history
from osler.apps.credit import actions
from osler.apps.credit.actions import Kept
from osler.apps.credit.models import Document, Record
from osler.apps.credit.queries.document_files import DocumentLost, file_name
from osler.apps.credit.queries.documents import (
    document_bytes,
    documents_of_record,
    documents_to_confirm,
    next_to_confirm,
    page_picture,
    reading_of_document,
    records_like,
)
from osler.apps.people.models import Person
from osler.core.credit.refusal import Refusal
from tests.certificates import blank_pdf, pdf_of, picture_of
from tests.factories import NOW, a_record, draft

KEYS = [os.urandom(32), os.urandom(32)]


@pytest.fixture(autouse=True)
def _a_storage_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def keep(person: Person, content: bytes | None = None, name: str = "pain.pdf", **more: Any) -> Kept:
    kept = actions.keep_document(
        person=person, content=content or pdf_of(), filename=name, by=person, at=NOW, **more
    )
    assert isinstance(kept, Kept), kept
    return kept


def stored(person: Person, document: Document) -> bytes:
    with default_storage.open(file_name(person.pk, document.sha256)) as file:
        return bytes(file.read())


def files_of(person: Person) -> list[Path]:
    folder = Path(default_storage.path(f"documents/{person.pk}"))
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_certificate_is_read_confirmed_and_kept_with_its_record(ruth: Person) -> None:
    document = keep(ruth).document
    assert (document.state, document.media_type, document.pages) == ("to-confirm", PDF, 1)
    read = reading_of_document(document)
    title = read.proposal("title")
    assert title is not None
    assert title.is_certain
    assert (title.best.value, title.best.place.page) == ("Chronic Pain and Its Treatment", 1)
    assert page_picture(document, 1)
    assert not Record.objects.filter(person=ruth).exists()
    record = actions.confirm_document(document=document, draft=draft(hours=6), by=ruth, at=NOW)
    assert isinstance(record, Record)
    assert record.source == Record.Source.DOCUMENT
    (kept,) = documents_of_record(record)
    assert document_bytes(kept) == pdf_of()
    assert [entry.verb for entry in history(kept)] == ["attach-document", "keep-document"]
    again = actions.confirm_document(document=document, draft=draft(), by=ruth, at=NOW)
    assert isinstance(again, Refusal)
    assert Record.objects.count() == 1


def test_the_same_file_is_recognised(ruth: Person, stranger: Person) -> None:
    first = keep(ruth)
    second = keep(ruth, name="copy.pdf")
    assert (first.is_new, second.is_new) == (True, False)
    assert first.document == second.document
    assert keep(stranger).is_new
    record = a_record(ruth)
    attached = keep(ruth, record=record).document
    assert attached.record == record
    assert not keep(ruth, record=record).is_new


def test_a_file_goes_to_a_record_that_is_there_already(ruth: Person, stranger: Person) -> None:
    record = a_record(ruth, completed_on=date(2025, 11, 14))
    document = keep(ruth).document
    assert records_like(ruth, reading_of_document(document)) == [record]
    done = actions.attach_document(document=document, record=record, by=ruth, at=NOW)
    assert done == document
    assert records_like(ruth, reading_of_document(document)) == []
    theirs = keep(stranger).document
    assert isinstance(actions.attach_document(document=theirs, record=record, by=ruth, at=NOW), Refusal)


def test_a_removed_document_comes_back_unless_it_was_added_again(ruth: Person) -> None:
    document = keep(ruth).document
    assert isinstance(actions.remove_document(document=document, by=ruth, at=NOW), Document)
    assert not documents_to_confirm(ruth).exists()
    assert isinstance(actions.restore_document(document=document, by=ruth, at=NOW), Document)
    assert next_to_confirm(ruth) == document
    actions.remove_document(document=document, by=ruth, at=NOW)
    assert keep(ruth).is_new
    refused = actions.restore_document(document=document, by=ruth, at=NOW)
    assert isinstance(refused, Refusal)
    assert refused.rule == "known-document"


def test_a_transcript_of_several_activities_is_confirmed_one_by_one(ruth: Person) -> None:
    document = keep(ruth).document
    made = actions.confirm_document(document=document, draft=draft("One"), by=ruth, at=NOW, has_more=True)
    assert isinstance(made, Record)
    rest = next_to_confirm(ruth)
    assert rest is not None
    assert reading_of_document(rest).proposal("title")
    other = actions.confirm_document(document=rest, draft=draft("Two"), by=ruth, at=NOW)
    assert isinstance(other, Record)
    assert [documents_of_record(one)[0].sha256 for one in (made, other)] == [document.sha256] * 2


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00 a program named certificate.pdf", "executable"),
        (b"PK\x03\x04 something packed", "archive"),
        (b"PK\x03\x04....word/document.xml", "office"),
        (b"\x00\x00\x00\x18ftypheic", "heic"),
        (b"%PDF-1.7 and then nothing of the kind", "broken"),
        (b"just some words", "unknown"),
    ],
)
def test_what_is_no_certificate_leaves_nothing_behind(ruth: Person, content: bytes, rule: str) -> None:
    refused = actions.keep_document(person=ruth, content=content, filename="c.pdf", by=ruth, at=NOW)
    assert isinstance(refused, Refusal)
    assert refused.rule == rule
    assert refused.sentence
    assert not Document.objects.exists()
    assert files_of(ruth) == []


def test_a_file_over_the_limit_is_refused_before_it_is_opened(ruth: Person, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 1_000_000
    refused = actions.keep_document(person=ruth, content=b"%PDF-" * 300_000, filename="c", by=ruth, at=NOW)
    assert isinstance(refused, Refusal)
    assert "1 MB" in refused.sentence


def test_a_scan_is_read_by_a_job(
    ruth: Person,
    run_tasks: Callable[[], None],
    live_events: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        document = keep(ruth, picture_of(), "scan.png").document
    assert document.state == Document.State.READING
    assert page_picture(document, 1)
    with django_capture_on_commit_callbacks(execute=True):
        run_tasks()
    document.refresh_from_db()
    assert document.state == Document.State.TO_CONFIRM
    credit = reading_of_document(document).proposal("credit")
    assert credit is not None
    assert (credit.best.kind, credit.best.value) == ("AMA_PRA_1", "6")
    told = [event for event in live_events if event.name == "progress"]
    assert '"is_done": true' in told[-1].data


def test_without_tesseract_the_file_is_kept_and_the_form_is_filled_by_hand(
    ruth: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    document = keep(ruth, picture_of(), "scan.png").document
    assert document.state == Document.State.TO_CONFIRM
    assert [one.code for one in reading_of_document(document).remarks] == ["no-sight", "no-words"]


def test_a_job_that_finds_the_file_unreadable_keeps_the_reason_only(
    ruth: Person, run_tasks: Callable[[], None], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        document = keep(ruth, blank_pdf(2)).document
    Document.objects.filter(pk=document.pk).update(state=Document.State.READING)
    from osler.apps.credit.queries.document_files import store

    spoilt = b"%PDF-1.7 spoilt"
    import hashlib

    digest = hashlib.sha256(spoilt).hexdigest()
    store(file_name(ruth.pk, digest), spoilt)
    Document.objects.filter(pk=document.pk).update(sha256=digest)
    with django_capture_on_commit_callbacks(execute=True):
        done = actions.read_kept_document(document_id=document.pk, at=NOW)
    assert done is not None
    assert done.state == Document.State.REFUSED
    assert not default_storage.exists(file_name(ruth.pk, digest))
    assert [one.code for one in reading_of_document(done).remarks] == ["broken"]


def test_bytes_are_sealed_where_keys_are_set_and_open_after_a_change_of_keys(
    ruth: Person, settings: Any
) -> None:
    settings.OSLER_DOCUMENT_KEYS = KEYS[:1]
    document = keep(ruth).document
    assert b"%PDF" not in stored(ruth, document)
    assert document_bytes(document) == pdf_of()
    settings.OSLER_DOCUMENT_KEYS = [KEYS[1], KEYS[0]]
    assert document_bytes(document) == pdf_of()
    settings.OSLER_DOCUMENT_KEYS = KEYS[1:]
    with pytest.raises(DocumentLost) as lost:
        document_bytes(document)
    assert "OSLER_DOCUMENT_KEYS" in lost.value.sentence


def test_bytes_that_changed_in_the_storage_are_not_given_out(ruth: Person, settings: Any) -> None:
    document = keep(ruth).document
    path = Path(default_storage.path(file_name(ruth.pk, document.sha256)))
    path.write_bytes(pdf_of() + b" ")
    with pytest.raises(DocumentLost) as lost:
        document_bytes(document)
    assert lost.value.code == "changed"
    path.unlink()
    with pytest.raises(DocumentLost) as lost:
        document_bytes(document)
    assert lost.value.code == "missing"


def test_keys_are_32_bytes_in_base64() -> None:
    from osler.conf.document_keys import document_keys
    from osler.conf.environment import SettingError

    text = base64.b64encode(KEYS[0]).decode()
    assert document_keys([text]) == [KEYS[0]]
    for wrong in ("short", base64.b64encode(b"16 bytes of them").decode()):
        with pytest.raises(SettingError, match="key 2"):
            document_keys([text, wrong])


def test_somebody_else_keeps_confirms_and_removes_nothing(ruth: Person, stranger: Person) -> None:
    document = keep(ruth).document
    tries = [
        actions.keep_document(person=ruth, content=pdf_of(), filename="c", by=stranger, at=NOW),
        actions.confirm_document(document=document, draft=draft(), by=stranger, at=NOW),
        actions.attach_document(document=document, record=a_record(ruth), by=stranger, at=NOW),
        actions.remove_document(document=document, by=stranger, at=NOW),
        actions.renew_address(person=ruth, by=stranger, at=NOW),
        actions.revoke_address(person=ruth, by=stranger, at=NOW),
    ]
    assert [one.rule for one in tries if isinstance(one, Refusal)] == ["not-yours"] * len(tries)
