"""Records that look alike, calendars and tokens, as a browser without a script sees them."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from osler.adapters import calendars as port
from osler.adapters.calendars import CalendarRefused, Fetched
from osler.apps.credit.actions.calendars import add_calendar, refresh_calendar
from osler.apps.credit.models import CalendarEvent, CalendarFile, CalendarSource, Merge, Record
from osler.apps.credit.queries.calendars import calendars_to_read
from osler.apps.people.models import AccessToken, Person
from tests.factories import NOW, a_record

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]
EVENT = "BEGIN:VEVENT\r\nUID:{0}\r\nSUMMARY:{1}\r\nDTSTART:{2}T160000Z\r\nDURATION:PT1H30M\r\nEND:VEVENT\r\n"


def ics(*events: tuple[str, str, str]) -> bytes:
    body = "".join(EVENT.format(*event) for event in events)
    return f"BEGIN:VCALENDAR\r\n{body}END:VCALENDAR\r\n".encode()


class FakeFetcher:
    """A calendar in memory behind every address."""

    def __init__(self) -> None:
        self.content, self.trouble, self.asked = ics(("a", "Grand rounds", "20260112")), "", 0

    def fetch(self, url: str, etag: str = "") -> Fetched:
        self.asked += 1
        if self.trouble:
            raise CalendarRefused(self.trouble, "20")
        return Fetched(self.content, "v")


@pytest.fixture
def fetcher() -> Iterator[FakeFetcher]:
    made = FakeFetcher()
    before = port.connect(made)
    yield made
    port.connect(before)


@pytest.fixture
def source(ruth: Person, fetcher: FakeFetcher) -> CalendarSource:
    made = add_calendar(person=ruth, name="Work", url="https://x.example/c.ics", by=ruth, at=NOW)
    assert isinstance(made, CalendarSource), made
    return made


def choose(client: Client, source: CalendarSource, **said: str) -> Any:
    return client.post(reverse("credit:calendar-choose", args=[source.key]), said, follow=True)


def act(client: Client, source: CalendarSource, name: str, **more: Any) -> Any:
    events = [str(pk) for pk in CalendarEvent.objects.filter(calendar=source).values_list("pk", flat=True)]
    return client.post(reverse(f"credit:{name}", args=[source.key]), {"event": events, **more}, follow=True)


def test_a_pair_is_shown_with_its_reason_and_made_one(ruth: Person, signed_in: SignIn, words: Words) -> None:
    client = signed_in(ruth)
    first, second = a_record(ruth, "Pain update", 2), a_record(ruth, "Pain Update!", 3)
    text = words(client.get("/record/alike"))
    assert "1 pair looks like one activity" in text
    assert "the same title, the same provider, the same day" in text
    assert "How much AMA PRA Category 1 Credit" in text
    address = reverse("credit:merge", args=[first.key, second.key])
    assert "The two give different amounts" in words(client.post(address, {}, follow=True))
    found = client.post(address, {"choice_0": "0", "choice_1": "1", "to_record": "1"}, follow=True)
    assert "“Pain update” is one record now." in words(found)
    assert "Made one with “Pain Update!”" in words(found)
    assert [str(part.ticks // 90_000) for part in Record.objects.get(removed_at=None).amounts.all()] == ["3"]
    part = client.get(reverse("credit:record-page", args=[second.key]))
    assert "This record is part of another now" in words(part)
    undone = client.post(reverse("credit:merge-undo", args=[Merge.objects.get().key]), follow=True)
    assert "Both records are there again" in words(undone)
    assert "Is this the same activity?" in words(undone)
    apart = client.post(reverse("credit:apart", args=[first.key, second.key]), follow=True)
    assert "No two records look like one activity" in words(apart)
    again = client.post(reverse("credit:ask-again", args=[first.key, second.key]), follow=True)
    assert "1 pair looks like one activity" in words(again)


def test_pairs_that_agree_are_made_one_together(ruth: Person, signed_in: SignIn, words: Words) -> None:
    client = signed_in(ruth)
    for title in ("Asthma", "Sepsis"):
        a_record(ruth, title), a_record(ruth, title.upper())
    page = client.get("/record/alike")
    assert "Make one of the 2 that agree" in words(page)
    pairs = [f"{one.pair.first.key}/{one.pair.second.key}" for one in page.context["pairs"]]
    done = client.post("/record/alike/plain", {"pair": [*pairs, "nonsense", "x/y"]}, follow=True)
    assert "2 pairs are one record each now" in words(done)
    assert ruth.records.filter(removed_at=None).count() == 2


def test_the_list_of_pairs_costs_the_same_for_few_and_many(
    ruth: Person, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(ruth)
    for count in (1, 3):
        for n in range(count):
            a_record(ruth, f"Topic {count} {n}"), a_record(ruth, f"TOPIC {count} {n}")
        client.get("/record/alike")
        with django_assert_max_num_queries(14):
            client.get("/record/alike")


def test_a_calendar_is_added_filtered_and_confirmed(
    ruth: Person, signed_in: SignIn, words: Words, fetcher: FakeFetcher
) -> None:
    client = signed_in(ruth)
    fetcher.content = ics(("a", "Grand rounds", "20260112"), ("b", "Dentist", "20260113"))
    found = client.post("/record/calendars/new", {"url": "https://x.example/c.ics"}, follow=True)
    assert "Which events are education?" in words(found)
    source = CalendarSource.objects.get()
    assert source.name == "x.example"
    assert not CalendarEvent.objects.exists()
    assert "Say at least one word" in words(choose(client, source))
    shown = choose(client, source, words="rounds, CME")
    assert "1 event waits to be confirmed" in words(shown)
    assert "Dentist" not in words(shown)
    assert "c.ics" not in words(shown)
    nothing = act(client, source, "calendar-confirm", format="live")
    assert not Record.objects.exists()
    assert "This field is required" in words(nothing)
    done = act(client, source, "calendar-confirm", credit_type="AMA_PRA_1", format="live")
    assert "1 record was added." in words(done)
    record = Record.objects.get()
    assert (record.title, record.completed_on, record.source) == (
        "Grand rounds",
        date(2026, 1, 12),
        "calendar",
    )
    assert [part.ticks for part in record.amounts.all()] == [135_000]
    assert "From a calendar: x.example" in words(client.get(reverse("credit:record-page", args=[record.key])))
    act(client, source, "calendar-confirm", credit_type="AMA_PRA_1", format="live")
    assert Record.objects.count() == 1


def test_an_event_that_is_there_already_is_recognised(
    ruth: Person, source: CalendarSource, signed_in: SignIn, words: Words
) -> None:
    client = signed_in(ruth)
    record = a_record(ruth, "GRAND rounds", completed_on=date(2026, 1, 12))
    shown = choose(client, source, everything="on")
    assert "Looks like “GRAND rounds”" in words(shown)
    done = act(client, source, "calendar-match")
    assert "1 event is a record you have. Nothing was added." in words(done)
    assert Record.objects.count() == 1
    assert "From a calendar: Work" in words(client.get(reverse("credit:record-page", args=[record.key])))


def test_what_is_left_out_stays_out_and_can_be_brought_back(
    ruth: Person, source: CalendarSource, signed_in: SignIn, words: Words
) -> None:
    client = signed_in(ruth)
    choose(client, source, everything="on")
    assert "No event waits" in words(act(client, source, "calendar-leave-out"))
    refresh_calendar(source_id=source.pk, at=NOW)
    assert "No event waits" in words(client.get(reverse("credit:calendar", args=[source.key])))
    assert "1 event waits" in words(act(client, source, "calendar-again"))


def test_reading_again_follows_the_calendar_and_keeps_what_was_there_in_trouble(
    ruth: Person, source: CalendarSource, signed_in: SignIn, words: Words, fetcher: FakeFetcher
) -> None:
    client = signed_in(ruth)
    choose(client, source, everything="on")
    fetcher.content = ics(("b", "Tumor board", "20260114"))
    assert refresh_calendar(source_id=source.pk, at=NOW)
    titles = CalendarEvent.objects.filter(state="proposed").values_list("title", flat=True)
    assert list(titles) == ["Tumor board"]
    fetcher.trouble = "late"
    assert not refresh_calendar(source_id=source.pk, at=NOW)
    page = words(client.get(reverse("credit:calendar", args=[source.key])))
    assert "did not answer within 20 seconds" in page
    assert "Tumor board" in page
    assert calendars_to_read(NOW) == []


def test_a_removed_calendar_is_forgotten_and_its_records_stay(
    ruth: Person, source: CalendarSource, signed_in: SignIn
) -> None:
    client = signed_in(ruth)
    choose(client, source, everything="on")
    act(client, source, "calendar-confirm", credit_type="AMA_PRA_1", format="live")
    act(client, source, "calendar-remove")
    source.refresh_from_db()
    assert (source.url, CalendarFile.objects.count(), Record.objects.count()) == ("", 0, 1)
    assert client.get(reverse("credit:calendar", args=[source.key])).status_code == 404


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"%PDF-1.7", b"<html>"])
def test_a_file_that_is_no_calendar_is_refused_and_not_kept(
    ruth: Person, signed_in: SignIn, words: Words, content: bytes
) -> None:
    file = SimpleUploadedFile("calendar.ics", content)
    found = signed_in(ruth).post("/record/calendars/new", {"file": file})
    assert "This is not a calendar" in words(found)
    assert not CalendarSource.objects.exists()


def test_a_private_address_is_refused(ruth: Person, signed_in: SignIn, words: Words) -> None:
    found = signed_in(ruth).post("/record/calendars/new", {"url": "https://127.0.0.1/c.ics"})
    assert "lies inside a private network" in words(found)
    assert not CalendarSource.objects.exists()


def test_a_token_is_shown_once_and_revoked(ruth: Person, signed_in: SignIn, words: Words) -> None:
    client = signed_in(ruth)
    made = client.post("/me/tokens", {"name": "Hospital LMS", "scope": "record", "days": "90"})
    assert made.headers["Cache-Control"].count("no-store")
    secret = next(word for word in words(made).split() if word.startswith("osler_") and len(word) > 40)
    assert secret not in client.get("/me/tokens").content.decode()
    headers = {"Authorization": f"Bearer {secret}"}
    assert Client().get("/api/v1/token", headers=headers).json()["scope"] == "record"
    address = reverse("people:token-revoke", args=[AccessToken.objects.get().key])
    assert "is answered no more" in words(client.post(address, follow=True))
    assert Client().get("/api/v1/token", headers=headers).status_code == 401


def test_a_stranger_reaches_nothing(
    ruth: Person, stranger: Person, source: CalendarSource, signed_in: SignIn
) -> None:
    one, two = a_record(ruth), a_record(ruth)
    theirs = signed_in(stranger)
    pair = [one.key, two.key]
    posts = [reverse(f"credit:{name}", args=pair) for name in ("merge", "apart", "ask-again")]
    names = ("confirm", "match", "leave-out", "again", "remove")
    posts += [reverse(f"credit:calendar-{name}", args=[source.key]) for name in names]
    for address in posts:
        assert theirs.post(address).status_code == 404, address
        assert Client().post(address).status_code == 302, address
    for name in ("calendar", "calendar-choose"):
        assert theirs.get(reverse(f"credit:{name}", args=[source.key])).status_code == 404
    for address in ("/record/alike", "/record/sources", "/record/calendars/new", "/me/tokens"):
        assert Client().get(address).headers["Location"].startswith("/accounts/login")
        assert "Work" not in theirs.get(address).content.decode().partition("<main")[2]
    assert theirs.post(reverse("credit:merge-undo", args=["nothing"])).status_code == 404
