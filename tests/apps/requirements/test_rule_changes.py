"""A new text of the rules is told, with the difference, to those whose answer it alters and nobody else."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core import mail

from osler.apps.messages.models import Message
from osler.apps.people.models import HeldCredential, Person
from osler.apps.requirements.actions import find_rule_changes, refresh_standings, tell_rule_change
from osler.apps.requirements.actions.rule_changes import _rules
from osler.apps.requirements.models import RuleText, Watch
from osler.apps.requirements.tasks import tell_rule_change as tell_task
from osler.requirement_sets.loader import SetLibrary, load_sets
from tests.factories import NOW, HeldCredentialFactory, PersonFactory, a_record

pytestmark = pytest.mark.django_db
SET = "us-ca-md"


@pytest.fixture(autouse=True)
def _rules_are_read_anew() -> None:
    _rules.cache_clear()


@pytest.fixture
def real() -> str:
    """The text of California's set as Osler carries it."""
    return load_sets().place(SET).read_text(encoding="utf-8")


def library(folder: Path, text: str) -> SetLibrary:
    """A library with one set, in this text."""
    place = folder / f"{SET}.yaml"
    place.write_text(text, encoding="utf-8")
    return SetLibrary({SET: place}, {})


def held_by(**profile: object) -> HeldCredential:
    """Somebody's licence in California, in the middle of its cycle."""
    person = PersonFactory(specialties=["pathology"], **profile)
    held = HeldCredentialFactory(person=person)
    refresh_standings(person_id=person.pk, at=NOW)
    return held


def upgrade(folder: Path, before: str, after: str) -> list[Message]:
    """Osler runs with one text, then with the other; what was written then."""
    assert find_rule_changes(library=library(folder, before), at=NOW) == []
    for one in find_rule_changes(library=library(folder, after), at=NOW):
        tell_rule_change(
            set_id=one.set_id, before=one.before, after=one.after, watch_ids=one.watch_ids, at=NOW
        )
    return list(Message.objects.filter(kind="rule-change").order_by("id"))


def test_more_hours_are_told_with_the_difference_and_the_source(tmp_path: Path, real: str) -> None:
    held = held_by()
    a_record(held.person, "Congress", 30, completed_on=date(2026, 1, 10))
    (message,) = upgrade(tmp_path, real, real.replace("at_least: 50", "at_least: 60", 1))
    assert message.person_id == held.person_id
    assert message.subject == ("A change of rules: 10 h more to earn, California physician licence (MD)")
    said = " ".join(message.text.split())
    assert "In total: 10 h more" in said
    assert "asked: 50 h → 60 h; you lack: 20 h → 30 h" in said
    assert "16 CCR § 1336" in said
    assert "last checked on" in said or "text of" in said


def test_only_those_whose_answer_alters_are_told(tmp_path: Path, real: str) -> None:
    short, done = held_by(), held_by()
    a_record(done.person, "Congress", 80, completed_on=date(2026, 1, 10))
    elsewhere = HeldCredentialFactory(requirement_set="us-tx-mddo")
    refresh_standings(person_id=elsewhere.person_id, at=NOW)
    found = upgrade(tmp_path, real, real.replace("at_least: 50", "at_least: 45", 1))
    # Fewer hours alter what is asked of both, and what only one of them lacks.
    assert [one.person_id for one in found] == [short.person_id, done.person_id]
    assert "5 h less to earn" in found[0].subject
    assert "alters your answer" in found[1].subject


def test_words_alone_change_nobody_s_answer(tmp_path: Path, real: str) -> None:
    held = held_by()
    changed = real.replace("title: Approved continuing education", "title: Education that is approved")
    assert upgrade(tmp_path, real, changed) == []
    watch = Watch.objects.get(credential=held)
    assert watch.told_sha256 == RuleText.objects.get(requirement_set=SET, is_current=True).sha256


def test_a_rule_for_others_is_not_told(tmp_path: Path, real: str) -> None:
    """Pathologists are exempt from pain management: twenty hours instead of twelve alter nothing for them."""
    held_by()
    assert upgrade(tmp_path, real, real.replace("at_least: 12", "at_least: 20")) == []


def test_the_same_upgrade_is_told_once(tmp_path: Path, real: str) -> None:
    held_by()
    after = real.replace("at_least: 50", "at_least: 60", 1)
    assert len(upgrade(tmp_path, real, after)) == 1
    assert find_rule_changes(library=library(tmp_path, after), at=NOW) == []


def test_a_correction_back_is_told_too(tmp_path: Path, real: str) -> None:
    held_by()
    wrong = real.replace("at_least: 50", "at_least: 60", 1)
    upgrade(tmp_path, real, wrong)
    (change,) = find_rule_changes(library=library(tmp_path, real), at=NOW)
    assert tell_rule_change(**change._asdict(), at=NOW) == 1
    assert "10 h less" in Message.objects.filter(kind="rule-change").latest("id").subject


@pytest.mark.parametrize("loss", ["gone", "unreadable"])
def test_without_the_old_text_the_kept_numbers_are_compared(tmp_path: Path, real: str, loss: str) -> None:
    held_by(), held_by(time_zone="Asia/Tokyo")
    find_rule_changes(library=library(tmp_path, real), at=NOW)
    if loss == "gone":
        RuleText.objects.all().delete()
    else:
        RuleText.objects.update(content="a language nobody reads any more")
    (change,) = find_rule_changes(
        library=library(tmp_path, real.replace("at_least: 50", "at_least: 60", 1)), at=NOW
    )
    assert tell_rule_change(**change._asdict(), at=NOW) == 2
    assert "10 h more" in Message.objects.filter(kind="rule-change").latest("id").subject


def test_a_population_is_told_in_chunks_and_by_one_sending(
    tmp_path: Path, real: str, run_tasks: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("osler.apps.requirements.actions.rule_changes.AT_ONCE", 2)
    for _each in range(3):
        held_by()
    find_rule_changes(library=library(tmp_path, real), at=NOW)
    found = find_rule_changes(
        library=library(tmp_path, real.replace("at_least: 50", "at_least: 60", 1)), at=NOW
    )
    assert [len(one.watch_ids) for one in found] == [2, 1]
    for one in found:
        tell_task.enqueue(*one, NOW.isoformat())
    run_tasks()
    assert len(mail.outbox) == 3


def test_who_switched_it_off_is_not_told(tmp_path: Path, real: str) -> None:
    from osler.apps.messages.actions import off_token, switch_kind

    held = held_by()
    switch_kind(token=off_token(held.person_id, "rule-change"), is_on=False, at=NOW)
    assert upgrade(tmp_path, real, real.replace("at_least: 50", "at_least: 60", 1)) == []


def test_a_person_without_credentials_is_no_holder(db: None) -> None:
    person: Person = PersonFactory()
    assert refresh_standings(person_id=person.pk, at=NOW) == 0
    assert not Watch.objects.exists()
