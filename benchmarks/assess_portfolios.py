"""How long one portfolio takes against one requirement set, on one core.

Evaluates 20,000 made portfolios of 60 records against three real sets each (``--quick``: 2,000), and
prints milliseconds per portfolio and set: once for the answer with its numbers, once with every record
that counts or does not written out in words too. The promise is under 0.3 ms. The baseline is what this
machine needs for the least any answer must do: look once at every record and add up its amount.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from osler.core.credit.amount import TICKS
from osler.core.rules.evaluate import assess
from osler.core.rules.record import Clinician, Credential, CreditRecord, Portfolio
from osler.requirement_sets.loader import load_sets

SETS = ("us-ca-md", "us-tx-mddo", "us-fl-md")
AS_OF = date(2026, 1, 31)
TARGET = 0.3


def make_portfolio(dice: random.Random) -> Portfolio:
    """A physician with three licences and sixty activities over six years."""
    topics = ("pain-management", "opioid-prescribing", "medical-ethics", "medical-errors", "geriatrics")
    formats = ("live", "enduring", "journal", "self-study", "teaching")
    records = []
    for n in range(60):
        hours = dice.randint(1, 24) * TICKS // 4
        held = {dice.choice(("AMA_PRA_1", "AMA_PRA_1", "AMA_PRA_1", "AMA_PRA_2", "AAFP_PRESCRIBED")): hours}
        if dice.random() < 0.3:
            held["ANCC"] = hours
        share = ((dice.choice(topics), hours // 2),) if dice.random() < 0.3 else ()
        records.append(
            CreditRecord(
                id=f"c{n}",
                completed=AS_OF - timedelta(days=dice.randint(-30, 2190)),
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
        for name in SETS
    )
    return Portfolio(clinician, licences, tuple(records))


def per_answer(portfolios: Sequence[Portfolio], work: Callable[[Portfolio], object]) -> float:
    """Milliseconds for one portfolio and set."""
    start = time.process_time()
    for portfolio in portfolios:
        work(portfolio)
    return (time.process_time() - start) * 1000 / (len(portfolios) * len(SETS))


def main() -> None:
    count = 2_000 if "--quick" in sys.argv else 20_000
    dice = random.Random(1849)
    made = [make_portfolio(dice) for _ in range(min(count, 2_000))]
    portfolios = [made[n % len(made)] for n in range(count)]
    sets = {name: load_sets()[name] for name in SETS}
    for portfolio in made[:200]:
        assess(portfolio, sets, AS_OF)

    def answer(portfolio: Portfolio) -> object:
        return assess(portfolio, sets, AS_OF)

    def explained(portfolio: Portfolio) -> int:
        whole = assess(portfolio, sets, AS_OF)
        parts = [part for held in whole.credentials for part in held.requirements]
        return sum(len(tuple(part.counted_records)) + len(part.not_counted) for part in parts)

    def plain_sum(portfolio: Portfolio) -> int:
        return sum(ticks for _ in SETS for record in portfolio.credits for _, ticks in record.credits)

    baseline = per_answer(portfolios, plain_sum)
    plain, full = per_answer(portfolios, answer), per_answer(portfolios, explained)
    print(f"{count:,} portfolios of 60 records, {len(SETS)} sets each; one core; target {TARGET} ms")
    for name, took in (("answer", plain), ("answer with every refusal written out", full)):
        verdict = "within" if took <= TARGET else "OVER"
        print(f"  {name:<40}{took:7.3f} ms   {took / baseline:6.1f} x baseline   {verdict} the target")
    print(f"  {'baseline: adding up every amount once':<40}{baseline:7.4f} ms")


if __name__ == "__main__":
    main()
