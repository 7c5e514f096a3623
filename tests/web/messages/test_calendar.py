"""The calendar address: valid, quiet where nothing changed, without cookies, and over as soon as renewed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar, Event

from osler.apps.messages.actions import choose_messages
from osler.apps.people.models import HeldCredential, Person
from osler.apps.requirements.actions import renew_calendar
from osler.apps.requirements.models import CalendarFeed
from osler.apps.requirements.queries.watches import feed_token
from tests.factories import NOW, a_record

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]


@pytest.fixture
def address(ruth: Person, california: HeldCredential) -> str:
    """Ruth's calendar address."""
    return address_of(ruth)


def address_of(person: Person) -> str:
    feed = renew_calendar(person=person, by=person, at=NOW)
    assert isinstance(feed, CalendarFeed)
    return f"/calendar/{feed_token(feed)}.ics"


def events(response: Any) -> dict[str, Event]:
    calendar = Calendar.from_ical(response.content)
    assert calendar["VERSION"] == "2.0"
    return {str(one["UID"]): one for one in calendar.walk("VEVENT")}


def test_due_dates_are_all_day_events_with_alarms_and_what_is_missing(
    address: str, california: HeldCredential, client: Client
) -> None:
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    found = events(answer)
    event = found[f"{california.key}.cycle@localhost"]
    assert event.decoded("DTSTART") == date(2026, 6, 30)
    assert event.decoded("DTEND") == date(2026, 7, 1)
    assert "In total: 50 h missing" in event["DESCRIPTION"]
    assert [one.decoded("TRIGGER") for one in event.walk("VALARM")] == [
        timedelta(days=-days) for days in (90, 30, 7)
    ]
    assert all("DTSTAMP" in one and "SUMMARY" in one for one in found.values())


def test_it_sets_no_cookie_and_says_nothing_where_nothing_changed(address: str, client: Client) -> None:
    first = client.get(address)
    assert not first.cookies
    assert client.get(address).content == first.content
    assert client.get(address, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    assert client.get(address, HTTP_IF_MODIFIED_SINCE=first["Last-Modified"]).status_code == 304


def test_a_record_changes_it_and_identities_stay(ruth: Person, address: str, client: Client) -> None:
    first = client.get(address)
    a_record(ruth, "Congress", 20)
    second = client.get(address, HTTP_IF_NONE_MATCH=first["ETag"])
    assert second.status_code == 200
    assert set(events(first)) == set(events(second))
    assert b"30 h missing" in second.content


def test_a_goal_stands_in_it(ruth: Person, address: str, client: Client) -> None:
    from osler.apps.needs.models import Goal

    Goal.objects.create(person=ruth, title="Read ECGs", due_on=date(2026, 4, 1), added_at=NOW)
    assert b"Goal: Read ECGs" in client.get(address).content


def test_no_alarm_goes_off_where_none_is_wanted(ruth: Person, address: str, client: Client) -> None:
    choose_messages(person=ruth, off=[], distances=[], digest_weekday=0, hour=7, by=ruth, at=NOW)
    assert b"VALARM" not in client.get(address).content


def test_a_renewed_address_ends_the_old_one_at_once(ruth: Person, address: str, client: Client) -> None:
    other = address_of(ruth)
    assert other != address
    assert client.get(address).status_code == 404
    assert client.get(other).status_code == 200


def test_the_page_makes_shows_and_ends_it(
    ruth: Person, signed_in: SignIn, client: Client, words: Words
) -> None:
    page = signed_in(ruth)
    assert "Make a calendar address" in words(page.get("/messages/preferences"))
    page.post("/messages/calendar")
    url = f"/calendar/{feed_token(CalendarFeed.objects.get())}.ics"
    assert f"http://localhost:8000{url}" in page.get("/messages/preferences").content.decode()
    assert client.get(url).status_code == 200
    page.post("/messages/calendar/end")
    assert client.get(url).status_code == 404


def test_a_closed_account_has_no_calendar(ruth: Person, address: str, client: Client) -> None:
    Person.objects.filter(pk=ruth.pk).update(is_active=False)
    assert client.get(address).status_code == 404


def test_guesses_and_greed_are_stopped(address: str, client: Client, monkeypatch: Any) -> None:
    from osler.web.messages import calendar

    monkeypatch.setattr(calendar, "MOST_READINGS", 2)
    assert [client.get(address).status_code for _each in range(3)] == [200, 200, 429]
    cache.clear()
    monkeypatch.setattr(calendar, "MOST_GUESSES", 2)
    guess = "/calendar/bcdfghjkmn-0123456789abcdef.ics"
    assert [client.get(guess).status_code for _each in range(3)] == [404, 404, 429]


def test_another_s_key_does_not_open_it(ruth: Person, stranger: Person, address: str, client: Client) -> None:
    mine, theirs = address, address_of(stranger)
    forged = theirs.partition("-")[0] + "-" + mine.partition("-")[2]
    assert client.get(forged).status_code == 404
