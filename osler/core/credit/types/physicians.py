"""Credit of American physicians and physician associates: AMA, AAFP, AOA, AAPA, NCCPA, state boards."""

from __future__ import annotations

from osler.core.credit.types.credit_type import QUARTER, CreditType, Source

PHYSICIAN = ("physician",)
ASSOCIATE = ("physician-assistant",)

AMA_2010 = Source(
    "Wright State University, restating the AMA PRA booklet: quarter hours, concurrent sessions once",
    "https://medicine.wright.edu/continuing-medical-education/activity-types",
    "2010 booklet",
)
AMA_2006 = Source(
    "Boston University, restating the AMA PRA booklet: 60 minutes, providers may not designate Category 2",
    "http://www.bumc.bu.edu/cme/activity-planning/cme-credit/",
    "2006 booklet",
)
AAFP_TERMS = Source(
    "AAFP, credit calculation and terms",
    "https://www.aafp.org/cme/credit-system/credit-calculation-and-terms.html",
    "archived copy, undated",
)
AAFP_TYPES = Source(
    "AAFP, types of CME credit",
    "https://aafp.org/content/brand/aafp/cme/about/types.html",
    "archived copy, undated",
)
AOA_GUIDE = Source(
    "AOA, types of credit", "https://osteopathic.org/cme/cme-guide/types-of-credit/", "archived copy, undated"
)
NCCPA_TYPES = Source(
    "NCCPA, CME category types", "http://www.nccpa.net/CMECategoryTypes", "archived copy, undated"
)
NCCPA_CME = Source(
    "NCCPA, continuing medical education",
    "https://www.nccpa.net/ContinuingMedicalEducation",
    "archived copy, undated",
)
AAPA_PI = Source(
    "AAPA, Category 1 for performance improvement",
    "https://www.aapa.org/cme-central/aapa-cme-accreditation/category-1-cme-for-performance-improvement-pi/",
    "archived copy, undated",
)
AAPA_FAQ = Source(
    "AAPA, CME questions and answers", "https://www.aapa.org/cme-central/cme-faqs/", "archived copy, undated"
)
ACOG_LLSA = Source(
    "ABEM, lifelong learning: ACOG cognates among the accepted forms of CME",
    "https://www.abem.org/PUBLIC/abem-maintenance-of-certification-(moc)/"
    "moc-lifelong-learning-and-self-assessment-(llsa)/llsa-cme-requirement-overview",
    "archived copy, undated",
)
WAC_460 = Source(
    "WAC 246-919-460", "https://app.leg.wa.gov/WAC/default.aspx?cite=246-919-460", "2024 or later"
)
FSMB = Source(
    "FSMB, Continuing Medical Education: Board-by-Board Overview",
    "https://www.fsmb.org/siteassets/advocacy/key-issues/continuing-medical-education-by-state.pdf",
    "2025-10",
)

AMA = "American Medical Association"
AAFP = "American Academy of Family Physicians"
AOA = "American Osteopathic Association"
AAPA = "American Academy of Physician Associates"
NCCPA = "National Commission on Certification of Physician Assistants"


def _washington(numeral: str, about: str, *, is_accredited: bool) -> CreditType:
    return CreditType(
        code=f"WA_CAT_{numeral}",
        name=f"Washington Category {numeral}: {about}",
        authority="Washington Medical Commission",
        country="US",
        unit="hour",
        is_accredited=is_accredited,
        learner_professions=PHYSICIAN,
        synonyms=(f"Washington Category {numeral}", f"WAC Category {numeral}"),
        source=WAC_460,
        confidence="high",
    )


TYPES: tuple[CreditType, ...] = (
    CreditType(
        code="AMA_PRA_1",
        name="AMA PRA Category 1 Credit™",
        authority=AMA,
        country="US",
        unit="credit",
        step=QUARTER,
        rounding="down",
        learner_professions=PHYSICIAN,
        synonyms=(
            "AMA_PRA_CAT1",
            "AMA PRA Category 1",
            "AMA Category 1",
            "PRA Category 1",
            "AMA PRA 1",
            "AMA 1",
            "CME Category 1",
            "Category 1 CME",
            "AMA CME Category 1",
            "AMA Category 1 CME",
            "AMA PRA Category 1 CME",
            "ACCME Category 1",
            "AMAPRACategory1",
            "AMA PRA Category I",
        ),
        source=AMA_2010,
        confidence="high",
    ),
    CreditType(
        code="AMA_PRA_2",
        name="AMA PRA Category 2 Credit™",
        authority=AMA,
        country="US",
        unit="credit",
        step=QUARTER,
        rounding="down",
        is_accredited=False,
        learner_professions=PHYSICIAN,
        synonyms=(
            "AMA_PRA_CAT2",
            "AMA PRA Category 2",
            "AMA Category 2",
            "PRA Category 2",
            "AMA PRA 2",
            "AMA 2",
            "CME Category 2",
            "Category 2 CME",
            "AMA Category 2 CME",
            "AMA PRA Category 2 CME",
        ),
        source=AMA_2006,
        confidence="high",
    ),
    CreditType(
        code="AAFP_PRESCRIBED",
        name="AAFP Prescribed credit",
        authority=AAFP,
        country="US",
        unit="credit",
        step=QUARTER,
        rounding="nearest",
        learner_professions=PHYSICIAN,
        synonyms=("AAFP Prescribed", "Prescribed", "Prescribed CME", "AAFP Prescribed CME"),
        source=AAFP_TERMS,
        confidence="high",
    ),
    CreditType(
        code="AAFP_ELECTIVE",
        name="AAFP Elective credit",
        authority=AAFP,
        country="US",
        unit="credit",
        step=QUARTER,
        rounding="nearest",
        is_accredited=False,
        learner_professions=PHYSICIAN,
        synonyms=("AAFP Elective", "Elective", "Elective CME", "AAFP Elective CME"),
        source=AAFP_TERMS,
        confidence="high",
    ),
    *(
        CreditType(
            code=f"AOA_{category}{letter}",
            name=f"AOA Category {category}-{letter}",
            authority=AOA,
            country="US",
            unit="credit",
            is_accredited=(category, letter) in {("1", "A"), ("2", "A")},
            learner_professions=PHYSICIAN,
            synonyms=(
                f"AOA Category {category}-{letter}",
                f"AOA {category}-{letter}",
                f"Category {category}-{letter}",
                f"{category}-{letter}",
                f"CME Category {category}-{letter}",
                f"AOA Category {category}-{letter} CME",
                f"Osteopathic Category {category}-{letter}",
            ),
            source=AOA_GUIDE,
            confidence="medium",
        )
        for category in "12"
        for letter in "AB"
    ),
    CreditType(
        code="AAPA_CAT1",
        name="AAPA Category 1 CME",
        authority=AAPA,
        country="US",
        unit="credit",
        step=QUARTER,
        rounding="down",
        learner_professions=ASSOCIATE,
        synonyms=("AAPA Category 1", "AAPA Category 1 CME", "AAPA 1", "AAPA"),
        source=NCCPA_TYPES,
        confidence="high",
    ),
    CreditType(
        code="AAPA_CAT1_SA",
        name="AAPA Category 1 Self-Assessment CME",
        authority=AAPA,
        country="US",
        unit="credit",
        step=QUARTER,
        rounding="down",
        learner_professions=ASSOCIATE,
        synonyms=(
            "AAPA Category 1 Self-Assessment",
            "AAPA Category 1 Self-Assessment CME",
            "AAPA Category 1 SA",
            "AAPA Self-Assessment",
            "AAPA SA",
        ),
        source=NCCPA_CME,
        confidence="high",
    ),
    CreditType(
        code="AAPA_CAT1_PI",
        name="AAPA Category 1 Performance Improvement CME",
        authority=AAPA,
        country="US",
        unit="credit",
        minutes_per_unit=None,
        learner_professions=ASSOCIATE,
        synonyms=(
            "AAPA Category 1 Performance Improvement",
            "AAPA Category 1 Performance Improvement CME",
            "AAPA Category 1 PI",
            "AAPA Category 1 PI CME",
            "AAPA PI-CME",
            "AAPA Performance Improvement",
            "AAPA PI",
        ),
        source=AAPA_PI,
        confidence="high",
    ),
    CreditType(
        code="AAPA_CAT2",
        name="Category 2 CME of PAs",
        authority="The physician assistant's own log",
        country="US",
        unit="credit",
        is_accredited=False,
        learner_professions=ASSOCIATE,
        synonyms=("AAPA Category 2", "AAPA Category 2 CME", "AAPA 2", "PA Category 2"),
        source=AAPA_FAQ,
        confidence="medium",
    ),
    *(
        CreditType(
            code=f"NCCPA_LOGGED_CAT{category}",
            name=f"NCCPA Category {category}, as logged (weighted)",
            authority=NCCPA,
            country="US",
            unit="credit",
            minutes_per_unit=None,
            is_accredited=False,
            learner_professions=ASSOCIATE,
            synonyms=(f"NCCPA Category {category}", f"NCCPA logged Category {category}"),
            source=NCCPA_CME,
            confidence="high",
        )
        for category in "12"
    ),
    CreditType(
        code="ACOG_COGNATE",
        name="ACOG cognate",
        authority="American College of Obstetricians and Gynecologists",
        country="US",
        unit="credit",
        learner_professions=PHYSICIAN,
        synonyms=("ACOG", "ACOG cognate", "Cognate", "ACOG formal learning"),
        source=ACOG_LLSA,
        confidence="low",
    ),
    _washington("I", "continuing medical education with accredited sponsorship", is_accredited=True),
    _washington("II", "education without accredited sponsorship", is_accredited=False),
    _washington("III", "teaching of health professionals", is_accredited=False),
    _washington("IV", "books, papers, publications, exhibits", is_accredited=False),
    _washington("V", "self-directed activities", is_accredited=False),
    CreditType(
        code="BOARD_APPROVED",
        name="Education a licensing board itself approves",
        authority="The licensing board",
        country="US",
        unit="hour",
        synonyms=("Board approved", "Board-approved CE", "Board-approved hours", "State board approved"),
        source=FSMB,
        confidence="medium",
    ),
    CreditType(
        code="INFORMAL",
        name="Informal, self-directed learning",
        authority="The learner's own log",
        country="",
        unit="hour",
        is_accredited=False,
        synonyms=(
            "Informal",
            "Informal learning",
            "Self-directed",
            "Self directed learning",
            "Self-directed hours",
        ),
        source=FSMB,
        confidence="medium",
    ),
)
