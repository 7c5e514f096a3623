"""Credit of the other American health professions, and of teams."""

from __future__ import annotations

from osler.core.credit.amount import TICKS
from osler.core.credit.types.credit_type import HALF, QUARTER, CreditType, Source

UNDATED = "archived copy, undated"
ANCC_HOUR = Source(
    "Colorado Nurses Association, 60 minutes a contact hour", "https://coloradonurses.org/faqs-2/", UNDATED
)
ACPE_UAN = Source(
    "ACPE, universal activity numbers", "https://www.acpe-accredit.org/universal-activity-numbers/", UNDATED
)
APA_SPONSORS = Source(
    "APA, questions of sponsors", "http://www.apa.org/ed/sponsor/about/faq/index.aspx", UNDATED
)
ASWB_CE = Source(
    "ASWB, continuing education", "https://www.aswb.org/licensees/continuing-education/", UNDATED
)
CERP = Source(
    "ADA CCEPR, resources for providers", "https://ccepr.ada.org/resources-for-ce-providers", UNDATED
)
COPE = Source(
    "COPE criteria: 50 minutes an hour, first hour whole, then halves",
    "http://www.ibiblio.org/iab/cope/greencriteria.html",
    UNDATED,
)
CDR = Source("CDR, activity log", "https://www.cdrnet.org/activity-log", UNDATED)
JOINT_LEARNERS = Source(
    "Joint Accreditation, for learners",
    "https://jointaccreditation.org/joint-accreditation/for-learners",
    UNDATED,
)
IPCE_MARK = Source(
    "Joint Accreditation, IPCE credit",
    "https://jointaccreditation.org/credit-requirements-ipce-credit-mark/",
    UNDATED,
)
MAC_ED = Source(
    "AANA, understand CE credits", "https://www.aana.com/help-center/report-understand-ce-credits", UNDATED
)
AMCB = Source(
    "AMCB, continuing education policy",
    "https://www.amcbmidwife.org/certificate-maintenance-program/continuing-education-policy",
    UNDATED,
)
IACET = Source(
    "Midwest Nurses, contact hours and CEUs",
    "https://midwestnurses.org/faq_category/contact-hours/",
    UNDATED,
)
PACE_BESIDE_AMA = Source(
    "ACMG meeting, P.A.C.E. beside AMA credit",
    "https://www.acmgmeeting.net/continuing-education-information",
    UNDATED,
)

NURSES = ("nurse", "nurse-practitioner", "nurse-midwife", "nurse-anesthetist", "clinical-nurse-specialist")

TYPES: tuple[CreditType, ...] = (
    CreditType(
        code="ANCC",
        name="Nursing contact hour (ANCC)",
        authority="American Nurses Credentialing Center",
        country="US",
        unit="hour",
        learner_professions=NURSES,
        synonyms=(
            "ANCC_CONTACT_HOUR",
            "ANCC contact hours",
            "ANCC NCPD",
            "NCPD",
            "NCPD contact hours",
            "Nursing contact hours",
            "CNE",
            "CNE contact hours",
            "Nursing continuing professional development contact hour",
            "ANCC CNE",
            "ANCC CE",
        ),
        source=ANCC_HOUR,
        confidence="medium",
    ),
    CreditType(
        code="CA_BRN",
        name="California BRN contact hour",
        authority="California Board of Registered Nursing",
        country="US",
        unit="hour",
        minutes_per_unit=50,
        learner_professions=NURSES,
        synonyms=("CA_BRN_CONTACT_HOUR", "California BRN", "BRN contact hours", "CEP contact hours"),
    ),
    CreditType(
        code="AANP",
        name="AANP contact hour",
        authority="American Association of Nurse Practitioners",
        country="US",
        unit="hour",
        learner_professions=("nurse-practitioner",),
        synonyms=("AANP_CONTACT_HOUR", "AANP contact hours", "AANP CE"),
        source=AMCB,
        confidence="medium",
    ),
    CreditType(
        code="NBCRNA_MAC_ED",
        name="MAC Ed credit (formerly Class A)",
        authority="National Board of Certification and Recertification for Nurse Anesthetists",
        country="US",
        unit="credit",
        learner_professions=("nurse-anesthetist",),
        synonyms=("MAC Ed", "MAC Education", "Class A", "AANA Class A", "NBCRNA Class A", "AANA MAC Ed"),
        source=MAC_ED,
        confidence="high",
    ),
    CreditType(
        code="NBCRNA_MAC_DEV",
        name="MAC Dev credit (formerly Class B)",
        authority="National Board of Certification and Recertification for Nurse Anesthetists",
        country="US",
        unit="credit",
        is_accredited=False,
        learner_professions=("nurse-anesthetist",),
        synonyms=("MAC Dev", "MAC Development", "Class B", "AANA Class B", "NBCRNA Class B"),
        source=MAC_ED,
        confidence="high",
    ),
    CreditType(
        code="ACPE",
        name="Pharmacy contact hour (ACPE)",
        authority="Accreditation Council for Pharmacy Education",
        country="US",
        unit="hour",
        step=QUARTER,
        rounding="down",
        learner_professions=("pharmacist", "pharmacy-technician"),
        synonyms=(
            "ACPE_CPE",
            "ACPE contact hours",
            "ACPE CPE",
            "CPE",
            "CPE contact hours",
            "Pharmacy contact hours",
        ),
        source=ACPE_UAN,
        confidence="high",
    ),
    CreditType(
        code="ADA_CERP",
        name="ADA CERP continuing dental education hour",
        authority="ADA Commission for Continuing Education Provider Recognition",
        country="US",
        unit="hour",
        learner_professions=("dentist", "dental-hygienist", "dental-assistant"),
        synonyms=("ADA CERP", "CERP", "ADA CERP hours", "ADA CERP CE", "Continuing dental education", "CDE"),
        source=CERP,
        confidence="low",
    ),
    CreditType(
        code="AGD_PACE",
        name="AGD PACE continuing dental education hour",
        authority="Academy of General Dentistry",
        country="US",
        unit="hour",
        learner_professions=("dentist", "dental-hygienist", "dental-assistant"),
        synonyms=("AGD PACE", "AGD", "AGD PACE CE"),
    ),
    CreditType(
        code="COPE_CE",
        name="COPE optometric education hour",
        authority="ARBO Council on Optometric Practitioner Education",
        country="US",
        unit="hour",
        minutes_per_unit=50,
        step=HALF,
        rounding="down",
        least=TICKS,
        learner_professions=("optometrist",),
        synonyms=("COPE", "COPE CE", "COPE hours", "COPE CE hours"),
        source=COPE,
        confidence="medium",
    ),
    CreditType(
        code="APA_CE",
        name="APA continuing education credit",
        authority="American Psychological Association",
        country="US",
        unit="credit",
        learner_professions=("psychologist",),
        synonyms=("APA CE", "APA CE credits", "APA continuing education", "Psychology CE"),
        source=APA_SPONSORS,
        confidence="medium",
    ),
    CreditType(
        code="ASWB_ACE",
        name="ASWB ACE credit",
        authority="Association of Social Work Boards",
        country="US",
        unit="credit",
        learner_professions=("social-worker",),
        synonyms=("ASWB", "ASWB ACE", "ASWB ACE CE", "Social work CE"),
        source=ASWB_CE,
        confidence="low",
    ),
    CreditType(
        code="CDR_CPEU",
        name="CDR continuing professional education unit",
        authority="Commission on Dietetic Registration",
        country="US",
        unit="unit",
        learner_professions=("dietitian", "dietetic-technician"),
        synonyms=("CPEU", "CPEUs", "CDR", "CDR CPEU", "CDR CPEUs"),
        source=CDR,
        confidence="medium",
    ),
    CreditType(
        code="BOC_CEU",
        name="BOC continuing education unit (one hour)",
        authority="Board of Certification for the Athletic Trainer",
        country="US",
        unit="unit",
        learner_professions=("athletic-trainer",),
        synonyms=("BOC", "BOC CEU", "BOC CEUs", "BOC Category A"),
        source=JOINT_LEARNERS,
        confidence="low",
    ),
    CreditType(
        code="IPCE",
        name="Interprofessional Continuing Education credit",
        authority="Joint Accreditation for Interprofessional Continuing Education",
        country="US",
        unit="credit",
        synonyms=(
            "IPCE_CREDIT",
            "IPCE credits",
            "Interprofessional Continuing Education",
            "Interprofessional CE",
        ),
        source=IPCE_MARK,
        confidence="high",
    ),
    CreditType(
        code="IACET_CEU",
        name="IACET Continuing Education Unit (ten hours)",
        authority="International Accreditors for Continuing Education and Training",
        country="US",
        unit="unit",
        minutes_per_unit=600,
        step=TICKS // 10,
        rounding="down",
        synonyms=("IACET", "IACET CEU", "IACET CEUs"),
        source=IACET,
        confidence="medium",
    ),
    CreditType(
        code="ASHA_CEU",
        name="ASHA CEU (ten hours)",
        authority="American Speech-Language-Hearing Association",
        country="US",
        unit="unit",
        minutes_per_unit=600,
        learner_professions=("audiologist", "speech-language-pathologist"),
        synonyms=("ASHA", "ASHA CEU", "ASHA CEUs"),
    ),
    CreditType(
        code="ASRT_CAT_A",
        name="Category A credit (radiologic technology)",
        authority="American Society of Radiologic Technologists",
        country="US",
        unit="credit",
        minutes_per_unit=50,
        learner_professions=("radiologic-technologist",),
        synonyms=("ASRT", "ASRT Category A", "ARRT Category A", "ASRT CE"),
    ),
    CreditType(
        code="AARC_CRCE",
        name="CRCE contact hour (respiratory care)",
        authority="American Association for Respiratory Care",
        country="US",
        unit="hour",
        learner_professions=("respiratory-therapist",),
        synonyms=("AARC", "CRCE", "AARC CRCE", "CRCE contact hours"),
    ),
    CreditType(
        code="PACE",
        name="P.A.C.E. contact hour (laboratory)",
        authority="American Society for Clinical Laboratory Science",
        country="US",
        unit="hour",
        learner_professions=("laboratory-scientist",),
        synonyms=("PACE_CONTACT_HOUR", "P.A.C.E.", "PACE contact hours", "ASCLS PACE", "ASCLS P.A.C.E."),
        source=PACE_BESIDE_AMA,
        confidence="low",
    ),
    CreditType(
        code="NBCC_CE",
        name="NBCC clock hour",
        authority="National Board for Certified Counselors",
        country="US",
        unit="hour",
        learner_professions=("counselor",),
        synonyms=("NBCC", "NBCC CE", "NBCC clock hours", "NBCC hours", "ACEP clock hours"),
    ),
)
