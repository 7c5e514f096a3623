"""Records as a MedBiquitous Activity Report, version 2 (ANSI/MEDBIQ AR.10.1), for boards and societies.

What the format has a word for is said in it; what it has none for is carried as text: the credit type by
its full name (``activityCertification``), its authority (``accreditingBody``), the format by its name
(``activityFormat``). Nothing is bent into a word that means something else: a unit or a type of credit the
vocabulary lacks is left out. A record has a day and no time; the format asks for a time, so midnight is
written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree import ElementTree as Xml

from osler.core.credit.amount import amount_text
from osler.core.credit.formats import FORMATS
from osler.core.credit.types import CREDIT_TYPES
from osler.core.credit.types.credit_type import CreditType
from osler.core.rules.record import CreditRecord
from osler.requirement_sets.vocabulary import load_vocabulary

REPORT = "http://ns.medbiq.org/activityreport/v2/"
MEMBER = "http://ns.medbiq.org/member/v2/"
NAME = "http://ns.medbiq.org/name/v2/"
HEALTH = "http://ns.medbiq.org/lom/extend/v1/"
LOM = "http://ltsc.ieee.org/xsd/LOM"
_PREFIXES = {"": REPORT, "m": MEMBER, "n": NAME, "hx": HEALTH, "lom": LOM}

NOT_STATED = "Not stated"
DELIVERY = {"live": "live", "committee": "live", "teaching": "live", "enduring": "not live",
            "journal": "not live", "self-study": "not live", "manuscript-review": "not live",
            "test-item-writing": "not live"}  # fmt: skip
"""Formats whose delivery the vocabulary can say; of the others nothing is said."""

_KINDS = {"ANCC": "CNE", "CA_BRN": "CNE", "AANP": "CNE", "ACPE": "CPE"}
_PHYSICIANS = ("AMA_", "AAFP_", "AOA_", "AAPA_", "ACOG_", "NCCPA_", "EACCME_", "IT_ECM", "ES_CFC")
_DEVELOPMENT = ("RCPSC_", "MAINPRO_", "AU_", "HPCSA_", "QA_")
_UNITS = {"credit": "Credit", "hour": "Hour", "point": "Point", "unit": "Unit"}
_OWN_UNITS = {"ACOG_COGNATE": "Cognate", "IACET_CEU": "CEU", "ASHA_CEU": "CEU", "BOC_CEU": "CEU"}
# XML 1.0 has no place for these, not even escaped.
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Member:
    """Whose report it is. ``identifiers`` are pairs of a domain (``idd:cms.hhs.gov:npi``) and the
    number in it."""

    given_name: str = ""
    family_name: str = ""
    degree: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()


def activity_report(
    member: Member,
    records: Sequence[CreditRecord],
    *,
    reporter: str,
    made_at: datetime,
    period: tuple[date, date],
) -> bytes:
    """The report of at least one record. ``reporter`` is the organisation that reports; days of ``period``
    lie inside.
    """
    if not records:
        raise ValueError("a report needs at least one record")
    for prefix, space in _PREFIXES.items():
        Xml.register_namespace(prefix, space)
    root = Xml.Element(f"{{{REPORT}}}ActivityReports")
    _add(root, REPORT, "DateTimeCreated", made_at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    _add(root, REPORT, "ReportingStartDate", period[0].isoformat())
    _add(root, REPORT, "ReportingEndDate", period[1].isoformat())
    report = _add(root, REPORT, "ActivityReport")
    _add(report, REPORT, "ReportingOrganization", reporter)
    _member(report, member)
    for record in records:
        _activity(report, record)
    Xml.indent(root, " ")
    content: bytes = Xml.tostring(root, encoding="UTF-8", xml_declaration=True)
    return content + b"\n"


def _add(parent: Xml.Element, space: str, name: str, text: str = "") -> Xml.Element:
    one = Xml.SubElement(parent, f"{{{space}}}{name}")
    if text:
        one.text = _NO_XML.sub("", text) or NOT_STATED
    return one


def _member(report: Xml.Element, member: Member) -> None:
    one = _add(report, REPORT, "Member")
    for domain, number in member.identifiers:
        _add(one, MEMBER, "UniqueID", number).set("domain", domain)
    if member.given_name or member.family_name or member.degree:
        name = _add(one, MEMBER, "Name")
        for tag, text in (("GivenName", member.given_name), ("FamilyName", member.family_name),
                          ("Degree", member.degree)):  # fmt: skip
            if text:
                _add(name, NAME, tag, text)


def _activity(report: Xml.Element, record: CreditRecord) -> None:
    title = record.title or record.id
    activity = _add(report, REPORT, "Activity")
    activity.set("activityID", record.id)
    _add(activity, REPORT, "ProviderOrganization", record.provider or NOT_STATED)
    _add(activity, REPORT, "ActivityName", title)
    _add(activity, REPORT, "Status", "Completed")
    module = _add(activity, REPORT, "Module")
    _add(module, REPORT, "ModuleName", title)
    _add(module, REPORT, "Status", "Completed")
    _add(module, REPORT, "CompletedDateTime", f"{record.completed.isoformat()}T00:00:00")
    for code, ticks in record.credits:
        _certificate(module, record, code, ticks)
    if record.format in DELIVERY:
        _add(module, HEALTH, "activityDelivery", DELIVERY[record.format])
    form = FORMATS[record.format].name if record.format in FORMATS else record.format
    _add(_add(module, HEALTH, "activityFormat"), LOM, "string", form).set("language", "en")


def _certificate(module: Xml.Element, record: CreditRecord, code: str, ticks: int) -> None:
    kind = CREDIT_TYPES.get(code)
    certificate = _add(module, REPORT, "CreditCertificate")
    received = _add(certificate, REPORT, "CreditReceived")
    if kind is not None:
        _add(received, HEALTH, "accreditingBody", kind.authority)
    _add(received, HEALTH, "activityCertification", kind.name if kind else code)
    if sort := _sort_of(code):
        _add(received, HEALTH, "creditType", sort)
    if unit := _unit_of(code, kind):
        _add(received, HEALTH, "creditUnit", unit)
    if record.provider and kind is not None and kind.is_accredited:
        _add(received, HEALTH, "accreditedProvider", record.provider)
    _add(received, HEALTH, "numberOfCredits", amount_text(ticks))
    topics = load_vocabulary()
    for topic, share in record.topics:
        focus = _add(received, REPORT, "CreditFocus")
        _add(focus, REPORT, "Description", topics.topics.get(topic) or topics.specialties.get(topic) or topic)
        _add(focus, REPORT, "Code", topic)
        _add(focus, REPORT, "NumberOfCredits", amount_text(share))
    _add(certificate, REPORT, "CreditID", f"urn:osler:record:{_urn(record.id)}:{_urn(code)}")


def _sort_of(code: str) -> str:
    if code in _KINDS:
        return _KINDS[code]
    if code.startswith(_PHYSICIANS):
        return "CME"
    if code.startswith(_DEVELOPMENT):
        return "CPD"
    return ""


def _unit_of(code: str, kind: CreditType | None) -> str:
    if code in _OWN_UNITS:
        return _OWN_UNITS[code]
    if kind is None:
        return ""
    return "Contact Hour" if "contact hour" in kind.name.lower() else _UNITS[kind.unit]


def _urn(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", lambda found: "".join(f"%{b:02X}" for b in found[0].encode()), text)
