"""On a phone without a script: two ratings by keyboard alone, a need in the chart, a goal for it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from osler.apps.needs.models import Goal, Rating
from osler.apps.people.models import Person
from tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def internist() -> Person:
    """A physician with a specialty and nothing yet."""
    return PersonFactory(given_name="Ruth", family_name="Mehta", specialties=["internal-medicine"])


def test_from_two_ratings_to_a_goal(internist: Person, open_page: Callable[..., Page]) -> None:
    page = open_page("/needs/topics/rate", person=internist, width=390, height=844, javascript=False)
    page.locator("[name=relevance-hypertension]").first.focus()
    # From nothing chosen: the space bar takes the first, arrows go on, Tab leads to the second question.
    for key in ("Space", *["ArrowRight"] * 4, "Tab", "Space", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("status").first).to_be_visible()
    assert Rating.objects.values_list("relevance", "confidence").get() == (5, 2)
    expect(page.get_by_role("heading", level=1)).to_contain_text("One topic matters in your practice")
    expect(page.locator("figure figcaption")).to_have_text("Hypertension comes first")
    page.get_by_role("link", name="Hypertension").click()
    page.get_by_role("link", name="Set a goal").click()
    page.get_by_label("What do you want to reach?").fill("Treat resistant hypertension myself")
    page.get_by_label("By when?").fill((datetime.now(UTC).date() + timedelta(days=60)).isoformat())
    page.get_by_role("button", name="Set the goal").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Treat resistant hypertension myself")
    assert Goal.objects.get().topic == "hypertension"


def test_the_pages_are_open_to_all(
    internist: Person,
    open_page: Callable[..., Page],
    assert_accessible: Callable[[Page], None],
) -> None:
    page = open_page("/needs/topics/rate", person=internist, width=390, height=844)
    for path in ("/needs/topics/rate", "/needs/plan/new", "/find"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert_accessible(page)
