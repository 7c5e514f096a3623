"""From signing in to an answer: a credential added, a transcript uploaded, and every page open to all."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Page, expect

from osler.apps.credit.models import RecordAmount
from osler.apps.people.models import HeldCredential, Person
from osler.core.credit.amount import parse_amount
from tests.factories import HeldCredentialFactory, PersonFactory, a_record

pytestmark = pytest.mark.django_db(transaction=True)
OpenPage = Callable[..., Page]


def today() -> date:
    return datetime.now(UTC).date()


@pytest.fixture
def ruth() -> Person:
    """A physician with nothing yet, whose address is confirmed."""
    person = PersonFactory(given_name="Ruth", family_name="Mehta", email="ruth@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@pytest.fixture
def settled(ruth: Person) -> HeldCredential:
    """Ruth with a licence and some credit."""
    held = HeldCredentialFactory(person=ruth, expires_on=today() + timedelta(days=200))
    HeldCredentialFactory(person=ruth, requirement_set="us-tx-mddo", expires_on=today() + timedelta(days=400))
    for n in range(3):
        a_record(ruth, f"Grand rounds {n}", 5)
    return held


def transcript(folder: Path) -> Path:
    """Three hundred half hours in Osler's own layout."""
    days = [today() - timedelta(days=n) for n in range(300)]
    lines = [f"Rounds of {day},Sierra Valley,{day},live,0.5" for day in days]
    path = folder / "transcript.csv"
    path.write_text("\n".join(["Title,Provider,Completed,Format,AMA_PRA_1", *lines]), encoding="utf-8")
    return path


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("width", [390, 1280])
def test_from_signing_in_to_an_answer(
    open_page: OpenPage, ruth: Person, tmp_path: Path, javascript: bool, width: int
) -> None:
    page = open_page("/accounts/login/", javascript=javascript, width=width)
    page.get_by_label("Email").fill("ruth@example.org")
    page.get_by_label("Password").first.fill("a long enough password")
    page.locator("main form button").first.click()
    page.get_by_label("The authority, the state or the certificate").fill("california")
    page.get_by_role("button", name="Find it").click()
    page.get_by_role("link", name=re.compile("California physician licence")).click()
    page.get_by_label("First issued on").fill("2015-06-30")
    page.get_by_label("Expires on").fill((today() + timedelta(days=200)).isoformat())
    page.get_by_role("button", name="Add and see the answer").click()
    expect(page.locator("h1")).to_contain_text("50 hours to go by")
    page.goto("/record/upload")
    page.set_input_files("input[type=file]", transcript(tmp_path))
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("h1")).to_have_text("300 records can be added.")
    page.get_by_role("button", name="Add 300 records").click()
    expect(page.locator("h1")).to_have_text("300 records were added.")
    expect(page.locator(".change-before")).to_contain_text("50 h in total")
    expect(page.locator(".change-after")).not_to_contain_text("in total")
    page.get_by_role("button", name="Undo").click()
    page.goto("/")
    expect(page.locator(".standing-row")).to_contain_text("50 h in total")


def test_a_requirement_opens_by_keyboard_and_a_question_is_answered(
    open_page: OpenPage, settled: HeldCredential, ruth: Person
) -> None:
    ruth.specialties = ["internal-medicine"]
    ruth.save()
    page = open_page(f"/credentials/{settled.key}", person=ruth)
    summary = page.locator("#total > summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Counted, 15 h")).to_be_visible()
    page.get_by_label("How many of your patients").fill("10")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("Noted.")


def test_the_slash_leads_to_the_search_and_the_search_to_the_record(
    open_page: OpenPage, settled: HeldCredential, ruth: Person
) -> None:
    page = open_page("/", person=ruth)
    page.keyboard.press("/")
    page.keyboard.type("rounds 2")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("Grand rounds 2")).click()
    expect(page.locator("h1")).to_have_text("Grand rounds 2")
    expect(page.get_by_role("heading", name="What it counts for")).to_be_visible()


def test_removing_a_record_is_undone_from_the_toast(
    open_page: OpenPage, settled: HeldCredential, ruth: Person
) -> None:
    page = open_page("/record", person=ruth)
    page.get_by_role("link", name="Grand rounds 1").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.locator(".toast")).to_contain_text("was removed")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".toast")).to_contain_text("The record is back")


def test_every_credit_of_a_record_stands_under_one_label_on_a_phone(
    open_page: OpenPage, settled: HeldCredential, ruth: Person
) -> None:
    record = a_record(ruth, "Heart failure", 2)
    RecordAmount.objects.create(record=record, credit_type="ABIM_MOC_POINT", ticks=parse_amount("2"))
    page = open_page("/record?q=failure", person=ruth, width=390)
    lines = [line.bounding_box() for line in page.locator("tbody .amount-line").all()]
    assert len(lines) == 2
    assert len({box["x"] for box in lines if box}) == 1


PAGES = (
    "/", "/credentials/new", "/credentials/new/us-ny-mddo", "/credentials/{key}", "/credentials/{key}/change",
    "/questions/dea-mate-attested", "/record", "/record/new", "/record/upload", "/record/imports", "/me",
    "/search?q=rounds", "/sets", "/sets/us-ca-md",
)  # fmt: skip


@pytest.mark.once
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_can_be_used_by_all(
    open_page: OpenPage,
    assert_accessible: Callable[[Page], None],
    settled: HeldCredential,
    ruth: Person,
    width: int,
    dark: bool,
) -> None:
    page = open_page("/record", person=ruth, width=width, dark=dark)
    links = [*PAGES, str(page.locator("tbody a").first.get_attribute("href"))]
    for path in links:
        page.goto(path.format(key=settled.key))
        page.evaluate("document.querySelectorAll('main details').forEach((each) => (each.open = true))")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("width", [390, 1280])
def test_a_file_on_its_way_can_be_followed_by_all(
    open_page: OpenPage,
    assert_accessible: Callable[[Page], None],
    settled: HeldCredential,
    ruth: Person,
    tmp_path: Path,
    width: int,
) -> None:
    other = tmp_path / "other.csv"
    rows = ["Heart failure for the generalist;Sierra Valley University Hospital;03/04/2025;2"] * 4
    other.write_text("\n".join(["Course name;Held by;When;Hrs", *rows]), encoding="utf-8")
    page = open_page("/record/upload", person=ruth, width=width)
    page.set_input_files("input[type=file]", other)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("h1")).to_have_text("Which column is which?")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto("/record/upload")
    page.set_input_files("input[type=file]", transcript(tmp_path))
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("h1")).to_have_text("300 records can be added.")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Add 300 records").click()
    expect(page.locator("h1")).to_have_text("300 records were added.")
    assert_accessible(page)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_front_and_the_newcomers_page_can_be_used_by_all(
    open_page: OpenPage, assert_accessible: Callable[[Page], None], ruth: Person, width: int
) -> None:
    for person in (None, ruth):
        page = open_page("/", person=person, width=width)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
