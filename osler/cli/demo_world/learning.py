"""What Ruth Mehta wants to learn and what it changed: practice, ratings over time, goals, reflections."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from osler.core.credit.refusal import Refusal

if TYPE_CHECKING:
    from osler.apps.needs.models import Goal
    from osler.apps.people.models import Person

Done = TypeVar("Done")

WHO = "ruth.mehta@demo.example"
FIRST = {
    "heart-failure": (5, 2),
    "type-2-diabetes": (5, 3),
    "pain-management": (4, 2),
    "hypertension": (5, 5),
    "goals-of-care-conversations": (4, 2),
    "anticoagulation": (4, 4),
}
"""Nine months ago: relevance and confidence."""
LATER = {
    "heart-failure": (5, 4),
    "type-2-diabetes": (5, 3),
    "pain-management": (5, 2),
    "goals-of-care-conversations": (4, 3),
    "obstructive-lung-disease": (4, 2),
    "chronic-kidney-disease": (4, 3),
    "hiv-aids": (2, 2),
    "telehealth-examination": (3, 2),
    "thyroid-disease": (3, 4),
    "geriatrics": (4, 4),
    "palliative-care": (4, 3),
    "diabetes-technology": (4, 2),
}
"""Five months ago; what was rated before and is missing here is due for another look."""
OWN = "Physical examination by video"


def learn(person: Person, at: datetime) -> None:
    """Fills Needs and Apply for the one persona who shows them; does nothing for the others."""
    if person.email != WHO:
        return
    _assess(person, at)
    _plan(person, at)
    _reflect(person, at)


def _assess(person: Person, at: datetime) -> None:
    from osler.apps.needs import actions
    from osler.core.needs.ranking import Ratings

    practice = actions.PracticeDraft(
        settings=("hospital-ward", "office", "telehealth"),
        patient_groups=("adults", "chronic-pain", "older-adults"),
        often_seen=("heart-failure", "hypertension", "obstructive-lung-disease", "type-2-diabetes"),
        patient_hours=28,
    )
    _sound(actions.describe_practice(person=person, draft=practice, by=person, at=at))
    for days, ratings in ((270, FIRST), (150, LATER)):
        then = at - timedelta(days=days)
        own = _sound(actions.add_topic(person=person, name=OWN, by=person, at=then))
        rated = {
            own.slug if slug == "telehealth-examination" else slug: Ratings(*pair)
            for slug, pair in ratings.items()
        }
        _sound(actions.rate_topics(person=person, ratings=rated, by=person, at=then))


def _plan(person: Person, at: datetime) -> None:
    from osler.apps.needs import actions

    def goal(title: str, days: int, topic: str, *states: str, **words: str) -> Goal:
        day = at.date() + timedelta(days=days)
        made = actions.set_goal(
            person=person,
            draft=actions.GoalDraft(title=title, due_on=day, topic=topic, **words),
            by=person,
            at=at,
        )
        for state in states:
            made = _sound(made)
            made = actions.move_goal(goal=made, to=state, by=person, at=at, today=at.date())
        return _sound(made)

    heart = goal(
        "Start and titrate four-drug therapy in heart failure myself",
        70,
        "heart-failure",
        "in-progress",
        why="Half of my patients leave the ward on two drugs and see the cardiologist weeks later.",
        steps="One course, then the ward's titration scheme with the pharmacist.",
        measure="Eight of my next ten patients are on all four drugs at the second visit.",
    )
    _link(heart, "Heart failure", person, at)
    goal(
        "Taper opioids with a written plan",
        45,
        "pain-management",
        why="California asks for four hours more, and I want to use them for something I do.",
        steps="A course with cases, then three patients.",
        measure="Three tapering plans in the record.",
    )
    goal("Read one chest ultrasound a week with a colleague", -12, "", "in-progress")
    reached = goal(
        "Talk about goals of care before the third admission",
        -40,
        "goals-of-care-conversations",
        "in-progress",
        "reached",
    )
    _link(reached, "Palliative care", person, at)
    goal("Learn insulin pump settings", 120, "diabetes", "dropped")


def _link(goal: Goal, title: str, person: Person, at: datetime) -> None:
    from osler.apps.credit.queries import transcript_rows
    from osler.apps.needs import actions

    record = transcript_rows(person, search=title).first()
    if record is not None:
        _sound(actions.link_evidence(goal=goal, record=record.key, by=person, at=at))


def _reflect(person: Person, at: datetime) -> None:
    from osler.apps.credit.queries import transcript_rows
    from osler.apps.outcomes import actions

    written = (
        (
            "Palliative care update",
            97,
            "I offered morphine for breathlessness far too late: I waited for the oxygen to fail first.",
            "Ask every patient with advanced lung disease about breathlessness, and treat it at that visit.",
            90,
        ),
        (
            "Diabetes technology workshop",
            50,
            "Time in range says more to patients than HbA1c, and I could not read the report.",
            "Open the sensor report together with the patient at each visit.",
            60,
        ),
        (
            "HIV prevention for the generalist",
            100,
            "I asked about risk only when I thought I saw it, which is the wrong way round.",
            "Ask everybody once, as part of the first history.",
            30,
        ),
    )
    for title, days, learned, change, look in written:
        record = transcript_rows(person, search=title).first()
        if record is None:
            continue
        then = at - timedelta(days=days)
        reflection = _sound(
            actions.write_reflection(
                person=person,
                record=record.key,
                draft=actions.ReflectionDraft(learned, change, look),
                by=person,
                at=then,
                today=then.date(),
            )
        )
        if look == 30:
            later = then + timedelta(days=33)
            _sound(
                actions.look_again(
                    commitment=reflection.commitment,
                    result="held",
                    note="It takes two minutes once the question stands in the template.",
                    by=person,
                    at=later,
                    today=later.date(),
                )
            )


def _sound(result: Done | Refusal) -> Done:
    if isinstance(result, Refusal):
        raise RuntimeError(result.sentence)
    return result
