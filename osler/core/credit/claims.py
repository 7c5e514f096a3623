"""Minutes of participation in, claimable credit out, each with a one-line reason.

The provider designates a ceiling; each person claims what matches their participation, never more. A claim is
brought to the credit type's step downwards, whatever the type's own rounding, so that it stays within the
time that was really spent. Formats with fixed values are all-or-nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from osler.core.credit.amount import TICKS, amount_text, round_down, ticks_of
from osler.core.credit.formats import FORMATS, NEVER, Award, award_for
from osler.core.credit.refusal import Refusal
from osler.core.credit.types import CREDIT_TYPES, CreditType, round_credit

Minutes = int | Fraction


@dataclass(frozen=True, slots=True)
class Creditable:
    """An amount in ticks, above zero; ``rule`` is a stable slug, ``reason`` English for the person."""

    ticks: int
    rule: str
    reason: str


def designate(minutes: Minutes, code: str, format_code: str = "live") -> Creditable | Refusal:
    """The most credit a provider may designate for ``minutes`` of certified content (breaks left out).

    Formats with fixed values take no minutes: the answer is the value of one piece, or of all stages. The
    type's own rounding applies. An unknown code or format raises ``KeyError``, negative minutes
    ``ValueError``.
    """
    refused = _refuse_format(code, format_code)
    if refused is not None:
        return refused
    award = award_for(code, format_code)
    if award is not None and award.values:
        return Creditable(award.values[-1], "fixed-value", _fixed_text(award.values[-1], format_code))
    rate = _minutes_per_credit(code, format_code, award)
    kind = CREDIT_TYPES[code]
    ticks = round_credit(code, _ticks_for(minutes, rate))
    return _least_reached(ticks, kind, minutes, rate)


def claimable(
    minutes: Minutes,
    ceiling: int,
    code: str,
    format_code: str,
    *,
    completed: int = 1,
    has_passed: bool | None = None,
    has_taught: bool = False,
    is_repeat: bool = False,
) -> Creditable | Refusal:
    """The most credit one person may claim, in ticks.

    ``minutes``: participation as a learner, or time taught for the format ``teaching``. ``ceiling``: ticks
    the provider designated. ``completed``: pieces (articles, reviews, cycles) or stages done, where the value
    is fixed. ``has_passed``: the assessment, ``None`` where none was taken. ``has_taught``: this person
    taught this session. ``is_repeat``: a talk given before. An unknown code or format raises ``KeyError``,
    negative minutes, ceilings or counts ``ValueError``.
    """
    if ceiling < 0 or completed < 0:
        raise ValueError("a ceiling and a count of completed pieces are never negative")
    award = award_for(code, format_code)
    refused = _refuse_format(code, format_code) or _refuse_person(
        award, format_code, has_passed=has_passed, has_taught=has_taught, is_repeat=is_repeat
    )
    if refused is not None:
        return refused
    if award is not None and award.values:
        return _fixed_claim(award, ceiling, completed, format_code)
    return _timed_claim(minutes, ceiling, code, format_code, award)


def refuse_claim(claimed: int, most: Creditable, code: str, format_code: str) -> Refusal | None:
    """Why ``claimed`` (ticks) may not stand where ``most`` is claimable; ``None`` where it may (zero may)."""
    if claimed < 0 or claimed > most.ticks:
        return Refusal("above-claimable", f"At most {amount_text(most.ticks)} may be claimed. {most.reason}")
    award = award_for(code, format_code)
    if award is not None and award.values:
        if _is_whole_value(award, claimed):
            return None
        return Refusal("all-or-nothing", f"{FORMATS[format_code].name} is credited whole or not at all.")
    step = CREDIT_TYPES[code].step
    if step and claimed % step:
        return Refusal("off-step", f"Claims go in steps of {amount_text(step)}.")
    return None


def minutes_behind(ticks: int, code: str) -> Fraction | None:
    """The minutes an amount stands for, exactly; ``None`` where the credit is not earned by time.

    A COPE hour is 50 minutes, an IACET unit 600. An unknown code raises ``KeyError``.
    """
    rate = CREDIT_TYPES[code].minutes_per_unit
    return None if rate is None else Fraction(ticks * rate, TICKS)


def _refuse_format(code: str, format_code: str) -> Refusal | None:
    """Why the type gives nothing for the format."""
    kind, way = CREDIT_TYPES[code], FORMATS[format_code]
    if (code, format_code) in NEVER:
        return Refusal("format-not-credited", NEVER[code, format_code])
    if award_for(code, format_code) is not None:
        return None
    if format_code == "self-study" and kind.is_accredited:
        return Refusal(
            "format-not-credited", f"{kind.name} comes from an accredited activity, not self-study."
        )
    if not way.is_timed or kind.minutes_per_unit is None:
        return Refusal("no-rule", f"No rule was found for {way.name.lower()} in {kind.name}.")
    return None


def _refuse_person(
    award: Award | None, format_code: str, *, has_passed: bool | None, has_taught: bool, is_repeat: bool
) -> Refusal | None:
    """Why this person gets nothing, though the activity gives credit."""
    if has_taught and format_code != "teaching":
        return Refusal("taught-it", "Who teaches a session claims it as teaching, not as a learner.")
    if is_repeat and format_code == "teaching":
        return Refusal("repeated-talk", "A talk is credited once; giving it again earns no further credit.")
    if has_passed is False or (award is not None and award.needs_assessment and not has_passed):
        return Refusal("not-passed", "The assessment has not been passed at the announced level.")
    return None


def _minutes_per_credit(code: str, format_code: str, award: Award | None) -> int:
    rate = award.minutes_per_credit if award is not None else CREDIT_TYPES[code].minutes_per_unit
    assert rate is not None, "_refuse_format turns away what is not earned by time"
    return rate


def _ticks_for(minutes: Minutes, rate: int) -> int:
    if minutes < 0:
        raise ValueError("minutes are never negative")
    return int(Fraction(minutes) * TICKS / rate)


def _timed_claim(
    minutes: Minutes, ceiling: int, code: str, format_code: str, award: Award | None
) -> Creditable | Refusal:
    kind, rate = CREDIT_TYPES[code], _minutes_per_credit(code, format_code, award)
    earned = round_down(_ticks_for(minutes, rate), kind.step)
    top = round_down(ceiling, kind.step)
    if earned > top > 0:
        return Creditable(top, "ceiling", f"The activity is designated for at most {amount_text(top)}.")
    if not top:
        return Refusal("no-ceiling", f"The activity is designated for no {kind.name}.")
    return _least_reached(earned, kind, minutes, rate)


def _least_reached(ticks: int, kind: CreditType, minutes: Minutes, rate: int) -> Creditable | Refusal:
    spent = f"{amount_text(ticks_of(minutes))} minutes at {rate} to one"
    if ticks <= 0 or ticks < kind.least:
        return Refusal("too-short", f"{spent} stay below the smallest award of {kind.name}.")
    step = f", in steps of {amount_text(kind.step)}" if kind.step else ""
    return Creditable(ticks, "participation", f"{spent}{step}: {amount_text(ticks)}.")


def _fixed_text(ticks: int, format_code: str) -> str:
    return f"{FORMATS[format_code].name} has the fixed value {amount_text(ticks)}."


def _is_whole_value(award: Award, claimed: int) -> bool:
    if award.counting == "each":
        return claimed % award.values[0] == 0
    return claimed == 0 or claimed in award.values


def _fixed_claim(award: Award, ceiling: int, completed: int, format_code: str) -> Creditable | Refusal:
    """The largest fixed value that the completed pieces earn and the ceiling admits."""
    name = FORMATS[format_code].name
    if not completed:
        return Refusal("not-completed", f"{name} is credited only when completed.")
    ticks = _fixed_value(award, ceiling, completed)
    if not ticks:
        return Refusal("no-ceiling", f"{name} is credited whole or not at all, and the ceiling is below it.")
    if award.counting == "stages":
        return Creditable(ticks, "fixed-value", f"Completed stages, in order: {amount_text(ticks)}.")
    return Creditable(ticks, "fixed-value", f"Fixed value of {name.lower()}: {amount_text(ticks)}.")


def _fixed_value(award: Award, ceiling: int, completed: int) -> int:
    if award.counting == "each":
        return award.values[0] * min(completed, ceiling // award.values[0])
    return max((value for value in award.values[:completed] if value <= ceiling), default=0)
