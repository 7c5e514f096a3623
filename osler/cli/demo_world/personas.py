"""Everybody of the demo world, in the order in which the accounts are printed."""

from __future__ import annotations

from datetime import date

from osler.cli.demo_world.assistant import assistant
from osler.cli.demo_world.persona import Activity, Held, Persona, ago, earned, next_day, share
from osler.cli.demo_world.ruth import ruth
from osler.core.time import add_months


def personas(at: date) -> tuple[Persona, ...]:
    """All personas, dated from ``at``."""
    return (ruth(at), daniel(at), maria(at), claire(at), liam(at), assistant(), newcomer())


def daniel(at: date) -> Persona:
    """A physician assistant whose weighted credits carry him over the line in Category 1, not yet in
    total.
    """
    until = next_day(at, 12, 31, least=150)
    return Persona(
        email="daniel.okafor@demo.example",
        who="physician assistant: the NCCPA's weights at work",
        given_name="Daniel",
        family_name="Okafor",
        profession="physician-assistant",
        degree="PA",
        born=date(1988, 3, 9),
        specialties=("emergency-medicine",),
        time_zone="America/Chicago",
        credentials=(Held("nccpa-pac", "1 104 882", date(until.year - 8, 5, 1), until),),
        facts={"panre-passed": date(until.year - 8, 3, 14)},
        activities=(
            Activity(
                "Emergency ultrasound, self-assessment",
                "Academy of Emergency Learning",
                ago(at, 5),
                "enduring",
                earned(AAPA_CAT1_SA=10),
                tags=("self-assessment",),
            ),
            Activity(
                "Sepsis bundle: measuring and improving our own",
                "Lakeside Medical Center",
                ago(at, 6),
                "pi",
                earned(AAPA_CAT1_PI=15),
            ),
            Activity(
                "Annual conference of emergency PAs",
                "Academy of Emergency Learning",
                ago(at, 4),
                "live",
                earned(AAPA_CAT1=14.5),
            ),
            Activity(
                "Toxicology review",
                "Great Lakes Poison Center",
                ago(at, 2.5),
                "journal",
                earned(AMA_PRA_1=1),
            ),
            Activity(
                "Reading, emergency medicine journals", "", ago(at, 1), "self-study", earned(AAPA_CAT2=12)
            ),
        ),
    )


def maria(at: date) -> Persona:
    """An osteopathic physician in Florida."""
    until = next_day(at, 3, 31, least=0)
    if until.year % 2:
        until = date(until.year + 1, 3, 31)
    return Persona(
        email="maria.delgado@demo.example",
        who="osteopathic physician in Florida: formats decide what counts",
        given_name="Maria",
        family_name="Delgado",
        profession="physician",
        degree="DO",
        born=date(1975, 11, 2),
        specialties=("family-medicine",),
        time_zone="America/New_York",
        facts={"holds-dea": True, "direct-patient-care": True},
        credentials=(Held("us-fl-do", "OS 12 077", date(2004, 6, 14), until),),
        activities=(
            Activity(
                "Osteopathic convention, winter session",
                "Gulf Coast Osteopathic Society",
                ago(at, 4),
                "live",
                earned(AOA_1A=14),
            ),
            Activity(
                "Florida laws, rules and ethics",
                "Gulf Coast Osteopathic Society",
                ago(at, 3),
                "live",
                earned(AOA_1A=1),
                share("jurisprudence", 1),
            ),
            Activity(
                "Preventing medical errors (recorded)",
                "Palmetto Health Learning",
                ago(at, 2),
                "enduring",
                earned(AOA_1B=2),
                share("medical-errors", 2),
            ),
            Activity(
                "Domestic violence: asking and acting",
                "Palmetto Health Learning",
                ago(at, 20),
                "live",
                earned(AOA_1A=2),
                share("domestic-violence", 2),
            ),
            Activity(
                "Human trafficking",
                "Palmetto Health Learning",
                ago(at, 34),
                "enduring",
                earned(AOA_1B=1),
                share("human-trafficking", 1),
            ),
            Activity(
                "Safe prescribing of controlled substances",
                "Gulf Coast Osteopathic Society",
                ago(at, 1.5),
                "live",
                earned(AOA_1A=2),
                share("controlled-substances", 2),
            ),
        ),
    )


def claire(at: date) -> Persona:
    """A fellow of the Royal College in the third year of her cycle."""
    joined = date(at.year - 3, 7, 1)
    activities = []
    for back in (2, 1):
        year = at.year - back
        activities += [
            Activity(
                "Annual meeting of the respiratory society",
                "Prairie Thoracic Society",
                date(year, 4, 17),
                "live",
                earned(RCPSC_MOC_S1=16),
            ),
            Activity(
                "Project: biologics in severe asthma",
                "",
                date(year, 9, 12),
                "self-study",
                earned(RCPSC_MOC_S2=24),
            ),
            Activity(
                "Chart audit of inhaler technique",
                "Northern Plains Hospital",
                date(year, 11, 20),
                "pi",
                earned(RCPSC_MOC_S3=9),
                tags=("feedback-received",),
            ),
        ]
    recent = max(date(at.year, 1, 1), add_months(at, -1))
    activities.append(
        Activity(
            "Thoracic imaging rounds", "Northern Plains Hospital", recent, "live", earned(RCPSC_MOC_S1=6)
        )
    )
    return Persona(
        email="claire.tremblay@demo.example",
        who="Canadian fellow: five calendar years, each with its floor",
        given_name="Claire",
        family_name="Tremblay",
        profession="physician",
        degree="MD",
        born=date(1984, 2, 24),
        specialties=("pulmonary-disease",),
        time_zone="America/Winnipeg",
        credentials=(Held("ca-rcpsc", "604 118", joined, None),),
        activities=tuple(activities),
    )


def liam(at: date) -> Persona:
    """An Australian general practitioner with a year to sort into three kinds of hours."""
    day = max(date(at.year, 1, 1), add_months(at, -1))
    earlier = date(at.year - 1, 8, 14)
    return Persona(
        email="liam.nguyen@demo.example",
        who="Australian general practitioner: three kinds of hours in one calendar year",
        given_name="Liam",
        family_name="Nguyen",
        profession="physician",
        degree="MBBS",
        born=date(1990, 9, 30),
        specialties=("family-medicine",),
        time_zone="Australia/Melbourne",
        facts={"belongs-to-cpd-home": True, "development-plan-written": date(at.year, 1, 1)},
        credentials=(Held("au-mba", "MED 000 188 2045", date(2016, 1, 18), date(at.year, 12, 31)),),
        activities=(
            Activity("Skin cancer dermoscopy course", "Yarra Skin Institute", day, "live", earned(AU_EA=9)),
            Activity("Peer review of consultations", "Merri Creek Practice", day, "other", earned(AU_RP=4)),
            Activity("Audit of antibiotic prescribing", "Merri Creek Practice", day, "pi", earned(AU_MO=6.5)),
            Activity(
                "Update for general practitioners", "Yarra Skin Institute", earlier, "live", earned(AU_EA=12)
            ),
        ),
    )


def newcomer() -> Persona:
    """Somebody who signed up a minute ago."""
    return Persona(
        email="sam.novak@demo.example",
        who="a newcomer with nothing yet",
        given_name="Sam",
        family_name="Novak",
    )
