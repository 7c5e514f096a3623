"""Where and for whom somebody works, in words, and the topics that go with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from osler.apps.needs.models import PracticeProfile

if TYPE_CHECKING:
    from osler.apps.people.models import Person

Words = Mapping[str, str | Promise]

SETTINGS: Words = {
    "office": _("Office or clinic"),
    "hospital-ward": _("Hospital ward"),
    "emergency-department": _("Emergency department"),
    "intensive-care": _("Intensive care"),
    "operating-room": _("Operating room"),
    "long-term-care": _("Nursing home or long-term care"),
    "home-visits": _("Home visits"),
    "telehealth": _("Telehealth"),
    "public-health": _("Public health"),
    "laboratory-imaging": _("Laboratory or imaging"),
    "teaching": _("Teaching"),
    "leadership": _("Leadership and administration"),
}
"""Where somebody works."""

PATIENT_GROUPS: Words = {
    "newborns": _("Newborns"),
    "children": _("Children"),
    "adolescents": _("Adolescents"),
    "adults": _("Adults"),
    "older-adults": _("Older adults"),
    "pregnant": _("Pregnant patients"),
    "dying": _("Patients near the end of life"),
    "veterans": _("Veterans"),
    "substance-use": _("Patients with substance use disorder"),
    "mental-illness": _("Patients with mental illness"),
    "chronic-pain": _("Patients with chronic pain"),
    "lgbtq": _("LGBTQ patients"),
    "underserved": _("Patients without means"),
}
"""For whom somebody works."""

_OF_SETTINGS: Mapping[str, tuple[str, ...]] = {
    "office": ("preventive-screening", "vaccination"),
    "hospital-ward": ("infection-control", "antibiotic-stewardship", "venous-thromboembolism"),
    "emergency-department": ("resuscitation", "sepsis", "chest-pain"),
    "intensive-care": ("sepsis", "mechanical-ventilation", "prognosis-and-goals-of-care"),
    "operating-room": ("perioperative-medicine", "patient-safety", "surgical-infection"),
    "long-term-care": ("falls", "polypharmacy", "dementia", "dependent-adult-abuse"),
    "home-visits": ("frailty", "goals-of-care-conversations"),
    "telehealth": ("ehr-proficiency", "risk-management"),
    "public-health": ("public-health-priorities", "outbreak-investigation", "vaccination"),
    "laboratory-imaging": ("laboratory-quality", "contrast-safety"),
    "teaching": ("teaching-methods",),
    "leadership": ("practice-management", "patient-safety", "wellness"),
}
_OF_GROUPS: Mapping[str, tuple[str, ...]] = {
    "newborns": ("newborn-care",),
    "children": ("child-abuse-recognition", "vaccination", "childhood-fever"),
    "adolescents": ("adolescent-health", "suicide-prevention"),
    "adults": ("preventive-screening", "hypertension"),
    "older-adults": ("geriatrics", "dementia", "polypharmacy", "falls"),
    "pregnant": ("maternal-health", "hypertension-in-pregnancy"),
    "dying": ("end-of-life", "palliative-care", "goals-of-care-conversations"),
    "veterans": ("veterans-mental-health",),
    "substance-use": ("substance-use-disorder", "opioid-use-disorder"),
    "mental-illness": ("behavioral-health", "suicide-prevention"),
    "chronic-pain": ("pain-management", "opioid-prescribing", "chronic-pain"),
    "lgbtq": ("lgbtq-cultural-competency",),
    "underserved": ("health-equity", "cultural-competency"),
}


def practice_of(person: Person) -> PracticeProfile | None:
    """What the person said of their practice, if anything."""
    return PracticeProfile.objects.filter(person=person).first()


def topics_of_practice(profile: PracticeProfile) -> list[tuple[str, str | Promise]]:
    """Slugs of topics that go with a practice, each with the setting or group it goes with."""
    return [
        (topic, names[slug])
        for chosen, names, table in (
            (profile.settings, SETTINGS, _OF_SETTINGS),
            (profile.patient_groups, PATIENT_GROUPS, _OF_GROUPS),
        )
        for slug in chosen
        for topic in table.get(slug, ())
    ]
