"""The person's own page: what is stated, changed and taken back."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from osler.apps.people import actions
from osler.apps.people.models import Person
from tests.factories import NOW

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]
FORM = {
    "given_name": "Ruth",
    "family_name": "Mehta",
    "profession": "physician",
    "degree": "MD",
    "birth_on": "1980-05-17",
    "has_specialties": "some",
    "specialties": ["internal-medicine"],
    "time_zone": "America/Los_Angeles",
}


def test_the_profile_is_kept(ruth: Person, signed_in: SignIn, words: Words) -> None:
    page = signed_in(ruth).post("/me", FORM, follow=True)
    assert "Saved." in words(page)
    ruth.refresh_from_db()
    assert (str(ruth.birth_on), ruth.specialties, ruth.time_zone) == (
        "1980-05-17",
        ["internal-medicine"],
        "America/Los_Angeles",
    )


def test_no_specialty_is_not_the_same_as_not_stated(ruth: Person, signed_in: SignIn) -> None:
    client = signed_in(ruth)
    client.post("/me", {**FORM, "has_specialties": "none", "specialties": []})
    ruth.refresh_from_db()
    assert ruth.specialties == []
    client.post("/me", {**FORM, "has_specialties": "", "specialties": []})
    ruth.refresh_from_db()
    assert ruth.specialties is None


def test_a_birthday_to_come_is_refused(ruth: Person, signed_in: SignIn, words: Words) -> None:
    page = signed_in(ruth).post("/me", {**FORM, "birth_on": "2030-01-01"})
    assert "cannot be the date of birth" in words(page)


def test_every_stated_fact_is_shown_and_can_be_taken_back(
    ruth: Person, stranger: Person, signed_in: SignIn, words: Words
) -> None:
    actions.state_fact(person=ruth, name="holds-dea", value=True, by=ruth, at=NOW)
    client = signed_in(ruth)
    assert "Do you hold a DEA registration? Yes" in words(client.get("/me"))
    assert "Do you hold a DEA registration?" not in words(signed_in(stranger).get("/me"))
    signed_in(stranger).post("/questions/holds-dea/withdraw")
    assert "Yes" in words(client.get("/me"))
    gone = client.post("/questions/holds-dea/withdraw", {"next": "/me"}, follow=True)
    assert "Your answer was taken back." in words(gone)
    assert "Do you hold a DEA registration?" not in words(gone)


def test_an_npi_is_kept_with_its_check_digit_proved(ruth: Person, signed_in: SignIn, words: Words) -> None:
    client = signed_in(ruth)
    wrong = client.post("/me", {**FORM, "npi": "1234567890"})
    assert "This is no NPI" in words(wrong)
    client.post("/me", {**FORM, "npi": "1234 567 893"})
    ruth.refresh_from_db()
    assert ruth.npi == "1234567893"
    client.post("/me", {**FORM, "npi": ""})
    ruth.refresh_from_db()
    assert ruth.npi == ""


def test_two_people_may_state_the_same_npi(ruth: Person, stranger: Person, signed_in: SignIn) -> None:
    for person in (ruth, stranger):
        signed_in(person).post("/me", {**FORM, "npi": "1234567893"})
        person.refresh_from_db()
        assert person.npi == "1234567893"


def test_the_foot_of_the_page_names_the_readers_zone(ruth: Person, signed_in: SignIn, words: Words) -> None:
    Person.objects.filter(pk=ruth.pk).update(time_zone="America/Los_Angeles")
    assert "Times are in America/Los_Angeles" in words(signed_in(ruth).get("/me"))
