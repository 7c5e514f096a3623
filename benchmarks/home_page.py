"""How long the first page of a busy clinician takes, in a house full of others, on PostgreSQL.

Makes a database of its own with 100,000 accounts and 5 million records (``--quick``: 2,000 and 100,000;
``--keep`` leaves it for the next run), and in it one person with 5 credentials and 1,000 records. Prints the
median and the 95th percentile of the server's time for the home page, and its queries. The promise is under
60 ms with at most 15 queries. Baselines of the same run: the page of somebody who has nothing, which is what
the framework costs, and reading the 1,000 records as bare rows.

The server is taken from OSLER_DATABASE_URL, else 127.0.0.1:5432.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from ground.database import LOCAL_SERVER, named_server, own_database

if TYPE_CHECKING:
    from django.db.models import Model

TARGET_MS = 60
MOST_QUERIES = 15
SETS = ("us-ca-md", "us-tx-mddo", "us-fl-md", "us-pa-md", "abim-moc")
QUICK = "--quick" in sys.argv
ACCOUNTS, RECORDS = (2_000, 100_000) if QUICK else (100_000, 5_000_000)
NAME = "osler_benchmark_quick" if QUICK else "osler_benchmark"
BUSY = "busy@example.org"


def main() -> None:
    """Fills the database if it is not there, measures, and drops it unless it is to be kept."""
    server = named_server() or LOCAL_SERVER
    with own_database(NAME, server=server, is_kept="--keep" in sys.argv) as is_new:
        if is_new:
            fill()
        measure()


def fill() -> None:
    """Accounts and records by the million inside the database, then the one who is measured."""
    from django.db import connection

    from osler.apps.credit.models import Record, RecordAmount, RecordTopic
    from osler.apps.people.models import Person

    began = time.monotonic()
    crowd = Person.objects.create_user("somebody@example.org")
    multiply(crowd, ACCOUNTS - 1, email="'somebody' || g || '@example.org'")
    first = crowd.pk
    record = Record.objects.create(
        key="crowd",
        person=crowd,
        title="Grand rounds",
        completed_on=date(2020, 1, 1),
        added_at=datetime.now(UTC),
    )
    amount = RecordAmount.objects.create(record=record, credit_type="AMA_PRA_1", ticks=90_000)
    topic = RecordTopic.objects.create(record=record, topic="pain-management", ticks=90_000)
    multiply(
        record,
        RECORDS - 1,
        key="'k' || g",
        person_id=f"{first} + g % {ACCOUNTS}",
        title="'Grand rounds ' || g",
        completed_on="date '2020-01-01' + (g % 2200)::int",
    )
    multiply(amount, RECORDS - 1, record_id=f"{record.pk} + g")
    multiply(topic, RECORDS // 4, record_id=f"{record.pk} + 1 + g * 3")
    busy_person()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"filled in {time.monotonic() - began:.0f} s")


def multiply(row: Model, count: int, **changed: str) -> None:
    """Copies of a row, numbered ``g`` from 1, with some columns as SQL says; ids go on from the row's."""
    from django.db import connection

    table = row._meta.db_table
    columns = [field.column for field in row._meta.concrete_fields]
    values = {name: f't."{name}"' for name in columns} | {"id": f"{row.pk} + g"} | changed
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) SELECT {", ".join(values[name] for name in columns)} '  # noqa: S608
            f'FROM "{table}" t, generate_series(1, {count}) g WHERE t.id = {row.pk}'
        )
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM \"{table}\"")  # noqa: S608


def busy_person() -> None:
    """Five credentials and 1,000 records of many kinds over ten years, through the house's own actions."""
    from osler.apps.credit.actions import RecordDraft, add_records
    from osler.apps.people.actions import add_credential, change_profile
    from osler.apps.people.models import Person
    from osler.core.credit.amount import TICKS

    at = datetime.now(UTC)
    today = at.date()
    person = Person.objects.create_user(BUSY)
    change_profile(
        person=person,
        given_name="Ruth",
        family_name="Busy",
        profession="physician",
        degree="MD",
        birth_on=date(1970, 5, 4),
        specialties=["internal-medicine"],
        time_zone="UTC",
        language="en",
        by=person,
        at=at,
    )
    for n, name in enumerate(SETS):
        add_credential(
            person=person,
            requirement_set=name,
            number=f"A{n}",
            issued_on=date(2010, 3, 1),
            expires_on=today + timedelta(days=90 + 60 * n),
            by=person,
            at=at,
        )
    formats = ("live", "enduring", "journal", "self-study", "teaching")
    topics = ("pain-management", "opioid-prescribing", "medical-ethics", "medical-errors", "geriatrics")
    drafts = [
        RecordDraft(
            title=f"Activity {n}",
            provider=f"Provider {n % 40}",
            completed_on=today - timedelta(days=n * 37 % 3650),
            format=formats[n % 5],
            amounts=(("AMA_PRA_1", TICKS), ("ABIM_MOC_POINT", TICKS))
            if n % 4 == 0
            else (("AMA_PRA_1", TICKS),),
            topics=((topics[n % 5], TICKS // 2),) if n % 3 == 0 else (),
            tags=(),
            note="",
        )
        for n in range(1_000)
    ]
    added = add_records(person=person, drafts=drafts, by=person, at=at)
    if not isinstance(added, list | tuple) or len(added) != len(drafts):
        sys.exit(f"The 1,000 records were refused: {added}")


def measure() -> None:
    """Prints what the page takes, beside its baselines."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from osler.apps.people.models import Person

    busy = Person.objects.get(email=BUSY)
    new, _ = Person.objects.get_or_create(email="new@example.org")
    pages = {"busy": Client(HTTP_HOST="localhost"), "new": Client(HTTP_HOST="localhost")}
    for client, person in zip(pages.values(), (busy, new), strict=True):
        client.force_login(person)
    answer = pages["busy"].get("/")
    if answer.status_code != 200 or b"ring" not in answer.content:
        sys.exit(f"The home page did not answer as expected: {answer.status_code}")
    with CaptureQueriesContext(connection) as seen:
        pages["busy"].get("/")

    def rows() -> object:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT r.key, r.title, a.credit_type, a.ticks FROM credit_record r "
                "JOIN credit_recordamount a ON a.record_id = r.id WHERE r.person_id = %s",
                [busy.pk],
            )
            return cursor.fetchall()

    print(f"{ACCOUNTS:,} accounts, {RECORDS:,} records; one has {len(SETS)} credentials and 1,000 records")
    queries = len(seen)
    home = times(lambda: pages["busy"].get("/"))
    report("home page", home, f"{queries} queries, at most {MOST_QUERIES}; target {TARGET_MS} ms")
    report("baseline: the page of somebody new", times(lambda: pages["new"].get("/")))
    report("baseline: the same records as bare rows", times(rows))
    is_kept = statistics.median(home) <= TARGET_MS and queries <= MOST_QUERIES
    print(f"  {'within the promise' if is_kept else 'OVER the promise'}")


def times(work: Callable[[], Any], runs: int = 40) -> list[float]:
    """Milliseconds of each run, after some to warm up, in order of size."""
    for _ in range(5):
        work()
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1000)
    return sorted(found)


def report(name: str, found: list[float], more: str = "") -> None:
    """One line: the median, the 95th percentile, and what there is to add."""
    late = found[int(len(found) * 0.95)]
    print(f"  {name:<42}median {statistics.median(found):7.1f} ms   p95 {late:7.1f} ms   {more}")


if __name__ == "__main__":
    main()
