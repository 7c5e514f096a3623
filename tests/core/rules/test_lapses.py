"""When something met would no longer be, where caps hold hours back that may count later."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from osler.core.rules.answer import Status
from osler.core.rules.record import CreditRecord
from osler.core.rules.requirement import Cap, Requirement
from osler.core.time import add_months
from tests.core.rules.asking import AS_OF, accept, answer, ask, cap, record
from tests.core.rules.test_properties import caps, records

MONTHS = 24


def asked_last(need: float, limits: tuple[Cap, ...], *, no_repeats: bool = False) -> Requirement:
    return ask(need, window=f"last {MONTHS} months", caps=limits, accepts=accept(no_repeats=no_repeats))


def first_short_day(asked: Requirement, done: list[CreditRecord]) -> date | None:
    """The first day on which the same records, asked about then, are too few."""
    days = sorted({add_months(each.completed, MONTHS) for each in done})
    return next(
        (
            day
            for day in days
            if day > AS_OF and answer(asked, records=done, as_of=day).status is not Status.MET
        ),
        None,
    )


@given(st.integers(1, 12), caps(), records(), st.booleans())
@settings(max_examples=80)
def test_it_lapses_on_the_first_day_on_which_asking_again_says_so(
    need: int,
    limits: tuple[Cap, ...],
    held: list[CreditRecord],
    no_repeats: bool,
) -> None:
    asked = asked_last(need, limits, no_repeats=no_repeats)
    done = [each for each in held if each.completed <= AS_OF]
    found = answer(asked, records=done)
    if found.status is Status.MET:
        assert found.lapses_on == first_short_day(asked, done)


def test_many_records_under_a_cap_lapse_when_the_last_that_was_needed_does() -> None:
    held = [record(f"j{n}", f"2024-{n % 12 + 1:02}-15", 2, format="journal") for n in range(48)]
    held += [record(f"l{n}", f"2024-{n % 12 + 1:02}-20", 2) for n in range(12)]
    asked = asked_last(20, (cap(10, formats=["journal"]),))
    found = answer(asked, records=[each for each in held if each.completed <= AS_OF])
    # Five live ones beside the ten hours of journals are needed: that of July 2024 is the last but five.
    assert found.lapses_on == date(2026, 8, 20)


def test_a_repeat_takes_the_place_of_what_has_expired() -> None:
    held = [
        record("one", "2024-01-10", 6, title="Rounds", provider="University"),
        record("again", "2025-01-10", 6, title="Rounds", provider="University"),
        record("other", "2024-06-10", 4),
    ]
    asked = asked_last(10, (cap(4, topics=["pain"]),), no_repeats=True)
    limited = [*held, record("pain", "2025-02-01", 5, topics={"pain": 5})]
    assert answer(asked, records=limited).lapses_on == date(2027, 1, 10)
    assert answer(asked_last(6, (), no_repeats=True), records=held[:2]).lapses_on == date(2027, 1, 10)


def test_nothing_asked_never_lapses() -> None:
    asked = asked_last(0, (cap(1, formats=["journal"]),))
    found = answer(asked, records=[record("a", "2025-01-10", 6, format="journal")])
    assert (found.status, found.lapses_on) == (Status.MET, None)
