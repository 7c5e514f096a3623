"""The mailbox of the demo: readable, its links alive, and nowhere but in the demo."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client
from django.urls import NoReverseMatch, reverse

Words = Callable[[Any], str]
FOLDER_BACKEND = "django.core.mail.backends.filebased.EmailBackend"


@pytest.fixture
def folder(tmp_path: Path, settings: Any, db: None) -> Path:
    """A folder with two mails of one connection, in the demo."""
    settings.OSLER_DEMO, settings.EMAIL_FILE_PATH = True, tmp_path
    settings.ROOT_URLCONF = "tests.web.messages.demo_urls"
    connection = get_connection(FOLDER_BACKEND, file_path=str(tmp_path))
    with connection:
        for subject in ("Confirm your address – please", "Your sign-in code"):
            mail = EmailMultiAlternatives(
                subject,
                f"{subject}:\nhttp://localhost:8000/confirm/abc",
                to=["ana@example.org"],
                connection=connection,
            )
            mail.attach_alternative(f"<p>{subject}</p>", "text/html")
            mail.send()
    return tmp_path


def test_mails_are_listed_and_searched(folder: Path, client: Client, words: Words) -> None:
    said = words(client.get("/demo/mail"))
    assert "Confirm your address – please" in said
    assert "ana@example.org" in said
    assert "1 mail" in words(client.get("/demo/mail?q=code"))


def test_the_links_of_a_mail_can_be_followed(folder: Path, client: Client) -> None:
    listed = client.get("/demo/mail?q=confirm+please").content.decode()
    address = listed.partition('href="/demo/mail/')[2].partition('"')[0]
    shown = client.get(f"/demo/mail/{address}")
    assert 'href="http://localhost:8000/confirm/abc"' in shown.content.decode()
    assert b"<p>Confirm" in client.get(f"/demo/mail/{address}/mail").content
    assert client.get("/demo/mail/nothing").status_code == 404


def test_an_empty_mailbox_says_what_fills_it(
    folder: Path, client: Client, words: Words, settings: Any, tmp_path: Path
) -> None:
    settings.EMAIL_FILE_PATH = tmp_path / "none"
    assert "No mail was written yet" in words(client.get("/demo/mail"))


def test_outside_the_demo_there_is_none(folder: Path, client: Client, settings: Any) -> None:
    settings.OSLER_DEMO = False
    assert client.get("/demo/mail").status_code == 404
    settings.ROOT_URLCONF = "osler.conf.urls"
    assert client.get("/demo/mail").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("messages:demo-mail")
