"""What if: the answer beside today's, from an address alone, and nothing is ever written."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from osler.apps.people import actions as people
from osler.apps.people.models import HeldCredential, Person
from tests.factories import NOW, HeldCredentialFactory, a_record

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]

PLAN = "p0-amount=10&p0-type=AMA_PRA_1&p0-topic=pain-management&p0-format=live&p0-on=2026-03-03"


def everything() -> dict[str, int]:
    """How many rows every table holds; sessions aside, which signing in writes."""
    models = [one for one in apps.get_models() if one._meta.app_label != "sessions"]
    return {one._meta.label: one._default_manager.count() for one in models}


def test_planned_credit_is_answered_and_nothing_is_written(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    a_record(ruth, "Grand rounds", 40)
    client, before = signed_in(ruth), everything()
    said = words(client.get(f"/what-if?{PLAN}"))
    assert "Nothing of this is kept" in said
    assert "10 h from what you plan for 3 March 2026" in said
    assert "40 h of 50 h → becomes Met: 50 h of 50 h" in said
    assert everything() == before


def test_an_added_licence_shows_what_it_would_ask(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    client = signed_in(ruth)
    page = client.get("/what-if?q=texas")
    assert "Texas physician licence" in words(page)
    assert "add=us-tx-mddo" in page.content.decode()
    page = client.get("/what-if?add=us-tx-mddo&us-tx-mddo-issued=2020-01-01&us-tx-mddo-expires=2027-08-31")
    said = words(page)
    assert "It would ask" in said
    assert (
        "/credentials/new/us-tx-mddo?issued_on=2020-01-01&amp;expires_on=2027-08-31" in page.content.decode()
    )
    added = client.get("/credentials/new/us-tx-mddo?issued_on=2020-01-01&expires_on=2027-08-31")
    assert 'value="2027-08-31"' in added.content.decode()
    assert HeldCredential.objects.count() == 1


def test_the_form_leads_to_a_short_address(
    ruth: Person, california: HeldCredential, signed_in: SignIn
) -> None:
    form = {
        "ask": "1",
        "on": "",
        "q": "",
        "profession": "",
        "degree": "MD",
        "specialties": "shown",
        "p0-amount": "10",
        "p0-type": "AMA_PRA_1",
        "p0-topic": "",
        "p0-format": "live",
        "p0-on": "",
        "works-in-pain-clinic-value": "",
    }
    away = signed_in(ruth).get("/what-if", form)
    assert away.status_code == 302
    expected = "/what-if?p0-amount=10&p0-type=AMA_PRA_1&p0-format=live&p0-on=2026-01-31"
    assert away["Location"] == expected


def test_the_day_alone_rolls_the_cycle_on_and_says_how_it_would_end(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    a_record(ruth, "Grand rounds", 40)
    said = words(signed_in(ruth).get("/what-if?on=2027-03-01"))
    assert "On 1 March 2027 one of one credentials would need you, none today." in said
    assert "Its cycle would end on 30 June 2026 with 10 h missing" in said
    assert "renewed until 30 June 2028" in said
    assert "Time alone brings this." in said


def test_another_specialty_changes_what_is_asked(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    people.change_profile(
        person=ruth,
        given_name="Ruth",
        family_name="Mehta",
        profession="physician",
        degree="MD",
        birth_on=None,
        specialties=["internal-medicine"],
        by=ruth,
        at=NOW,
    )
    said = words(signed_in(ruth).get("/what-if?specialty=radiology"))
    assert "You answered “Diagnostic radiology” to: Which are your specialties?" in said
    assert "[" not in said
    assert "becomes Does not apply" in said


def test_a_fact_answered_otherwise_and_a_credential_left_out(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    HeldCredentialFactory(person=ruth, requirement_set="us-tx-mddo", expires_on=date(2026, 8, 31))
    said = words(signed_in(ruth).get(f"/what-if?drop={california.key}"))
    assert "no longer held" in said
    said = words(signed_in(ruth).get("/what-if?patients-65-plus-share-value=40&specialty=internal-medicine"))
    assert "Geriatric" in said


def test_what_cannot_be_read_is_named_and_the_rest_is_answered(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    said = words(signed_in(ruth).get("/what-if?ask=1&on=yesterday&p0-amount=ten&p0-type=AMA_PRA_1"))
    assert "Write the amount as a number such as 6 or 0.25." in said
    page = signed_in(ruth).get("/what-if?add=no-such-set&drop=nobody&specialty=none&p99-amount=3")
    assert page.status_code == 200


def test_another_persons_credential_cannot_be_supposed_away(
    ruth: Person, california: HeldCredential, stranger: Person, signed_in: SignIn, words: Words
) -> None:
    HeldCredentialFactory(person=stranger, requirement_set="us-tx-mddo", number="T 1")
    said = words(signed_in(stranger).get(f"/what-if?drop={california.key}&on=2026-02-01"))
    assert "California physician" not in said
    assert california.number not in said


def test_a_stranger_is_led_to_sign_in(client: Client, db: None) -> None:
    away = client.get("/what-if")
    assert away.status_code == 302
    assert "next=/what-if" in away["Location"]


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_at_most_fifteen_queries(
    ruth: Person, signed_in: SignIn, count: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(count):
        HeldCredentialFactory(person=ruth, requirement_set=("us-ca-md", "us-tx-mddo", "us-fl-md")[n])
        a_record(ruth, f"Session {n}")
    client = signed_in(ruth)
    with django_assert_max_num_queries(15):
        assert client.get(f"/what-if?{PLAN}").status_code == 200
