"""A credit by hand with the keyboard, a certificate confirmed on a phone, and every page of the record."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from osler.apps.credit import actions
from osler.apps.credit.models import Record
from osler.apps.people.models import Person
from tests.certificates import pdf_of
from tests.factories import HeldCredentialFactory, PersonFactory, a_record

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def internist(settings: Any, tmp_path: Path) -> Person:
    """A physician with a licence and two records that look alike."""
    settings.MEDIA_ROOT = tmp_path
    settings.OSLER_INBOUND_DOMAIN = "in.example.org"
    person = PersonFactory(given_name="Ruth", family_name="Mehta")
    HeldCredentialFactory(person=person)
    for title in ("Chronic pain", "Chronic Pain"):
        a_record(person, title, 6, completed_on=date(2025, 11, 14), provider="Example University")
    return person


def test_a_credit_by_hand_takes_one_line_of_keys(internist: Person, open_page: Callable[..., Page]) -> None:
    page = open_page("/record", person=internist)
    expect(page.get_by_role("link", name="1 pair looks like one activity")).to_be_visible()
    page.get_by_role("link", name="Add a credit").first.click()
    expect(page.get_by_label("Activity", exact=True)).to_be_focused()
    page.keyboard.type("Sepsis update")
    # Day, format and type are those of the last time.
    page.get_by_label("Amount").first.focus()
    page.keyboard.type("1.5")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sepsis update")
    assert Record.objects.filter(title="Sepsis update", amounts__credit_type="AMA_PRA_1").exists()


@pytest.mark.once
def test_the_pages_of_the_record_are_open_to_all(
    internist: Person, open_page: Callable[..., Page], assert_accessible: Callable[[Page], None]
) -> None:
    at = datetime.now(UTC)
    kept = actions.keep_document(person=internist, content=pdf_of(), filename="pain.pdf", by=internist, at=at)
    assert isinstance(kept, actions.Kept)
    record = Record.objects.first()
    assert record is not None
    confirm = f"/record/certificates/{kept.document.key}"
    page = open_page("/record", person=internist, width=390, height=844, dark=True)
    for path in (
        "/record",
        "/record/new",
        f"/record/activity/{record.key}",
        "/record/certificates",
        confirm,
        "/record/sources",
        "/record/alike",
        "/record/shared/new",
        "/me/tokens",
        "/api/v1/docs",
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == 390, path
        assert_accessible(page)
    page.goto(confirm)
    expect(page.get_by_role("img", name="cut out of page 1").first).to_be_visible()
