"""An answer that is kept comes back as it was, and shows when it is no longer what was kept."""

from datetime import date

import pytest

from osler.core.rules.from_data import record_data, record_from_data
from osler.core.rules.kept_answer import packed, unpacked
from osler.core.rules.record import CreditRecord


def test_what_is_packed_comes_back() -> None:
    content = {"title": "Schmerz – Über­blick", "amounts": ["1", "0.25"], "nothing": None}
    data, digest = packed(content)
    assert unpacked(data, digest) == content
    assert packed(dict(reversed(content.items())))[1] == digest


@pytest.mark.parametrize("change", ["digest", "data", "noise"])
def test_what_was_changed_is_refused(change: str) -> None:
    data, digest = packed({"status": "short"})
    other, _digest = packed({"status": "met"})
    given = {"digest": (data, "0" * 64), "data": (other, digest), "noise": (b"noise", digest)}[change]
    with pytest.raises(ValueError, match="kept answer"):
        unpacked(*given)


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
