"""A file on its way: read, shown, added once, undone, and nobody else's."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from osler.apps.credit.models import Import, Record
from osler.apps.people.models import HeldCredential, Person

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]
HEAD = "Title,Provider,Completed,Format,AMA_PRA_1"


def transcript(count: int, *more: str) -> SimpleUploadedFile:
    """`count` half hours of grand rounds, day by day, in Osler's own layout."""
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(count)]
    lines = [f"Rounds of {day},Sierra Valley,{day},live,0.5" for day in days]
    return SimpleUploadedFile("transcript.csv", "\n".join([HEAD, *lines, *more]).encode())


def upload(client: Client, file: SimpleUploadedFile) -> Any:
    return client.post("/record/upload", {"transcript": file}, follow=True)


def test_three_hundred_records_change_the_answer_and_are_undone(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    client = signed_in(ruth)
    preview = upload(client, transcript(300))
    assert "300 records can be added." in words(preview)
    assert not Record.objects.filter(person=ruth).exists()
    address = preview.redirect_chain[-1][0]
    done = client.post(f"{address}/confirm", follow=True)
    said = words(done)
    assert "300 records were added. This is what it changed." in said
    assert "Before: 50 h in total" in said
    assert "150" in words(client.get("/record"))
    client.post(f"{address}/confirm")
    assert Record.objects.filter(person=ruth).count() == 300
    undone = client.post(f"{address}/undo", follow=True)
    assert "The import was undone." in words(undone)
    assert "50 hours to go" in words(client.get(f"/credentials/{california.key}"))
    assert "This import was undone." in words(client.get(address))


def test_what_is_wrong_with_a_row_is_said_with_its_line(
    ruth: Person, signed_in: SignIn, words: Words
) -> None:
    file = transcript(
        2, "Broken,Nobody,2025-02-30,live,1", "Rounds of 2024-01-01,Sierra Valley,2024-01-01,live,0.5"
    )
    client = signed_in(ruth)
    address = upload(client, file).redirect_chain[-1][0]
    refused = words(client.get(address, {"state": "refused"}))
    assert "“2025-02-30” is not a date." in refused
    assert "4" in refused
    assert "The same activity as line 2." in words(client.get(address, {"state": "duplicate"}))


def test_rows_may_be_left_out(ruth: Person, signed_in: SignIn) -> None:
    client = signed_in(ruth)
    address = upload(client, transcript(3)).redirect_chain[-1][0]
    first = Import.objects.get(person=ruth).rows.first()
    assert first is not None
    client.post(f"{address}/confirm", {"leave_out": [str(first.pk)]})
    assert Record.objects.filter(person=ruth).count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_long_import_shows_that_it_is_being_added_and_then_what_it_did(
    ruth: Person, signed_in: SignIn, words: Words, run_tasks: Callable[[], None]
) -> None:
    client = signed_in(ruth)
    address = upload(client, transcript(501)).redirect_chain[-1][0]
    waiting = client.post(f"{address}/confirm", follow=True)
    assert "501 records are being added." in words(waiting)
    assert "0 of 501 rows added" in words(client.get(address, headers={"HX-Request": "true"}))
    run_tasks()
    assert "501 records were added." in words(client.get(address))


def test_unknown_columns_are_confirmed_once(ruth: Person, signed_in: SignIn, words: Words) -> None:
    content = "Course name;When;Hrs;Where\nHeart failure;03/04/2025;2;Clinic\nAsthma;05/06/2025;1.5;Clinic\n"
    client = signed_in(ruth)
    page = upload(client, SimpleUploadedFile("other.csv", content.encode()))
    assert "Is 03/04/2025 month first or day first?" in words(page)
    address = page.redirect_chain[-1][0]
    form = {
        "column_0": "title", "column_1": "completed", "column_2": "amount", "column_3": "provider",
        "date_order": "dmy", "credit_type": "AMA_PRA_1", "format": "live",
    }  # fmt: skip
    preview = client.post(f"{address}/columns", form, follow=True)
    assert "2 records can be added." in words(preview)
    assert "3 April 2025" in words(preview)
    again = upload(client, SimpleUploadedFile("next.csv", content.replace("Asthma", "Gout").encode()))
    assert "records can be added." in words(again)
    assert client.get(f"{address}/columns").status_code == 200


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MZ\x90\x00" * 30, "This is a program, not a transcript."),
        (b"%PDF-1.7 x", "This is a PDF."),
        (b"", "The file is empty."),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_the_reason(
    ruth: Person, signed_in: SignIn, words: Words, content: bytes, sentence: str
) -> None:
    page = upload(signed_in(ruth), SimpleUploadedFile("transcript.csv", content))
    assert sentence in words(page)
    assert not Import.objects.filter(person=ruth).exists()


def test_an_upload_is_thrown_away(ruth: Person, signed_in: SignIn, words: Words) -> None:
    client = signed_in(ruth)
    address = upload(client, transcript(3)).redirect_chain[-1][0]
    assert "Nothing was added." in words(client.post(f"{address}/discard", follow=True))
    assert "This upload was thrown away." in words(client.get(address))
    assert not Record.objects.filter(person=ruth).exists()


def test_an_import_does_not_exist_for_a_stranger(ruth: Person, stranger: Person, signed_in: SignIn) -> None:
    address = upload(signed_in(ruth), transcript(3)).redirect_chain[-1][0]
    other = signed_in(stranger)
    assert other.get(address).status_code == 404
    for act in ("columns", "confirm", "undo", "discard"):
        assert other.post(f"{address}/{act}").status_code == 404
    assert Import.objects.get(person=ruth).status == Import.Status.PREVIEWED


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_template_can_be_filled_in_and_uploaded(
    ruth: Person, signed_in: SignIn, words: Words, form: str
) -> None:
    client = signed_in(ruth)
    content = client.get(f"/record/template.{form}").content
    page = upload(client, SimpleUploadedFile(f"template.{form}", content))
    assert "Read in the layout of Osler" in words(page)
    assert "This is the example of the template." in words(page)


def test_a_workbook_with_formulas_is_told_as_one(
    ruth: Person, signed_in: Callable[[Person], Client], words: Callable[[Any], str]
) -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Title", "Completed", "AMA_PRA_1"])
        sheet.write_row(1, 0, ["Sepsis", "2025-03-02"])
        sheet.write_formula(1, 2, "=1+1", None, 2)
    target.seek(0)
    target.name = "formulas.xlsx"
    page = words(signed_in(ruth).post("/record/upload", {"transcript": target}, follow=True))
    assert "holds 1 formula. Osler ran none and took the value saved with it" in page
