"""How long files stay, and that they are sealed anew when keys are set or changed."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from osler.apps.audit.queries import history
from osler.apps.credit import actions
from osler.apps.credit.actions.keeping import Sealed, purge_removed_documents, seal_documents
from osler.apps.credit.models import Document
from osler.apps.credit.queries.documents import document_bytes, page_picture
from osler.apps.people.models import Person
from osler.cli.main import app
from osler.core.credit.refusal import Refusal
from tests.apps.credit.test_documents import files_of, keep, stored
from tests.certificates import pdf_of
from tests.factories import NOW, draft

KEYS = [os.urandom(32), os.urandom(32)]


@pytest.fixture(autouse=True)
def _a_storage_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def test_a_removed_document_goes_for_good_after_ninety_days(
    ruth: Person, django_capture_on_commit_callbacks: Any
) -> None:
    document = keep(ruth).document
    actions.remove_document(document=document, by=ruth, at=NOW)
    assert purge_removed_documents(at=NOW + timedelta(days=89)) == 0
    assert files_of(ruth)
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_removed_documents(at=NOW + timedelta(days=91)) == 1
    assert files_of(ruth) == []
    assert next(entry.verb for entry in history(document)) == "purge-document"
    assert not Document.objects.exists()


def test_bytes_that_prove_another_record_stay(ruth: Person, django_capture_on_commit_callbacks: Any) -> None:
    document = keep(ruth).document
    actions.confirm_document(document=document, draft=draft("One"), by=ruth, at=NOW, has_more=True)
    document.refresh_from_db()
    assert not isinstance(actions.remove_document(document=document, by=ruth, at=NOW), Refusal)
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_removed_documents(at=NOW + timedelta(days=91)) == 1
    assert document_bytes(Document.objects.get()) == pdf_of()


def test_files_kept_before_a_key_was_set_are_sealed_and_open_as_before(ruth: Person, settings: Any) -> None:
    document = keep(ruth).document
    without_key = CliRunner().invoke(app, ["documents", "seal"])
    assert (without_key.exit_code, "OSLER_DOCUMENT_KEYS" in without_key.output) == (2, True)
    settings.OSLER_DOCUMENT_KEYS = KEYS[:1]
    done = CliRunner().invoke(app, ["documents", "seal"])
    assert (done.exit_code, done.output) == (0, "2 encrypted now, 0 before.\n")
    assert b"%PDF" not in stored(ruth, document)
    assert document_bytes(document) == pdf_of()
    assert page_picture(document, 1)
    assert len(files_of(ruth)) == 2
    settings.OSLER_DOCUMENT_KEYS = [KEYS[1], KEYS[0]]
    assert seal_documents() == Sealed(now=2)
    assert seal_documents() == Sealed(before=2)
    settings.OSLER_DOCUMENT_KEYS = KEYS[1:]
    assert document_bytes(document) == pdf_of()


def test_what_no_key_opens_is_told_and_left_alone(ruth: Person, settings: Any) -> None:
    settings.OSLER_DOCUMENT_KEYS = KEYS[:1]
    document = keep(ruth).document
    before = stored(ruth, document)
    settings.OSLER_DOCUMENT_KEYS = KEYS[1:]
    done = CliRunner().invoke(app, ["documents", "seal"])
    assert done.exit_code == 1
    assert "2 could not be read" in done.output
    assert stored(ruth, document) == before


def test_a_sealing_that_was_broken_off_loses_nothing(
    ruth: Person, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = keep(ruth).document
    settings.OSLER_DOCUMENT_KEYS = KEYS[:1]
    from django.core.files.storage import default_storage

    from osler.apps.credit.queries.document_files import file_name

    name = file_name(ruth.pk, document.sha256)
    seal_documents()
    # As it stands between taking the old file away and putting the new one there.
    path = Path(default_storage.path(name))
    path.rename(f"{path}.sealing")
    assert document_bytes(document) == pdf_of()
    assert seal_documents() == Sealed(now=1, before=1)
    assert document_bytes(document) == pdf_of()
    assert len(files_of(ruth)) == 2
