"""The evaluator: a portfolio and the rules in, an answer that explains itself out.

Same input, same answer: the day of the question comes in, and neither the order of records nor that of
unrelated facts matters. One credential is answered requirement by requirement, each after those whose
numbers it needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter

from osler.core.rules.answer import Assessment, CredentialAnswer, Question, RequirementAnswer, Status, worst
from osler.core.rules.context import Context
from osler.core.rules.index import RecordIndex
from osler.core.rules.judge import judge
from osler.core.rules.plan import plan_of
from osler.core.rules.record import Clinician, Credential, FactValue, Portfolio
from osler.core.rules.requirement import RequirementSet
from osler.core.rules.schedule import Missing, Schedule, schedule
from osler.core.time import whole_months

STATED_AS = {
    "age": "birth-date",
    "renewal": "issued",
    "licence-months": "issued",
    "cycle-start": "expires",
    "cycle-end": "expires",
}
"""What to ask where a name that is worked out is not known: nobody can be asked for an ordinal."""


def assess(portfolio: Portfolio, sets: Mapping[str, RequirementSet], as_of: date) -> Assessment:
    """Where every credential of a portfolio stands at the close of ``as_of``.

    A credential whose set is not in ``sets`` raises ``KeyError``: readers refuse such a portfolio first.
    """
    clinician = portfolio.clinician
    index = RecordIndex(portfolio.credits, clinician.specialties or ())
    answers = tuple(
        assess_credential(sets[held.requirement_set], held, clinician, index, as_of)
        for held in portfolio.credentials
    )
    return Assessment(as_of, answers, _gathered(answers))


def assess_credential(
    rules: RequirementSet, held: Credential, clinician: Clinician, index: RecordIndex, as_of: date
) -> CredentialAnswer:
    """Where one credential stands at the close of ``as_of``."""
    cycle = schedule(rules.cycle, held, clinician, as_of)
    version = rules.version_for(as_of if isinstance(cycle, Missing) else cycle.last_day)
    if version is None:
        since = rules.versions[0].effective
        return CredentialAnswer(
            rules.id,
            held.number,
            Status.UNKNOWN,
            None if isinstance(cycle, Missing) else cycle.period,
            None,
            because=f"the rules on file hold for cycles that end on or after {since}",
        )
    plan = plan_of(version)
    context = Context(
        as_of=as_of,
        schedule=cycle,
        issued=held.issued,
        index=index,
        facts=_facts(clinician, held, cycle, as_of),
        timings=plan.timings,
    )
    found = context.answers
    for each in plan.in_order:
        found[each.id] = judge(each, context)
    answers = tuple([found[requirement.id] for requirement in version.requirements])
    return CredentialAnswer(
        rules.id,
        held.number,
        worst([answer.status for answer in answers]),
        None if isinstance(cycle, Missing) else cycle.period,
        version.effective,
        answers,
        _asked(answers),
    )


def _facts(
    clinician: Clinician, held: Credential, cycle: Schedule | Missing, as_of: date
) -> dict[str, FactValue]:
    """What conditions may ask: stated facts, the credential's own first, and what is worked out from the
    rest.
    """
    facts: dict[str, FactValue] = {**clinician.facts, **held.facts, "as-of": as_of}
    if clinician.profession is not None:
        facts["profession"] = clinician.profession
    if clinician.degree is not None:
        facts["degree"] = clinician.degree
    if clinician.specialties is not None:
        facts["specialty"] = clinician.specialties
    if clinician.birth_date is not None:
        facts["birth-date"] = clinician.birth_date
        facts["age"] = Decimal(whole_months(clinician.birth_date, as_of) // 12)
    if held.issued is not None:
        facts["issued"] = held.issued
    if not isinstance(cycle, Missing):
        facts["cycle-start"], facts["cycle-end"] = cycle.period.start, cycle.last_day
        facts["expires"] = cycle.last_day
        if held.issued is not None:
            facts["renewal"] = Decimal(cycle.ordinal() or 1)
            facts["licence-months"] = Decimal(whole_months(held.issued, cycle.period.end))
    return facts


def _asked(answers: tuple[RequirementAnswer, ...]) -> tuple[Question, ...]:
    """One question per fact, with everything that waits for it; a needed one outranks an optional one."""
    asked = [question for answer in answers for question in answer.questions]
    return _merged(
        [(STATED_AS.get(each.fact, each.fact), each.needed_by, each.is_optional) for each in asked]
    )


def _gathered(answers: tuple[CredentialAnswer, ...]) -> tuple[Question, ...]:
    """The questions of all credentials as one list, each naming ``set/requirement``; needed ones first."""
    asked = _merged(
        [
            (each.fact, [f"{answer.requirement_set}/{part}" for part in each.needed_by], each.is_optional)
            for answer in answers
            for each in answer.questions
        ]
    )
    return tuple(sorted(asked, key=attrgetter("is_optional")))


def _merged(asked: Iterable[tuple[str, Sequence[str], bool]]) -> tuple[Question, ...]:
    """One question for each fact out of what several ask: the fact, who needs it, whether it is optional."""
    needed: dict[str, dict[str, None]] = {}
    required: set[str] = set()
    for fact, by, is_optional in asked:
        needed.setdefault(fact, {}).update(dict.fromkeys(by))
        if not is_optional:
            required.add(fact)
    return tuple([Question(fact, tuple(by), fact not in required) for fact, by in needed.items()])
