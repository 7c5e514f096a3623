"""Rating topics in a browser without a script, the chart, the list, one topic."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from osler.apps.needs import actions, queries
from osler.apps.needs.models import Rating
from osler.apps.people import actions as people
from osler.apps.people.models import HeldCredential, Person
from osler.core.needs.ranking import Ratings
from tests.factories import NOW, TODAY, a_record

SignIn = Callable[[Person], Client]
Words = Callable[[Any], str]


def rate(person: Person, days_ago: int = 0, **ratings: tuple[int, int]) -> None:
    """Rates topics, underscores for hyphens."""
    wanted = {slug.replace("_", "-"): Ratings(*pair) for slug, pair in ratings.items()}
    at = NOW - timedelta(days=days_ago)
    assert isinstance(actions.rate_topics(person=person, ratings=wanted, by=person, at=at), int)


def test_the_first_page_says_what_would_fill_it(ruth: Person, signed_in: SignIn, words: Words) -> None:
    said = words(signed_in(ruth).get("/needs/topics"))
    assert "What do you want to be surer of?" in said
    assert "No topic is rated yet" in said
    assert "Rate your first topics" in said


def test_what_the_requirements_ask_for_is_suggested_and_rated(
    ruth: Person, california: HeldCredential, signed_in: SignIn, words: Words
) -> None:
    Person.objects.update(specialties=["internal-medicine"])
    for name in ("direct-patient-care", "works-in-pain-clinic"):
        people.state_fact(person=ruth, name=name, value=name.startswith("direct"), by=ruth, at=NOW)
    client = signed_in(ruth)
    page = client.get("/needs/topics/rate")
    assert "Pain management Asked by California physician licence" in words(page)
    page = client.post(
        "/needs/topics/rate",
        {"relevance-pain-management": "5", "confidence-pain-management": "2", "relevance-end-of-life": ""},
        follow=True,
    )
    said = words(page)
    assert "1 rating was kept." in said
    assert "One topic matters in your practice and you are not sure of it" in said
    assert "It matters every day; you are unsure." in said
    assert 'class="need-dot need-dot-strong"' in page.content.decode()


def test_half_a_rating_is_told_and_nothing_is_lost(ruth: Person, signed_in: SignIn, words: Words) -> None:
    rate(ruth, gout=(4, 1), dementia=(2, 2))
    sent = {"relevance-gout": "5", "relevance-dementia": "3", "confidence-dementia": "3"}
    page = signed_in(ruth).post("/needs/topics/rate", sent)
    assert page.status_code == 422
    assert "Give both ratings for Gout, or neither." in words(page)
    html = page.content.decode()
    assert 'name="relevance-gout" value="5" checked' in html
    assert 'name="confidence-dementia" value="3" checked' in html
    assert Rating.objects.count() == 2


@pytest.mark.parametrize("sent", ["0", "6", "x", "12", "-1"])
def test_a_rating_beyond_five_is_no_rating(ruth: Person, signed_in: SignIn, sent: str) -> None:
    page = signed_in(ruth).post("/needs/topics/rate", {"relevance-gout": sent, "confidence-gout": "3"})
    assert page.status_code == 422
    assert not Rating.objects.exists()


def test_change_over_time_and_what_was_done_show(ruth: Person, signed_in: SignIn, words: Words) -> None:
    rate(ruth, days_ago=300, gout=(4, 1))
    rate(ruth, days_ago=200, gout=(4, 3))
    a_record(ruth, "Gout and its mimics", 2, completed_on=TODAY - timedelta(days=9))
    client = signed_in(ruth)
    said = words(client.get("/needs/topics"))
    assert "Confidence is up from 1 on 6 April 2025." in said
    assert "1 activity" in said
    assert "One topic is worth another look" in said
    said = words(client.get("/needs/topics/gout"))
    assert "Six months on: rate it again" in said
    assert "Gout and its mimics" in said


def test_a_topic_of_ones_own_is_added_taken_off_and_put_back(
    ruth: Person, signed_in: SignIn, words: Words
) -> None:
    client = signed_in(ruth)
    page = client.post("/needs/topics/add", {"name": "Insulin pumps"}, follow=True)
    assert "“Insulin pumps” is on your list." in words(page)
    slug = queries.topics_kept(ruth).get().slug
    assert "The topic is off your list" in words(client.post(f"/needs/topics/{slug}/remove", follow=True))
    assert not queries.topics_kept(ruth).exists()
    assert "back on your list" in words(client.post(f"/needs/topics/{slug}/restore", follow=True))
    assert "Name the topic" in words(client.post("/needs/topics/add", {"name": " "}, follow=True))


def test_the_list_is_filtered_and_exported(ruth: Person, signed_in: SignIn, words: Words) -> None:
    rate(ruth, gout=(4, 1), dementia=(5, 5))
    client = signed_in(ruth)
    assert "1 topic" in words(client.get("/needs/topics?place=keep"))
    text = client.get("/needs/topics?export=csv").content.decode("utf-8-sig")
    assert text.splitlines()[1].startswith("1,Gout,Learn first,4,1,")


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_take_as_many_queries_however_long_the_list(
    ruth: Person,
    california: HeldCredential,
    signed_in: SignIn,
    count: int,
    django_assert_max_num_queries: Any,
) -> None:
    rate(ruth, **dict.fromkeys(("gout", "dementia", "falls")[:count], (4, 2)))
    for n in range(count):
        a_record(ruth, f"Falls {n}")
    client = signed_in(ruth)
    for path, most in (("/needs/topics", 9), ("/needs/topics/rate", 15), ("/needs/topics/gout", 10)):
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200


def test_the_practice_is_kept_and_suggests(ruth: Person, signed_in: SignIn, words: Words) -> None:
    client = signed_in(ruth)
    sent = {"settings": ["long-term-care"], "often_seen": ["anemia"], "patient_hours": "24"}
    said = words(client.post("/needs/practice", sent, follow=True))
    assert "Your practice is kept." in said
    assert "Anemia You see it often" in said
    assert "Nursing home or long-term care" in said
    html = client.get("/needs/practice").content.decode()
    assert 'value="long-term-care" id="id_settings_5" checked' in html
    assert "less than or equal to 168" in words(client.post("/needs/practice", {"patient_hours": "200"}))


def test_a_stranger_sees_nothing_of_it(ruth: Person, stranger: Person, signed_in: SignIn) -> None:
    rate(ruth, gout=(4, 1))
    for path in ("/needs/topics", "/needs/topics/rate", "/needs/topics/gout", "/needs/practice"):
        answer = Client().get(path)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")
    client = signed_in(stranger)
    assert client.get("/needs/topics/gout").status_code == 404
    for act in ("remove", "restore"):
        assert client.post(f"/needs/topics/gout/{act}").status_code == 404
        assert client.get(f"/needs/topics/gout/{act}").status_code == 405
    assert queries.topics_kept(ruth).count() == 1
    assert "Gout" not in client.get("/needs/topics").content.decode()
