"""A record that is kept beside an answer comes back to the tick; answers are read back in the apps' tests."""

from datetime import date

from osler.core.rules.from_data import record_data, record_from_data
from osler.core.rules.record import CreditRecord


def test_a_record_comes_back_to_the_tick() -> None:
    record = CreditRecord(
        id="a",
        completed=date(2025, 2, 28),
        credits=(("AMA_PRA_1", 30_001),),
        title="Pain",
        provider="Society",
        format="live",
        topics=(("pain-management", 7),),
        tags=frozenset({"post-test"}),
    )
    assert record_from_data("a", record_data(record)) == record
