"""Signing in through an OpenID Connect provider: a small one, on this machine, that says what it is told."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client

from osler.apps.people.models import Person
from osler.conf.environment import SettingError
from osler.conf.oidc import provider
from tests.factories.delegates import confirmed

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]
LOGIN = "/accounts/oidc/sso/login/"


class Says(dict[str, Any]):
    """What the provider says of whoever comes; the test changes it."""


@pytest.fixture
def says(settings: Any) -> Iterator[Says]:
    """A provider that is configured, and runs."""
    claims = Says(sub="u-1", email="ruth@hospital.org", email_verified=True, given_name="Ruth")

    class Handler(BaseHTTPRequestHandler):
        def answer(self, data: dict[str, Any]) -> None:
            body = json.dumps(data).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            if self.path.startswith("/.well-known"):
                names = ("authorization", "token", "userinfo")
                self.answer(
                    {"issuer": base, "jwks_uri": f"{base}/keys"}
                    | {f"{name}_endpoint": f"{base}/{name}" for name in names}
                )
            else:
                self.answer(dict(claims))

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.answer({"access_token": "a", "token_type": "Bearer"})

        def log_message(self, *parts: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    base = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    environ = {
        "OSLER_OIDC_ISSUER": base,
        "OSLER_OIDC_CLIENT_ID": "osler",
        "OSLER_OIDC_SECRET": "hidden",
        "OSLER_OIDC_NAME": "Hospital",
    }
    settings.OSLER_OIDC_NAME, settings.OSLER_OIDC_ORIGIN, settings.SOCIALACCOUNT_PROVIDERS = provider(environ)
    yield claims
    server.shutdown()
    server.server_close()


def come_back(client: Client, path: str = LOGIN) -> Any:
    """Goes to the provider and comes back as whoever it says."""
    away = client.post(path)
    assert away.status_code == 302, away.content
    asked = parse_qs(urlsplit(away["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    return client.get(f"{LOGIN}callback/", {"code": "c", "state": asked["state"][0]})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def ruth(ruth: Person) -> Person:
    Person.objects.filter(pk=ruth.pk).update(email="ruth@hospital.org")
    ruth.refresh_from_db()
    return confirmed(ruth)


def test_it_is_offered_only_where_it_is_configured(client: Client, db: None, words: Words) -> None:
    assert "Sign in with" not in words(client.get("/accounts/login/")).replace("Sign in with a passkey", "")
    assert client.post(LOGIN).status_code == 404


def test_its_name_stands_on_the_button(client: Client, says: Says, db: None, words: Words) -> None:
    assert "Sign in with Hospital" in words(client.get("/accounts/login/"))


def test_a_known_address_is_not_taken_over(client: Client, says: Says, ruth: Person) -> None:
    come_back(client)
    assert not is_in(client)
    assert not SocialAccount.objects.exists()
    assert "which has one already" in str(mail.outbox[-1].body)
    assert mail.outbox[-1].to == [ruth.email]


@pytest.mark.parametrize("word", [False, "false", "true", None, 1])
def test_a_trusted_domain_still_needs_the_providers_word(
    client: Client, says: Says, ruth: Person, settings: Any, word: object
) -> None:
    settings.OSLER_OIDC_DOMAINS = {"hospital.org"}
    says["email_verified"] = word
    come_back(client)
    assert not is_in(client)


def test_a_trusted_domain_with_its_word_opens_the_account(
    client: Client, says: Says, ruth: Person, settings: Any
) -> None:
    settings.OSLER_OIDC_DOMAINS = {"hospital.org"}
    come_back(client)
    assert client.session["_auth_user_id"] == str(ruth.pk)
    assert SocialAccount.objects.get().user == ruth


def test_another_domain_is_not_the_trusted_one(
    client: Client, says: Says, stranger: Person, settings: Any
) -> None:
    confirmed(stranger)
    settings.OSLER_OIDC_DOMAINS = {"hospital.org"}
    says["email"] = stranger.email
    come_back(client)
    assert not is_in(client)


def test_a_new_address_is_confirmed_by_mail_first(client: Client, says: Says, db: None) -> None:
    come_back(client)
    assert not is_in(client)
    address = EmailAddress.objects.get(email="ruth@hospital.org")
    assert not address.verified
    assert address.user.given_name == "Ruth"
    assert "/accounts/confirm-email/" in str(mail.outbox[-1].body)


def test_the_second_factor_is_asked_all_the_same(
    client: Client, says: Says, ruth: Person, settings: Any
) -> None:
    settings.OSLER_OIDC_DOMAINS = {"hospital.org"}
    TOTP.activate(ruth, "JBSWY3DPEHPK3PXP")
    assert come_back(client)["Location"].startswith("/accounts/2fa/authenticate/")
    assert not is_in(client)


def test_it_is_linked_by_hand_and_unlinked(
    client: Client, says: Says, ruth: Person, stranger: Person, words: Words
) -> None:
    right = {"login": ruth.email, "password": "a long enough password"}
    client.post("/accounts/login/", right)
    client.post("/accounts/reauthenticate/", {"password": "a long enough password"})
    come_back(client, f"{LOGIN}?process=connect")
    linked = SocialAccount.objects.get()
    assert linked.user == ruth
    assert "Hospital Linked" in words(client.get("/me/account"))
    assert "Linked another way to sign in" in words(client.get("/me/log"))
    other = Client()
    come_back(other)
    assert other.session["_auth_user_id"] == str(ruth.pk)
    client.post("/accounts/3rdparty/", {"account": linked.pk})
    assert not SocialAccount.objects.exists()


def test_an_answer_nobody_asked_for_signs_nobody_in(client: Client, says: Says, ruth: Person) -> None:
    client.get(f"{LOGIN}callback/", {"code": "c", "state": "made up"})
    assert not is_in(client)


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"OSLER_OIDC_ISSUER": "https://id.example.org"}, "OSLER_OIDC_SECRET"),
        ({"OSLER_OIDC_ISSUER": "http://id.example.org"}, "https://"),
    ],
)
def test_half_a_configuration_is_refused_at_the_start(environ: dict[str, str], words: str) -> None:
    with pytest.raises(SettingError, match=words):
        provider(environ)
