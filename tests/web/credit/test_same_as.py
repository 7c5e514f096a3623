"""Before a look-alike is added it is asked about; what waits for an answer is told on the record page."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from osler.apps.credit.models import Document, Record
from osler.apps.people.models import HeldCredential, Person
from tests.certificates import pdf_of
from tests.factories import a_record
from tests.web.credit.test_record import FORM

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]
DAY = date(2026, 1, 10)


def test_a_look_alike_is_asked_about_once(ruth: Person, signed_in: SignIn, words: Words) -> None:
    there = a_record(ruth, "Safer Prescribing", completed_on=DAY, provider="Example University")
    client = signed_in(ruth)
    asked = client.post("/record/new", FORM)
    assert "Is this the same activity?" in words(asked)
    assert f"/record/activity/{there.key}" in asked.content.decode()
    assert asked.context["form"]["title"].value() == "Safer prescribing"
    assert Record.objects.count() == 1
    client.post("/record/new", {**FORM, "is_other": "1"})
    assert Record.objects.count() == 2


def test_what_is_alike_only_to_somebody_else_is_not_asked_about(
    ruth: Person, stranger: Person, signed_in: SignIn
) -> None:
    a_record(stranger, "Safer Prescribing", completed_on=DAY, provider="Example University")
    a_record(ruth, "Safer prescribing", completed_on=date(2025, 3, 1), provider="Example University")
    signed_in(ruth).post("/record/new", FORM)
    assert Record.objects.filter(person=ruth).count() == 2


def test_the_answer_remembers_that_one_more_follows(ruth: Person, signed_in: SignIn) -> None:
    a_record(ruth, "Safer prescribing", completed_on=DAY, provider="Example University")
    asked = signed_in(ruth).post("/record/new", {**FORM, "another": "1"})
    assert '<input type="hidden" name="another" value="1">' in asked.content.decode()


def test_a_certificate_of_what_is_there_is_kept_with_it(
    ruth: Person, signed_in: SignIn, words: Words, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    there = a_record(
        ruth,
        "Chronic pain and its treatment",
        6,
        completed_on=date(2025, 11, 14),
        provider="Example University",
    )
    client = signed_in(ruth)
    file = SimpleUploadedFile("pain.pdf", pdf_of())
    page = client.post("/record/certificates", {"certificates": [file]}, follow=True)
    document = Document.objects.get()
    filled = {
        bound.html_name: str(bound.value())
        for bound in page.context["form"]
        if bound.value() not in (None, "", []) and not bound.html_name.startswith("pick_")
    }
    asked = client.post(f"/record/certificates/{document.key}", filled)
    assert "Yes, keep the file with it" in words(asked)
    assert Record.objects.count() == 1
    client.post(f"/record/certificates/{document.key}/attach", {"record": there.key})
    document.refresh_from_db()
    assert document.record == there


def test_the_record_page_tells_what_waits(
    ruth: Person, stranger: Person, signed_in: SignIn, words: Words
) -> None:
    a_record(ruth, "Safer prescribing", completed_on=DAY, provider="Example University")
    a_record(ruth, "Safer Prescribing", completed_on=DAY, provider="Example University")
    assert 'hx-get="/record/waiting"' in signed_in(ruth).get("/record").content.decode()
    assert words(signed_in(ruth).get("/record/waiting")) == "1 pair looks like one activity"
    assert words(signed_in(stranger).get("/record/waiting")) == ""
    assert Client().get("/record/waiting").status_code == 302


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("from=2025-01-01", {"New", "Middle"}),
        ("from=2025-01-01&until=2025-12-31", {"Middle"}),
        ("until=2024-12-31", {"Old"}),
        ("from=nonsense&until=2024-13-01", {"Old", "Middle", "New"}),
    ],
)
def test_a_period_narrows_the_transcript_and_what_is_taken_away(
    ruth: Person, signed_in: SignIn, words: Words, query: str, titles: set[str]
) -> None:
    for title, day in (("Old", date(2024, 12, 31)), ("Middle", date(2025, 12, 31)), ("New", DAY)):
        a_record(ruth, title, completed_on=day)
    client = signed_in(ruth)
    found = {row.title for row in client.get(f"/record?{query}").context["table"].found}
    assert found == titles
    exported = client.get(f"/record?{query}&export=csv").content.decode()
    assert {title for title in ("Old", "Middle", "New") if title in exported} == titles
    if "until=2024-12-31" in query:
        assert "Completed until: 31 December 2024" in words(client.get(f"/record?{query}"))


@pytest.mark.parametrize("count", [1, 3])
def test_counting_toward_a_credential_takes_as_many_queries(
    ruth: Person,
    california: HeldCredential,
    signed_in: SignIn,
    count: int,
    django_assert_max_num_queries: Any,
) -> None:
    for n in range(count):
        a_record(ruth, f"Session {n}")
    client = signed_in(ruth)
    client.get("/record")
    with django_assert_max_num_queries(16):
        client.get(f"/record?counts={california.key}")
