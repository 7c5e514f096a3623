"""What holds for every set and every transcript, drawn at random."""

import random
from datetime import date, timedelta
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from osler.core.credit.types import round_credit
from osler.core.rules.answer import CredentialAnswer, RequirementAnswer, Status
from osler.core.rules.record import CreditRecord
from osler.core.rules.requirement import Accept, Cap, CarryOver, Percent, Requirement
from tests.core.rules.asking import accept, answer, answers, ask, cap, hours, match, share, when

START = date(2021, 1, 1)
WINDOWS = [
    "cycle",
    "once",
    "last 12 months",
    "12 months before expiry",
    "each 12 months of the cycle",
    "each calendar year",
    "any 12 months of the cycle",
    "every 2 cycles",
    "every 24 months",
]
PLAIN_WINDOWS = [window for window in WINDOWS if window != "every 24 months"]

quarters = st.integers(1, 40).map(lambda n: n / 4)


@st.composite
def records(draw: st.DrawFn, most: int = 6) -> list[CreditRecord]:
    found = []
    for n in range(draw(st.integers(0, most))):
        codes = draw(st.sets(st.sampled_from(["AMA_PRA_1", "ANCC", "AOA_1A"]), min_size=1, max_size=2))
        amount = hours(draw(quarters))
        topics = draw(st.sets(st.sampled_from(["pain", "ethics"]), max_size=2))
        found.append(
            CreditRecord(
                id=f"c{n}",
                completed=START + timedelta(days=draw(st.integers(0, 1900))),
                credits=tuple((code, amount) for code in sorted(codes)),
                title=draw(st.sampled_from(["", "Rounds", "Course"])),
                provider="University",
                format=draw(st.sampled_from(["live", "journal", "self-study"])),
                topics=tuple((topic, min(amount, hours(draw(quarters)))) for topic in sorted(topics)),
                tags=frozenset(draw(st.sets(st.sampled_from(["web", "foreign"]), max_size=2))),
            )
        )
    return found


@st.composite
def accepts(draw: st.DrawFn) -> Accept:
    return accept(
        credits=draw(st.sampled_from([[], ["AMA_PRA_1"], ["AMA_PRA_1", "ANCC"]])),
        not_formats=draw(st.sampled_from([[], ["self-study"]])),
        topics=draw(st.sampled_from([[], [], ["pain"], ["pain", "ethics"]])),
        not_hours_on=draw(st.sampled_from([[], [], ["ethics"]])),
        at_least_each=draw(st.sampled_from([0, 0, 1])),
    )


@st.composite
def caps(draw: st.DrawFn) -> tuple[Cap, ...]:
    kinds = [
        {"formats": ["journal"]},
        {"formats": ["journal", "self-study"]},
        {"tags": ["web"]},
        {"tags": ["foreign"]},
        {"topics": ["pain"]},
        {"credits": ["ANCC"]},
        {},
    ]
    most: st.SearchStrategy[int | Percent] = st.one_of(
        st.integers(0, 20), st.sampled_from([share(30), share(50, measure="earned")])
    )
    found = []
    for n in range(draw(st.integers(0, 3))):
        per = draw(
            st.sampled_from(["window", "window", "day", "calendar-year", "cycle-year", "record", "title"])
        )
        found.append(cap(draw(most), id=f"cap-{n}", per=per, **draw(st.sampled_from(kinds))))
    return tuple(found)


def requirements(windows: list[str] = WINDOWS) -> st.SearchStrategy[Requirement]:
    return st.builds(
        lambda need, window, accepted, limits: ask(need, window=window, accepts=accepted, caps=limits),
        st.integers(0, 40),
        st.sampled_from(windows),
        accepts(),
        caps(),
    )


def accounted(found: RequirementAnswer, held: list[CreditRecord], *, is_plain: bool) -> None:
    """Every record is told; one of which a part counts is told to the last tick."""
    given = {item.record.id: item.ticks for item in found.counted_records}
    refused: dict[str, int] = {}
    for item in found.not_counted:
        assert item.record.id not in refused, "told twice"
        assert item.detail
        refused[item.record.id] = item.ticks
    assert set(given) | set(refused) == {each.id for each in held}
    if is_plain:
        for each in held:
            worth = max(round_credit(code, ticks) for code, ticks in each.credits)
            assert given.get(each.id, 0) + refused.get(each.id, 0) == worth


@given(requirements(), records())
@settings(max_examples=80)
def test_every_record_is_counted_or_refused(asked: Requirement, held: list[CreditRecord]) -> None:
    found = answer(asked, records=held)
    if found.status is Status.NOT_APPLICABLE and not found.counted_records and not len(found.not_counted):
        return  # nothing was asked of any record
    match_ = asked.accept.match
    is_plain = not (match_.credits or match_.topics or asked.accept.not_hours_on)
    accounted(found, held, is_plain=is_plain)


@given(requirements(), records(), st.integers(0, 1000))
@settings(max_examples=60)
def test_the_order_of_records_never_matters(asked: Requirement, held: list[CreditRecord], seed: int) -> None:
    shuffled = list(held)
    random.Random(seed).shuffle(shuffled)
    assert told(answer(asked, records=held)) == told(answer(asked, records=shuffled))


def told(found: RequirementAnswer) -> tuple[object, ...]:
    return (
        found.status,
        found.required,
        found.counted,
        found.due,
        found.lapses_on,
        found.expected,
        tuple(found.counted_records),
        tuple(found.not_counted),
        tuple((part.period, part.counted, part.status) for part in found.periods),
    )


@given(requirements(PLAIN_WINDOWS), records(), records(most=1))
@settings(max_examples=80)
def test_one_more_record_never_lowers_what_counts(
    asked: Requirement, held: list[CreditRecord], more: list[CreditRecord]
) -> None:
    """But for clocks that start again, repeats and carry-over, where the rule says so.

    Sliding and split windows show one stretch or the sum; each stretch is compared.
    """
    extra = [CreditRecord(**{**_fields(each), "id": "more"}) for each in more]
    before, after = answer(asked, records=held), answer(asked, records=[*held, *extra])
    if before.periods:
        pairs = zip(before.periods, after.periods, strict=True)
        assert all(other.counted >= one.counted for one, other in pairs)
    else:
        assert after.counted >= before.counted
    assert after.status.rank >= before.status.rank


def _fields(each: CreditRecord) -> dict[str, object]:
    return {name: getattr(each, name) for name in each.__slots__}


@given(requirements(["cycle", "once", "last 12 months"]), records())
@settings(max_examples=60)
def test_what_counts_never_exceeds_a_cap(asked: Requirement, held: list[CreditRecord]) -> None:
    found = answer(asked, records=held)
    by_id = {each.id: each for each in held}
    for limit in asked.caps:
        if limit.match.topics or limit.match.credits:
            continue  # which hours of a record, or which of its types, counted is not told
        sums: dict[object, int] = {}
        for item in found.counted_records:
            each = by_id[item.record.id]
            if limit.match.formats and each.format not in limit.match.formats:
                continue
            if limit.match.tags and not limit.match.tags & each.tags:
                continue
            group = _group(limit.per, each)
            sums[group] = sums.get(group, 0) + item.ticks
        for ticks in sums.values():
            if isinstance(limit.at_most, int):
                assert ticks <= limit.at_most
            elif limit.at_most.measure == "earned":
                assert ticks <= limit.at_most.share * found.counted
            else:
                assert ticks <= limit.at_most.share * (found.required or 0)


def _group(per: str, each: CreditRecord) -> object:
    if per == "day":
        return each.completed
    if per == "calendar-year":
        return each.completed.year
    if per == "cycle-year":
        return (
            (each.completed - timedelta(days=181)).year if each.completed.month < 7 else each.completed.year
        )
    if per == "title":
        return each.title or each.id
    return each.id if per == "record" else None


@given(requirements(), records())
@settings(max_examples=40)
def test_the_same_input_gives_the_same_answer(asked: Requirement, held: list[CreditRecord]) -> None:
    assert told(answer(asked, records=held)) == told(answer(asked, records=held))


# -- questions

FACTS = ("a", "b", "c")


@st.composite
def about_people(draw: st.DrawFn) -> list[Requirement]:
    """Requirements that hang on three facts, each named once in a requirement."""
    first, second, third = draw(st.permutations(FACTS))
    amounts = st.sampled_from([5, 10, 15, 20])
    forms = [
        ask(draw(amounts), "plain", applies_when=first),
        ask(draw(amounts), "both", applies_when=f"{first} and not {second}"),
        ask(draw(amounts), "either", applies_when=f"{first} or {second}"),
        ask(
            id="variants",
            variants=(
                (when(first), ask(draw(amounts), "variants")),
                (when(second), ask(draw(amounts), "variants")),
                (None, ask(draw(amounts), "variants")),
            ),
        ),
        ask(
            id="bound",
            applies_when=first,
            variants=(
                (when(second), ask(draw(amounts), "bound")),
                (when(third), ask(draw(amounts), "bound")),
            ),
        ),
        ask(share(50, "variants"), "half"),
        ask(draw(amounts), "course-or-hours", applies_when=first),
    ]
    return forms


def _answer(asked: list[Requirement], held: list[CreditRecord], facts: dict[str, bool]) -> CredentialAnswer:
    return answers(*asked, records=held, facts=dict(facts))


def _matters(found: RequirementAnswer) -> tuple[object, ...]:
    if found.status.is_settled:
        return ("settled",)
    return found.status, found.required, found.counted, found.due


@given(
    about_people(), st.sampled_from([0, 5, 10, 15]), st.dictionaries(st.sampled_from(FACTS), st.booleans())
)
@settings(max_examples=80)
def test_a_fact_is_asked_exactly_where_it_could_change_the_answer(
    asked: list[Requirement], amount: int, known: dict[str, bool]
) -> None:
    held = [CreditRecord("r", date(2025, 1, 1), (("AMA_PRA_1", hours(amount)),))] if amount else []
    open_ = [fact for fact in FACTS if fact not in known]
    worlds = {
        values: _answer(asked, held, {**known, **dict(zip(open_, values, strict=True))})
        for values in product([True, False], repeat=len(open_))
    }
    for at, part in enumerate(_answer(asked, held, known).requirements):
        wanted = set()
        for place, fact in enumerate(open_):
            for values, found in worlds.items():
                other = worlds[(*values[:place], not values[place], *values[place + 1 :])]
                if _matters(found.requirements[at]) != _matters(other.requirements[at]):
                    wanted.add(fact)
        assert {question.fact for question in part.questions} == wanted, part.id
        assert (part.status is Status.UNKNOWN) is bool(wanted)


@given(st.integers(0, 80), st.integers(0, 30), st.integers(1, 40))
def test_what_is_carried_is_the_excess_and_no_more(before: int, most: int, need: int) -> None:
    held = [CreditRecord("old", date(2024, 1, 1), (("AMA_PRA_1", hours(before)),))]
    rule = CarryOver(hours(most), match())
    found = answer(ask(need, carry_over=rule), records=held)
    assert found.counted == hours(max(0, min(before - need, most)))
