"""Adding a credential and answering questions: only what matters is asked, and the answer moves."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from osler.apps.people.models import Fact, HeldCredential, Person
from tests.factories import HeldCredentialFactory, a_record

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]


def test_the_authority_is_found_by_the_name_of_its_state(
    ruth: Person, signed_in: SignIn, words: Words
) -> None:
    said = words(signed_in(ruth).get("/credentials/new", {"q": "califor"}))
    assert "Medical Board of California" in said
    assert "Texas" not in said
    nothing = words(signed_in(ruth).get("/credentials/new", {"q": "zzzzqqq"}))
    assert "Osler has no rules by that name yet" in nothing


def test_adding_leads_to_the_answer(ruth: Person, signed_in: SignIn, words: Words) -> None:
    form = {"number": "A 118 204", "issued_on": "2015-06-30", "expires_on": "2026-06-30"}
    page = signed_in(ruth).post("/credentials/new/us-ca-md", form, follow=True)
    assert "Added. This is where you stand." in words(page)
    assert "50 hours to go by 30 June 2026." in words(page)
    again = signed_in(ruth).post("/credentials/new/us-ca-md", form)
    assert "You have added this credential already." in words(again)
    assert HeldCredential.objects.filter(person=ruth).count() == 1


def test_a_date_the_answer_needs_is_asked_for(ruth: Person, signed_in: SignIn, words: Words) -> None:
    page = signed_in(ruth).post("/credentials/new/us-ca-md", {"number": "A 1"})
    assert "Expires on : This field is required" in words(page)
    assert not HeldCredential.objects.filter(person=ruth).exists()


def test_facts_given_while_adding_are_kept(ruth: Person, signed_in: SignIn, words: Words) -> None:
    client = signed_in(ruth)
    shown = words(client.get("/credentials/new/us-ca-md"))
    assert "How many of your patients are 65 or over" in shown
    form = {
        "issued_on": "2015-06-30",
        "expires_on": "2026-06-30",
        "specialty-value": ["internal-medicine"],
        "patients-65-plus-share-value": "40",
    }
    said = words(client.post("/credentials/new/us-ca-md", form, follow=True))
    ruth.refresh_from_db()
    assert ruth.specialties == ["internal-medicine"]
    assert Fact.objects.get(person=ruth, name="patients-65-plus-share").value == "40"
    assert "We need to know" not in said


def test_an_unknown_set_is_not_there(ruth: Person, signed_in: SignIn) -> None:
    assert signed_in(ruth).get("/credentials/new/us-xx").status_code == 404
    assert signed_in(ruth).get("/sets/us-xx").status_code == 404


def test_a_question_is_answered_in_place_and_taken_back(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    ruth.specialties = ["internal-medicine"]
    ruth.save()
    client, address = signed_in(ruth), f"/credentials/{california.key}"
    assert "One question decides it" in words(client.get(address))
    answer = {"patients-65-plus-share-value": "10", "next": address}
    page = client.post("/questions/patients-65-plus-share", answer, follow=True)
    assert page.redirect_chain[0][0] == address
    assert "Noted." in words(page)
    assert "One question decides it" not in words(page)
    client.post("/questions/patients-65-plus-share/withdraw")
    assert not Fact.objects.filter(person=ruth).exists()


@pytest.mark.parametrize("value", ["-1", "101", "much", ""])
def test_an_answer_that_is_none_keeps_nothing(ruth: Person, signed_in: SignIn, value: str) -> None:
    page = signed_in(ruth).post("/questions/patients-65-plus-share", {"patients-65-plus-share-value": value})
    assert page.status_code == 200
    assert "field-errors" in page.content.decode()
    assert not Fact.objects.filter(person=ruth).exists()


def test_yes_on_a_day_needs_the_day(ruth: Person, signed_in: SignIn, words: Words) -> None:
    client, name = signed_in(ruth), "dea-mate-attested"
    page = client.post(f"/questions/{name}", {f"{name}-value": "day"})
    assert "State the day, or say that you do not know it." in words(page)
    client.post(f"/questions/{name}", {f"{name}-value": "day", f"{name}-day": "2024-02-01"})
    assert Fact.objects.get(person=ruth, name=name).value == "2024-02-01"


def test_a_question_leads_nowhere_outside(ruth: Person, signed_in: SignIn) -> None:
    for outside in ("https://example.org/", "//example.org", "javascript:alert(1)"):
        page = signed_in(ruth).post("/questions/holds-dea", {"holds-dea-value": "yes", "next": outside})
        assert page["Location"] == "/"


def test_a_date_of_somebody_elses_credential_is_not_answered(
    california: HeldCredential, stranger: Person, signed_in: SignIn
) -> None:
    form = {"issued-value": "2020-01-01", "credential": california.key}
    assert signed_in(stranger).post("/questions/issued", form).status_code == 404
    withdrawn = signed_in(stranger).post("/questions/holds-dea/withdraw", {"credential": california.key})
    assert withdrawn.status_code == 404


@pytest.mark.parametrize(
    "path", ["/credentials/new", "/credentials/new/us-ca-md", "/questions/holds-dea", "/search"]
)
def test_the_door_is_closed_to_who_is_not_signed_in(client: Client, db: None, path: str) -> None:
    assert client.get(path)["Location"].startswith("/accounts/login/")


def test_sets_are_read_by_everyone(client: Client, db: None, words: Words) -> None:
    listed = words(client.get("/sets", {"q": "california"}))
    assert "California physician licence" in listed
    page = words(client.get("/sets/us-ca-md"))
    assert "Fifty hours of approved education" in page
    assert "How many of your patients are 65 or over, in percent?" in page
    assert "16 CCR § 1336" in page


def test_search_finds_what_is_ones_own_and_nobody_elses(
    ruth: Person, california: HeldCredential, stranger: Person, signed_in: SignIn, words: Words
) -> None:
    a_record(ruth, "Chronic pain in primary care")
    mine = words(signed_in(ruth).get("/search", {"q": "chronic pain"}))
    assert "Chronic pain in primary care" in mine
    theirs = words(signed_in(stranger).get("/search", {"q": "chronic pain"}))
    assert "Chronic pain in primary care" not in theirs
    assert "Your credentials" in words(signed_in(ruth).get("/search", {"q": "california"}))


def test_questions_that_decide_the_same_are_answered_in_one_act(
    ruth: Person, signed_in: SignIn, words: Words
) -> None:
    held = HeldCredentialFactory(person=ruth, requirement_set="us-wv-md")
    client = signed_in(ruth)
    page = client.get(f"/credentials/{held.key}")
    assert "No to all of these" in words(page)
    names = [f"{verb}-controlled-substances" for verb in ("prescribes", "dispenses", "administers")]
    back = client.post(
        "/questions", {"fact": names, "none": "1", "next": f"/credentials/{held.key}"}, follow=True
    )
    assert "Noted." in words(back)
    assert "No to all of these" not in words(back)
    assert Fact.objects.filter(person=ruth, value="false").count() == 3
    nothing = client.post("/questions", {"fact": names}, follow=True)
    assert "Nothing was answered." in words(nothing)


def test_questions_asked_together_are_not_a_strangers(client: Client, db: None) -> None:
    assert client.post("/questions", {"fact": "holds-dea", "none": "1"}).status_code == 302
    assert not Fact.objects.exists()
