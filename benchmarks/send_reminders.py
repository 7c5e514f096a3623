"""How fast reminders are found and written for a population, and how long who is not due costs nothing.

Makes 100,000 accounts with one licence and twelve records each (``--quick``: 2,000) in a database of its own,
one in twenty with a reminder due in this hour. Prints the time to find the due among all by the index, and
persons per second for working out their answers and queueing their letters, in chunks of a thousand as the
worker does. The baseline is the least such a job must do per person: read the account by its key and write
one row.

The database is one of its own: on the PostgreSQL server of ``OSLER_DATABASE_URL``, else SQLite.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from ground.database import named_server, own_database

if TYPE_CHECKING:
    from osler.apps.people.models import Person

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
HOUR = datetime(2026, 4, 1, 7, 1, tzinfo=UTC)
DUE_NOW, DUE_LATER = date(2026, 6, 30), date(2027, 6, 30)
ONE_IN = 20
RECORDS = 12
CHUNK = 1_000


def main() -> None:
    """Makes the population, then measures."""
    count = 2_000 if "--quick" in sys.argv else 100_000
    with own_database("osler_benchmark_reminders", server=named_server()):
        from django.db import connection

        populate(count)
        measure(count, connection.vendor)


def populate(count: int) -> None:
    """Accounts, licences, records, and for each licence the watch that alerts keep."""
    from osler.apps.credit.models import Record, RecordAmount
    from osler.apps.people.models import HeldCredential, Person
    from osler.apps.requirements.models import Watch
    from osler.core.credit.amount import TICKS
    from osler.core.reminders import next_moment

    for start in range(0, count, 5_000):
        numbers = range(start, min(count, start + 5_000))
        people = Person.objects.bulk_create(
            Person(
                email=f"p{n}@example.org", given_name="Ana", family_name=f"No {n}", specialties=["pathology"]
            )
            for n in numbers
        )
        held = HeldCredential.objects.bulk_create(
            HeldCredential(
                person=person,
                requirement_set="us-ca-md",
                issued_on=date(2015, 6, 30),
                expires_on=DUE_NOW if n % ONE_IN == 0 else DUE_LATER,
            )
            for n, person in zip(numbers, people, strict=True)
        )
        records = Record.objects.bulk_create(
            Record(
                person=person,
                title=f"Activity {each}",
                provider="Example University",
                completed_on=NOW.date() - timedelta(days=20 * each),
                format="live",
                added_at=NOW,
            )
            for person in people
            for each in range(RECORDS)
        )
        RecordAmount.objects.bulk_create(
            RecordAmount(record=one, credit_type="AMA_PRA_1", ticks=TICKS) for one in records
        )
        Watch.objects.bulk_create(
            Watch(
                credential=one,
                person_id=one.person_id,
                rules_sha256="0" * 64,
                told_sha256="0" * 64,
                due_days=[one.expires_on.isoformat()],
                as_of=NOW.date(),
                computed_at=NOW,
                reminded_until=NOW,
                remind_at=next_moment([one.expires_on], (180, 90, 30, 7), 7, "UTC", after=NOW),
            )
            for one in held
        )


def measure(count: int, vendor: str) -> None:
    """Finding, writing, and the baseline."""
    from osler.apps.messages.models import Message
    from osler.apps.people.models import Person
    from osler.apps.requirements.actions import remind
    from osler.apps.requirements.queries.watches import due_for_reminder, still_due

    began = time.perf_counter()
    due = due_for_reminder(HOUR)
    finding = time.perf_counter() - began

    began = time.perf_counter()
    written = 0
    for start in range(0, len(due), CHUNK):
        for person_id in still_due(due[start : start + CHUNK], HOUR):
            written += remind(person_id=person_id, at=HOUR, tells=False) is not None
    writing = time.perf_counter() - began

    sample = due[:CHUNK]
    began = time.perf_counter()
    for person_id in sample:
        baseline(Person.objects.get(pk=person_id))
    least = (time.perf_counter() - began) / len(sample)

    per_person = writing / len(due)
    print(f"{count:,} accounts on {vendor}, {len(due):,} of them due in this hour; one process")
    print(f"  finding the due among all    {finding * 1000:9.1f} ms")
    ratio = per_person / least
    print(f"  answering and queueing       {1 / per_person:9,.0f} persons/s   {ratio:5.1f} x baseline")
    print(f"  baseline: a read and a write {1 / least:9,.0f} persons/s")
    print(f"  all {count:,} due at once: {count * per_person / 60:.1f} minutes on one worker")
    assert written == len(due) == Message.objects.filter(kind="reminder").count()


def baseline(person: Person) -> None:
    """One row for a person who was read by their key."""
    from osler.apps.messages.models import Message

    Message.objects.create(
        person=person,
        kind="baseline",
        about="a",
        period="b",
        address=person.email,
        subject="s",
        text="t",
        html="h",
        queued_at=HOUR,
        send_at=HOUR + timedelta(days=999),
    )


if __name__ == "__main__":
    main()
