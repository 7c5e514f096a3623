"""Dr. Ruth Mehta: an internist in California with four licences and certificates and a DEA registration."""

from __future__ import annotations

from datetime import date, timedelta

from osler.cli.demo_world.persona import Activity, Held, Persona, ago, earned, month_end, next_day, share
from osler.core.time import add_months

UNIVERSITY = "Sierra Valley University Hospital"
SOCIETY = "Pacific Society of Internal Medicine"
COUNTY = "Marin Coast Medical Association"
ONLINE = "Open Clinic Learning"


def ruth(at: date) -> Persona:
    """California is short in hours and on pain, Florida lacks one course, one question decides the DEA's
    training.
    """
    california = month_end(at, 5)
    issued = add_months(california, -46)
    florida = next_day(at, 1, 31, least=200)
    # A first Florida renewal asks only its special courses; general hours come with the second.
    licensed_in_florida = max(ago(at, 8), add_months(florida, -24) + timedelta(days=20))
    certified_until = date(at.year + 2, 12, 31)
    return Persona(
        email="ruth.mehta@demo.example",
        who="physician, internal medicine: five credentials, two of them short",
        given_name="Ruth",
        family_name="Mehta",
        profession="physician",
        degree="MD",
        born=date(1980, california.month, 17),
        specialties=("internal-medicine",),
        time_zone="America/Los_Angeles",
        facts={
            "holds-dea": True,
            "direct-patient-care": True,
            "works-in-pain-clinic": False,
            "abim-assessment-current": True,
        },
        credentials=(
            Held("us-ca-md", "A 118 204", issued, california),
            Held("us-tx-mddo", "P 4471", add_months(month_end(at, 7), -168), month_end(at, 7)),
            Held("us-fl-md", "ME 90 311", licensed_in_florida, florida),
            Held("abim-moc", "", date(2011, 8, 22), certified_until),
            Held("dea-mate", "", None, month_end(at, 14)),
        ),
        activities=(*_in_california(at), *_elsewhere(at, issued)),
    )


def _in_california(at: date) -> tuple[Activity, ...]:
    """32.25 hours inside the California and the Texas cycle, 8 of them on pain and the care of the dying."""
    pain = Activity(
        "Chronic pain in primary care",
        UNIVERSITY,
        ago(at, 13),
        "live",
        earned(AMA_PRA_1=6),
        share("pain-management", 6),
    )
    return (
        Activity(
            "Hospital medicine grand rounds, autumn series",
            UNIVERSITY,
            ago(at, 15.6),
            "live",
            earned(AMA_PRA_1=6),
        ),
        pain,
        # Typed in from the paper certificate, though the hospital had reported it: counted once.
        pain,
        Activity(
            "Heart failure: what changed this year",
            ONLINE,
            ago(at, 10.5),
            "enduring",
            earned(AMA_PRA_1=2, ABIM_MOC_POINT=2),
            tags=("post-test",),
        ),
        Activity(
            "Professional boundaries and the electronic record",
            COUNTY,
            ago(at, 8.5),
            "live",
            earned(AMA_PRA_1=2.25),
            share("medical-ethics", 2),
        ),
        Activity(
            "Controlled substances: prescribing under the current rules",
            ONLINE,
            ago(at, 4.5),
            "enduring",
            earned(AMA_PRA_1=2),
            share("controlled-substances", 2),
            ("post-test",),
        ),
        Activity(
            "HIV prevention for the generalist",
            COUNTY,
            ago(at, 4.1),
            "live",
            earned(AMA_PRA_1=1),
            share("hiv-aids", 1),
        ),
        Activity(
            "Recognising human trafficking in the clinic",
            ONLINE,
            ago(at, 3.8),
            "enduring",
            earned(AMA_PRA_1=1),
            share("human-trafficking", 1),
        ),
        Activity(
            "Palliative care update",
            SOCIETY,
            ago(at, 3.4),
            "live",
            earned(AMA_PRA_1=9, ABIM_MOC_POINT=9),
            share("end-of-life", 2),
            note="Two of the nine hours were on the care of the dying; the rest on symptom control.",
        ),
        Activity(
            "Diabetes technology workshop",
            SOCIETY,
            ago(at, 2),
            "live",
            earned(AMA_PRA_1=3, ABIM_MOC_POINT=3),
        ),
    )


def _elsewhere(at: date, issued: date) -> tuple[Activity, ...]:
    """What counts for one credential and not for another."""
    lectures = tuple(
        Activity(
            "Department lectures",
            UNIVERSITY,
            ago(at, months),
            "live",
            earned(INFORMAL=4),
            note="Without formal credit.",
        )
        for months in (15, 11, 7, 2.5)
    )
    return (
        *lectures,
        Activity(
            "Opioid safety webinar",
            ONLINE,
            add_months(issued, -4),
            "live",
            earned(AMA_PRA_1=1.5),
            share("pain-management", 1.5),
        ),
        Activity(
            "Update in hospital medicine",
            SOCIETY,
            ago(at, 21),
            "live",
            earned(AMA_PRA_1=14, ABIM_MOC_POINT=14),
        ),
        Activity(
            "Longitudinal Knowledge Assessment, first year",
            "American Board of Internal Medicine",
            ago(at, 22),
            "other",
            earned(ABIM_MOC_POINT=22),
        ),
        Activity(
            "Longitudinal Knowledge Assessment, second year",
            "American Board of Internal Medicine",
            ago(at, 10),
            "other",
            earned(ABIM_MOC_POINT=21),
        ),
        Activity(
            "Domestic violence: how to ask",
            ONLINE,
            ago(at, 3),
            "enduring",
            earned(AMA_PRA_2=2),
            share("domestic-violence", 2),
        ),
        Activity(
            "Treating opioid use disorder in the office",
            COUNTY,
            ago(at, 30),
            "live",
            earned(AMA_PRA_1=4),
            share("substance-use-disorder", 4),
        ),
    )
