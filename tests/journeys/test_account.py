"""An account kept safe in a real browser: an authenticator app, a passkey, an assistant at work."""

import re
from collections.abc import Callable
from datetime import date
from time import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import hotp_value
from django.core import mail
from playwright.sync_api import Page, expect

from osler.apps.people.models import Person
from tests.factories import PersonFactory, a_record
from tests.factories.delegates import an_assistant, confirmed

OpenPage = Callable[..., Page]
ADDRESS = "newcomer@example.org"
PASSWORD = "correct-horse-battery"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def path_in(text: object, start: str) -> str:
    found = re.search(rf"https?://[^/\s]+({start}\S+)", str(text))
    assert found is not None, text
    return found[1]


def sign_in(page: Page, address: str = ADDRESS, password: str = PASSWORD) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(address)
    page.get_by_label("Password").first.fill(password)
    page.locator("main form button").first.click()
    expect(page.locator("h1")).not_to_have_text("Sign in")


def prove(page: Page, password: str) -> None:
    """Says once more who one is, where that is asked."""
    expect(page.locator("h1")).to_have_text("Is it still you?")
    page.get_by_label("Password").first.fill(password)
    page.get_by_role("button", name="Go on").click()


def test_a_newcomer_sets_up_an_app_and_signs_in_with_it(
    open_page: OpenPage, assert_accessible: Callable[[Page], None]
) -> None:
    page = open_page("/accounts/signup/", width=390)
    page.get_by_label("Email").fill(ADDRESS)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url("**/accounts/confirm-email/")
    page.goto(path_in(mail.outbox[-1].body, "/accounts/confirm-email/"))
    page.locator("main form button").first.click()
    sign_in(page)
    page.goto("/me/account")
    assert_accessible(page)
    page.get_by_role("link", name=re.compile("Set up.*Authenticator app")).click()
    prove(page, PASSWORD)
    expect(page.locator("img.qr")).to_be_visible()
    assert_accessible(page)
    secret = page.locator("#authenticator_secret").text_content() or ""
    code = f"{hotp_value(secret, int(time()) // 30):06}"
    page.get_by_label(re.compile("code", re.I)).first.fill(code)
    page.get_by_role("button", name="Switch it on").click()
    expect(page.locator(".codes li")).to_have_count(10)
    recovery = page.locator(".codes code").first.text_content() or ""
    assert any("authenticator app was set up" in str(one.body) for one in mail.outbox)
    page.goto("/accounts/logout/")
    page.locator("main form button").first.click()
    sign_in(page)
    expect(page.locator("h1")).to_have_text("Now the second factor.")
    assert_accessible(page)
    page.get_by_label(re.compile("code", re.I)).first.fill(recovery)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto("/me/log")
    expect(page.locator("main")).to_contain_text("Added a second factor")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_passkey_is_made_and_opens_the_account(
    open_page: OpenPage, db: Any, assert_accessible: Callable[[Page], None]
) -> None:
    person = confirmed(PersonFactory())
    page = open_page("/accounts/login/")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    password = "a long enough password"
    sign_in(page, person.email, password)
    page.goto("/accounts/2fa/webauthn/add/")
    prove(page, password)
    assert_accessible(page)
    page.get_by_label("Name").fill("My laptop")
    page.get_by_role("button", name="Add it").click()
    expect(page.locator("h1")).to_have_text("Recovery codes")
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    page.goto("/accounts/2fa/webauthn/")
    expect(page.locator("main")).to_contain_text("My laptop")
    page.goto("/accounts/logout/")
    page.locator("main form button").first.click()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(re.compile(r"^https?://[^/]+/$"))
    page.goto("/me/log")
    expect(page.locator("main")).to_contain_text("Signed in")


@pytest.mark.parametrize("javascript", [True, False])
def test_an_assistant_acts_and_goes_back(
    open_page: OpenPage, db: Any, assert_accessible: Callable[[Page], None], javascript: bool
) -> None:
    ruth: Person = PersonFactory(given_name="Ruth", family_name="Mehta")
    a_record(ruth, "Grand rounds on gout", completed_on=date(2025, 5, 5))
    assistant, _held = an_assistant(ruth, "see")
    page = open_page("/", person=assistant, javascript=javascript, width=390)
    page.locator(".account-menu summary").click()
    page.locator(".account-menu").get_by_role("button", name="Ruth Mehta").click()
    banner = page.get_by_role("region", name="Acting for somebody")
    expect(banner).to_contain_text("You are acting for Ruth Mehta.")
    page.goto("/record")
    expect(page.locator("main")).to_contain_text("Grand rounds on gout")
    # Nobody is led to a page that is refused.
    expect(page.locator("main").get_by_role("link", name="Add a credit")).to_have_count(0)
    expect(page.locator("main").get_by_role("button", name="Read it")).to_have_count(0)
    if javascript:
        assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    banner.get_by_role("button", name="Back to your own pages").click()
    expect(page.locator("body")).not_to_contain_text("You are acting for")


ACCOUNT_PAGES = (
    "/me/account",
    "/me/data",
    "/me/data/leave",
    "/me/delegates",
    "/me/log",
    "/me/tokens",
    "/messages",
    "/messages/preferences",
    "/accounts/email/",
    "/accounts/sessions/",
    "/accounts/2fa/",
)


@pytest.mark.once
def test_every_page_of_the_account_is_open_to_all(
    open_page: OpenPage, db: Any, assert_accessible: Callable[[Page], None]
) -> None:
    ruth: Person = confirmed(PersonFactory(given_name="Ruth", family_name="Mehta"))
    an_assistant(ruth, "record")
    page = open_page("/privacy", person=ruth, width=390, dark=True)
    for path in ACCOUNT_PAGES:
        page.goto(path)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
