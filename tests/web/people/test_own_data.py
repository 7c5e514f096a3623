"""Your data: the archive, the consent log, leaving and staying."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from osler.apps.people import actions
from osler.apps.people.models import Consent, HeldCredential, Person
from tests.factories import NOW, a_record
from tests.factories.delegates import an_assistant, confirmed

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]


def archive_of(client: Client) -> zipfile.ZipFile:
    answer = client.get("/me/data/export")
    assert answer["Content-Type"] == "application/zip"
    found = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert found.testzip() is None
    return found


def test_the_archive_holds_everything_in_open_formats(
    ruth: Person, california: HeldCredential, signed_in: SignIn
) -> None:
    a_record(ruth, "Opioids today", 2)
    client = signed_in(ruth)
    upload = io.BytesIO(b"Title,Date,Credits\nGrand rounds,2026-01-05,1\n")
    upload.name = "rounds ../2026.csv"
    client.post("/record/upload", {"transcript": upload})
    archive = archive_of(client)
    names = archive.namelist()
    assert {"README.txt", "portfolio.json", "records.csv", "records.xlsx", "log.json"} <= set(names)
    (line,) = csv.DictReader(io.StringIO(archive.read("records.csv").decode("utf-8-sig")))
    assert "Opioids today" in line.values()
    assert json.loads(archive.read("portfolio.json"))["credits"][0]["title"] == "Opioids today"
    (record,) = json.loads(archive.read("tables/credit.record.json"))["rows"]
    assert (record["title"], record["completed_on"]) == ("Opioids today", "2026-01-01")
    assert [row["verb"] for row in json.loads(archive.read("log.json"))["rows"]]
    (kept,) = [name for name in names if name.startswith("uploads/")]
    assert archive.read(kept).startswith(b"Title,Date,Credits")
    assert ".." not in kept.split("/")[1][:3]
    manifest = json.loads(archive.read("manifest.json"))["files"]
    assert set(manifest) == set(names) - {"manifest.json"}
    for name, said in manifest.items():
        assert hashlib.sha256(archive.read(name)).hexdigest() == said["sha256"], name


def test_one_finds_only_ones_own_in_it(
    ruth: Person, stranger: Person, california: HeldCredential, signed_in: SignIn
) -> None:
    a_record(ruth, "Opioids today")
    archive = archive_of(signed_in(stranger))
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Opioids" not in everything
    assert ruth.email.encode() not in everything


def test_leaving_takes_the_address_and_can_be_taken_back(
    ruth: Person, signed_in: SignIn, words: Words
) -> None:
    client = signed_in(ruth)
    wrong = client.post("/me/data/leave", {"address": "someone@example.org"})
    assert "not the address of this account" in words(wrong)
    ruth.refresh_from_db()
    assert ruth.leaves_at is None
    page = words(client.post("/me/data/leave", {"address": ruth.email.upper()}, follow=True))
    assert "Your account ends on 7 February 2026" in page
    assert "Your account ends on 7 February 2026" in words(client.get("/me/data"))
    assert "Your account stays" in words(client.post("/me/data/stay", follow=True))


def test_the_consent_log_is_shown_and_taken_away(
    ruth: Person, signed_in: SignIn, words: Words, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(ruth)
    assert "You have allowed nothing yet" in words(client.get("/me/data"))
    for is_given in (True, False, True):
        actions.note_consent(
            person=ruth,
            purpose=Consent.Purpose.SHARE,
            is_given=is_given,
            detail="Licence A 1 until 1 March",
            at=NOW,
        )
    page = words(client.get("/me/data"))
    assert "Licence A 1 until 1 March" in page
    assert "taken back" in page
    taken = client.get("/me/data?export=csv")
    assert taken["Content-Type"].startswith("text/csv")
    assert taken.content.count(b"Licence A 1") == 3


def test_the_notice_is_for_everybody_and_the_rest_for_oneself(client: Client, db: None, words: Words) -> None:
    assert "The contents are erased. The line stays" in words(client.get("/privacy"))
    for path in ("/me/data", "/me/data/export", "/me/data/leave", "/me/data/stay"):
        assert client.get(path).status_code == 302


def test_what_an_assistant_takes_out_tells_nothing_of_the_others_papers(
    ruth: Person, signed_in: SignIn
) -> None:
    assistant, _held = an_assistant(ruth, "all")
    held = actions.add_credential(
        person=ruth, requirement_set="us-ca-md", number="A 118 204", by=assistant, at=NOW
    )
    assert isinstance(held, HeldCredential), held
    archive = archive_of(signed_in(assistant))
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"add-credential" in archive.read("log.json")
    assert b"A 118 204" not in everything


def test_the_archive_holds_the_ways_in_without_what_opens_them(ruth: Person, signed_in: SignIn) -> None:
    TOTP.activate(confirmed(ruth), "JBSWY3DPEHPK3PXP")
    archive = archive_of(signed_in(ruth))
    (address,) = json.loads(archive.read("tables/account.emailaddress.json"))["rows"]
    assert address == {"email": ruth.email, "verified": True, "primary": True}
    (factor,) = json.loads(archive.read("tables/mfa.authenticator.json"))["rows"]
    assert (factor["type"], "data" in factor) == ("totp", False)
