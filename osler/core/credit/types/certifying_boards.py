"""Points and credits kept by American certifying boards; most arrive through the accreditor's PARS register.

PARS takes quarter steps, but the boards' own ledgers do not all keep them (ABIM gives 0.2 points for a
question), so none of these is rounded here.
"""

from __future__ import annotations

from osler.core.credit.types.credit_type import Confidence, CreditType, Source, Unit

UNDATED = "archived copy, undated"
MOC_PAGE = Source("ACCME, CME counts for MOC", "https://www.accme.org/cme-counts-for-moc", UNDATED)
ABIM_ACTIVITIES = Source(
    "ABIM, earn points through activities",
    "https://abim-population.useast01.umbraco.io/maintenance-of-certification/participate-in-activities",
    UNDATED,
)
ABS_CME = Source(
    "ABS, CME and self-assessment",
    "https://www.absurgery.org/stay-certified/ongoing-certification-requirements/cme/",
    UNDATED,
)
ABA_REGISTRATION = Source(
    "ABA, MOCA registration", "https://www.theaba.org/2024/01/2024-moca-registration-now-open/", "2024-01"
)
ABP_CME = Source(
    "ABP, MOC credit for CME activities", "https://www.abp.org/content/moc-credit-cme-activities", UNDATED
)
ABP_CHANGES = Source(
    "AAP News, changes to the MOC programme",
    "https://publications.aap.org/aapnews/news/19508/Changes-to-MOC-program-aim-to-simplify",
    UNDATED,
)
ABPATH_LEARNING = Source(
    "ABPath, lifelong learning",
    "http://www.abpath.org/index.php/continuing-certification/cc-reporting/lifelong-learning",
    UNDATED,
)
ABOHNS_MOC = Source("ACCME, CME for ABOHNS", "http://accme.org/abohns-moc", UNDATED)
ABOS_SAE = Source(
    "ABOS, scored and recorded self-assessment",
    "https://abos.org/moc/cme-sae/self-assessment-examinations/scored-and-recorded-examinations",
    UNDATED,
)
ABTS_CC = Source(
    "ABTS, continuing certification requirements",
    "https://www.abts.org/ABTS/ContinuingCertificationWebPages/Requirements.aspx",
    UNDATED,
)
ABPMR_SA = Source(
    "ABPMR, self-assessment", "https://www.abpmr.org/CC/LifelongLearning/SelfAssessment", UNDATED
)
ABO_PARS = Source("ACCME, question 9571", "https://www.accme.org/faq/9571", UNDATED)
ABFM_CERT = Source(
    "ABMS, continuing certification of the ABFM",
    "https://continuingcertification.org/board/family-medicine",
    UNDATED,
)
ABPN_SA = Source(
    "ABPN, self-assessment",
    "https://www.abpn.com/maintain-certification/moc-activity-requirements/self-assessment-sa",
    UNDATED,
)
ABR_SA = Source("ABR, Part 2 self-assessment", "https://www.theabr.org/moc-dr-comp2", UNDATED)


def _board(
    code: str,
    name: str,
    authority: str,
    unit: Unit,
    synonyms: tuple[str, ...],
    source: Source,
    confidence: Confidence = "high",
) -> CreditType:
    return CreditType(
        code=code,
        name=name,
        authority=f"American Board of {authority}",
        country="US",
        unit=unit,
        minutes_per_unit=None,
        learner_professions=("physician",),
        synonyms=synonyms,
        source=source,
        confidence=confidence,
    )


TYPES: tuple[CreditType, ...] = (
    _board(
        "ABIM_MOC_POINT",
        "ABIM MOC point",
        "Internal Medicine",
        "point",
        (
            "ABIM MOC",
            "ABIM MOC points",
            "ABIM points",
            "ABIM",
            "ABIM Medical Knowledge",
            "ABIM MOC Medical Knowledge",
        ),
        ABIM_ACTIVITIES,
    ),
    _board(
        "ABS_CC_CREDIT",
        "ABS Continuous Certification CME credit",
        "Surgery",
        "credit",
        ("ABS", "ABS CC", "ABS CME", "ABS Accredited CME", "ABS Continuous Certification", "ABS MOC"),
        ABS_CME,
    ),
    _board(
        "ABS_CC_SA",
        "ABS self-assessment credit",
        "Surgery",
        "credit",
        ("ABS self-assessment", "ABS SA", "ABS CC self-assessment"),
        ABS_CME,
    ),
    _board(
        "ABA_MOCA_CME",
        "ABA MOCA CME credit",
        "Anesthesiology",
        "credit",
        ("ABA", "ABA MOCA", "MOCA", "ABA Lifelong Learning", "MOCA CME"),
        MOC_PAGE,
    ),
    _board(
        "ABA_QI_POINT",
        "ABA MOCA quality-improvement point",
        "Anesthesiology",
        "point",
        ("ABA QI", "MOCA QI", "ABA quality improvement"),
        ABA_REGISTRATION,
        "medium",
    ),
    _board(
        "ABP_MOC_PART2_POINT",
        "ABP MOC Part 2 point",
        "Pediatrics",
        "point",
        ("ABP", "ABP MOC", "ABP MOC Part 2", "ABP Part 2", "ABP Lifelong Learning and Self-Assessment"),
        ABP_CME,
    ),
    _board(
        "ABP_MOC_PART4_POINT",
        "ABP MOC Part 4 point",
        "Pediatrics",
        "point",
        ("ABP MOC Part 4", "ABP Part 4", "ABP quality improvement"),
        ABP_CHANGES,
    ),
    _board(
        "ABPATH_CC_CREDIT",
        "ABPath continuing-certification CME credit",
        "Pathology",
        "credit",
        ("ABPath", "ABPath CC", "ABPath CME", "ABPath Lifelong Learning"),
        ABPATH_LEARNING,
        "medium",
    ),
    _board(
        "ABPATH_CC_SAM",
        "ABPath self-assessment module credit",
        "Pathology",
        "credit",
        ("ABPath SAM", "ABPath self-assessment", "ABPath self-assessment module"),
        ABPATH_LEARNING,
        "medium",
    ),
    _board(
        "ABOHNS_CC_CREDIT",
        "ABOHNS continuing-certification credit",
        "Otolaryngology – Head and Neck Surgery",
        "credit",
        ("ABOHNS", "ABOHNS CC", "ABOHNS MOC", "ABOHNS self-assessment", "ABOto"),
        ABOHNS_MOC,
        "medium",
    ),
    _board(
        "ABOS_MOC_CREDIT",
        "ABOS MOC CME credit",
        "Orthopaedic Surgery",
        "credit",
        ("ABOS", "ABOS MOC", "ABOS CME", "ABOS MOC CME"),
        MOC_PAGE,
    ),
    _board(
        "ABOS_MOC_SAE",
        "ABOS scored and recorded self-assessment credit",
        "Orthopaedic Surgery",
        "credit",
        ("ABOS SAE", "ABOS self-assessment", "Scored and recorded self-assessment examination"),
        ABOS_SAE,
    ),
    _board(
        "ABTS_CC_CREDIT",
        "ABTS continuing-certification CME credit",
        "Thoracic Surgery",
        "credit",
        ("ABTS", "ABTS CC", "ABTS CME", "ABTS MOC"),
        ABTS_CC,
    ),
    _board(
        "ABPMR_CC_CREDIT",
        "ABPMR continuing-certification CME credit",
        "Physical Medicine and Rehabilitation",
        "credit",
        ("ABPMR", "ABPMR CC", "ABPMR CME", "ABPMR MOC"),
        ABPMR_SA,
        "medium",
    ),
    _board(
        "ABPMR_CC_SA",
        "ABPMR self-assessment CME credit",
        "Physical Medicine and Rehabilitation",
        "credit",
        ("ABPMR SA-CME", "ABPMR self-assessment", "ABPMR SA"),
        ABPMR_SA,
        "medium",
    ),
    _board(
        "ABO_CC_CREDIT",
        "ABO continuing-certification credit",
        "Ophthalmology",
        "credit",
        ("ABO", "ABO CC", "ABO MOC", "ABO Lifelong Learning", "ABO self-assessment"),
        ABO_PARS,
        "medium",
    ),
    _board(
        "ABFM_CERT_POINT",
        "ABFM certification point",
        "Family Medicine",
        "point",
        ("ABFM", "ABFM certification points", "ABFM points", "ABFM KSA"),
        ABFM_CERT,
    ),
    _board(
        "ABPN_SA_CME",
        "ABPN self-assessment CME",
        "Psychiatry and Neurology",
        "credit",
        ("ABPN", "ABPN SA", "ABPN SA-CME", "ABPN self-assessment"),
        ABPN_SA,
    ),
    _board(
        "ABR_SA_CME",
        "ABR self-assessment CME",
        "Radiology",
        "credit",
        ("ABR", "ABR SA-CME", "ABR SAM", "ABR self-assessment"),
        ABR_SA,
        "medium",
    ),
)
