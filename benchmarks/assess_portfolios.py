"""How long one portfolio takes against one requirement set, on one core.

Evaluates 20,000 made portfolios of 60 records against three real sets each (``--quick``: 2,000), and
prints milliseconds per portfolio and set: once for the answer with its numbers, once with every record
that counts or does not written out in words too. The promise is under 0.3 ms. The baseline is what this
machine needs for the least any answer must do: look once at every record and add up its amount.

Then one person with five credentials and 1,000 records, in whole milliseconds for the person: the home page
has 60 in all, and the answer must take no more than 15 of them.

Last the worst that caps can meet: 1,000 records that each count in two currencies, of credit types, formats
and tags under the caps of a set, for every set and every example. The slowest must stay under 50 ms.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from osler.core.credit.amount import TICKS
from osler.core.credit.types import CREDIT_TYPES
from osler.core.rules.evaluate import assess
from osler.core.rules.order import parts
from osler.core.rules.record import Clinician, Credential, CreditRecord, Portfolio
from osler.core.rules.requirement import RequirementSet
from osler.requirement_sets.loader import load_examples, load_sets

SETS = ("us-ca-md", "us-tx-mddo", "us-fl-md")
BUSY_SETS = (*SETS, "us-pa-md", "abim-moc")
AS_OF = date(2026, 1, 31)
TARGET, BUSY_TARGET, WORST_TARGET = 0.3, 15.0, 50.0


def make_portfolio(
    dice: random.Random, names: Sequence[str] = SETS, count: int = 60, years: int = 6
) -> Portfolio:
    """A physician with some licences and ``count`` activities over so many years."""
    topics = ("pain-management", "opioid-prescribing", "medical-ethics", "medical-errors", "geriatrics")
    formats = ("live", "enduring", "journal", "self-study", "teaching")
    records = []
    for n in range(count):
        hours = dice.randint(1, 24) * TICKS // 4
        held = {dice.choice(("AMA_PRA_1", "AMA_PRA_1", "AMA_PRA_1", "AMA_PRA_2", "AAFP_PRESCRIBED")): hours}
        if dice.random() < 0.3:
            held["ANCC"] = hours
        share = ((dice.choice(topics), hours // 2),) if dice.random() < 0.3 else ()
        records.append(
            CreditRecord(
                id=f"c{n}",
                completed=AS_OF - timedelta(days=dice.randint(-30, 365 * years)),
                credits=tuple(held.items()),
                title=f"Activity {n}",
                provider=f"Provider {n % 9}",
                format=dice.choice(formats),
                topics=share,
            )
        )
    clinician = Clinician(
        profession="physician",
        degree="MD",
        specialties=("internal-medicine",),
        facts={"holds-dea": True, "direct-patient-care": True},
    )
    issued = date(dice.randint(1995, 2024), dice.randint(1, 12), 15)
    licences = tuple(
        Credential(name, issued=issued, expires=date(dice.randint(2026, 2027), dice.randint(2, 12), 28))
        for name in names
    )
    return Portfolio(clinician, licences, tuple(records))


def per_person(portfolios: Sequence[Portfolio], work: Callable[[Portfolio], object]) -> float:
    """Milliseconds for one portfolio."""
    start = time.process_time()
    for portfolio in portfolios:
        work(portfolio)
    return (time.process_time() - start) * 1000 / len(portfolios)


def measure(names: Sequence[str], portfolios: Sequence[Portfolio], target: float, parts: int) -> None:
    """Print what an answer takes, plain and written out, for each of ``parts`` of a portfolio."""
    sets = {name: load_sets()[name] for name in names}

    def answer(portfolio: Portfolio) -> object:
        return assess(portfolio, sets, AS_OF)

    def explained(portfolio: Portfolio) -> int:
        whole = assess(portfolio, sets, AS_OF)
        found = [part for held in whole.credentials for part in held.requirements]
        return sum(len(tuple(part.counted_records)) + len(part.not_counted) for part in found)

    def plain_sum(portfolio: Portfolio) -> int:
        return sum(ticks for _ in names for record in portfolio.credits for _, ticks in record.credits)

    for portfolio in portfolios[:200]:
        answer(portfolio)
    baseline = per_person(portfolios, plain_sum) / parts
    for name, work in (("answer", answer), ("answer with every refusal written out", explained)):
        took = per_person(portfolios, work) / parts
        verdict = "within" if took <= target else "OVER"
        print(f"  {name:<40}{took:7.3f} ms   {took / baseline:6.1f} x baseline   {verdict} the target")
    print(f"  {'baseline: adding up every amount once':<40}{baseline:7.4f} ms")


def make_capped(dice: random.Random, rules: RequirementSet, count: int = 1_000) -> Portfolio:
    """``count`` activities of the last three years, each in two currencies, of what the caps of a set speak
    of. Four in five bring the same hours in both.
    """
    asked = [part for whole in rules.versions[-1].requirements for part in parts(whole)]
    matches = [match for part in asked for match in (part.accept.match, *(cap.match for cap in part.caps))]
    credits_ = sorted({"AMA_PRA_1", "ANCC"}.union(*[match.credits for match in matches]) & set(CREDIT_TYPES))
    formats = sorted({"live", "enduring"}.union(*[match.formats | match.not_formats for match in matches]))
    tags = sorted(set().union(*[match.tags | match.not_tags for match in matches]))
    topics = sorted({"medical-ethics"}.union(*[match.topics for match in matches]))
    records = []
    for n in range(count):
        hours = dice.randint(1, 24) * TICKS // 4
        other = hours if dice.random() < 0.8 else dice.randint(1, 24) * TICKS // 4
        held = dict(zip(dice.sample(credits_, 2), (hours, other), strict=True))
        records.append(
            CreditRecord(
                id=f"c{n}",
                completed=AS_OF - timedelta(days=dice.randint(0, 1_095)),
                credits=tuple(held.items()),
                title=f"Activity {n}",
                provider=f"Provider {n % 9}",
                format=dice.choice(formats),
                topics=((dice.choice(topics), hours // 2),) if dice.random() < 0.3 else (),
                tags=frozenset({dice.choice(tags)} if tags and dice.random() < 0.5 else ()),
            )
        )
    person = Clinician(profession="physician", degree="MD", birth_date=date(1970, 5, 5), specialties=())
    held_here = Credential(rules.id, issued=date(2012, 3, 1), expires=date(2026, 11, 30))
    return Portfolio(person, (held_here,), tuple(records))


def measure_caps(dice: random.Random) -> None:
    """Print the slowest sets for records in two currencies, beside the sum of their amounts."""
    sets = {**load_sets(), **load_examples()}
    found = []
    for name, rules in sets.items():
        portfolio = make_capped(dice, rules)
        took = min(per_person([portfolio], lambda one: assess(one, sets, AS_OF)) for _ in range(3))
        plain = per_person(
            [portfolio] * 20, lambda one: sum(ticks for each in one.credits for _, ticks in each.credits)
        )
        found.append((took, took / plain, name))
    print(f"1,000 records in two currencies, each of {len(found)} sets; target {WORST_TARGET} ms a set")
    for took, times, name in sorted(found, reverse=True)[:4]:
        verdict = "within" if took <= WORST_TARGET else "OVER"
        print(f"  {name:<40}{took:7.1f} ms   {times:6.0f} x baseline   {verdict} the target")


def main() -> None:
    count = 2_000 if "--quick" in sys.argv else 20_000
    dice = random.Random(1849)
    made = [make_portfolio(dice) for _ in range(min(count, 2_000))]
    portfolios = [made[n % len(made)] for n in range(count)]
    print(f"{count:,} portfolios of 60 records, {len(SETS)} sets each; one core; target {TARGET} ms a set")
    measure(SETS, portfolios, TARGET, len(SETS))
    busy = [make_portfolio(dice, BUSY_SETS, 1_000, years=20) for _ in range(count // 100)]
    print(f"{len(busy)} portfolios of 1,000 records, {len(BUSY_SETS)} sets; target {BUSY_TARGET} ms each")
    measure(BUSY_SETS, busy, BUSY_TARGET, 1)
    measure_caps(dice)


if __name__ == "__main__":
    main()
