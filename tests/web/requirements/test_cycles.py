"""The cycles of a credential: browsed, kept, compared, renewed; nobody else's."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from osler.apps.audit.queries import history
from osler.apps.people.models import HeldCredential, Person
from osler.apps.requirements import actions
from osler.apps.requirements.models import ClosedCycle
from osler.apps.requirements.queries import closed_cycles, kept_texts
from tests.factories import NOW, HeldCredentialFactory, a_record
from tests.factories.delegates import an_assistant

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]
AFTER = datetime(2026, 7, 2, 9, tzinfo=UTC)
LAST = "2022-07-01"


def test_every_cycle_is_listed_with_its_standing(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    a_record(ruth, "Annual meeting", 50, completed_on=date(2023, 5, 2))
    a_record(ruth, "Grand rounds", 10, completed_on=date(2025, 5, 2))
    said = words(signed_in(ruth).get(f"/credentials/{california.key}"))
    assert "1 July 2026 to 30 June 2028" in said
    assert "1 July 2022 to 30 June 2024" in said
    assert "worked out today, not kept at the time" in said
    assert "No records from this time" in said
    assert "2 earlier cycles" in said


def test_a_past_cycle_is_worked_out_on_demand_and_kept_on_request(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    a_record(ruth, "Annual meeting", 46, completed_on=date(2023, 5, 2))
    client, address = signed_in(ruth), f"/credentials/{california.key}/cycles/{LAST}"
    said = words(client.get(address))
    assert "It ended 4 h short." in said
    assert "Worked out today, not kept at the time" in said
    assert not ClosedCycle.objects.exists()
    said = words(client.post(f"{address}/close", follow=True))
    assert "Kept as it was assessed, on 31 January 2026" in said
    assert "Today’s records and rules say the same" in said


def test_a_cycle_closes_while_nobody_looks_and_later_records_are_told(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    a_record(ruth, "Annual meeting", 46)
    actions.refresh_standings(person_id=ruth.pk, at=NOW)
    with time_machine.travel(AFTER, tick=False):
        client = signed_in(ruth)
        assert "Was it renewed?" in words(client.get("/"))
        said = words(client.get(f"/credentials/{california.key}"))
        assert "This cycle ended on 30 June 2026 . Was it renewed?" in said
        assert ClosedCycle.objects.get().reason == "ended"
        said = words(
            client.post(f"/credentials/{california.key}/renew", {"until": "2028-06-30"}, follow=True)
        )
        assert "Renewed until 30 June 2028. The cycle before is kept" in said
        a_record(ruth, "Late certificate", 4)
        address = f"/credentials/{california.key}/cycles/2024-07-01"
        said = words(client.get(address))
        assert "It ended 4 h short." in said
        assert "A record of 4 h was added later: “Late certificate”" in said
        assert "Short: 46 h of 50 h" in said
        assert "Met: 50 h of 50 h" in said
        said = words(client.post(f"{address}/again", {"note": "It came by post."}, follow=True))
        assert "The reason: “It came by post.”" in said
        assert "Everything was met." in said


def test_a_kept_answer_that_was_tampered_with_is_not_shown(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    a_record(ruth, "Annual meeting", 46, completed_on=date(2023, 5, 2))
    kept = actions.close_cycle(credential=california, start=date(2022, 7, 1), by=ruth, at=NOW)
    assert isinstance(kept, ClosedCycle)
    ClosedCycle.objects.all().delete()
    kept.pk, kept.digest = None, "0" * 64
    kept.save(force_insert=True)
    said = words(signed_in(ruth).get(f"/credentials/{california.key}/cycles/{LAST}"))
    assert "The kept answer cannot be shown" in said


def test_the_cycle_to_come_says_what_counts_already(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    said = words(signed_in(ruth).get(f"/credentials/{california.key}/cycles/2026-07-01"))
    assert "This cycle begins on 1 July 2026." in said


def test_the_running_cycle_is_the_credentials_own_page(
    ruth: Person, california: HeldCredential, signed_in: SignIn
) -> None:
    page = signed_in(ruth).get(f"/credentials/{california.key}/cycles/2024-07-01")
    assert page.status_code == 302
    assert page["Location"] == f"/credentials/{california.key}"


def test_without_the_issue_the_page_asks_for_it(ruth: Person, signed_in: SignIn, words: Words) -> None:
    held = HeldCredentialFactory(person=ruth, issued_on=None)
    said = words(signed_in(ruth).get(f"/credentials/{held.key}"))
    assert "Earlier cycles are not known. On which day was it first issued to you?" in said


@pytest.mark.parametrize("start", ["2022-07-02", "2022-02-30", "1990-07-01"])
def test_a_day_on_which_no_cycle_began_is_no_page(
    ruth: Person, california: HeldCredential, signed_in: SignIn, start: str
) -> None:
    assert signed_in(ruth).get(f"/credentials/{california.key}/cycles/{start}").status_code == 404


def test_a_wrong_renewal_changes_nothing(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    client = signed_in(ruth)
    for until, sentence in (("", "Nothing was changed."), ("2026-06-30", "after the one on which")):
        page = client.post(f"/credentials/{california.key}/renew", {"until": until}, follow=True)
        assert sentence in words(page)
    california.refresh_from_db()
    assert california.expires_on == date(2026, 6, 30)
    assert not ClosedCycle.objects.exists()


@pytest.mark.parametrize(
    ("path", "method"),
    [
        (f"cycles/{LAST}", "get"),
        (f"cycles/{LAST}/close", "post"),
        (f"cycles/{LAST}/again", "post"),
        (f"cycles/{LAST}/strike", "post"),
        (f"cycles/{LAST}/back", "post"),
        ("renew", "post"),
    ],
)
def test_cycles_do_not_exist_for_a_stranger(
    california: HeldCredential,
    stranger: Person,
    signed_in: SignIn,
    client: Client,
    path: str,
    method: str,
) -> None:
    address = f"/credentials/{california.key}/{path}"
    away = getattr(client, method)(address)
    assert away.status_code == 302
    assert "/sign-in" in away["Location"] or "/accounts" in away["Location"] or "login" in away["Location"]
    assert getattr(signed_in(stranger), method)(address).status_code == 404
    assert not ClosedCycle.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_take_at_most_fifteen_queries(
    ruth: Person,
    california: HeldCredential,
    signed_in: SignIn,
    count: int,
    django_assert_max_num_queries: Any,
) -> None:
    for n in range(count):
        a_record(ruth, f"Session {n}", 5, completed_on=date(2023 - 2 * n, 5, 2))
        actions.close_cycle(credential=california, start=date(2022 - 2 * n, 7, 1), by=ruth, at=NOW)
    client = signed_in(ruth)
    for address in ("", f"/cycles/{LAST}"):
        with django_assert_max_num_queries(15):
            assert client.get(f"/credentials/{california.key}{address}").status_code == 200


def test_a_short_requirement_says_what_would_close_it(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    a_record(ruth, "Grand rounds", 10)
    said = words(signed_in(ruth).get(f"/credentials/{california.key}"))
    assert "What would close it Still missing 40 h By 30 June 2026" in said


def test_the_search_finds_what_ones_credentials_ask_and_opens_it(
    ruth: Person, california: HeldCredential, stranger: Person, signed_in: SignIn, words: Words
) -> None:
    page = signed_in(ruth).get("/search?q=pain")
    assert "What your credentials ask" in words(page)
    address = f"/credentials/{california.key}?open=pain-management"
    assert f'href="{address}#pain-management"' in page.content.decode()
    opened = signed_in(ruth).get(address).content.decode()
    assert '<details class="requirement" id="pain-management" open>' in opened
    assert "What your credentials ask" not in words(signed_in(stranger).get("/search?q=pain"))


@pytest.mark.parametrize("scope", ["see", "record"])
def test_an_assistant_without_the_right_reads_and_changes_nothing(
    ruth: Person, california: HeldCredential, signed_in: SignIn, scope: str
) -> None:
    a_record(ruth, "Annual meeting", 46, completed_on=date(2023, 5, 2))
    assistant, held = an_assistant(ruth, scope)
    client = signed_in(assistant)
    client.post(f"/me/acting/{held.key}")
    page = f"/credentials/{california.key}"
    assert client.get(f"{page}/cycles/{LAST}").status_code == 200
    for path in (f"cycles/{LAST}/close", f"cycles/{LAST}/again", "renew"):
        assert client.post(f"{page}/{path}", {"until": "2028-06-30", "note": "x"}).status_code == 403
    assert not ClosedCycle.objects.exists()


def test_a_cycle_that_a_wrong_date_made_is_struck_and_brought_back(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    a_record(ruth, "Annual meeting", 46)
    actions.refresh_standings(person_id=ruth.pk, at=NOW)
    with time_machine.travel(AFTER, tick=False):
        client, page = signed_in(ruth), f"/credentials/{california.key}"
        client.get(page)
        client.post(f"{page}/change", {"expires_on": "2027-06-30", "why": "corrected"})
        cycle = f"{page}/cycles/2024-07-01"
        assert "kept on 2 July 2026" in words(client.get(page))
        given = {"last_on": "2026-06-30", "reason": " "}
        said = words(client.post(f"{cycle}/strike", given, follow=True))
        assert "Say in a few words what was wrong. Nothing was changed." in said
        given["reason"] = "It expires in 2027."
        said = words(client.post(f"{cycle}/strike", given, follow=True))
        assert "The cycle 1 July 2024 to 30 June 2026 is struck." in said
        assert "kept on 2 July 2026" not in said
        assert "One cycle struck as entered wrongly" in said
        assert "“It expires in 2027.”" in said
        assert client.get(cycle).status_code == 404
        # What was kept stays, and nothing keeps the same cycle again.
        assert actions.close_ended_cycles(person_id=ruth.pk, at=AFTER) == []
        assert ClosedCycle.objects.count() == 1
        (name, _text) = next(iter(kept_texts(ruth)))
        assert name.endswith("2026-06-30-1-struck.json")
        said = words(client.post(f"{page}/cycles/2026-06-30/back", follow=True))
        assert "The cycle is back as it was kept." in said
        assert "kept on 2 July 2026" in said
        verbs = [entry.verb for entry in history(california)]
        assert {"strike-cycle", "bring-cycle-back"} <= set(verbs)


def test_keeping_a_struck_cycle_brings_it_back(ruth: Person, california: HeldCredential) -> None:
    a_record(ruth, "Annual meeting", 46, completed_on=date(2023, 5, 2))
    start, last_on = date(2022, 7, 1), date(2024, 6, 30)
    kept = actions.close_cycle(credential=california, start=start, by=ruth, at=NOW)
    actions.strike_cycle(credential=california, last_on=last_on, note="Not mine", by=ruth, at=NOW)
    assert list(closed_cycles(ruth)) == []
    assert actions.close_cycle(credential=california, start=start, by=ruth, at=NOW) == kept
    assert list(closed_cycles(ruth)) == [kept]


@pytest.mark.parametrize("why", ["renewed", "corrected"])
def test_a_later_last_day_under_change_asks_whether_it_was_renewed(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words, why: str
) -> None:
    client, address = signed_in(ruth), f"/credentials/{california.key}/change"
    given = {"number": "A 2", "issued_on": "2010-03-01", "expires_on": "2028-06-30", "name": "Mine"}
    assert "Why is the last day a later one?" not in words(client.get(address))
    said = words(client.post(address, given))
    assert "Say whether it was renewed. Nothing is saved yet." in said
    california.refresh_from_db()
    assert california.expires_on == date(2026, 6, 30)
    client.post(address, {**given, "why": why})
    california.refresh_from_db()
    assert (california.expires_on, california.number, california.name) == (date(2028, 6, 30), "A 2", "Mine")
    assert [row.reason for row in ClosedCycle.objects.all()] == (["renewed"] if why == "renewed" else [])
    verb = "renew-credential" if why == "renewed" else "change-credential"
    assert [entry.verb for entry in history(california)] == [verb]
