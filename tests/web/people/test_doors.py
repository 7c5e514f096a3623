"""Who knocks too often: every door has a limit, and all processes count together."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings as configured
from django.core.cache import cache, caches
from django.test import Client, override_settings

from osler.apps.people.models import DoorCount, Person
from osler.conf import settings as ours
from osler.web.people.doors import DOORS, LIMITS
from tests.factories.delegates import confirmed

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]
WRONG = {"login": "physician@example.org", "password": "wrong", "email": "physician@example.org", "code": "x"}


def first_refused(answer: Callable[[int], Any], most: int) -> int:
    """At which attempt the door closes; 0 where it never does."""
    for attempt in range(1, most + 2):
        if answer(attempt).status_code == 429:
            return attempt
    return 0


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/accounts/login/", 30),
        ("/accounts/signup/", 20),
        ("/accounts/password/reset/key/1-x/", 20),
        ("/accounts/login/code/confirm/", 30),
        ("/accounts/2fa/authenticate/", 30),
        ("/accounts/2fa/webauthn/login/", 10),
        ("/accounts/confirm-email/wrong-key/", 30),
        ("/accounts/oidc/sso/login/", 20),
        ("/accounts/oidc/sso/login/callback/", 20),
    ],
)
def test_a_door_closes_for_one_network(client: Client, db: None, path: str, limit: int) -> None:
    assert first_refused(lambda n: client.post(path, {"email": "not an address"}), limit) == limit + 1
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert elsewhere.post(path, {"email": "not an address"}).status_code != 429


def test_a_reset_is_asked_for_twenty_times(client: Client, db: None) -> None:
    def ask(n: int) -> Any:
        return client.post("/accounts/password/reset/", {"email": f"somebody{n}@example.org"})

    assert first_refused(ask, 20) == 21


def test_a_link_is_asked_for_three_times(client: Client, ruth: Person, words: Words) -> None:
    confirmed(ruth)
    answers = [
        Client(REMOTE_ADDR=f"203.0.113.{n}").post("/accounts/login/code/", {"email": ruth.email})
        for n in range(4)
    ]
    assert [one.status_code for one in answers[:3]] == [302] * 3
    assert "Too many" in words(answers[3])


def test_the_password_of_one_account_is_guessed_five_times(ruth: Person, words: Words) -> None:
    confirmed(ruth)
    right = "a long enough password"

    def tried(n: int, password: str) -> Any:
        knocker = Client(REMOTE_ADDR=f"203.0.113.{n}")
        return knocker.post("/accounts/login/", {"login": ruth.email, "password": password})

    for n in range(5):
        tried(n, "wrong")
    late = tried(9, right)
    assert "Too many wrong passwords" in words(late)
    assert "_auth_user_id" not in late.client.session


def test_the_second_factor_is_guessed_five_times(client: Client, ruth: Person) -> None:
    TOTP.activate(confirmed(ruth), "JBSWY3DPEHPK3PXP")
    code = RecoveryCodes.activate(ruth).get_unused_codes()[0]
    client.post("/accounts/login/", {"login": ruth.email, "password": "a long enough password"})
    for _guess in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("path", "form", "limit"),
    [
        ("/accounts/reauthenticate/", {"password": "wrong"}, 10),
        ("/accounts/password/change/", {"oldpassword": "wrong"}, 5),
        ("/accounts/email/", {"action_add": "", "email": "not an address"}, 10),
    ],
)
def test_a_door_inside_closes_for_one_person(
    ruth: Person, stranger: Person, signed_in: SignIn, path: str, form: dict[str, str], limit: int
) -> None:
    client = signed_in(confirmed(ruth))
    assert first_refused(lambda n: client.post(path, form), limit) == limit + 1
    assert signed_in(stranger).post(path, form).status_code != 429


def test_nobody_asks_many_strangers_to_act(ruth: Person, signed_in: SignIn, words: Words) -> None:
    client = signed_in(ruth)
    for n in range(10):
        client.post("/me/delegates", {"address": f"somebody{n}@example.org", "scope": "see"})
    page = client.post("/me/delegates", {"address": "one.more@example.org", "scope": "see"})
    assert "nothing was sent" in words(page)
    assert ruth.delegations.count() == 10


def test_a_closed_door_says_what_to_do(client: Client, db: None, words: Words) -> None:
    for _attempt in range(31):
        page = client.post("/accounts/2fa/authenticate/")
    assert page.status_code == 429
    assert "Wait five minutes and try again." in words(page)


def test_every_limit_belongs_to_a_door() -> None:
    assert set(DOORS.values()) <= set(LIMITS)


@pytest.fixture
def shared_counts(db: None) -> Iterator[None]:
    """The cache as it is without Redis, in place of the one of the tests."""
    with override_settings(CACHES=ours.CACHES):
        cache.clear()
        yield


def test_all_processes_count_together(shared_counts: None, client: Client) -> None:
    assert configured.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    for _attempt in range(10):
        client.post("/accounts/2fa/webauthn/login/")
    assert DoorCount.objects.exists()
    # Another process has its own memory, and the same table.
    del caches["default"]
    assert Client().post("/accounts/2fa/webauthn/login/").status_code == 429
