"""Named groups of credit types: a rule says "any accredited education" and means one published list."""

from __future__ import annotations

from collections.abc import Mapping

from osler.core.credit.types.credit_type import CreditType

# "Any accredited" is a phrase of American boards: foreign credit counts there only where the rule names it.
# Board tallies repeat education that already stands in the record as CME, and the longer units would count as
# one hour each; "any accredited" means amounts that stand for an hour.
_HOUR_MINUTES = frozenset({50, 60})
_NOT_TIMED_BUT_CME = frozenset({"AAPA_CAT1_PI"})
_NO_ACCREDITOR = frozenset({"BOARD_APPROVED"})


def _any_accredited(types: Mapping[str, CreditType]) -> frozenset[str]:
    return frozenset(
        kind.code
        for kind in types.values()
        if kind.is_accredited
        and kind.country == "US"
        and kind.code not in _NO_ACCREDITOR
        and (kind.minutes_per_unit in _HOUR_MINUTES or kind.code in _NOT_TIMED_BUT_CME)
    )


_FIXED: dict[str, tuple[str, ...]] = {
    "AMA_ANY": ("AMA_PRA_1", "AMA_PRA_2"),
    "AAFP_ANY": ("AAFP_PRESCRIBED", "AAFP_ELECTIVE"),
    "AOA_CAT1": ("AOA_1A", "AOA_1B"),
    "AOA_CAT2": ("AOA_2A", "AOA_2B"),
    "AOA_ANY": ("AOA_1A", "AOA_1B", "AOA_2A", "AOA_2B"),
    "AAPA_CAT1_ANY": ("AAPA_CAT1", "AAPA_CAT1_SA", "AAPA_CAT1_PI"),
    "PHYSICIAN_CATEGORY_1": ("AMA_PRA_1", "AAFP_PRESCRIBED", "AOA_1A"),
    "RCPSC_MOC": ("RCPSC_MOC_S1", "RCPSC_MOC_S2", "RCPSC_MOC_S3"),
    "MAINPRO_CERTIFIED": ("MAINPRO_CERT", "MAINPRO_CERT_A"),
    "MAINPRO_ANY": ("MAINPRO_CERT", "MAINPRO_CERT_A", "MAINPRO_NON"),
    "AU_ANY": ("AU_EA", "AU_RP", "AU_MO"),
    "IT_ECM_ANY": ("IT_ECM", "IT_ECM_SELF"),
    "INAMI_ANY": ("INAMI_CP", "INAMI_CP_ETHICS", "INAMI_CP_LOK"),
    "QA_ANY": ("QA_CAT1", "QA_CAT2", "QA_CAT3"),
    "WA_ANY": ("WA_CAT_I", "WA_CAT_II", "WA_CAT_III", "WA_CAT_IV", "WA_CAT_V"),
    "DENTAL": ("ADA_CERP", "AGD_PACE"),
    # The eleven kinds a jointly accredited provider may award (Joint Accreditation, "for learners").
    "JOINT_ACCREDITATION": (
        "IPCE",
        "AMA_PRA_1",
        "ANCC",
        "ACPE",
        "AAPA_CAT1",
        "APA_CE",
        "COPE_CE",
        "ASWB_ACE",
        "ADA_CERP",
        "CDR_CPEU",
        "BOC_CEU",
    ),
}


def build_groups(types: Mapping[str, CreditType]) -> dict[str, frozenset[str]]:
    """Every group by name; a member that is no credit type raises ``ValueError``."""
    groups = {name: frozenset(codes) for name, codes in _FIXED.items()}
    groups["ANY_ACCREDITED"] = _any_accredited(types)
    groups["ANY"] = frozenset(types)
    for name, codes in groups.items():
        if strange := sorted(codes - set(types)):
            raise ValueError(f"group {name} names {', '.join(strange)}, which are no credit types")
    return groups
