"""Find says what would close each gap, from the rule itself, and offers no activity that is not there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from osler.apps.people import actions as people
from osler.apps.people.models import HeldCredential, Person
from osler.core.credit.amount import TICKS
from osler.requirement_sets.loader import load_sets
from osler.web.catalogue.closing import rule_of
from osler.web.catalogue.directories import DIRECTORIES, directories_for
from tests.factories import NOW, HeldCredentialFactory, a_record

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]


def test_every_gap_says_what_closes_it(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    a_record(ruth, "Pain", 8, topics=(("pain-management", 8 * TICKS),))
    client = signed_in(ruth)
    assert "decide whether more is asked of you" in words(client.get("/find"))
    Person.objects.update(specialties=["internal-medicine"])
    for name in ("direct-patient-care", "works-in-pain-clinic"):
        people.state_fact(person=ruth, name=name, value=name.startswith("direct"), by=ruth, at=NOW)
    said = words(client.get("/find"))
    assert "Two gaps to find education for" in said
    assert "42 hours in total" in said
    assert "4 hours of pain management" in said
    assert "one of: Pain management and end-of-life care; Treatment of opioid-dependent patients" in said
    assert "End-of-life care or Treatment of opioid dependence or Pain management" in said
    assert "AMA PRA Category 1 Credit" in said
    assert "By 30 June 2026" in said
    assert "Osler’s own catalogue is being built" in said


def test_a_gap_becomes_a_goal_filled_in(ruth: Person, california: HeldCredential, signed_in: SignIn) -> None:
    client = signed_in(ruth)
    html = client.get("/find").content.decode()
    address = html.split('class="gap-links"><a href="')[1].split('"')[0].replace("&amp;", "&")
    form = client.get(address).content.decode()
    assert 'value="2026-06-30"' in form
    assert 'value="50 hours in total"' in form


def test_without_credentials_and_without_gaps_it_says_so(
    ruth: Person, signed_in: SignIn, words: Words
) -> None:
    client = signed_in(ruth)
    assert "Tell Osler what you hold" in words(client.get("/find"))
    HeldCredentialFactory(person=ruth, requirement_set="us-tx-mddo", issued_on=None, expires_on=None)
    assert client.get("/find").status_code == 200


@pytest.mark.parametrize("set_id", sorted(load_sets()))
def test_the_rule_of_every_requirement_is_found(set_id: str) -> None:
    rules = load_sets()[set_id]
    for version in rules.versions:
        for requirement in version.requirements:
            assert rule_of(rules, version.effective, requirement.id) == requirement
    assert rule_of(rules, None, "total") is None


def test_lists_of_others_say_where_it_was_read() -> None:
    for one in DIRECTORIES:
        assert one.source_url.startswith("https://")
    assert {one.name for one in directories_for({"US"})} == {"CME Passport", "CE Broker"}
    assert len(directories_for(())) == len(DIRECTORIES)


def test_it_takes_few_queries(
    ruth: Person, california: HeldCredential, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(ruth)
    with django_assert_max_num_queries(12):
        client.get("/find")


def test_a_stranger_is_sent_to_sign_in(db: None) -> None:
    for path in ("/find", "/take-part"):
        assert Client().get(path)["Location"].startswith("/accounts/login/")
