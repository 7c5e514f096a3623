"""Certificates on their pages: added, confirmed beside the picture, kept, given back, and nobody else's."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from osler.apps.credit import actions
from osler.apps.credit.models import Document, InboundAddress, Record
from osler.apps.people.models import Person
from tests.certificates import BROWN_LIKE, blank_pdf, pdf_of, picture_of
from tests.factories import NOW, a_record, draft

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]
UNCLEAR = BROWN_LIKE.replace("on 14 November 2025", "on 03/04/2025").replace(
    "is awarded", "the activity was designated for a maximum of"
)


@pytest.fixture(autouse=True)
def _a_storage_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def file(content: bytes | None = None, name: str = "pain.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or pdf_of())


def add(client: Client, *files: SimpleUploadedFile) -> Any:
    return client.post("/record/certificates", {"certificates": list(files)}, follow=True)


def kept_by(person: Person, content: bytes | None = None) -> Document:
    kept = actions.keep_document(
        person=person, content=content or pdf_of(), filename="pain.pdf", by=person, at=NOW
    )
    assert isinstance(kept, actions.Kept)
    return kept.document


def fields_of(page: Any) -> dict[str, str]:
    """What a browser would send if nothing were touched."""
    form = page.context["form"]
    return {
        bound.html_name: str(bound.value())
        for bound in form
        if bound.value() not in (None, "", []) and not bound.html_name.startswith("pick_")
    }


def test_a_certificate_is_confirmed_beside_its_picture(
    ruth: Person, california: object, signed_in: SignIn, words: Words
) -> None:
    client = signed_in(ruth)
    page = add(client, file())
    said = words(page)
    assert "Nothing counts before you add it." in said
    assert "Read from page 1: “Chronic Pain and Its Treatment”" in said
    assert 'class="mark mark-title mark-certain"' in page.content.decode()
    assert not Record.objects.exists()
    done = client.post(page.redirect_chain[-1][0], fields_of(page), follow=True)
    record = Record.objects.get()
    assert (record.title, record.provider) == ("Chronic Pain and Its Treatment", "Example University")
    assert record.completed_on == date(2025, 11, 14)
    assert "was added with its certificate" in words(done)
    assert "pain.pdf" in words(done)


def test_on_a_phone_the_line_that_was_read_stands_beside_its_field(ruth: Person, signed_in: SignIn) -> None:
    document = kept_by(ruth)
    page = signed_in(ruth).get(f"/record/certificates/{document.key}").content.decode()
    part = page.split('class="document-part part-title"')[1].split("</div>")[0]
    assert 'aria-label="“Chronic Pain and Its Treatment”, cut out of page 1"' in part
    assert f'<image href="/record/certificates/{document.key}/page-1.webp" width="612.0"' in part


def test_what_is_unclear_is_asked_and_not_chosen(ruth: Person, signed_in: SignIn, words: Words) -> None:
    client = signed_in(ruth)
    page = add(client, file(pdf_of(UNCLEAR)))
    address = page.redirect_chain[-1][0]
    said = words(page)
    assert "4 March 2025" not in str(fields_of(page))
    assert "4 March 2025" in said
    assert "3 April 2025" in said
    assert "the most that could be earned" in said
    assert " checked" not in re.sub(r'name="tags".*?>', "", page.content.decode())
    untouched = client.post(address, fields_of(page))
    assert "Choose one of the readings or enter it." in words(untouched)
    assert not Record.objects.exists()
    chosen = {**fields_of(page), "pick_completed_on": "2025-04-03", "pick_amount_0": "6"}
    client.post(address, chosen)
    assert Record.objects.get().completed_on == date(2025, 4, 3)


def test_several_files_become_a_queue(ruth: Person, signed_in: SignIn, words: Words) -> None:
    client = signed_in(ruth)
    page = add(client, file(), file(pdf_of(UNCLEAR), "unclear.pdf"), file(b"MZ program", "c.pdf"))
    said = words(page)
    assert "2 to confirm" in said
    assert "This is a program" in said
    first, second = Document.objects.order_by("id")
    shown = client.get(f"/record/certificates/{first.key}")
    assert "Next of 2" in words(shown)
    done = client.post(f"/record/certificates/{first.key}", fields_of(shown))
    assert done.headers["Location"] == f"/record/certificates/{second.key}"
    again = add(client, file(name="again.pdf"))
    assert "is kept already, with “Chronic Pain and Its Treatment”" in words(again)


def test_a_file_is_only_ever_downloaded_and_runs_nothing(ruth: Person, signed_in: SignIn) -> None:
    document = kept_by(ruth)
    answer = signed_in(ruth).get(f"/record/certificates/{document.key}/file")
    assert answer.content == pdf_of()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="pain.pdf"'
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    picture = signed_in(ruth).get(f"/record/certificates/{document.key}/page-1.webp")
    assert picture.headers["Content-Type"] == "image/webp"
    assert signed_in(ruth).get(f"/record/certificates/{document.key}/page-2.webp").status_code == 404


def test_a_certificate_is_added_to_a_record_removed_and_brought_back(
    ruth: Person, signed_in: SignIn, words: Words
) -> None:
    client, record = signed_in(ruth), a_record(ruth)
    page = client.post(f"/record/activity/{record.key}/certificates", {"certificates": file()}, follow=True)
    assert "pain.pdf" in words(page)
    document = Document.objects.get()
    client.post(f"/record/certificates/{document.key}/remove")
    assert "None is kept with this record yet." in words(client.get(f"/record/activity/{record.key}"))
    client.post(f"/record/certificates/{document.key}/restore")
    assert "pain.pdf" in words(client.get(f"/record/activity/{record.key}"))
    refused = client.post(
        f"/record/activity/{record.key}/certificates", {"certificates": file(b"MZ")}, follow=True
    )
    assert "This is a program" in words(refused)


def test_a_record_of_the_same_day_is_offered_for_the_file(
    ruth: Person, signed_in: SignIn, words: Words
) -> None:
    record, document = a_record(ruth, completed_on=date(2025, 11, 14)), kept_by(ruth)
    client = signed_in(ruth)
    assert "Already in your record?" in words(client.get(f"/record/certificates/{document.key}"))
    client.post(f"/record/certificates/{document.key}/attach", {"record": record.key})
    document.refresh_from_db()
    assert document.record == record
    assert Record.objects.count() == 1


def test_a_name_that_is_not_the_persons_is_told(ruth: Person, signed_in: SignIn, words: Words) -> None:
    document = kept_by(ruth, pdf_of(BROWN_LIKE.replace("Ruth Mehta", "Otto Stranger")))
    said = words(signed_in(ruth).get(f"/record/certificates/{document.key}"))
    assert "The certificate names Otto Stranger" in said


def test_a_scan_waits_with_its_picture_and_may_be_entered_by_hand(
    ruth: Person, signed_in: SignIn, words: Words
) -> None:
    client = signed_in(ruth)
    page = add(client, file(picture_of(), "scan.png"))
    address = page.redirect_chain[-1][0]
    assert "The page is being read." in words(page)
    assert client.get(address, headers={"HX-Request": "true"}).status_code == 204
    assert "Is this right?" in words(client.get(f"{address}?by_hand=1"))


def test_a_file_that_could_not_be_read_says_why_until_it_is_put_away(
    ruth: Person, signed_in: SignIn, words: Words
) -> None:
    from osler.apps.credit.models import DocumentReading

    document = kept_by(ruth, blank_pdf())
    Document.objects.update(state=Document.State.REFUSED)
    DocumentReading.objects.update(remarks=[["bomb", []]])
    client = signed_in(ruth)
    assert "could not be kept" in words(client.get("/record/certificates"))
    assert "unpacks to far more" in words(client.get(f"/record/certificates/{document.key}"))
    client.post(f"/record/certificates/{document.key}/remove")
    assert "could not be kept" not in words(client.get("/record/certificates"))


def test_the_address_is_shown_renewed_and_closed(
    ruth: Person, signed_in: SignIn, words: Words, settings: Any
) -> None:
    client = signed_in(ruth)
    assert "takes no mail" in words(client.get("/record/certificates"))
    settings.OSLER_INBOUND_DOMAIN = "in.example.org"
    client.post("/record/certificates/address/new")
    token = InboundAddress.objects.get(revoked_at=None).token
    assert f"record+{token}@in.example.org" in words(client.get("/record/certificates"))
    client.post("/record/certificates/address/new")
    assert InboundAddress.objects.get(revoked_at=None).token != token
    client.post("/record/certificates/address/close")
    assert "Get an address" in words(client.get("/record/certificates"))


PAGES = ("", "/file", "/page-1.webp")
DEEDS = ("/remove", "/restore", "/attach", "")


def test_a_stranger_gets_nothing(ruth: Person, stranger: Person, signed_in: SignIn) -> None:
    document, record = kept_by(ruth), a_record(ruth)
    address = f"/record/certificates/{document.key}"
    nobody, other = Client(), signed_in(stranger)
    for page in ("/record/certificates", *(address + part for part in PAGES)):
        answer = nobody.get(page)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/accounts/login/")
    for part in PAGES:
        assert other.get(address + part).status_code == 404
    for part in DEEDS:
        assert nobody.post(address + part).status_code == 302
        assert other.post(address + part, {"record": record.key}).status_code == 404
    to_record = f"/record/activity/{record.key}/certificates"
    assert nobody.post(to_record).status_code == 302
    assert other.post(to_record, {"certificates": file()}).status_code == 404
    for part in ("new", "close"):
        assert nobody.post(f"/record/certificates/address/{part}").status_code == 302
    document.refresh_from_db()
    assert (document.removed_at, document.record) == (None, None)


def test_the_list_asks_no_more_for_more(
    ruth: Person, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(ruth)
    for number in range(3):
        record = a_record(ruth, f"Rounds {number}")
        Document.objects.create(
            person=ruth, record=record, sha256="a" * 64, bytes_count=1, media_type="application/pdf",
            filename=f"{number}.pdf", state=Document.State.ATTACHED, added_at=NOW,
        )  # fmt: skip
        if number in (0, 2):
            with django_assert_max_num_queries(12):
                client.get("/record/certificates")
    assert "Rounds 1" in client.get("/record/certificates", {"search": "rounds 1"}).content.decode()
    assert "Rounds 2" not in client.get("/record/certificates", {"search": "rounds 1"}).content.decode()


def test_a_form_begins_with_what_was_recorded_last(ruth: Person, signed_in: SignIn) -> None:
    client = signed_in(ruth)
    record = a_record(ruth, "Tumour board", amounts=draft(hours=2).amounts)
    fresh = client.get("/record/new").context["form"].initial
    assert (fresh["completed_on"], fresh["type_0"]) == (NOW.date(), "AMA_PRA_1")
    assert "title" not in fresh
    again = client.get("/record/new", {"like": record.key}).context["form"].initial
    assert (again["title"], again["amount_0"], again["completed_on"]) == ("Tumour board", "2", NOW.date())


def mail_of(token: str, *, body: str = "", attachment: bytes | None = None, **headers: str) -> bytes:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"] = "Provider <cme@provider.example>"
    message["To"] = f"record+{token}@in.example.org"
    message["Subject"] = "Your certificate"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body or "Attached.")
    if attachment is not None:
        message.add_attachment(attachment, maintype="application", subtype="pdf", filename="pain.pdf")
    return message.as_bytes()


def test_a_gateway_with_the_secret_brings_mail_and_nobody_else(ruth: Person, settings: Any) -> None:
    settings.OSLER_INBOUND_DOMAIN, settings.OSLER_INBOUND_SECRET = "in.example.org", "a secret of some length"
    address = actions.renew_address(person=ruth, by=ruth, at=NOW)
    assert isinstance(address, InboundAddress)
    raw = mail_of(address.token, attachment=pdf_of())
    client = Client(enforce_csrf_checks=True)
    post = lambda secret, content=raw: client.post(  # noqa: E731
        "/inbound/mail", content, content_type="message/rfc822", headers={"Authorization": f"Bearer {secret}"}
    )
    assert post("another").status_code == 403
    assert post("a secret of some length").json() == {"documents": 1, "refused": []}
    document = Document.objects.get()
    assert (document.person, document.came_by) == (ruth, "mail")
    assert document.said_sender == "Provider <cme@provider.example>"
    unknown = post("a secret of some length", mail_of("bcdfghjkmnpqrstv", attachment=pdf_of()))
    assert (unknown.status_code, unknown.json()["error"]) == (404, "no-such-address")
    settings.OSLER_INBOUND_SECRET = ""
    assert post("").status_code == 403
