"""The frame, the style page and the account pages, as a browser without a script gets them."""

import re
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from osler.web.design.navigation import WORDS, nav_items

pytestmark = pytest.mark.django_db

WITH_PASSKEY = ("account_login",)
ENTRANCES = ("account_login", "account_signup", "account_reset_password", "account_reset_password_done")


@pytest.fixture
def demo(settings: Any) -> None:
    settings.OSLER_DEMO = True


def test_the_style_page_is_part_of_the_demo_only(client: Client, settings: Any) -> None:
    settings.OSLER_DEMO = settings.DEBUG = False
    assert client.get("/style").status_code == 404
    assert client.post("/style/toast").status_code == 404


def test_the_style_page_shows_everything(client: Client, demo: None) -> None:
    html = client.get("/style").content.decode()
    for words in (
        "We need to know",
        "Credit is three hours ahead",
        "Two cycles end",
        "Not counted",
        "60 records",
    ):
        assert words in html


@pytest.mark.parametrize("path", ["/style", *ENTRANCES])
def test_nothing_is_inline(client: Client, demo: None, path: str) -> None:
    html = client.get(path if path.startswith("/") else reverse(path)).content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", html)
    data = [tag for tag in re.findall(r"<script[^>]*>", html) if " src=" not in tag]
    # A block of JSON is data: nothing in it runs. Only the pages that ask for a passkey have one.
    assert [tag for tag in data if 'type="application/json"' not in tag] == []
    assert len(data) == (path in WITH_PASSKEY)


def test_no_two_things_share_an_id(client: Client, demo: None) -> None:
    ids = re.findall(r'\sid="([^"]+)"', client.get("/style").content.decode())
    assert sorted(ids) == sorted(set(ids))


def test_the_list_of_the_style_page_is_exported(client: Client, demo: None) -> None:
    response = client.get("/style", {"export": "csv", "q": "ultrasound"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.count(b"Ultrasound") == 10


def test_a_toast_survives_the_redirect_and_offers_the_way_back(client: Client, demo: None) -> None:
    html = client.post("/style/toast", follow=True).content.decode()
    assert "was removed." in html
    assert 'action="/style/toast?undo=1"' in html
    assert (
        "was removed." not in client.get("/style").content.decode().split('id="toasts"')[1].split("</div>")[0]
    )


@pytest.mark.parametrize("name", ENTRANCES)
def test_account_pages_wear_the_design(client: Client, name: str) -> None:
    html = client.get(reverse(name)).content.decode()
    assert 'class="wordmark"' in html
    assert html.count("<h1>") == 1
    assert re.search(r"<title>\s*\S+.* · Osler</title>", html)


def test_a_wrong_password_says_what_to_change(client: Client) -> None:
    response = client.post(reverse("account_login"), {"login": "rosa@example.org", "password": "wrong"})
    html = response.content.decode()
    assert 'role="alert"' in html
    assert 'value="rosa@example.org"' in html


def test_a_page_that_is_not_there(client: Client) -> None:
    response = client.get("/no/such/page")
    assert response.status_code == 404
    assert "There is no such page." in response.content.decode()


def test_the_page_of_a_fault_needs_nothing() -> None:
    from django.views.defaults import server_error

    html = server_error(RequestFactory().get("/")).content.decode()
    assert "Something went wrong here." in html


def test_a_word_of_the_menu_is_never_a_dead_end(client: Client) -> None:
    items = nav_items(RequestFactory().get("/"))
    assert all(item.url.startswith("/") for item in items)
    order = [str(word.label) for word in WORDS]
    shown = [str(item.label) for item in items]
    assert shown == [word for word in order if word in shown]


def test_the_frame_can_be_skipped_and_is_named(client: Client) -> None:
    html = client.get(reverse("account_login")).content.decode()
    assert '<a class="skip-link" href="#main">' in html
    assert '<main id="main"' in html
    assert '<html lang="en">' in html
