"""The first page and a credential's page: the sentence, the rows, the reasons, and nobody else's."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from osler.apps.credit import actions as credit
from osler.apps.people import actions as people
from osler.apps.people.models import HeldCredential, Person
from osler.cli.demo_world.persona import PASSWORD
from osler.core.credit.amount import TICKS
from osler.web.requirements import demo_accounts
from tests.factories import NOW, HeldCredentialFactory, a_record

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]


def test_who_is_not_signed_in_reads_what_osler_is(client: Client, db: None, words: Words) -> None:
    said = words(client.get("/"))
    assert "Know where every licence stands" in said
    assert "Look around" not in said


def test_the_demo_offers_its_people_with_the_password_it_prints(
    client: Client, ruth: Person, settings: Any, words: Words
) -> None:
    settings.OSLER_DEMO = True
    Person.objects.filter(pk=ruth.pk).update(email=f"ruth@{demo_accounts.DOMAIN}")
    said = words(client.get("/"))
    assert "Ruth Mehta" in said
    assert demo_accounts.PASSWORD == PASSWORD


def test_a_newcomer_is_led_to_an_answer(ruth: Person, signed_in: SignIn, words: Words) -> None:
    page = signed_in(ruth).get("/")
    assert "Which licence or certificate do you hold?" in words(page)
    for address in ("/credentials/new", "/record/upload", "/sets"):
        assert f'href="{address}"' in page.content.decode()


def test_the_first_page_says_what_is_missing_by_when(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    a_record(ruth, "Grand rounds", 32.25)
    said = words(signed_in(ruth).get("/"))
    assert "California physician licence needs you." in said
    assert "California physician licence still needs 17.75 hours by 30 June 2026." in said
    assert "17.75 h in total" in said
    assert "150 days" in said


def test_the_worst_and_soonest_comes_first(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    HeldCredentialFactory(person=ruth, requirement_set="us-tx-mddo", expires_on=date(2025, 12, 31))
    said = words(signed_in(ruth).get("/"))
    assert "One of your two credentials is overdue." in said
    assert said.index("Texas physician licence (MD") < said.index("California physician licence (MD")


@pytest.mark.parametrize("count", [1, 3])
def test_the_first_page_takes_at_most_fifteen_queries(
    ruth: Person, signed_in: SignIn, count: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(count):
        HeldCredentialFactory(person=ruth, requirement_set=("us-ca-md", "us-tx-mddo", "us-fl-md")[n])
        a_record(ruth, f"Session {n}")
    client = signed_in(ruth)
    with django_assert_max_num_queries(15):
        assert client.get("/").status_code == 200


def test_a_credential_explains_every_number(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    a_record(ruth, "Chronic pain", 6, topics=(("pain-management", 6 * TICKS),))
    a_record(ruth, "Old webinar", 2, completed_on=date(2014, 7, 2))
    a_record(ruth, "Reading", 3, amounts=(("AMA_PRA_2", 3 * TICKS),))
    said = words(signed_in(ruth).get(f"/credentials/{california.key}"))
    assert "44 hours to go by 30 June 2026." in said
    assert "Counted, 6 h" in said
    assert "Completed on 2 July 2014, before the window opened on 1 July 2024" in said
    assert "AMA PRA Category 2 Credit™ is not accepted here" in said
    assert "16 CCR § 1336" in said
    assert "Not judged here" in said


def test_records_off_the_topic_are_told_in_one_line(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    for n in range(12):
        a_record(ruth, f"Session {n}")
    assert "12 records not on this topic" in words(signed_in(ruth).get(f"/credentials/{california.key}"))


def test_of_many_records_the_latest_are_listed_and_the_others_a_touch_away(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    for n in range(20):
        a_record(ruth, f"Grand rounds {n:02}", 1, completed_on=date(2025, 1, 1 + n))
    client, address = signed_in(ruth), f"/credentials/{california.key}"
    said = client.get(address).content.decode()
    total = said[said.index('id="total"') :].split("</details>")[0]
    assert "Grand rounds 19" in total
    assert "Grand rounds 07" not in total
    assert 'href="?all=total#total">Show 8 earlier records that count</a>' in total
    said = client.get(f"{address}?all=total").content.decode()
    total = said[said.index('id="total"') :].split("</details>")[0]
    assert total.startswith('id="total" open>')
    assert "Grand rounds 00" in total
    assert "Show 8 earlier" not in total


def test_carried_credit_says_once_where_it_comes_from(ruth: Person, signed_in: SignIn, words: Words) -> None:
    held = HeldCredentialFactory(
        person=ruth, requirement_set="us-tx-mddo", issued_on=date(2015, 7, 1), expires_on=date(2027, 6, 30)
    )
    a_record(ruth, "Long meeting", 60, completed_on=date(2025, 5, 1))
    said = words(signed_in(ruth).get(f"/credentials/{held.key}"))
    assert "Carried over from the cycle to 30 June 2025" in said
    assert "carried over from Carried" not in said


def test_a_duty_due_after_this_cycle_is_no_problem_now(ruth: Person, signed_in: SignIn, words: Words) -> None:
    held = HeldCredentialFactory(
        person=ruth, requirement_set="us-fl-md", issued_on=date(2024, 2, 1), expires_on=date(2026, 1, 31)
    )
    hours = (("AMA_PRA_1", 40 * TICKS),)
    topics = tuple((topic, 2 * TICKS) for topic in ("medical-errors", "controlled-substances", "hiv-aids"))
    a_record(ruth, "Annual meeting", amounts=hours, topics=topics)
    people.state_fact(person=ruth, name="holds-dea", value=False, by=ruth, at=NOW)
    said = words(signed_in(ruth).get("/"))
    assert "domestic violence" not in said.casefold()
    page = words(signed_in(ruth).get(f"/credentials/{held.key}"))
    assert "Domestic violence" in page


def test_a_credential_is_removed_and_brought_back(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    client = signed_in(ruth)
    gone = client.post(f"/credentials/{california.key}/remove", follow=True)
    assert "was removed. Your records stay." in words(gone)
    assert f'action="/credentials/{california.key}/restore"' in gone.content.decode()
    assert client.get(f"/credentials/{california.key}").status_code == 404
    back = client.post(f"/credentials/{california.key}/restore", follow=True)
    assert "The credential is back." in words(back)


def test_changing_the_last_day_changes_the_answer(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    form = {"number": "A 1", "issued_on": "2015-06-30", "expires_on": "2026-01-15", "name": "My licence"}
    page = signed_in(ruth).post(f"/credentials/{california.key}/change", form, follow=True)
    assert "Overdue since 15 January 2026" in words(page)
    wrong = signed_in(ruth).post(f"/credentials/{california.key}/change", {**form, "issued_on": "2027-01-01"})
    assert "cannot expire before it was issued" in words(wrong)


@pytest.mark.parametrize("path", ["", "/change"])
def test_a_credential_does_not_exist_for_a_stranger(
    california: HeldCredential, stranger: Person, signed_in: SignIn, client: Client, path: str
) -> None:
    address = f"/credentials/{california.key}{path}"
    assert signed_in(stranger).get(address).status_code == 404
    assert client.get(address)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("act", ["remove", "restore", "change"])
def test_a_stranger_changes_nothing(
    california: HeldCredential, stranger: Person, signed_in: SignIn, act: str
) -> None:
    assert signed_in(stranger).post(f"/credentials/{california.key}/{act}", {}).status_code == 404
    california.refresh_from_db()
    assert california.removed_at is None


def test_a_hostile_title_stays_text(ruth: Person, california: HeldCredential, signed_in: SignIn) -> None:
    a_record(ruth, "<script>alert(1)</script>")
    html = signed_in(ruth).get(f"/credentials/{california.key}").content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_removed_records_count_nowhere(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    record = a_record(ruth, "Grand rounds", 50)
    credit.remove_record(record=record, by=ruth, at=NOW)
    assert "50 hours to go" in words(signed_in(ruth).get(f"/credentials/{california.key}"))


def test_a_country_alone_is_not_called_a_credential(ruth: Person, signed_in: SignIn, words: Words) -> None:
    HeldCredentialFactory(person=ruth, requirement_set="au-mba", expires_on=date(2026, 12, 31))
    assert "Medical Board of Australia" in words(signed_in(ruth).get("/")).split("Add a credit")[0]
