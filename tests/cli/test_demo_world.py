"""The demo world is believable on any day, quick to load again, and as the pictures promise."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from osler.apps.credit.models import Record
from osler.apps.people.queries import delegations_held, person_by_email
from osler.apps.requirements import queries
from osler.cli import demo_world
from osler.core.credit.amount import amount_text
from osler.core.rules.answer import Status

DAYS = [
    date(2026, 1, 31),
    date(2026, 7, 20),
    date(2026, 11, 22),
    date(2026, 12, 31),
    date(2027, 2, 1),
    date(2028, 2, 29),
]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_ruth_stands_where_the_pictures_show_her(db: None, day: date) -> None:
    demo_world.load(at=day)
    ruth = person_by_email("ruth.mehta@demo.example")
    assert ruth is not None
    found = queries.assessment_of(ruth, day)
    answers = {one.held.requirement_set: one.answer for one in found.standings}
    assert {name: answer.status.value for name, answer in answers.items()} == {
        "us-ca-md": "short",
        "us-tx-mddo": "met",
        "us-fl-md": "short",
        "abim-moc": "short",
        "dea-mate": "unknown",
    }
    missing = {
        name: [(p.id, amount_text(p.ticks)) for p in queries.missing_parts(a)] for name, a in answers.items()
    }
    assert missing["us-ca-md"] == [("total", "17.75"), ("pain-management", "4")]
    assert missing["us-fl-md"] == [("medical-errors", "2")]
    points = next(one for one in answers["abim-moc"].requirements if one.id == "total")
    assert (amount_text(points.counted), points.is_on_pace) == ("71", True)
    assert [q.fact for q in answers["dea-mate"].questions if not q.is_optional] == ["issued"]
    due = [one.due for one in answers["us-ca-md"].requirements if one.due and one.status is Status.SHORT]
    assert all(day < one < day + timedelta(days=200) for one in due)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_nobody_in_the_demo_is_overdue(db: None, day: date) -> None:
    accounts = demo_world.load(at=day)
    assert len({account.email for account in accounts}) == len(accounts) == 7
    for account in accounts:
        person = person_by_email(account.email)
        assert person is not None
        assert person.check_password(account.password)
        found = queries.assessment_of(person, day)
        assert {one.answer.status for one in found.standings} <= {Status.MET, Status.SHORT, Status.UNKNOWN}
        assert found.unbound == ()


def test_loading_again_changes_nothing(db: None) -> None:
    first = demo_world.load(at=DAYS[0])
    count = Record.objects.count()
    assert demo_world.load(at=DAYS[1]) == first
    assert Record.objects.count() == count


def test_the_newcomer_has_nothing(db: None) -> None:
    sam = person_by_email(demo_world.load(at=DAYS[0])[-1].email)
    assert sam is not None
    assert queries.assessment_of(sam, DAYS[0]).standings == ()
    assert sam.specialties is None


def test_an_assistant_of_the_demo_acts_for_ruth(db: None) -> None:
    demo_world.load(at=DAYS[0])
    nora = person_by_email("nora.lindqvist@demo.example")
    assert nora is not None
    held = delegations_held(nora, datetime.combine(DAYS[0], time(12), UTC))
    assert [one.person.email for one in held] == ["ruth.mehta@demo.example"]
    assert nora.is_assistant
