"""Told in time: reminders at chosen distances, once each; a digest only where there is something to say."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from osler.apps.messages.actions import choose_messages
from osler.apps.messages.models import Message
from osler.apps.people.models import HeldCredential, Person
from osler.apps.requirements.actions import refresh_standings, remind, write_digest
from osler.apps.requirements.models import Watch, WeeklyDigest
from osler.apps.requirements.queries.watches import due_for_digest, due_for_reminder, stale
from osler.apps.requirements.tasks import send_digests, send_reminders
from osler.core.credit.amount import TICKS
from tests.factories import NOW, HeldCredentialFactory, PersonFactory, a_record

pytestmark = pytest.mark.django_db
DUE = date(2026, 6, 30)
FACTS_ANSWERED = {"specialties": ["pathology"]}
RunTasks = Callable[[], None]


def morning(days_before: int, hour: int = 7) -> datetime:
    """Seven in the morning (UTC), so many days before the licence expires."""
    day = DUE - timedelta(days=days_before)
    return datetime(day.year, day.month, day.day, hour, 1, tzinfo=UTC)


@pytest.fixture
def ana(db: None) -> Person:
    """A pathologist whose licence is due on 30 June 2026, with nothing recorded: 50 hours are missing."""
    person = PersonFactory(given_name="Ana", family_name="Ruiz", **FACTS_ANSWERED)
    HeldCredentialFactory(person=person)
    refresh_standings(person_id=person.pk, at=NOW)
    return person


def letters(person: Person, kind: str = "reminder") -> list[Message]:
    return list(Message.objects.filter(person=person, kind=kind).order_by("queued_at"))


def test_a_reminder_says_what_how_much_by_when_and_the_next_step(ana: Person) -> None:
    message = remind(person_id=ana.pk, at=morning(90))
    assert message is not None
    assert message.subject == "California physician licence (MD): 50 h missing, due in 90 days"
    assert "on 30 June 2026" in message.text
    assert "In total: 50 h missing" in message.text
    assert "add it: it counts at once" in " ".join(message.text.split())
    assert f"/credentials/{HeldCredential.objects.get(person=ana).key}" in message.text
    assert "50 h missing" in message.html


def test_nothing_is_sent_before_a_distance_is_reached_nor_twice(ana: Person) -> None:
    assert due_for_reminder(morning(91)) == []
    assert remind(person_id=ana.pk, at=morning(91)) is None
    assert remind(person_id=ana.pk, at=morning(90)) is not None
    assert remind(person_id=ana.pk, at=morning(90)) is None
    assert remind(person_id=ana.pk, at=morning(89)) is None
    assert remind(person_id=ana.pk, at=morning(30)) is not None
    assert len(letters(ana)) == 2


def test_a_worker_that_was_away_catches_up_once(ana: Person) -> None:
    """Both 90 and 30 days passed; who looks on the 20th day before gets one letter, about 20 days."""
    message = remind(person_id=ana.pk, at=morning(20))
    assert message is not None
    assert "due in 20 days" in message.subject
    assert [remind(person_id=ana.pk, at=morning(days)) for days in (19, 18)] == [None, None]


def test_what_was_met_in_between_is_not_spoken_of(ana: Person) -> None:
    a_record(ana, "Congress", 50, completed_on=date(2026, 1, 10))
    assert remind(person_id=ana.pk, at=morning(90)) is None
    assert letters(ana) == []


def test_an_amount_recorded_before_the_reminder_is_in_it(ana: Person) -> None:
    a_record(ana, "Congress", 32.25, completed_on=date(2026, 1, 10))
    message = remind(person_id=ana.pk, at=morning(30))
    assert message is not None
    assert "17.75 h missing" in message.text


def test_a_change_in_the_minute_before_does_not_lose_the_reminder(ana: Person) -> None:
    refresh_standings(person_id=ana.pk, at=morning(90) + timedelta(seconds=30))
    assert due_for_reminder(morning(90) + timedelta(minutes=5)) == [ana.pk]


def test_the_hour_is_the_person_s_own(ana: Person) -> None:
    ana.time_zone = "America/Los_Angeles"
    ana.save()
    refresh_standings(person_id=ana.pk, at=NOW)
    assert due_for_reminder(morning(30, hour=13)) == [ana.pk]  # the 90 days have passed
    remind(person_id=ana.pk, at=morning(31))
    assert due_for_reminder(morning(30, hour=13)) == []
    assert due_for_reminder(morning(30, hour=14)) == [ana.pk]


def test_who_switched_reminders_off_or_chose_other_distances_gets_what_they_chose(
    ana: Person, run_tasks: RunTasks, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        choose_messages(person=ana, off=[], distances=[14], digest_weekday=0, hour=18, by=ana, at=NOW)
    run_tasks()
    assert due_for_reminder(morning(14, hour=17)) == []
    assert due_for_reminder(morning(14, hour=18)) == [ana.pk]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        choose_messages(
            person=ana, off=["reminder"], distances=[14], digest_weekday=0, hour=18, by=ana, at=NOW
        )
    run_tasks()
    assert due_for_reminder(morning(1)) == []


def test_a_question_that_decides_is_asked_in_the_reminder(db: None) -> None:
    person = PersonFactory()
    HeldCredentialFactory(person=person)
    a_record(person, "Congress", 50, completed_on=date(2026, 1, 10))
    refresh_standings(person_id=person.pk, at=NOW)
    message = remind(person_id=person.pk, at=morning(30))
    assert message is not None
    assert "QUESTIONS THAT DECIDE" in message.text
    assert "Which are your specialties?" in message.text
    assert "/questions/specialty" in message.text


def test_credentials_due_at_once_share_one_letter(ana: Person) -> None:
    HeldCredentialFactory(person=ana)
    refresh_standings(person_id=ana.pk, at=NOW)
    message = remind(person_id=ana.pk, at=morning(30))
    assert message is not None
    assert message.subject.startswith("2 credentials still lack something, the first by 30 June 2026")


def test_the_job_reaches_only_those_who_are_due_and_the_letters_leave(
    ana: Person, run_tasks: RunTasks
) -> None:
    other = HeldCredentialFactory(expires_on=date(2027, 6, 30)).person
    refresh_standings(person_id=other.pk, at=NOW)
    send_reminders.enqueue(morning(90).isoformat())
    run_tasks()
    assert [one.to for one in mail.outbox] == [[ana.email]]
    send_reminders.enqueue(morning(90).isoformat())
    run_tasks()
    assert len(mail.outbox) == 1


def test_a_reminder_that_waited_is_withdrawn_when_nothing_is_missing_any_more(
    ana: Person, run_tasks: RunTasks
) -> None:
    message = remind(person_id=ana.pk, at=morning(90))
    assert message is not None
    a_record(ana, "Congress", 50, completed_on=date(2026, 1, 10))
    run_tasks()
    message.refresh_from_db()
    assert message.state == Message.State.WITHDRAWN
    assert mail.outbox == []


# The weekly digest. NOW is a Saturday; Monday is 2 February 2026.

MONDAY = datetime(2026, 2, 2, 7, 1, tzinfo=UTC)


def test_an_empty_week_is_not_sent(ana: Person) -> None:
    assert due_for_digest(MONDAY - timedelta(minutes=2)) == []
    assert due_for_digest(MONDAY) == [ana.pk]
    assert write_digest(person_id=ana.pk, at=MONDAY) is None
    assert due_for_digest(MONDAY + timedelta(days=6)) == []
    assert due_for_digest(MONDAY + timedelta(days=7)) == [ana.pk]


def test_a_digest_tells_what_changed_and_what_came_in(ana: Person) -> None:
    a_record(ana, "Congress of pathology", 32.25, completed_on=date(2026, 1, 10))
    WeeklyDigest.objects.filter(person=ana).update(since=NOW - timedelta(hours=1))
    message = write_digest(person_id=ana.pk, at=MONDAY)
    assert message is not None
    assert message.subject == "Your week: 1 credential changed, nothing is due"
    assert "In total: 50 h missing → 17.75 h missing" in message.text
    assert "1 new record" in message.text
    assert "Congress of pathology" in message.text
    assert write_digest(person_id=ana.pk, at=MONDAY + timedelta(days=7)) is None


def test_a_digest_tells_what_is_due_within_a_month(ana: Person) -> None:
    message = write_digest(person_id=ana.pk, at=datetime(2026, 6, 8, 7, 1, tzinfo=UTC))
    assert message is not None
    assert message.subject == "Your week: 1 credential is due within 30 days"
    assert "by 30 June 2026, in 22 days" in message.text


def test_weeks_that_were_missed_make_one_digest(ana: Person, run_tasks: RunTasks) -> None:
    at = datetime(2026, 6, 17, 9, 0, tzinfo=UTC)
    for _again in range(2):
        send_digests.enqueue(at.isoformat())
        run_tasks()
    assert len(letters(ana, "digest")) == 1
    assert WeeklyDigest.objects.get(person=ana).next_at == datetime(2026, 6, 22, 7, tzinfo=UTC)


def test_answers_that_time_may_have_overtaken_are_found(ana: Person) -> None:
    assert stale(NOW + timedelta(days=3)) == []
    assert stale(NOW + timedelta(days=8)) == [ana.pk]
    Watch.objects.all().delete()
    assert stale(NOW) == [ana.pk]


def test_a_topic_that_is_missing_twice_is_the_shortest_step(db: None) -> None:
    person = PersonFactory(specialties=[])
    for _twice in range(2):
        HeldCredentialFactory(person=person, issued_on=date(2023, 7, 1))
    a_record(person, "Congress", 50, completed_on=date(2026, 1, 10))
    a_record(person, "Pain", 4, completed_on=date(2026, 1, 9), topics=(("pain-management", 4 * TICKS),))
    refresh_standings(person_id=person.pk, at=NOW)
    message = remind(person_id=person.pk, at=morning(30))
    assert message is not None


def test_goals_and_commitments_that_come_up_are_in_the_digest(ana: Person) -> None:
    from osler.apps.needs.models import Goal
    from osler.apps.outcomes.models import Commitment, Reflection

    record = a_record(ana, "Congress", 1)
    Goal.objects.create(person=ana, title="Read ECGs", due_on=date(2026, 2, 20), added_at=NOW)
    Goal.objects.create(person=ana, title="Much later", due_on=date(2026, 9, 20), added_at=NOW)
    wrote = Reflection.objects.create(person=ana, record=record, written_at=NOW, changed_at=NOW)
    Commitment.objects.create(
        reflection=wrote, text="Ask about sleep", made_on=date(2026, 1, 2), look_on=date(2026, 2, 5)
    )
    message = write_digest(person_id=ana.pk, at=MONDAY)
    assert message is not None
    assert "- Read ECGs: 20 February 2026, in 18 days" in message.text
    assert "- Ask about sleep: 5 February 2026, in 3 days" in message.text
    assert "Much later" not in message.text
