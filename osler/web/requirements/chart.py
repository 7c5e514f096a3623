"""Credit against an even pace, for the running cycle and for one that has ended."""

from collections.abc import Collection

from osler.core.rules.answer import RequirementAnswer
from osler.web.design.step_chart import Gain, StepChart
from osler.web.requirements.explanation import record_url
from osler.web.requirements.findings import Finding, exact


def charted(finding: Finding) -> RequirementAnswer | None:
    """The requirement whose credit the chart draws: the whole amount, else the largest one of the cycle."""
    if finding.whole is not None:
        return finding.whole
    cycle = finding.standing.answer.cycle
    fitting = [
        one
        for one in finding.standing.answer.requirements
        if one.required and not one.periods and not one.ways and one.window == cycle and not one.because
    ]
    return max(fitting, key=lambda one: one.required or 0, default=None)


def chart(finding: Finding, known: Collection[str] | None = None) -> StepChart | None:
    """Credit against an even pace; ``None`` where there is no cycle or no amount to draw.

    ``known`` are the records that still have a page; all of them where it is ``None``.
    """
    cycle, answer = finding.standing.answer.cycle, charted(finding)
    if cycle is None or answer is None or not answer.required or cycle.start > finding.today:
        return None
    gains = [
        Gain(
            one.record.completed,
            exact(one.ticks),
            one.record.title,
            url=record_url(one.record) if known is None or one.record.id in known else "",
            is_carried=bool(one.via),
        )
        for one in answer.counted_records
        if one.ticks
    ]
    return StepChart(
        gains=gains,
        required=exact(answer.required),
        start=cycle.start,
        due=cycle.last_day,
        today=finding.today,
        unit=answer.unit,
    )
