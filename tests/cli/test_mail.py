"""Mail from a mail server's pipe: kept for whoever the address belongs to, told by the exit code else."""

from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from osler.apps.credit import actions
from osler.apps.credit.models import Document, InboundAddress, Record
from osler.apps.people.models import Person
from osler.cli.mail import app
from tests.certificates import pdf_of, picture_of
from tests.factories import NOW, PersonFactory

BODY = (
    "Ruth Mehta has completed the activity titled “Sepsis in the Ward”\non 4 May 2025\n"
    "and was awarded 2.00 AMA PRA Category 1 Credits."
)


@pytest.fixture
def ruth(db: None, settings: Any, tmp_path: Path) -> Person:
    settings.OSLER_INBOUND_DOMAIN = "in.example.org"
    settings.MEDIA_ROOT = tmp_path
    return PersonFactory(given_name="Ruth", family_name="Mehta")


@pytest.fixture
def address(ruth: Person) -> str:
    made = actions.renew_address(person=ruth, by=ruth, at=NOW)
    assert isinstance(made, InboundAddress)
    return f"record+{made.token}@in.example.org"


def mail(to: str, *files: tuple[str, bytes], body: str = "Attached.", **headers: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "cme@provider.example", to, "Your certificate"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def receive(raw: bytes, *arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments), input=raw)


def test_files_of_a_mail_wait_to_be_confirmed_and_nothing_counts(ruth: Person, address: str) -> None:
    raw = mail(address, ("a.pdf", pdf_of()), ("b.png", picture_of()), ("c.exe", b"MZ program"))
    done = receive(raw)
    assert done.exit_code == 0, done.output
    assert "2 files wait to be confirmed." in done.output
    assert "c.exe: This is a program" in done.output
    assert set(Document.objects.values_list("person", "came_by")) == {(ruth.pk, "mail")}
    assert not Record.objects.exists()
    assert receive(raw).exit_code == 0
    assert Document.objects.count() == 2


def test_a_mail_without_a_file_is_read_itself(ruth: Person, address: str) -> None:
    assert receive(mail(address, body=BODY)).exit_code == 0
    document = Document.objects.get()
    assert (document.media_type, document.filename) == ("text/plain", "Your certificate")
    values = {
        one["field"]: one["candidates"][0]["value"] for one in document.reading.proposals if one["is_certain"]
    }
    assert values["title"] == "Sepsis in the Ward"
    assert values["completed"] == "2025-05-04"
    assert values["credit"] == "2"


@pytest.mark.parametrize(
    ("change", "exit_code"),
    [
        ({"to": "record+bcdfghjkmnpqrstv@in.example.org"}, 67),
        ({"to": "somebody@in.example.org"}, 67),
        ({"body": "Hi."}, 65),
        ({"Auto_Submitted": "auto-replied"}, 0),
        ({"Auto_Submitted": "auto-generated"}, 0),
        ({"Return_Path": "<>"}, 0),
    ],
)
def test_what_cannot_be_kept_is_told_by_the_exit_code(
    address: str, change: dict[str, str], exit_code: int
) -> None:
    parts = {"to": address, "body": BODY, **change}
    assert receive(mail(parts.pop("to"), **parts)).exit_code == exit_code
    assert not Document.objects.exists()


def test_a_certificate_that_a_program_sent_by_itself_is_kept(address: str) -> None:
    file = ("a.pdf", pdf_of())
    for headers in (
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated", "Return_Path": "<>"},
        {"Auto_Submitted": "auto-generated", "X_Osler": "reminder"},
    ):
        assert receive(mail(address, file, **headers)).exit_code == 0
    assert not Document.objects.exists()
    assert (
        receive(mail(address, file, Auto_Submitted="auto-generated; owner-email=a@b.example")).exit_code == 0
    )
    assert Document.objects.count() == 1


def test_the_envelope_goes_before_the_headers(ruth: Person, address: str) -> None:
    raw = mail("a list <list@provider.example>", ("a.pdf", pdf_of()))
    assert receive(raw).exit_code == 67
    assert receive(raw, "--to", address).exit_code == 0


def test_a_closed_address_and_a_mail_too_large_are_refused(ruth: Person, address: str, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 1_000
    assert receive(mail(address, ("a.pdf", b"%PDF" * 400_000))).exit_code == 65
    actions.revoke_address(person=ruth, by=ruth, at=NOW)
    assert receive(mail(address, body=BODY)).exit_code == 67
    settings.OSLER_INBOUND_DOMAIN = ""
    assert receive(mail(address, body=BODY)).exit_code == 75
