"""Past cycles are kept as they were assessed; renewing goes on; what changed later is told, not worked in."""

import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from osler.apps.audit.queries import history
from osler.apps.credit import actions as credit
from osler.apps.people import actions as people
from osler.apps.people.models import HeldCredential, Person
from osler.apps.requirements import actions, tasks
from osler.apps.requirements.models import ClosedCycle, Standing
from osler.apps.requirements.queries import (
    Place,
    answer_in,
    assessment_of,
    closed_cycles,
    content_of,
    credential_value_of,
    cycles_of_credential,
    difference,
    kept_answer,
    kept_texts,
)
from osler.core.credit.amount import TICKS
from osler.core.credit.refusal import Refusal
from osler.core.rules.schedule import Missing
from tests.factories import NOW, HeldCredentialFactory, a_record

AFTER = datetime(2026, 7, 1, 9, tzinfo=UTC)


@pytest.fixture
def california(ruth: Person) -> HeldCredential:
    """Ruth's licence in California, due on 30 June 2026."""
    return HeldCredentialFactory(person=ruth)


def closed(held: HeldCredential) -> list[ClosedCycle]:
    return list(ClosedCycle.objects.filter(credential=held))


def told_now(row: ClosedCycle) -> Any:
    """What today would say otherwise of a kept cycle."""
    found = assessment_of(row.person, AFTER.date())
    standing = found.standing(row.credential.key)
    assert standing is not None
    kept = kept_answer(row)
    period = kept.answer.cycle
    assert period is not None
    answer = answer_in(found, standing, period, row.as_of)
    value = credential_value_of(found, row.credential.key)
    return difference(kept, content_of(found, standing, value, answer, row.as_of), answer)


def kept_after_its_end(ruth: Person) -> ClosedCycle:
    actions.refresh_standings(person_id=ruth.pk, at=NOW)
    (row,) = actions.close_ended_cycles(person_id=ruth.pk, at=AFTER)
    return row


def test_a_cycle_is_kept_the_day_after_it_ended(ruth: Person, california: HeldCredential) -> None:
    record = a_record(ruth, "Annual meeting", 50)
    row = kept_after_its_end(ruth)
    assert (row.start_on, row.last_on, row.as_of) == (date(2024, 7, 1), date(2026, 6, 30), date(2026, 6, 30))
    kept = kept_answer(row)
    total = kept.answer.requirements[0]
    assert [one.record.id for one in total.counted_records] == [record.key]
    assert kept.records[record.key].title == "Annual meeting"
    assert kept.content["rules"]["sha256"] == row.set_hash != ""
    assert next(entry.verb for entry in history(california)) == "close-cycle"


def test_closing_twice_keeps_one(ruth: Person, california: HeldCredential) -> None:
    kept_after_its_end(ruth)
    assert actions.close_ended_cycles(person_id=ruth.pk, at=AFTER) == []
    again = actions.close_cycle(credential=california, start=date(2024, 7, 1), by=ruth, at=AFTER)
    assert closed(california) == [again]


def test_a_cycle_that_ended_before_it_was_added_is_not_kept(ruth: Person) -> None:
    held = HeldCredentialFactory(person=ruth, expires_on=date(2025, 12, 31))
    actions.refresh_standings(person_id=ruth.pk, at=NOW)
    actions.refresh_standings(person_id=ruth.pk, at=AFTER)
    assert closed(held) == []


def test_the_day_is_the_persons_own(ruth: Person, california: HeldCredential) -> None:
    Person.objects.filter(pk=ruth.pk).update(time_zone="America/Los_Angeles")
    actions.refresh_standings(person_id=ruth.pk, at=NOW)
    # In California it is still ten in the evening of 30 June.
    assert actions.close_ended_cycles(person_id=ruth.pk, at=datetime(2026, 7, 1, 5, tzinfo=UTC)) == []
    assert actions.close_ended_cycles(person_id=ruth.pk, at=datetime(2026, 7, 1, 8, tzinfo=UTC))


def test_a_cycle_that_its_rule_ends_is_kept_before_the_next_begins(ruth: Person) -> None:
    held = HeldCredentialFactory(
        person=ruth, requirement_set="us-pa-md", issued_on=date(2015, 1, 1), expires_on=None
    )
    actions.refresh_standings(person_id=ruth.pk, at=datetime(2026, 12, 31, 9, tzinfo=UTC))
    actions.refresh_standings(person_id=ruth.pk, at=datetime(2027, 1, 3, 9, tzinfo=UTC))
    (row,) = closed(held)
    assert (row.start_on, row.last_on) == (date(2025, 1, 1), date(2026, 12, 31))
    assert Standing.objects.get(credential=held).cycle_ends_on == date(2028, 12, 31)


def test_the_daily_job_closes_for_everybody(
    ruth: Person, stranger: Person, california: HeldCredential, immediate_tasks: None
) -> None:
    other = HeldCredentialFactory(person=stranger)
    for person in (ruth, stranger):
        actions.refresh_standings(person_id=person.pk, at=NOW)
    tasks.close_ended_cycles.enqueue(AFTER.isoformat())
    assert len(closed(california)) == len(closed(other)) == 1


def test_a_kept_cycle_cannot_be_changed(ruth: Person, california: HeldCredential) -> None:
    row = kept_after_its_end(ruth)
    with pytest.raises(DatabaseError, match="stays as it was kept"), transaction.atomic():
        ClosedCycle.objects.filter(pk=row.pk).update(status="met")
    row.digest = "0" * 64
    with pytest.raises(ValueError, match="not what was kept"):
        _ = row.content


def test_a_record_added_later_is_told_and_not_worked_in(ruth: Person, california: HeldCredential) -> None:
    a_record(ruth, "Annual meeting", 46)
    row = kept_after_its_end(ruth)
    assert told_now(row).is_answer_same
    assert told_now(row).records == ()
    late = a_record(ruth, "Late certificate", 4)
    found = told_now(row)
    assert [(one.record.id, one.deed) for one in found.records] == [(late.key, "added")]
    (total,) = [one for one in found.requirements if one.after and one.after.id == "total"]
    assert (total.before.counted, total.after.counted) == (46 * TICKS, 50 * TICKS)
    assert kept_answer(row).answer.requirements[0].counted == 46 * TICKS


def test_a_record_removed_and_one_changed_are_told(ruth: Person, california: HeldCredential) -> None:
    gone, other = a_record(ruth, "Gone", 10), a_record(ruth, "Longer", 10)
    row = kept_after_its_end(ruth)
    credit.remove_record(record=gone, by=ruth, at=AFTER)
    changed = credit.RecordDraft(
        title="Longer",
        provider="Example University",
        completed_on=other.completed_on,
        format="live",
        amounts=(("AMA_PRA_1", 12 * TICKS),),
    )
    credit.change_record(record=other, draft=changed, by=ruth, at=AFTER)
    assert {(one.record.title, one.deed) for one in told_now(row).records} == {
        ("Gone", "removed"),
        ("Longer", "changed"),
    }


def test_a_fact_stated_later_is_told(ruth: Person, california: HeldCredential) -> None:
    Person.objects.filter(pk=ruth.pk).update(specialties=["internal-medicine"])
    row = kept_after_its_end(ruth)
    people.state_fact(person=ruth, name="patients-65-plus-share", value=Decimal(40), by=ruth, at=AFTER)
    assert told_now(row).facts == ("patients-65-plus-share",)


def test_a_correction_stands_beside_with_its_reason(ruth: Person, california: HeldCredential) -> None:
    row = kept_after_its_end(ruth)
    a_record(ruth, "Late certificate", 4)
    refused = actions.assess_again(credential=california, last_on=row.last_on, note=" ", by=ruth, at=AFTER)
    assert isinstance(refused, Refusal)
    again = actions.assess_again(
        credential=california, last_on=row.last_on, note="The certificate came late.", by=ruth, at=AFTER
    )
    assert isinstance(again, ClosedCycle)
    assert (again.number, again.note, again.as_of) == (2, "The certificate came late.", row.as_of)
    assert kept_answer(again).answer.requirements[0].counted == 4 * TICKS
    assert [one.number for one in closed(california)] == [1, 2]


def test_renewing_keeps_the_cycle_and_goes_on(ruth: Person, california: HeldCredential) -> None:
    a_record(ruth, "Annual meeting", 50)
    renewed = actions.renew_credential(credential=california, until=date(2028, 6, 30), by=ruth, at=AFTER)
    assert isinstance(renewed, HeldCredential)
    assert renewed.expires_on == date(2028, 6, 30)
    (row,) = closed(california)
    assert (row.last_on, row.reason) == (date(2026, 6, 30), "renewed")
    found = assessment_of(ruth, AFTER.date())
    cycles = cycles_of_credential(found, found.standings[0], list(closed_cycles(ruth)))
    assert not isinstance(cycles, Missing)
    places = [(one.period.last_day, one.place, one.kept is not None) for one in cycles.all[-3:]]
    assert places == [
        (date(2026, 6, 30), Place.PAST, True),
        (date(2028, 6, 30), Place.RUNNING, False),
        (date(2030, 6, 30), Place.AHEAD, False),
    ]


@pytest.mark.parametrize(
    ("until", "rule"), [(date(2026, 6, 30), "not-later"), (date(2126, 6, 30), "too-far")]
)
def test_a_renewal_leads_forward(ruth: Person, california: HeldCredential, until: date, rule: str) -> None:
    refused = actions.renew_credential(credential=california, until=until, by=ruth, at=AFTER)
    assert isinstance(refused, Refusal)
    assert refused.rule == rule
    assert closed(california) == []


def test_nobody_closes_or_renews_for_another(
    ruth: Person, california: HeldCredential, stranger: Person
) -> None:
    acts = (
        actions.close_cycle(credential=california, start=date(2022, 7, 1), by=stranger, at=AFTER),
        actions.renew_credential(credential=california, until=date(2028, 6, 30), by=stranger, at=AFTER),
        actions.assess_again(
            credential=california, last_on=date(2024, 6, 30), note="x", by=stranger, at=AFTER
        ),
    )
    assert all(isinstance(one, Refusal) for one in acts)
    assert closed(california) == []


def test_a_kept_answer_is_handed_over_byte_for_byte(
    ruth: Person, stranger: Person, california: HeldCredential
) -> None:
    row = kept_after_its_end(ruth)
    ((name, text),) = kept_texts(ruth)
    assert name == f"us-ca-md-{california.key}-2026-06-30-1.json"
    assert hashlib.sha256(text).hexdigest() == row.digest
    assert list(kept_texts(stranger)) == []


def test_what_is_kept_goes_with_the_account(ruth: Person, california: HeldCredential) -> None:
    kept_after_its_end(ruth)
    ruth.delete()
    assert not ClosedCycle.objects.exists()


def test_what_is_read_back_is_what_was_kept(ruth: Person, california: HeldCredential) -> None:
    from osler.apps.requirements.queries import requirement_set
    from osler.core.rules.as_data import credential_data

    a_record(ruth, "Chronic pain", 6, topics=(("pain-management", 6 * TICKS),))
    a_record(ruth, "Old webinar", 2, completed_on=date(2014, 7, 2))
    row = kept_after_its_end(ruth)
    kept, rules = kept_answer(row), requirement_set("us-ca-md")
    assert rules is not None
    assert credential_data(kept.answer, rules) == kept.content["answer"]
