"""The live answer: everything a person brings, put to the rules of everything they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from osler.apps.credit.queries import records_for_portfolio
from osler.apps.people.queries import clinician_and_credentials, credentials_held
from osler.apps.requirements.queries.questions import asked_fact
from osler.core.rules.answer import Assessment, CredentialAnswer, Question
from osler.core.rules.evaluate import assess
from osler.core.rules.record import Portfolio
from osler.core.rules.requirement import RequirementSet
from osler.requirement_sets.loader import load_sets
from osler.requirement_sets.portfolio_writer import write_portfolio
from osler.requirement_sets.vocabulary import AskedFact

if TYPE_CHECKING:
    from osler.apps.people.models import HeldCredential, Person


@dataclass(frozen=True, slots=True)
class CredentialStanding:
    """One credential of the person, the rules that bind it, and the answer."""

    held: HeldCredential
    rules: RequirementSet
    answer: CredentialAnswer

    @property
    def name(self) -> str:
        """The holder's own name for it, else the set's."""
        return self.held.name or self.rules.name


@dataclass(frozen=True, slots=True)
class PersonQuestion:
    """A fact that would change an answer, with its question in words and the credentials that wait for it."""

    fact: AskedFact
    question: Question
    standings: tuple[CredentialStanding, ...]


@dataclass(frozen=True, slots=True)
class PersonAssessment:
    """Where a person stands on one day. ``standings`` are in the order in which the credentials were added.

    ``unbound`` are credentials whose requirement set Osler no longer carries; nothing is said of them.
    """

    as_of: date
    portfolio: Portfolio
    assessment: Assessment
    standings: tuple[CredentialStanding, ...]
    questions: tuple[PersonQuestion, ...]
    unbound: tuple[HeldCredential, ...] = ()

    def standing(self, key: str) -> CredentialStanding | None:
        """The standing of the credential with this public key."""
        return next((standing for standing in self.standings if standing.held.key == key), None)


def _bound(person: Person) -> tuple[list[HeldCredential], list[HeldCredential]]:
    sets = load_sets()
    held = list(credentials_held(person))
    return [one for one in held if one.requirement_set in sets], [
        one for one in held if one.requirement_set not in sets
    ]


def _portfolio(person: Person, held: list[HeldCredential]) -> Portfolio:
    clinician, credentials = clinician_and_credentials(person, held)
    return Portfolio(clinician, credentials, records_for_portfolio(person.pk))


def portfolio_of(person: Person) -> Portfolio:
    """All that is known of a person, as the rules take it. Five queries."""
    return _portfolio(person, _bound(person)[0])


def portfolio_file(person: Person, form: Literal["yaml", "json"] = "yaml") -> str:
    """The person's portfolio file, which ``osler assess`` reads and answers exactly as the pages do."""
    return write_portfolio(portfolio_of(person), form)


def assessment_of(person: Person, as_of: date) -> PersonAssessment:
    """Where the person stands at the close of ``as_of``, worked out now. Five queries."""
    held, unbound = _bound(person)
    portfolio = _portfolio(person, held)
    sets = load_sets()
    assessment = assess(portfolio, sets, as_of)
    standings = tuple(
        CredentialStanding(one, sets[one.requirement_set], answer)
        for one, answer in zip(held, assessment.credentials, strict=True)
    )
    return PersonAssessment(
        as_of=as_of,
        portfolio=portfolio,
        assessment=assessment,
        standings=standings,
        questions=questions_of(assessment, standings),
        unbound=tuple(unbound),
    )


def questions_of(
    assessment: Assessment, standings: tuple[CredentialStanding, ...]
) -> tuple[PersonQuestion, ...]:
    """The open questions of an assessment in words, each with the credentials that wait for it."""
    found = []
    for question in assessment.questions:
        fact = asked_fact(question.fact)
        waiting = tuple(
            one for one in standings if any(q.fact == question.fact for q in one.answer.questions)
        )
        if fact is not None:
            found.append(PersonQuestion(fact, question, waiting))
    return tuple(found)
