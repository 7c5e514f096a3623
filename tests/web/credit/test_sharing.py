"""Links by which others read: the scope and nothing else, until it ends or is taken back."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from osler.apps.audit.models import Entry
from osler.apps.credit.actions.sharing import MOST_OPEN, Scope, make_share_link, revoke_share_link
from osler.apps.credit.models import Document, Record, ShareLink, ShareOpening
from osler.apps.credit.queries.document_files import file_name, store
from osler.apps.credit.queries.sharing import token_of
from osler.apps.people.models import HeldCredential, Person
from osler.core.credit.amount import TICKS
from osler.core.credit.refusal import Refusal
from tests.factories import NOW, HeldCredentialFactory, a_record

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]
CYCLE = Scope(date(2024, 7, 1), date(2026, 6, 30))


def a_link(person: Person, credential: HeldCredential, **changes: Any) -> ShareLink:
    scope = Scope(CYCLE.period_from, CYCLE.period_until, **changes)
    made = make_share_link(
        person=person,
        credential=credential,
        scope=scope,
        expires_at=NOW + timedelta(days=30),
        by=person,
        at=NOW,
    )
    assert isinstance(made, ShareLink), made
    return made


def kept(record: Record, content: bytes) -> Document:
    sha = hashlib.sha256(content).hexdigest()
    store(file_name(record.person_id, sha), content)
    return record.documents.create(
        person=record.person,
        sha256=sha,
        bytes_count=len(content),
        media_type="application/pdf",
        filename="a.pdf",
        state="attached",
        added_at=NOW,
    )


def address(link: ShareLink, rest: str = "") -> str:
    return f"/shared/{token_of(link)}{rest}"


def test_a_reader_without_an_account_sees_what_was_earned_by_whom_from_whom(
    ruth: Person, california: HeldCredential, client: Client, words: Words
) -> None:
    a_record(ruth, "Chronic pain", 6, topics=(("pain-management", 6 * TICKS),), note="my own thoughts")
    a_record(ruth, "Long ago", 3, completed_on=date(2020, 1, 1))
    page = client.get(address(a_link(ruth, california, has_assessment=True)))
    said = words(page)
    assert page.status_code == 200
    for part in ("Ruth Mehta", "Chronic pain", "Example University", california.number, "1 July 2024"):
        assert part in said
    assert "Pain management" in said
    assert "Long ago" not in said
    assert "my own thoughts" not in said


def test_the_address_of_a_link_is_kept_from_machines_and_other_sites(
    ruth: Person, california: HeldCredential, client: Client
) -> None:
    page = client.get(address(a_link(ruth, california)))
    assert page["X-Robots-Tag"].startswith("noindex")
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["Cache-Control"] == "private, no-store"
    assert "sessionid" not in page.cookies


@pytest.mark.parametrize("end", ["revoked", "expired", "forged", "credential removed", "person gone"])
def test_a_link_that_is_over_answers_like_one_that_never_was(
    ruth: Person, california: HeldCredential, client: Client, words: Words, end: str
) -> None:
    a_record(ruth, "Chronic pain", 6)
    link = a_link(ruth, california)
    token = token_of(link)
    if end == "revoked":
        revoke_share_link(link=link, by=ruth, at=NOW)
    elif end == "forged":
        token = link.key + "." + "A" * 43
    elif end == "credential removed":
        HeldCredential.objects.update(removed_at=NOW)
    elif end == "person gone":
        Person.objects.filter(pk=ruth.pk).update(is_active=False)
    later = NOW + timedelta(days=31 if end == "expired" else 0)
    with time_machine.travel(later, tick=False):
        for rest in ("", "/continuing-education.pdf", "/certificates/abcdefgh"):
            page = client.get(f"/shared/{token}{rest}")
            assert page.status_code == 404
            assert "This link does not open" in words(page)
            assert "Mehta" not in words(page)
    assert not ShareOpening.objects.exists()


def test_nothing_outside_the_scope_is_reached(
    ruth: Person, stranger: Person, california: HeldCredential, client: Client, words: Words
) -> None:
    texas = HeldCredentialFactory(person=ruth, requirement_set="us-tx-md", number="TX 77", name="Texas")
    a_record(ruth, "Chronic pain", 6)
    a_record(ruth, "A meeting of German doctors", 4, amounts=(("DE_FORTBILDUNGSPUNKT", 4 * TICKS),))
    removed = a_record(ruth, "A mistake", 2)
    Record.objects.filter(pk=removed.pk).update(removed_at=NOW)
    a_record(stranger, "Of somebody else", 5)
    said = words(client.get(address(a_link(ruth, california))))
    assert "Chronic pain" in said
    for title in ("German doctors", "A mistake", "Of somebody else", texas.number, "Texas"):
        assert title not in said
    everything = words(client.get(address(a_link(ruth, california, records="all"))))
    assert "German doctors" in everything
    assert "A mistake" not in everything


def test_a_certificate_opens_only_where_the_link_lets_it(
    ruth: Person, stranger: Person, california: HeldCredential, client: Client
) -> None:
    inside = kept(a_record(ruth, "Chronic pain", 6), b"%PDF-1.4 mine")
    outside = kept(a_record(ruth, "Long ago", 3, completed_on=date(2020, 1, 1)), b"%PDF-1.4 old")
    foreign = kept(a_record(stranger, "Of somebody else", 5), b"%PDF-1.4 foreign")
    with_them = a_link(ruth, california, has_certificates=True)
    answer = client.get(address(with_them, f"/certificates/{inside.key}"))
    assert answer.content == b"%PDF-1.4 mine"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "private, no-store"
    for other in (outside, foreign):
        assert client.get(address(with_them, f"/certificates/{other.key}")).status_code == 404
    without = a_link(ruth, california)
    assert client.get(address(without, f"/certificates/{inside.key}")).status_code == 404
    Record.objects.filter(pk=inside.record_id).update(removed_at=NOW)
    assert client.get(address(with_them, f"/certificates/{inside.key}")).status_code == 404


def test_a_cycle_that_was_moved_shows_nothing_of_the_new_one(
    ruth: Person, california: HeldCredential, client: Client, words: Words
) -> None:
    a_record(ruth, "Chronic pain", 6)
    link = a_link(ruth, california, has_assessment=True)
    HeldCredential.objects.update(expires_on=date(2027, 12, 31))
    said = words(client.get(address(link)))
    assert "No record lies in this scope" in said
    assert "Pain management" not in said


def test_a_link_can_show_providers_without_what_it_was_about(
    ruth: Person, california: HeldCredential, client: Client, words: Words
) -> None:
    a_record(ruth, "Addiction in physicians", 6, topics=(("pain-management", TICKS),))
    link = a_link(ruth, california, names="providers")
    said = words(client.get(address(link)))
    assert "Example University" in said
    assert "Addiction" not in said
    assert "Pain management" not in said
    refused = make_share_link(
        person=ruth,
        credential=california,
        scope=Scope(CYCLE.period_from, CYCLE.period_until, names="providers", has_certificates=True),
        expires_at=NOW + timedelta(days=1),
        by=ruth,
        at=NOW,
    )
    assert isinstance(refused, Refusal)


def test_opening_is_noted_with_its_time_and_nothing_else(
    ruth: Person, california: HeldCredential, client: Client, signed_in: SignIn, words: Words
) -> None:
    a_record(ruth, "Chronic pain", 6)
    link = a_link(ruth, california)
    client.get(address(link))
    client.get(address(link, "/continuing-education.pdf"))
    assert [(one.what, one.opened_at) for one in link.openings.order_by("id")] == [
        ("page", NOW),
        ("pdf", NOW),
    ]
    assert {field.name for field in ShareOpening._meta.fields} == {"id", "link", "what", "opened_at"}
    assert "Opened 2 times, last on 31 January 2026" in words(signed_in(ruth).get("/record/shared"))


def test_the_holder_sees_what_the_reader_will_see_then_makes_it_then_takes_it_back(
    ruth: Person, california: HeldCredential, signed_in: SignIn, client: Client, words: Words
) -> None:
    a_record(ruth, "Chronic pain", 6)
    browser = signed_in(ruth)
    said = {
        "cycle": f"{california.key}:2024-07-01",
        "records": "counted",
        "names": "full",
        "expires_on": "2026-03-02",
        "label": "Mercy Hospital",
    }
    preview = words(browser.get("/record/shared/new", said))
    assert "The reader will see this" in preview
    assert "Chronic pain" in preview
    assert not ShareLink.objects.exists()
    made = words(browser.post("/record/shared/new", said, follow=True))
    assert "Mercy Hospital" in made
    assert "It opens until 2 March 2026" in made
    link = ShareLink.objects.get()
    page = client.get(address(link))
    assert "Chronic pain" in words(page)
    assert "Mercy Hospital" not in words(page)
    browser.post(f"/record/shared/{link.key}/revoke")
    assert client.get(address(link)).status_code == 404
    verbs = {entry.verb for entry in Entry.objects.filter(verb__contains="share")}
    assert verbs == {"make-share-link", "revoke-share-link"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"expires_on": "2026-01-30"}, "A link ends within a year, and not before today"),
        ({"expires_on": "2027-06-30"}, "A link ends within a year, and not before today"),
        ({"cycle": "nothing:2024-07-01"}, "Select a valid choice"),
        ({"names": "providers", "has_certificates": "on"}, "A certificate shows the title of its activity"),
    ],
)
def test_a_scope_that_cannot_be_is_refused_with_the_reason(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words, change: Any, sentence: str
) -> None:
    said = {
        "cycle": f"{california.key}:2024-07-01",
        "records": "counted",
        "names": "full",
        "expires_on": "2026-03-02",
        **change,
    }
    assert sentence in words(signed_in(ruth).post("/record/shared/new", said))
    assert not ShareLink.objects.exists()


def test_nobody_else_makes_lists_or_takes_back_a_link(
    ruth: Person,
    stranger: Person,
    california: HeldCredential,
    signed_in: SignIn,
    client: Client,
    words: Words,
) -> None:
    link = a_link(ruth, california)
    refused = make_share_link(
        person=ruth,
        credential=california,
        scope=CYCLE,
        expires_at=NOW + timedelta(days=1),
        by=stranger,
        at=NOW,
    )
    assert isinstance(refused, Refusal)
    assert isinstance(revoke_share_link(link=link, by=stranger, at=NOW), Refusal)
    assert "You share nothing" in words(signed_in(stranger).get("/record/shared"))
    assert signed_in(stranger).post(f"/record/shared/{link.key}/revoke").status_code == 404
    said = {"cycle": f"{california.key}:2024-07-01", "records": "counted", "names": "full",
            "expires_on": "2026-03-02"}  # fmt: skip
    assert "Chronic" not in words(signed_in(stranger).get("/record/shared/new", said))
    for path in ("/record/shared", "/record/shared/new"):
        assert client.get(path)["Location"].startswith("/accounts/login/")
    assert ShareLink.objects.get().revoked_at is None


def test_an_assistant_shares_nothing_whatever_their_right(
    ruth: Person, stranger: Person, california: HeldCredential, signed_in: SignIn
) -> None:
    from osler.apps.people.models import Delegation

    held = Delegation.objects.create(
        person=ruth, address=stranger.email, assistant=stranger, scope="all", invited_at=NOW, accepted_at=NOW
    )
    link = a_link(ruth, california)
    made = make_share_link(
        person=ruth,
        credential=california,
        scope=CYCLE,
        expires_at=NOW + timedelta(days=1),
        by=stranger,
        at=NOW,
    )
    assert isinstance(made, Refusal)
    browser = signed_in(stranger)
    session = browser.session
    session["acting_for"] = held.key
    session.save()
    assert browser.get("/record/shared").status_code == 403
    assert browser.get("/record/shared/new").status_code == 403
    assert browser.post(f"/record/shared/{link.key}/revoke").status_code == 403
    assert ShareLink.objects.get().revoked_at is None


def test_a_person_has_no_more_than_so_many_open_links(ruth: Person, california: HeldCredential) -> None:
    for _ in range(MOST_OPEN):
        a_link(ruth, california)
    more = make_share_link(
        person=ruth, credential=california, scope=CYCLE, expires_at=NOW + timedelta(days=1), by=ruth, at=NOW
    )
    assert isinstance(more, Refusal)
    assert more.rule == "too-many"


def test_a_link_is_not_tried_without_end(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("osler.web.credit.opened.LIMITS", {"opened_link": "3/m/ip"})
    answers = [client.get(f"/shared/nothing.{n}").status_code for n in range(4)]
    assert answers == [404, 404, 404, 429]


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_take_as_many_queries_however_much_there_is(
    ruth: Person,
    california: HeldCredential,
    signed_in: SignIn,
    client: Client,
    django_assert_max_num_queries: Any,
    count: int,
) -> None:
    for n in range(count):
        a_record(ruth, f"Session {n}", topics=(("pain-management", TICKS),))
        link = a_link(ruth, california, has_assessment=True, has_certificates=True)
    with django_assert_max_num_queries(16):
        client.get(address(link))
    browser = signed_in(ruth)
    with django_assert_max_num_queries(6):
        browser.get("/record/shared")
