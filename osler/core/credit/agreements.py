"""The published table of rates between credit types, and the rates that are known not to exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from osler.core.credit.amount import TICKS
from osler.core.credit.types.care_team import ANCC_HOUR, CDR, IACET, MAC_ED
from osler.core.credit.types.certifying_boards import ABS_CME
from osler.core.credit.types.credit_type import Confidence, Source
from osler.core.credit.types.physicians import AAFP_TYPES, AAPA_FAQ, AOA_GUIDE, NCCPA_CME, NCCPA_TYPES
from osler.core.credit.types.world import EAPM_2024, GACETA_2015

ONE = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """One direction: a unit of ``from_code`` is worth ``rate`` units of ``to_code``.

    ``first``: the rate holds for so many ticks of ``from_code`` per cycle, ``then`` for the rest. ``most``:
    no single conversion gives more ticks of ``to_code``. ``since`` and ``until`` are the first and the last
    day of the term that was read, ``None`` where none was stated.
    """

    from_code: str
    to_code: str
    rate: Fraction
    condition: str
    source: Source
    confidence: Confidence
    first: int | None = None
    then: Fraction = ONE
    most: int | None = None
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether ``day`` lies in the term."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def term(self) -> str:
        """The term in words."""
        since = f"from {self.since}" if self.since else ""
        until = f"to {self.until}" if self.until else ""
        return f"{since} {until}".strip() or "without a stated term"

    def worth(self, ticks: int, already: int = 0) -> int:
        """Ticks of ``to_code``; ``already`` ticks of ``from_code`` went before in the cycle."""
        if self.first is None:
            result = ticks * self.rate
        else:
            weighted = min(ticks, max(0, self.first - already))
            result = weighted * self.rate + (ticks - weighted) * self.then
        return int(result) if self.most is None else min(int(result), self.most)


UNDATED = "archived copy, undated"
ACCME_ROYAL_COLLEGE = Source(
    "ACCME, Royal College MOC: agreement renewed through 31 December 2030",
    "https://accme.org/cme-counts-for-royal-college-moc",
    UNDATED,
)
ROYAL_COLLEGE_AGREEMENTS = Source(
    "Royal College, international CPD/MOC recognition agreements",
    "https://www.royalcollege.ca/en/cpd/royal-college-accredited-cpd-providers/"
    "international-accreditation-agreements.html",
    UNDATED,
)
AMA_ROYAL_COLLEGE = Source(
    "Royal College, agreement with the AMA",
    "http://www.royalcollege.ca/rcsite/cpd/providers/international-accreditation-agreements-e",
    "term 2017-2020",
)
QATAR_2017 = Source(
    "QCHP, announcement of the agreement with the Royal College",
    "https://www.qchp.org.qa/en/Pages/Announcements.aspx?aID=5iI8NvAvmYV/ZdipUw3e0Q==",
    "2017-01-31",
)
ECM_ABROAD = Source(
    "Associazione Medica Patavina, quanto valgono i crediti ECM maturati all'estero",
    "http://associazionemedicapatavina.it/quanto-valgono-crediti-ecm-maturati-allestero/",
    UNDATED,
)

_ROYAL_COLLEGE_END = date(2030, 12, 31)
_QATAR_TERM = (date(2017, 1, 1), date(2020, 12, 31))
_MOC_BOARDS = (
    "ABIM_MOC_POINT",
    "ABA_MOCA_CME",
    "ABP_MOC_PART2_POINT",
    "ABS_CC_CREDIT",
    "ABPATH_CC_CREDIT",
    "ABOHNS_CC_CREDIT",
    "ABOS_MOC_CREDIT",
    "ABTS_CC_CREDIT",
)


def _even(
    from_code: str,
    to_code: str,
    condition: str,
    source: Source,
    confidence: Confidence = "high",
    *,
    rate: Fraction = ONE,
    since: date | None = None,
    until: date | None = None,
) -> Conversion:
    return Conversion(
        from_code=from_code,
        to_code=to_code,
        rate=rate,
        condition=condition,
        source=source,
        confidence=confidence,
        since=since,
        until=until,
    )


def _italian(from_code: str) -> Conversion:
    return Conversion(
        from_code=from_code,
        to_code="IT_ECM",
        rate=Fraction(1, 2),
        most=25 * TICKS,
        condition="Half the lesser of credits and hours, at most 25 an event and half the obligation; "
        "the learning test must be passed.",
        source=ECM_ABROAD,
        confidence="medium",
    )


_AMERICAN = (
    _even("AMA_PRA_1", "AAFP_ELECTIVE", "An activity the AAFP has not approved itself.", AAFP_TYPES),
    _even("AMA_PRA_1", "AOA_2A", "Live or real-time interactive activities only.", AOA_GUIDE, "medium"),
    _even(
        "AMA_PRA_1", "AOA_2B", "Enduring, journal and other activities that are not live.", AOA_GUIDE, "low"
    ),
    _even("AMA_PRA_1", "NCCPA_LOGGED_CAT1", "Logged as regular Category 1, without weighting.", NCCPA_TYPES),
    _even(
        "AMA_PRA_1",
        "ANCC",
        "60 minutes each; an acceptance by many nursing boards, not an award. Check the board.",
        ANCC_HOUR,
        "medium",
    ),
    _even("AMA_PRA_1", "CDR_CPEU", "The activity fits the dietitian's learning plan.", CDR, "medium"),
    _even("AAFP_PRESCRIBED", "AMA_PRA_1", "For the AMA's award; no AMA certificate is issued.", AAFP_TYPES),
    _even("AAFP_PRESCRIBED", "NCCPA_LOGGED_CAT1", "Logged as regular Category 1.", NCCPA_TYPES),
    _even("AAFP_PRESCRIBED", "AOA_2A", "Live activities only.", AOA_GUIDE, "medium"),
    _even("AOA_1A", "AAFP_ELECTIVE", "An activity the AAFP has not approved itself.", AAFP_TYPES),
    _even("AOA_1A", "NCCPA_LOGGED_CAT1", "Logged as regular Category 1.", NCCPA_TYPES),
    _even("AAPA_CAT1", "NCCPA_LOGGED_CAT1", "Logged as regular Category 1.", NCCPA_TYPES),
    _even(
        "AAPA_CAT1_SA",
        "NCCPA_LOGGED_CAT1",
        "The NCCPA's own weighting; licensing boards use the plain number.",
        NCCPA_CME,
        rate=Fraction(3, 2),
    ),
    Conversion(
        from_code="AAPA_CAT1_PI",
        to_code="NCCPA_LOGGED_CAT1",
        rate=Fraction(2),
        first=20 * TICKS,
        condition="The NCCPA doubles the first 20 of each two-year cycle; "
        "licensing boards use the plain number.",
        source=NCCPA_CME,
        confidence="high",
    ),
    _even("AAPA_CAT2", "NCCPA_LOGGED_CAT2", "Hour for hour, logged by the PA.", AAPA_FAQ, "medium"),
    _even("NBCRNA_MAC_ED", "NBCRNA_MAC_DEV", "Only what exceeds 60 in four years; one way.", MAC_ED),
    _even(
        "IACET_CEU",
        "ANCC",
        "Arithmetic only: ten contact hours a unit.",
        IACET,
        "medium",
        rate=Fraction(10),
    ),
    _even(
        "ANCC",
        "IACET_CEU",
        "Arithmetic only: the ANCC awards no such units.",
        IACET,
        "medium",
        rate=Fraction(1, 10),
    ),
)

_CANADIAN = (
    _even(
        "AMA_PRA_1",
        "RCPSC_MOC_S1",
        "Group learning held outside Canada, by a provider accredited in the ACCME system.",
        ACCME_ROYAL_COLLEGE,
        until=_ROYAL_COLLEGE_END,
    ),
    _even(
        "AMA_PRA_1",
        "RCPSC_MOC_S3",
        "Assessment activities registered as CME for MOC; one credit an hour, not three as in Canada.",
        ACCME_ROYAL_COLLEGE,
        since=date(2019, 11, 1),
        until=_ROYAL_COLLEGE_END,
    ),
    *(
        _even(
            board,
            "RCPSC_MOC_S3",
            "One credit for each CME-for-MOC point of a listed board.",
            ROYAL_COLLEGE_AGREEMENTS,
            since=date(2019, 11, 1),
            until=_ROYAL_COLLEGE_END,
        )
        for board in _MOC_BOARDS
    ),
    _even(
        "RCPSC_MOC_S1",
        "AMA_PRA_1",
        "One an hour, on application to the AMA. The term that was read ended with 2020: ask the AMA.",
        AMA_ROYAL_COLLEGE,
        "medium",
        since=date(2013, 1, 1),
    ),
    _even(
        "RCPSC_MOC_S3",
        "AMA_PRA_1",
        "Self-assessment and simulation; three Canadian credits are one hour and so one AMA credit. "
        "The term that was read ended with 2020: ask the AMA.",
        AMA_ROYAL_COLLEGE,
        "medium",
        rate=Fraction(1, 3),
        since=date(2013, 1, 1),
    ),
    _even("MAINPRO_CERT", "AAFP_PRESCRIBED", "Mainpro activities count as Prescribed.", AAFP_TYPES),
    _even("MAINPRO_CERT", "NCCPA_LOGGED_CAT1", "Certified activities only.", NCCPA_TYPES),
    _even("MAINPRO_CERT_A", "NCCPA_LOGGED_CAT1", "Certified activities only.", NCCPA_TYPES),
)

_EUROPEAN = (
    _even("EACCME_ECMEC", "AMA_PRA_1", "The physician applies to the AMA and pays a fee.", EAPM_2024),
    _even("EACCME_ECMEC", "RCPSC_MOC_S1", "Live events outside Canada.", EAPM_2024),
    _even("EACCME_ECMEC", "NCCPA_LOGGED_CAT1", "Logged as regular Category 1.", NCCPA_TYPES),
    _even("EACCME_ECMEC", "ABS_CC_CREDIT", "Category 1 source the ABS accepts.", ABS_CME),
    _even(
        "EACCME_ECMEC",
        "ES_CFC",
        "Individual and free of charge; the ratio of 2015 was to be revised from time to time.",
        GACETA_2015,
        "medium",
        rate=Fraction(14, 100),
    ),
    _italian("AMA_PRA_1"),
    _italian("EACCME_ECMEC"),
    _italian("RCPSC_MOC_S1"),
)

_QATARI = tuple(
    _even(
        from_code,
        to_code,
        "Mutual recognition with the Royal College; the term that was read ended with 2020.",
        QATAR_2017,
        "medium",
        since=_QATAR_TERM[0],
        until=_QATAR_TERM[1],
    )
    for ours, theirs in (("QA_CAT1", "RCPSC_MOC_S1"), ("QA_CAT3", "RCPSC_MOC_S3"))
    for from_code, to_code in ((ours, theirs), (theirs, ours))
)

CONVERSIONS: tuple[Conversion, ...] = (*_AMERICAN, *_CANADIAN, *_EUROPEAN, *_QATARI)
"""Every rate that was read, in the order in which the published table shows them."""

NO_RATE: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("ACPE", "AMA_PRA_1"): "The AMA does not take pharmacy credit.",
        ("AMA_PRA_1", "ACPE"): "Pharmacy boards take AMA credit only on petition, where they do at all.",
        (
            "QA_CAT1",
            "AMA_PRA_1",
        ): "Qatar announced in 2017 that the AMA recognises its credit; no ratio was read.",
        ("AMA_PRA_1", "IPCE"): "Team credit belongs to activities planned by and for the team.",
        (
            "ANCC",
            "CA_BRN",
        ): "California's hour has 50 minutes, the ANCC's 60; most boards take them one for one, "
        "but no page that says so was read.",
        ("ACOG_COGNATE", "AMA_PRA_1"): "An agreement is remembered, but no page that states it was read.",
    }
)
"""Pairs people ask for, with why no rate stands in the table."""
