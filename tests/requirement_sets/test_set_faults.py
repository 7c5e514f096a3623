"""A requirement set is read into values, or every fault is told with file and line."""

from datetime import date
from fractions import Fraction

import pytest

from osler.core.credit.amount import TICKS
from osler.core.rules.requirement import Percent, Requirement, RequirementSet
from osler.core.rules.window import Clock, Moment
from osler.requirement_sets.fault import TextFaults
from osler.requirement_sets.set_reader import read_set

SET = """\
requirement_set: us-xx-md
name: Example licence
authority: Example board
country: US
kind: licence
professions: [physician]
checked: 2025-10-01
status: verified
unit: hour
references:
  rule-1: {title: "Rule 1", url: "https://example.org/1", as_of: 2025-10, checked: 2025-10-01}
cycle: {anchor: expiry, months: 24}
accepts:
  credits: [AMA_PRA_1, AOA_CAT1]
versions:
  - effective: 2022-01-01
    requirements:
      - id: total
        title: Continuing education
        rule: Fifty hours in each cycle.
        at_least: 50
        caps:
          - {id: self-study, formats: [self-study], at_most: 30%}
        carry_over: {at_most: 12}
        reduced:
          - {when: renewal = 1 and licence-months < 13, to: 25}
        references: [rule-1]
      - id: opioid-prescribing
        rule: Two hours, or a course.
        applies_when: holds-dea
        window: every 3 cycles
        due: renewal 2
        references: [rule-1]
        any_of:
          - id: opioid-hours
            at_least: 2
            topics: [opioid-prescribing]
            accepts: {not_formats: [self-study]}
          - holds: dea-mate-attested
      - id: geriatrics
        applies_when: specialty in [internal-medicine] and patients-65-plus-share > 25
        at_least: 20% of total
        topics: [geriatrics]
        references: [rule-1]
        variants:
          - {when: renewal = 1, at_least: 10% of earned total}
          - otherwise: true
    equivalences:
      - id: certification
        title: Certified in the cycle
        when: board-certified-on within 24 months before cycle-end
        satisfies: all
        except: [geriatrics]
        references: [rule-1]
"""


def read() -> RequirementSet:
    return read_set(SET, "us/us-xx-md.yaml")


def named(name: str) -> Requirement:
    return next(each for each in read().versions[0].requirements if each.id == name)


def test_the_head_of_a_set() -> None:
    rules = read()
    assert (rules.id, rules.kind, rules.is_verified, rules.checked) == (
        "us-xx-md",
        "licence",
        True,
        date(2025, 10, 1),
    )
    assert rules.references[0].as_of == "2025-10"
    assert (rules.cycle.months, rules.cycle.renews_every) == (24, 24)


def test_an_amount_with_its_cap_carry_over_and_reduction() -> None:
    total = named("total")
    assert total.at_least == 50 * TICKS
    assert total.accept.match.credits == {"AMA_PRA_1", "AOA_1A", "AOA_1B"}
    assert total.caps[0].at_most == Percent(Fraction(3, 10))
    assert total.carry_over is not None
    assert total.carry_over.at_most == 12 * TICKS
    assert total.relief[0].to == 25 * TICKS


def test_a_rate_of_nothing_is_nothing() -> None:
    rates = "rates: [{credits: [AOA_1B], times: 0}, {formats: [teaching], times: 1/4}]"
    text = SET.replace("        caps:\n", f"        {rates}\n        caps:\n", 1)
    total = read_set(text, "us/us-xx-md.yaml").versions[0].requirements[0]
    assert [rate.times for rate in total.accept.rates] == [Fraction(0), Fraction(1, 4)]


def test_a_limited_rate_adds_and_never_takes_away() -> None:
    text = SET.replace("        caps:\n", "        rates: [{times: 1/2, first: 4}]\n        caps:\n", 1)
    with pytest.raises(TextFaults, match="first belongs to times above 1"):
        read_set(text, "us/us-xx-md.yaml")


def test_ways_inherit_what_they_do_not_state() -> None:
    opioid = named("opioid-prescribing")
    hours, course = opioid.ways
    assert opioid.title == "Opioid prescribing"
    assert opioid.ways_needed == 1
    assert hours.window.clock is Clock.NTH_CYCLE
    assert hours.due is not None
    assert hours.due.moment is Moment.RENEWAL
    assert hours.accept.match.credits == {"AMA_PRA_1", "AOA_1A", "AOA_1B"}
    assert hours.accept.match.not_formats == {"self-study"}
    assert (course.id, course.holds) == ("opioid-prescribing-2", "dea-mate-attested")


def test_variants_state_only_what_differs() -> None:
    geriatrics = named("geriatrics")
    assert geriatrics.at_least is None
    (first_when, first), (other_when, other) = geriatrics.variants
    assert first_when is not None
    assert first_when.text == "renewal = 1"
    assert other_when is None
    assert first.at_least == Percent(Fraction(1, 10), "total", "earned")
    assert other.at_least == Percent(Fraction(1, 5), "total", "required")
    assert first.accept.match.topics == other.accept.match.topics == {"geriatrics"}
    assert first.references == ("rule-1",)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("kind: licence", "kind: license", 5, "unknown kind 'license'. Expected one of licence, certificate"),
        ("country: US", "country: usa", 4, "two capital letters"),
        ("status: verified\n", "", 1, "a requirement set needs 'status'"),
        ("unit: hour", "unit: minute", 9, "unknown unit 'minute'"),
        ("professions: [physician]", "professions: [doctor]", 6, "unknown profession 'doctor'"),
        ("https://example.org/1", "example.org", 11, "begins with http"),
        (
            "as_of: 2025-10, checked: 2025-10-01}",
            "as_of: 2025-10, checked: 2026-11-22}",
            11,
            "later than the set",
        ),
        ("checked: 2025-10-01\nstatus", "status", 10, "later than the set"),
        ("anchor: expiry", "anchor: expire", 12, "unknown anchor 'expire'"),
        ("anchor: expiry", "anchor: fixed", 12, "needs on: 07-31"),
        ("months: 24}", "months: 24, on: 02-30}", 12, "expected a month and day"),
        ("AMA_PRA_1, AOA_CAT1", "AMA_PRA_1, AOA_KAT1", 14, "unknown credit type 'AOA_KAT1'"),
        ("effective: 2022-01-01", "effective: 2022-02-31", 16, "not a day of the calendar"),
        ("at_least: 50\n", "at_least: fifty\n", 21, "expected a number"),
        ("at_least: 50\n", "at_leest: 50\n", 21, "no key 'at_leest'. Did you mean at_least?"),
        ("at_most: 30%", "at_most: 30% total", 23, "expected a share such as"),
        ("formats: [self-study], at", "formats: [self study], at", 23, "unknown format 'self study'"),
        ("to: 25}", "to: 25, by: 5}", 26, "states exactly one of to, by, prorated"),
        ("renewal = 1 and", "renewal == 1 and", 26, "in the condition"),
        (
            "licence-months <",
            "license-months <",
            26,
            "unknown fact 'license-months'. Did you mean licence-months?",
        ),
        (
            "references: [rule-1]\n      - id: opioid",
            "references: [rule-2]\n      - id: opioid",
            27,
            "unknown reference",
        ),
        ("        references: [rule-1]\n      - id: opioid", "      - id: opioid", 21, "needs references"),
        ("window: every 3 cycles", "window: every third cycle", 31, "is no window"),
        ("due: renewal 2", "due: soon", 32, "is no due date"),
        ("- id: opioid-hours", "- id: total", 35, "the id total is taken, on line 18"),
        (
            "topics: [opioid-prescribing]",
            "topics: [opiod-prescribing]",
            37,
            "unknown topic 'opiod-prescribing'",
        ),
        (
            "holds: dea-mate-attested",
            "holds: dea-mate",
            39,
            "unknown fact 'dea-mate'. Did you mean dea-mate-attested",
        ),
        (
            "specialty in [internal-medicine]",
            "specialty in [internist]",
            41,
            "specialty has no value 'internist'",
        ),
        ("20% of total", "20%", 42, "a share here says of what"),
        ("20% of total", "20% of geriatrics", 40, "waits for itself: geriatrics"),
        ("20% of total", "20% of totals", 40, "unknown requirement 'totals'. Did you mean total?"),
        ("- otherwise: true", "- {otherwise: true, when: holds-dea}", 47, "either when or otherwise"),
        ("satisfies: all", "satisfies: []", 52, "expected all, or a list of ids"),
        ("except: [geriatrics]", "except: [geriatric]", 1, "names geriatric, which is no requirement"),
    ],
)
def test_a_fault_names_its_line(old: str, new: str, line: int, message: str) -> None:
    assert old in SET
    with pytest.raises(TextFaults) as caught:
        read_set(SET.replace(old, new, 1), "us/us-xx-md.yaml")
    told = [str(fault) for fault in caught.value.faults]
    assert any(each.startswith(f"us/us-xx-md.yaml:{line}: ") and message in each for each in told), told


def test_versions_run_from_the_oldest_to_the_newest() -> None:
    older = SET.replace("2022-01-01", "2020-01-01").split("versions:\n")[1]
    with pytest.raises(TextFaults, match="from the oldest to the newest"):
        read_set(SET + older, "us/us-xx-md.yaml")


def test_requirements_that_wait_for_each_other_are_told_as_a_circle() -> None:
    text = SET.replace("at_least: 50\n", "at_least: 5% of geriatrics\n").replace(
        "10% of earned total", "10% of total"
    )
    with pytest.raises(TextFaults, match="waits for itself"):
        read_set(text, "us/us-xx-md.yaml")
