"""How long it takes until 10,000 rows of a transcript are records.

Makes a database of its own (SQLite in a temporary folder, or the PostgreSQL server of OSLER_DATABASE_URL)
with one person, uploads a transcript of 10,000 rows (``--quick``: 1,000) as CSV and as a workbook, and prints
the seconds until it could be looked through, until all were written, and in all, with rows per second. The
promise is under 10 seconds in all. The baseline of the same run: reading the same file without asking what
its rows mean, and inserting as many bare rows, amounts and topics.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from ground.database import named_server, own_database

ROWS = 1_000 if "--quick" in sys.argv else 10_000
TARGET = 10.0
WORDS = ("pain", "opioid", "sepsis", "asthma", "update", "review", "course", "ethics", "heart", "lung")
TOPICS = ("pain-management", "opioid-prescribing", "medical-ethics", "geriatrics", "")


def main() -> None:
    """Runs twice (CSV, workbook) in a database of its own."""
    with own_database("osler_benchmark_import", server=named_server()):
        from django.db import connection

        print(f"{connection.vendor}, {ROWS:,} rows")
        for form in ("csv", "xlsx"):
            measure(form)


def timed(act: Callable[[], object]) -> float:
    """Seconds an act takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def transcript(form: str) -> bytes:
    """A made transcript in Osler's own layout; a tenth of its rows carries two types, some lack a topic."""
    from osler.adapters.transcripts.templates import Written, written_csv, written_workbook
    from osler.core.credit.amount import TICKS
    from osler.core.rules.record import CreditRecord

    dice = random.Random(7)
    lines = []
    for n in range(ROWS):
        hours = dice.randint(1, 24) * TICKS // 4
        topic = dice.choice(TOPICS)
        value = CreditRecord(
            id=f"r{n}",
            completed=date(2006, 1, 1) + timedelta(days=dice.randrange(7300)),
            credits=(("AMA_PRA_1", hours), *((("ANCC", hours),) if dice.random() < 0.1 else ())),
            title=f"{' '.join(dice.choices(WORDS, k=4))} {n % 97}",
            provider=f"Provider {dice.randint(1, 40)}",
            format=dice.choice(("live", "enduring", "journal")),
            topics=((topic, hours),) if topic else (),
        )
        lines.append(Written(value, ""))
    return written_csv(lines) if form == "csv" else written_workbook(lines)


def measure(form: str) -> None:
    """One file: preview, writing, and the baseline, each in a transcript of its own."""
    from osler.apps.credit import actions
    from osler.apps.credit.models import Import
    from osler.apps.people.models import Person

    content, at = transcript(form), datetime(2026, 1, 31, 12, tzinfo=UTC)
    person = Person.objects.create_user(f"{form}@example.org", None)
    started, working = time.perf_counter(), time.process_time()
    made = actions.start_import(person=person, content=content, filename=f"all.{form}", by=person, at=at)
    assert isinstance(made, Import), made
    read_import = getattr(actions, "read_import", None)
    if made.status == "reading" and read_import:
        read_import(import_id=made.pk, at=at)
    read = time.perf_counter() - started
    made.refresh_from_db()
    assert made.status == "previewed", made.status
    rows = made.rows.filter(state="likely-duplicate").values_list("pk", flat=True)
    done = actions.confirm_import(came_with=made, also=list(rows), by=person, at=at)
    assert isinstance(done, Import), done
    actions.write_import(import_id=made.pk, at=at)
    total, worked = time.perf_counter() - started, time.process_time() - working
    written = made.records.count()
    bare = baseline(form, content, written, at)
    print(f"{form}: {len(content) / 1e6:.1f} MB, {written:,} records written")
    print(f"  until it can be looked through {read:6.2f} s")
    print(f"  until all is written           {total - read:6.2f} s")
    print(f"  in all                         {total:6.2f} s  ({ROWS / total:,.0f} rows/s)")
    print(f"  of which at work               {worked:6.2f} s")
    print(f"  baseline (read, bare rows)     {bare:6.2f} s  ({total / bare:.1f} times that)")
    kept = "kept" if total < TARGET else "BROKEN"
    print(f"  promise of {TARGET:.0f} s                {kept}")


def baseline(form: str, content: bytes, count: int, at: datetime) -> float:
    """Reading the cells and inserting as many bare rows."""
    from django.db import transaction

    from osler.adapters.transcripts import read_table
    from osler.apps.credit.models import Record, RecordAmount, RecordTopic
    from osler.apps.people.models import Person

    person = Person.objects.create_user(f"bare-{form}@example.org", None)

    def act() -> None:
        read_table(content, f"all.{form}")
        with transaction.atomic():
            day = date(2020, 1, 1)
            bare = [Record(person=person, title="x", completed_on=day, added_at=at) for _n in range(count)]
            Record.objects.bulk_create(bare, batch_size=1000)
            amounts = [RecordAmount(record=row, credit_type="AMA_PRA_1", ticks=1) for row in bare]
            RecordAmount.objects.bulk_create(amounts, batch_size=1000)
            topics = [RecordTopic(record=row, topic="geriatrics", ticks=1) for row in bare]
            RecordTopic.objects.bulk_create(topics, batch_size=1000)

    return timed(act)


if __name__ == "__main__":
    main()
