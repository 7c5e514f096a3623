"""Reflections are private and can be taken back; a commitment is looked at again on its day."""

import itertools
from datetime import timedelta

import pytest

from osler.apps.audit.models import Entry
from osler.apps.credit.actions import merge_records
from osler.apps.credit.models import Merge
from osler.apps.outcomes import actions, queries
from osler.apps.outcomes.models import TRANSITIONS, Commitment, Reflection
from osler.apps.people.models import Person
from osler.core.credit.refusal import Refusal
from tests.factories import NOW, TODAY, a_record


def reflect(
    person: Person, record: str, will_change: str = "Ask every patient.", days: int | None = 30
) -> Reflection:
    """A reflection with its commitment."""
    draft = actions.ReflectionDraft("Half of what I did was out of date.", will_change, days)
    made = actions.write_reflection(person=person, record=record, draft=draft, by=person, at=NOW, today=TODAY)
    assert isinstance(made, Reflection), made
    return made


def test_a_commitment_comes_up_on_its_day(ruth: Person) -> None:
    reflect(ruth, a_record(ruth).key)
    assert not queries.commitments_to_look_at(ruth, TODAY + timedelta(days=29)).exists()
    [due] = queries.commitments_to_look_at(ruth, TODAY + timedelta(days=30))
    assert due.text == "Ask every patient."


@pytest.mark.parametrize(("state", "to"), list(itertools.product(TRANSITIONS, repeat=2)))
def test_a_commitment_moves_as_the_dictionary_says(ruth: Person, state: str, to: str) -> None:
    commitment = reflect(ruth, a_record(ruth).key).commitment
    Commitment.objects.update(state=state)
    done = actions.look_again(commitment=commitment, result=to, look_in_days=60, by=ruth, at=NOW, today=TODAY)
    assert isinstance(done, Commitment) is (to in TRANSITIONS[state])
    commitment.refresh_from_db()
    assert commitment.state == (to if to in TRANSITIONS[state] else state)


def test_too_early_asks_again_and_an_answer_can_be_taken_back(ruth: Person) -> None:
    commitment = reflect(ruth, a_record(ruth).key).commitment
    first = commitment.look_on
    later = TODAY + timedelta(days=30)
    for result, days in (("open", 60), ("held", None)):
        done = actions.look_again(
            commitment=commitment, result=result, look_in_days=days, by=ruth, at=NOW, today=later
        )
        assert isinstance(done, Commitment)
    back = actions.take_back_answer(commitment=commitment, by=ruth, at=NOW)
    assert isinstance(back, Commitment)
    assert (back.state, back.look_on) == ("open", later + timedelta(days=60))
    back = actions.take_back_answer(commitment=commitment, by=ruth, at=NOW)
    assert isinstance(back, Commitment)
    assert back.look_on == first
    found = queries.commitment_by_key(ruth, commitment.key)
    assert found is not None
    assert list(found.follow_ups.all()) == []


def test_a_reflection_is_rewritten_taken_away_and_brought_back(ruth: Person) -> None:
    record = a_record(ruth)
    first = reflect(ruth, record.key)
    again = reflect(ruth, record.key, will_change="")
    assert again.pk == first.pk
    assert not Commitment.objects.exists()
    actions.remove_reflection(reflection=again, by=ruth, at=NOW)
    assert not queries.reflections_of(ruth).exists()
    assert queries.records_without_reflection(ruth) == (record,)
    actions.restore_reflection(reflection=again, by=ruth, at=NOW)
    assert queries.reflections_of(ruth).count() == 1


def test_an_answered_commitment_is_not_rewritten(ruth: Person) -> None:
    record = a_record(ruth)
    commitment = reflect(ruth, record.key).commitment
    actions.look_again(commitment=commitment, result="held", by=ruth, at=NOW, today=TODAY)
    reflect(ruth, record.key, will_change="Something else", days=90)
    commitment.refresh_from_db()
    assert (commitment.text, commitment.state) == ("Ask every patient.", "held")


def test_the_log_keeps_no_word_of_it(ruth: Person) -> None:
    reflect(ruth, a_record(ruth).key)
    kept = [(one.before, one.after) for one in Entry.objects.filter(verb__contains="reflection")]
    assert kept
    assert "out of date" not in str(kept)
    assert "Ask every" not in str(kept)


def test_nobody_else_writes_or_answers(ruth: Person, stranger: Person) -> None:
    record = a_record(ruth)
    made = reflect(ruth, record.key)
    draft = actions.ReflectionDraft("x")
    refused = [
        actions.write_reflection(
            person=ruth, record=record.key, draft=draft, by=stranger, at=NOW, today=TODAY
        ),
        actions.remove_reflection(reflection=made, by=stranger, at=NOW),
        actions.look_again(commitment=made.commitment, result="held", by=stranger, at=NOW, today=TODAY),
        actions.take_back_answer(commitment=made.commitment, by=stranger, at=NOW),
        actions.write_reflection(
            person=stranger, record=record.key, draft=draft, by=stranger, at=NOW, today=TODAY
        ),
        actions.write_reflection(
            person=ruth,
            record=record.key,
            draft=actions.ReflectionDraft("x", "y", 45),
            by=ruth,
            at=NOW,
            today=TODAY,
        ),
        actions.write_reflection(
            person=ruth,
            record=a_record(ruth).key,
            draft=actions.ReflectionDraft("x", "y"),
            by=ruth,
            at=NOW,
            today=TODAY,
        ),
    ]
    rules = [one.rule for one in refused if isinstance(one, Refusal)]
    assert rules == [*["not-yours"] * 4, "no-such-record", "unknown-distance", "no-day"]
    assert queries.commitment_by_key(stranger, made.commitment.key) is None
    assert Reflection.objects.count() == 1


def test_merging_two_records_takes_nothing_of_what_was_written_away(ruth: Person) -> None:
    first, second = a_record(ruth, "Gout"), a_record(ruth, "Gout")
    written = reflect(ruth, second.key)
    merge = merge_records(first=first, second=second, by=ruth, at=NOW)
    assert isinstance(merge, Merge), merge
    assert [one.pk for one in queries.reflections_of(ruth)] == [written.pk]
    assert queries.commitments_to_look_at(ruth, TODAY + timedelta(days=30)).count() == 1
    assert queries.reflection_on(ruth, merge.kept) == written
    again = reflect(ruth, merge.kept.key, will_change="")
    assert (again.pk, Reflection.objects.count()) == (written.pk, 1)
