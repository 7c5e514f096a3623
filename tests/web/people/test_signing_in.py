"""The ways in: password, a link by mail, the second factor, and what is told of a change."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, hotp_value
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from osler.apps.audit.queries import deeds_of
from osler.apps.people.models import Person
from osler.web.people.devices import device_name
from tests.factories import NOW
from tests.factories.delegates import confirmed

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]
PASSWORD = "a long enough password"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def ruth(ruth: Person) -> Person:
    return confirmed(ruth)


@pytest.fixture
def browser(client: Client) -> Client:
    client.defaults["HTTP_USER_AGENT"] = FIREFOX
    return client


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def sign_in(client: Client, person: Person, password: str = PASSWORD) -> Any:
    return client.post("/accounts/login/", {"login": person.email, "password": password})


def ask_for_link(client: Client, person: Person) -> str:
    client.post("/accounts/login/code/", {"email": person.email})
    found = re.search(r"https?://[^/\s]+(/accounts/login/link\?code=\S+)", str(mail.outbox[-1].body))
    assert found is not None, mail.outbox[-1].body
    return found[1]


def press(client: Client, link: str) -> Any:
    """Opens the link and presses the button that stands there."""
    page = client.get(link).content.decode()
    code = re.search(r'name="code" value="([^"]+)"', page)
    return client.post("/accounts/login/code/confirm/", {"code": code[1]}) if code else None


def code_now() -> str:
    return f"{hotp_value(SECRET, int(NOW.timestamp()) // 30):06}"


def test_a_link_signs_in_once_after_one_press(browser: Client, ruth: Person) -> None:
    link = ask_for_link(browser, ruth)
    for _scan in range(3):
        assert browser.get(link).status_code == 200
    assert not is_in(browser)
    press(browser, link)
    assert is_in(browser)
    browser.post("/accounts/logout/")
    assert press(browser, link) is None
    assert not is_in(browser)


def test_a_link_is_nothing_in_another_browser(browser: Client, ruth: Person, words: Words) -> None:
    link = ask_for_link(browser, ruth)
    other = Client()
    assert "This link does not work here." in words(other.get(link))
    code = link.rpartition("=")[2]
    other.post("/accounts/login/code/confirm/", {"code": code})
    assert not is_in(other)


def test_a_link_ends_after_a_quarter_of_an_hour(browser: Client, ruth: Person) -> None:
    link = ask_for_link(browser, ruth)
    with time_machine.travel(NOW.replace(minute=16), tick=False):
        press(browser, link)
    assert not is_in(browser)


def test_a_code_is_guessed_three_times_at_most(browser: Client, ruth: Person) -> None:
    code = ask_for_link(browser, ruth).rpartition("=")[2]
    for _guess in range(3):
        browser.post("/accounts/login/code/confirm/", {"code": "WRONG1"})
    browser.post("/accounts/login/code/confirm/", {"code": code})
    assert not is_in(browser)


def test_who_has_no_account_is_told_so_by_mail_only(browser: Client, db: None) -> None:
    answer = browser.post("/accounts/login/code/", {"email": "nobody@example.org"})
    assert answer["Location"].startswith("/accounts/login/code/confirm/")
    assert "No Osler account has this address" in str(mail.outbox[-1].body)


@pytest.fixture
def with_app(ruth: Person) -> Person:
    """Ruth with an authenticator app and recovery codes."""
    TOTP.activate(ruth, SECRET)
    RecoveryCodes.activate(ruth)
    return ruth


@pytest.mark.parametrize("way", ["password", "link"])
def test_a_second_factor_is_asked_after_every_other_way(browser: Client, with_app: Person, way: str) -> None:
    if way == "password":
        answer = sign_in(browser, with_app)
    else:
        answer = press(browser, ask_for_link(browser, with_app))
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert not is_in(browser)
    browser.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert not is_in(browser)
    browser.post("/accounts/2fa/authenticate/", {"code": code_now()})
    assert is_in(browser)


def test_a_recovery_code_works_once(browser: Client, with_app: Person) -> None:
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    for expected in (True, False):
        sign_in(browser, with_app)
        browser.post("/accounts/2fa/authenticate/", {"code": code})
        assert is_in(browser) is expected
        browser.post("/accounts/logout/")


def test_setting_up_an_app_asks_who_it_is_and_gives_codes(
    browser: Client, ruth: Person, words: Words
) -> None:
    sign_in(browser, ruth)
    asked_again = browser.get("/accounts/2fa/totp/activate/")
    assert asked_again["Location"].startswith("/accounts/reauthenticate/")
    page = browser.post(asked_again["Location"], {"password": PASSWORD}, follow=True).content.decode()
    assert 'src="data:image/svg+xml' in page
    secret = re.search(r'id="authenticator_secret">([A-Z2-7]+)<', page)
    assert secret is not None
    code = f"{hotp_value(secret[1], int(NOW.timestamp()) // 30):06}"
    done = browser.post("/accounts/2fa/totp/activate/", {"code": code}, follow=True)
    assert "10 of 10 are left." in words(done)
    assert get_adapter().is_mfa_enabled(ruth)


def test_a_change_of_password_is_told_and_ends_other_sessions(browser: Client, ruth: Person) -> None:
    other = Client()
    for each in (browser, other):
        sign_in(each, ruth)
    new = {
        "oldpassword": PASSWORD,
        "password1": "another long password",
        "password2": "another long password",
    }
    assert browser.post("/accounts/password/change/", new).status_code == 302
    assert "The password of your account was changed" in str(mail.outbox[-1].body)
    assert is_in(browser)
    assert other.get("/me/account")["Location"].startswith("/accounts/login/")
    assert deeds_of(ruth.pk).filter(verb="change-password").exists()


def test_a_session_is_listed_and_signed_out(
    browser: Client, ruth: Person, stranger: Person, words: Words, signed_in: SignIn
) -> None:
    other = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) AppleWebKit/605 Version/18 Safari/604.1"})
    for each in (browser, other):
        sign_in(each, ruth)
    page = words(browser.get("/accounts/sessions/"))
    assert "Firefox on Linux This one" in page
    assert "Safari on iPhone" in page
    session = UserSession.objects.get(session_key=other.session.session_key)
    assert signed_in(stranger).post(f"/me/devices/{session.pk}/end").status_code == 404
    assert "Safari on iPhone was signed out." in words(
        browser.post(f"/me/devices/{session.pk}/end", follow=True)
    )
    assert other.get("/me/account").status_code == 302
    assert browser.get("/me/account").status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Chrome/140.0 Safari/537.36", "Chrome on macOS"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/140.0 Safari/604.1",
            "Chrome on iPhone",
        ),
        ("curl/8.0", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_a_browser_has_the_name_people_give_it(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name


def test_the_page_of_the_account_gathers_all_of_it(
    browser: Client, ruth: Person, stranger: Person, words: Words
) -> None:
    sign_in(browser, ruth)
    said = words(browser.get("/me/account"))
    for part in ("E-mail addresses", "Password", "Authenticator app Off", "Passkeys None yet", "Devices"):
        assert part in said
    assert "A password alone can be guessed or stolen." in said
    assert "Nobody acts for you" in said
    assert ruth.email in said
    assert stranger.email not in said


ACCOUNT = [
    "/me/account",
    "/me/delegates",
    "/me/log",
    "/me",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/sessions/",
    "/accounts/email/",
    "/accounts/password/change/",
]


@pytest.mark.parametrize("path", ACCOUNT)
def test_who_is_not_signed_in_is_asked_to(client: Client, db: None, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_the_mail_carries_the_public_address(browser: Client, ruth: Person, settings: Any) -> None:
    settings.OSLER_PUBLIC_URL = "https://cme.example.org"
    browser.post("/accounts/login/code/", {"email": ruth.email}, headers={"host": "localhost"})
    assert "https://cme.example.org/accounts/login/link?code=" in str(mail.outbox[-1].body)
