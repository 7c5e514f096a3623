"""What the account's own mails say, where their links lead, and what a sign-up is refused for."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils.formats import date_format

from osler.apps.audit.queries import deeds_of
from osler.apps.people.models import Person
from osler.web.people.notice import NOTICE_OF
from tests.factories.delegates import confirmed

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]
NEW = {"email": "newcomer@example.org", "password1": "correct-horse-battery"}
PASSWORD = "a long enough password"


def sign_up(client: Client, **changes: str) -> Any:
    return client.post("/accounts/signup/", {**NEW, **changes}, follow=True)


@pytest.mark.django_db
def test_the_mail_of_a_sign_up_is_ours_and_leads_to_the_public_address(client: Client) -> None:
    sign_up(Client(SERVER_NAME="127.0.0.1"))
    sent = mail.outbox[-1]
    assert sent.subject == "Confirm your address, and your Osler account is open"
    assert f"{settings.OSLER_PUBLIC_URL}/accounts/confirm-email/" in str(sent.body)
    assert "127.0.0.1" not in str(sent.body)


@pytest.mark.django_db
def test_who_signs_up_allows_what_the_notice_says(client: Client, words: Words) -> None:
    page = client.get("/accounts/signup/").content.decode()
    assert 'href="/privacy"' in page
    sign_up(client)
    person = Person.objects.get(email=NEW["email"])
    consent = person.consents.get()
    assert (consent.purpose, consent.is_given) == ("privacy-notice", True)
    assert consent.detail == date_format(NOTICE_OF, "j F Y")
    assert [one.verb for one in deeds_of(person.pk)] == ["open-account"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": f"{'a' * 60}@{'b.' * 110}example.org"}, "at most 254 characters"),
        ({"password1": "correct-horse" * 60}, "at most 500 characters"),
    ],
)
def test_what_is_too_long_is_refused_with_a_sentence(
    client: Client, words: Words, changes: dict[str, str], sentence: str
) -> None:
    assert sentence in words(sign_up(client, **changes))
    assert not Person.objects.exists()


def test_who_has_an_account_is_told_by_mail_only(client: Client, ruth: Person, words: Words) -> None:
    confirmed(ruth)
    taken = words(sign_up(client, email=ruth.email)).replace(ruth.email, NEW["email"])
    assert mail.outbox[-1].subject == "You have an Osler account already"
    assert f"{settings.OSLER_PUBLIC_URL}/accounts/password/reset/" in str(mail.outbox[-1].body)
    assert words(sign_up(Client())) == taken


def test_a_notice_says_when_where_and_what_to_do(ruth: Person, client: Client) -> None:
    confirmed(ruth)
    client.defaults["HTTP_USER_AGENT"] = (
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    )
    client.post("/accounts/login/", {"login": ruth.email, "password": PASSWORD})
    new = {"oldpassword": PASSWORD, "password1": "another long one", "password2": "another long one"}
    client.post("/accounts/password/change/", new)
    sent = mail.outbox[-1]
    assert sent.subject == "Your Osler password was changed"
    assert "with Firefox on Linux, from the address 127.0.0.1" in str(sent.body)
    assert f"{settings.OSLER_PUBLIC_URL}/accounts/sessions/" in str(sent.body)


def test_a_wrong_password_stands_in_the_log_of_its_owner(client: Client, ruth: Person, words: Words) -> None:
    confirmed(ruth)
    client.post("/accounts/login/", {"login": ruth.email.upper(), "password": "wrong"})
    client.post("/accounts/login/", {"login": "nobody@example.org", "password": "wrong"})
    [entry] = deeds_of(ruth.pk).filter(verb="wrong-password")
    assert entry.by_id is None
    assert entry.after == {"from": "127.0.0.1"}
    client.post("/accounts/login/", {"login": ruth.email, "password": PASSWORD})
    assert "wrong password In detail from 127.0.0.1 Who Somebody unknown" in words(client.get("/me/log"))


def test_the_log_says_how_and_from_where_somebody_signed_in(
    client: Client, ruth: Person, words: Words
) -> None:
    client.post("/accounts/login/", {"login": confirmed(ruth).email, "password": PASSWORD})
    assert "by password, from 127.0.0.1" in words(client.get("/me/log"))


def test_a_wrong_code_stands_in_the_log_too(client: Client, ruth: Person, words: Words) -> None:
    TOTP.activate(confirmed(ruth), "JBSWY3DPEHPK3PXP")
    client.post("/accounts/login/", {"login": ruth.email, "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert deeds_of(ruth.pk).filter(verb="wrong-code", by_id=None).count() == 1
