"""Credit outside the United States: Canada, Europe, Australia, the Gulf, South Africa."""

from __future__ import annotations

from osler.core.credit.amount import TICKS
from osler.core.credit.types.credit_type import HALF, Confidence, CreditType, Source

UNDATED = "archived copy, undated"
ROYAL_COLLEGE_2024 = Source(
    "Royal College, evolution of the MOC Program in 2024",
    "https://www.royalcollege.ca/en/newsroom/posts/evolution-of-the-moc-program-in-2024.html",
    "2023-2024",
)
MAINPRO = Source(
    "Ontario College of Family Physicians, reporting Mainpro+ credits",
    "https://ontariofamilyphysicians.ca/supports-for-family-doctors/mainpro/reporting-your-mainpro-credits",
    UNDATED,
)
EAPM_2024 = Source(
    "EAPM 2024 Lausanne, EACCME credits", "https://www.eapm.eu.com/eapm24-eaccme-credits/", "2024-06"
)
ACEM = Source(
    "ACEM, requirements of the Medical Board of Australia",
    "https://acem.org.au/Content-Sources/Members/CPD/MBA-and-MCNZ-Regulatory-Requirements/MBA-requirements",
    "stored copy, undated",
)
MUSTER_2024 = Source(
    "Urologenportal, CME-Kriterien (extract of the model ordinance 2024)",
    "https://www.urologenportal.de/fachbesucher/akademie/cme-kriterien.html",
    "2025-10-24",
)
ECM_TORINO = Source(
    "OMCeO Torino, ECM – per saperne di più", "https://omceo-to.it/ecm-per-saperne-di-piu", "2024"
)
RIZIV = Source(
    "RIZIV, accreditation units by type of activity",
    "https://www.riziv.fgov.be/nl/professionals/individuele-zorgverleners/artsen/kwaliteitszorg-door-artsen/"
    "accreditering/accrediteringseenheden-krijgen-afhankelijk-van-het-type-vormingsactiviteit",
    UNDATED,
)
QATAR_FRAMEWORK = Source(
    "Hamad Medical Corporation, CPD framework table",
    "https://hamad.qa/EN/Education-and-research/Medical-Education/CPD/CPD-Organizers/"
    "HMC-CPD-Toolkit-A/Pages/A8.aspx",
    UNDATED,
)
HPCSA = Source("SCTSSA, CPD points summary", "https://sctssa.org.za/cpd-points/", UNDATED)
GACETA_2015 = Source(
    "Gaceta Médica, créditos internacionales de formación",
    "https://www.gacetamedica.com/hemeroteca/"
    "los-creditos-internacionales-de-formacion-seran-reconocidos-en-espana-GULG_955829",
    "2015-12-18",
)

PHYSICIAN = ("physician",)


def _royal_college(section: int, about: str, minutes: int, confidence: Confidence) -> CreditType:
    return CreditType(
        code=f"RCPSC_MOC_S{section}",
        name=f"Royal College MOC Section {section}: {about}",
        authority="Royal College of Physicians and Surgeons of Canada",
        country="CA",
        unit="credit",
        minutes_per_unit=minutes,
        is_accredited=section != 2,
        learner_professions=("physician", "physician-assistant"),
        synonyms=(
            f"Royal College Section {section}",
            f"Royal College MOC Section {section}",
            f"RCPSC Section {section}",
            f"RCPSC MOC Section {section}",
            f"MOC Section {section}",
        ),
        source=ROYAL_COLLEGE_2024,
        confidence=confidence,
    )


def _mainpro(code: str, name: str, synonyms: tuple[str, ...], *, is_accredited: bool) -> CreditType:
    return CreditType(
        code=code,
        name=name,
        authority="College of Family Physicians of Canada",
        country="CA",
        unit="credit",
        # One, two or three credits an hour, as printed on the certificate: time alone does not decide.
        minutes_per_unit=None if is_accredited else 60,
        is_accredited=is_accredited,
        learner_professions=PHYSICIAN,
        synonyms=synonyms,
        source=MAINPRO,
        confidence="high",
    )


def _australia(code: str, name: str) -> CreditType:
    return CreditType(
        code=code,
        name=f"Australia: {name.lower()} (hours)",
        authority="Medical Board of Australia",
        country="AU",
        unit="hour",
        is_accredited=False,
        learner_professions=PHYSICIAN,
        synonyms=(name, f"MBA {name}", f"Australia {name}", code.replace("AU_", "CPD ")),
        source=ACEM,
        confidence="high",
    )


def _inami(code: str, name: str, minutes: int | None, synonyms: tuple[str, ...]) -> CreditType:
    return CreditType(
        code=code,
        name=name,
        authority="INAMI/RIZIV",
        country="BE",
        unit="point",
        minutes_per_unit=minutes,
        learner_professions=PHYSICIAN,
        synonyms=synonyms,
        source=RIZIV,
        confidence="high",
    )


def _qatar(category: int, about: str, minutes: int | None, *, is_accredited: bool) -> CreditType:
    return CreditType(
        code=f"QA_CAT{category}",
        name=f"Qatar Category {category}: {about}",
        authority="Department of Healthcare Professions, Qatar",
        country="QA",
        unit="credit",
        minutes_per_unit=minutes,
        is_accredited=is_accredited,
        synonyms=(
            f"Qatar Category {category}",
            f"QCHP Category {category}",
            f"DHP Category {category}",
            f"QCHP-AD Category {category}",
            f"MOPH Category {category}",
        ),
        source=QATAR_FRAMEWORK,
        confidence="high",
    )


TYPES: tuple[CreditType, ...] = (
    _royal_college(1, "group learning", 60, "high"),
    _royal_college(2, "self-learning", 30, "medium"),
    _royal_college(3, "feedback and improvement", 20, "high"),
    _mainpro(
        "MAINPRO_CERT",
        "Mainpro+ Certified",
        ("Mainpro+ Certified", "Mainpro Certified", "CFPC Certified", "CFPC Mainpro Certified", "Mainpro-M1"),
        is_accredited=True,
    ),
    _mainpro(
        "MAINPRO_CERT_A",
        "Mainpro+ Certified Assessment",
        (
            "Mainpro+ Certified Assessment",
            "Mainpro Certified Assessment",
            "CFPC Certified Assessment",
            "CFPC Mainpro Certified Assessment",
        ),
        is_accredited=True,
    ),
    _mainpro(
        "MAINPRO_NON",
        "Mainpro+ Non-certified",
        ("Mainpro+ Non-certified", "Mainpro noncertified", "CFPC Non-certified", "Mainpro-M2"),
        is_accredited=False,
    ),
    CreditType(
        code="EACCME_ECMEC",
        name="European CME credit (ECMEC®)",
        authority="UEMS-EACCME",
        country="EU",
        unit="credit",
        step=HALF,
        rounding="down",
        learner_professions=PHYSICIAN,
        synonyms=(
            "ECMEC",
            "ECMECs",
            "EACCME",
            "EACCME credits",
            "European CME credit",
            "UEMS-EACCME",
            "EACCME ECMECs",
        ),
        source=EAPM_2024,
        confidence="high",
    ),
    _australia("AU_EA", "Educational activities"),
    _australia("AU_RP", "Reviewing performance"),
    _australia("AU_MO", "Measuring outcomes"),
    CreditType(
        code="DE_FORTBILDUNGSPUNKT",
        name="Fortbildungspunkt",
        authority="Landesärztekammern",
        country="DE",
        unit="point",
        minutes_per_unit=45,
        step=TICKS,
        rounding="down",
        learner_professions=PHYSICIAN,
        synonyms=("Fortbildungspunkt", "Fortbildungspunkte", "CME-Punkt", "CME-Punkte", "Punkte"),
        source=MUSTER_2024,
        confidence="high",
    ),
    CreditType(
        code="IT_ECM",
        name="Credito ECM",
        authority="Commissione nazionale per la formazione continua (AGENAS)",
        country="IT",
        unit="credit",
        minutes_per_unit=None,
        synonyms=("ECM", "Crediti ECM", "Credito ECM", "ECM Italia"),
        source=ECM_TORINO,
        confidence="medium",
    ),
    CreditType(
        code="IT_ECM_SELF",
        name="Credito ECM, self-study (autoformazione)",
        authority="Commissione nazionale per la formazione continua (AGENAS)",
        country="IT",
        unit="credit",
        minutes_per_unit=None,
        is_accredited=False,
        synonyms=("ECM autoformazione", "Autoformazione", "ECM self-study", "Crediti ECM autoformazione"),
        source=ECM_TORINO,
        confidence="medium",
    ),
    CreditType(
        code="ES_CFC",
        name="Crédito CFC (Spain)",
        authority="Comisión de Formación Continuada",
        country="ES",
        unit="credit",
        minutes_per_unit=None,
        synonyms=("CFC", "Créditos CFC", "Crédito CFC", "SEAFORMEC"),
        source=GACETA_2015,
        confidence="medium",
    ),
    _inami(
        "INAMI_CP",
        "INAMI/RIZIV accreditation point (CP)",
        60,
        ("INAMI CP", "RIZIV CP", "INAMI", "RIZIV", "Credit point INAMI", "Accreditation units RIZIV"),
    ),
    _inami(
        "INAMI_CP_ETHICS",
        "INAMI/RIZIV accreditation point in ethics and economics",
        60,
        (
            "INAMI CP ethics",
            "INAMI ethics and economics",
            "RIZIV ethics",
            "INAMI rubric 6",
            "RIZIV CP ethics",
        ),
    ),
    _inami(
        "INAMI_CP_LOK",
        "INAMI/RIZIV accreditation point of the local peer group (LOK/GLEM)",
        None,
        ("INAMI CP LOK", "LOK", "GLEM", "LOK-GLEM", "RIZIV LOK", "INAMI GLEM", "INAMI LOK"),
    ),
    _qatar(1, "accredited group learning", 60, is_accredited=True),
    _qatar(2, "self-directed learning", 60, is_accredited=False),
    _qatar(3, "assessment", None, is_accredited=True),
    CreditType(
        code="HPCSA_CEU",
        name="HPCSA continuing education unit",
        authority="Health Professions Council of South Africa",
        country="ZA",
        unit="unit",
        synonyms=("HPCSA", "HPCSA CEU", "HPCSA CEUs", "HPCSA CPD"),
        source=HPCSA,
        confidence="high",
    ),
)
