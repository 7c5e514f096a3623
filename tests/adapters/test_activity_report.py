"""An activity report is valid by the published schemas, wherever those lie beside the checkout."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import etree

from osler.adapters.activity_report import Member, activity_report
from osler.core.credit.amount import TICKS
from osler.core.credit.formats import FORMATS
from osler.core.credit.types import CREDIT_TYPES
from osler.core.rules.record import CreditRecord

SCHEMAS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "medbiquitous"
AT = datetime(2026, 1, 31, 12, tzinfo=UTC)

# The metadata schemas do not lie beside the others. Their part that a report uses, written down from the
# documentation: names, order and the closed lists.
HEALTH = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://ns.medbiq.org/lom/extend/v1/"
 xmlns:lom="http://ltsc.ieee.org/xsd/LOM" targetNamespace="http://ns.medbiq.org/lom/extend/v1/"
 elementFormDefault="qualified"><xs:import namespace="http://ltsc.ieee.org/xsd/LOM"
 schemaLocation="healthcarelom.xsd"/>
<xs:element name="activityFormat" type="lom:Said"/>
<xs:element name="activityDelivery"><xs:simpleType><xs:restriction base="xs:string">
<xs:enumeration value="live"/><xs:enumeration value="not live"/></xs:restriction></xs:simpleType></xs:element>
<xs:complexType name="creditsType"><xs:sequence>
<xs:element name="accreditingBody" type="xs:string" minOccurs="0"/>
<xs:element name="activityCertification" type="xs:string" minOccurs="0"/>
<xs:element name="creditType" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string">
{types}</xs:restriction></xs:simpleType></xs:element>
<xs:element name="creditUnit" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string">
{units}</xs:restriction></xs:simpleType></xs:element>
<xs:element name="accreditedProvider" type="xs:string" minOccurs="0"/>
<xs:element name="numberOfCredits" type="xs:decimal" minOccurs="0"/>
</xs:sequence></xs:complexType></xs:schema>"""
LOM = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://ltsc.ieee.org/xsd/LOM"
 targetNamespace="http://ltsc.ieee.org/xsd/LOM" elementFormDefault="qualified">
<xs:element name="lom" type="xs:string"/>
<xs:complexType name="Said"><xs:sequence><xs:element name="string"><xs:complexType><xs:simpleContent>
<xs:extension base="xs:string"><xs:attribute name="language"/></xs:extension></xs:simpleContent>
</xs:complexType></xs:element></xs:sequence></xs:complexType></xs:schema>"""
XML_NAMESPACE = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
 targetNamespace="http://www.w3.org/XML/1998/namespace"><xs:attribute name="lang" type="xs:language"/>
</xs:schema>"""
INCLUDE = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
 targetNamespace="http://www.w3.org/2004/08/xop/include"><xs:element name="Include" type="xs:string"/>
</xs:schema>"""
TERMS = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
 targetNamespace="http://purl.org/dc/terms/"><xs:element name="format" type="xs:string"/>
</xs:schema>"""
TYPES = ("CME", "CE", "CNE", "CPE", "CHES", "CPD")
UNITS = ("CECH", "CEH", "CEU", "Cognate", "Contact Hour", "Credit", "Hour", "Unit", "Credit Hour", "Point")


def listed(values: tuple[str, ...]) -> str:
    return "".join(f'<xs:enumeration value="{value}"/>' for value in values)


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    """The published schemas, each import led to a file of this machine; nothing is fetched."""
    if not SCHEMAS.exists():
        pytest.skip("the MedBiquitous schemas may not ship; they lie beside the checkout where they are had")
    folder = tmp_path_factory.mktemp("schemas")
    written = {
        "healthcaremetadata.xsd": HEALTH.format(types=listed(TYPES), units=listed(UNITS)),
        "healthcarelom.xsd": LOM,
        "xml.xsd": XML_NAMESPACE,
        "include.xsd": INCLUDE,
        "dcterms.xsd": TERMS,
    }
    for name in ("activityreport", "member", "name", "address", "common"):
        written[f"{name}.xsd"] = (SCHEMAS / name / f"{name}.xsd").read_text(encoding="utf-8")
    for name, text in written.items():
        led = re.sub(r'schemaLocation="([^"]*)"', lambda found: f'schemaLocation="{_file(found[1])}"', text)
        (folder / name).write_text(led, encoding="utf-8")
    return etree.XMLSchema(etree.parse(str(folder / "activityreport.xsd")))


def _file(address: str) -> str:
    name = address.strip().rpartition("/")[2]
    return name if name.endswith(".xsd") else f"{name}.xsd"


def test_a_report_of_every_type_and_format_is_valid(schema: etree.XMLSchema) -> None:
    formats = list(FORMATS)
    records = [
        CreditRecord(
            id=f"rec {number}/ä",
            completed=date(2025, 1, 1),
            credits=((code, TICKS + TICKS // 3), ("AN_UNKNOWN_ONE", TICKS)),
            title="Pain & <opioids>\x0b",
            provider="" if number % 2 else "Nonesuch University",
            format=formats[number % len(formats)],
            topics=(("pain-management", TICKS),),
        )
        for number, code in enumerate(CREDIT_TYPES)
    ]
    member = Member("Ruth", "Mehta", "MD", (("idd:cms.hhs.gov:npi", "1234567893"),))
    xml = activity_report(
        member, records, reporter="Osler", made_at=AT, period=(date(2025, 1, 1), date(2025, 1, 1))
    )
    schema.assertValid(etree.fromstring(xml))


def test_somebody_without_a_name_is_reported_too(schema: etree.XMLSchema) -> None:
    record = CreditRecord("a", date(2025, 1, 1), (("AMA_PRA_1", TICKS),))
    xml = activity_report(
        Member(), [record], reporter="Osler", made_at=AT, period=(date(2025, 1, 1), date(2025, 1, 1))
    )
    schema.assertValid(etree.fromstring(xml))


def test_a_report_of_nothing_is_none() -> None:
    with pytest.raises(ValueError, match="at least one record"):
        activity_report(
            Member(), [], reporter="Osler", made_at=AT, period=(date(2025, 1, 1), date(2025, 1, 1))
        )
