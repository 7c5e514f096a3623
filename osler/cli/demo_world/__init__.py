"""The demo world: a few clinicians whose papers are as untidy as real ones, dated from the day it is loaded.

Loading again on the same or a later day changes nothing for a persona that is there: what somebody tried
out stays. Everything goes through the contexts' own actions, so the demo shows what people would get.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, TypeVar

from osler.cli.demo_world.assistant import EMAIL as ASSISTANT
from osler.cli.demo_world.assistant import let_her_act
from osler.cli.demo_world.certificates import bring_certificates
from osler.cli.demo_world.learning import learn
from osler.cli.demo_world.past_cycle import keep_a_past_cycle
from osler.cli.demo_world.persona import PASSWORD, Persona
from osler.cli.demo_world.sharing import share
from osler.cli.demo_world.sources import bring_sources
from osler.cli.demo_world.told import begin_week, tell
from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.people.models import HeldCredential, Person


Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody to sign in as."""

    email: str
    password: str
    who: str


class DemoRefused(RuntimeError):
    """A persona does something the house refuses: the demo data are wrong."""


def load(*, at: date) -> list[DemoAccount]:
    """Makes the personas that are not there yet, as of the day ``at``, and returns one account for each."""
    from django.db import transaction

    from osler.apps.people.queries import person_by_email
    from osler.cli.demo_world.personas import personas

    moment = datetime.combine(at, time(9), UTC)
    accounts = []
    for persona in personas(at):
        if person_by_email(persona.email) is None:
            with transaction.atomic():
                _settle(persona, moment)
                keep_a_past_cycle(persona.email, at=moment)
                bring_certificates(persona.email, at=moment)
                bring_sources(persona.email, at=moment)
                if persona.email == ASSISTANT:
                    let_her_act(person_email="ruth.mehta@demo.example", at=moment)
        accounts.append(DemoAccount(persona.email, PASSWORD, persona.who))
    return accounts


def _settle(persona: Persona, at: datetime) -> None:
    from osler.apps.people import actions as people

    person = _done(
        people.open_account(
            email=persona.email,
            password=PASSWORD,
            given_name=persona.given_name,
            family_name=persona.family_name,
            by=None,
            at=at,
        )
    )
    _confirm_address(person)
    if not persona.profession:
        return
    person = _done(
        people.change_profile(
            person=person,
            given_name=persona.given_name,
            family_name=persona.family_name,
            profession=persona.profession,
            degree=persona.degree,
            birth_on=persona.born,
            specialties=persona.specialties,
            time_zone=persona.time_zone,
            by=person,
            at=at,
        )
    )
    _hold(person, persona, at)
    begin_week(person, at)
    _record(person, persona, at)
    tell(person, at)
    learn(person, at)
    share(person, at)


def _hold(person: Person, persona: Persona, at: datetime) -> None:
    from osler.apps.people import actions as people

    for one in persona.credentials:
        held: HeldCredential = _done(
            people.add_credential(
                person=person,
                requirement_set=one.requirement_set,
                number=one.number,
                issued_on=one.issued,
                expires_on=one.expires,
                by=person,
                at=at,
            )
        )
        for name, value in one.facts.items():
            _done(people.state_fact(person=person, name=name, value=value, credential=held, by=person, at=at))
    for name, value in persona.facts.items():
        _done(people.state_fact(person=person, name=name, value=value, by=person, at=at))


def _record(person: Person, persona: Persona, at: datetime) -> None:
    from osler.apps.credit.actions import RecordDraft, add_records
    from osler.apps.requirements.actions import refresh_standings

    drafts = [
        RecordDraft(
            title=one.title,
            provider=one.provider,
            completed_on=one.completed,
            format=one.format,
            amounts=one.credits,
            topics=one.topics,
            tags=one.tags,
            note=one.note,
        )
        for one in persona.activities
    ]
    _done(add_records(person=person, drafts=drafts, by=person, at=at))
    refresh_standings(person_id=person.pk, at=at)


def _confirm_address(person: Person) -> None:
    """The demo sends no mail, so its addresses count as confirmed."""
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


def _done(result: Done | Refusal) -> Done:
    if isinstance(result, Refusal):
        raise DemoRefused(result.sentence)
    return result
