"""Through the door: an account is made, left, and entered again; every page of the way can be used by all."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
ADDRESS = "newcomer@example.org"
PASSWORD = "correct-horse-battery"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_newcomer_signs_up_leaves_and_comes_back(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/accounts/signup/", javascript=javascript, width=390)
    submit = page.locator("main form button")
    page.get_by_label("Email").fill(ADDRESS)
    page.get_by_label("Password").first.fill(PASSWORD)
    submit.first.click()
    page.wait_for_url("**/accounts/confirm-email/")
    page.goto(link_in(mail.outbox[-1].body))
    submit.first.click()
    sign_in(page)
    page.goto("/accounts/logout/")
    submit.first.click()
    sign_in(page)
    expect(page.locator("main h1")).to_be_visible()


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(ADDRESS)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(r"^https?://[^/]+/$"))


def link_in(text: str | object) -> str:
    """The path of the one link in a mail."""
    found = re.search(r"https?://[^/\s]+(/accounts/confirm-email/\S+)", str(text))
    assert found is not None, text
    return found[1]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"])
def test_the_way_in_can_be_used_by_all(
    open_page: OpenPage, assert_accessible: Callable[[Page], None], path: str, width: int, dark: bool
) -> None:
    page = open_page(path, width=width, dark=dark)
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
