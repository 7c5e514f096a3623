"""What the words of a certificate mean: certain only where nothing else can be meant."""

from datetime import date

import pytest

from osler.adapters.documents import Proposal
from osler.adapters.documents.fields import proposals_of
from osler.adapters.documents.fields.dates import days_in
from osler.adapters.documents.fields.topics import ALSO
from osler.adapters.documents.plain_text import pages_of
from osler.requirement_sets.vocabulary import load_vocabulary

AS_OF = date(2026, 1, 31)
FILLER = "\nSome further words that fill the page and say nothing of weight at all."


def read(text: str) -> dict[str, Proposal]:
    proposals, _remarks = proposals_of(pages_of(text + FILLER), AS_OF)
    return {f"{one.field} {one.best.kind}".strip(): one for one in proposals}


def values(one: Proposal | None) -> list[str]:
    return [] if one is None else [each.value for each in one.candidates]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("19 August 2022", None, "2022-08-19"),
        ("August 19-21, 2022", "2022-08-19", "2022-08-21"),
        ("Aug. 30 – September 2, 2022", "2022-08-30", "2022-09-02"),
        ("30 August - 2 September 2022", "2022-08-30", "2022-09-02"),
        ("December 30 to January 2, 2023", "2022-12-30", "2023-01-02"),
        ("19.–21. September 2024", "2024-09-19", "2024-09-21"),
        ("le 3 février 2024", None, "2024-02-03"),
        ("1er mars 2024", None, "2024-03-01"),
        ("5 de octubre de 2023", None, "2023-10-05"),
        ("this 19th day of August, 2022", None, "2022-08-19"),
        ("2022-08-19", None, "2022-08-19"),
        ("08/19/2022 - 08/21/2022", "2022-08-19", "2022-08-21"),
        ("3.4.2022", None, "2022-04-03"),
        ("Friday, August 19th, 2022", None, "2022-08-19"),
    ],
)
def test_days_are_read_as_they_are_written(text: str, first: str | None, last: str) -> None:
    (day,) = days_in(text, 2026)
    assert day.last.isoformat() == last
    assert (day.first.isoformat() if day.first else None) == first


def test_a_number_that_only_looks_like_a_day_is_none() -> None:
    assert days_in("CEP 12/345, 31/31/2022, February 30, 2022, call 555-0142, 1/2/3", 2026) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Completed on: 19 August 2022\nDate issued: 3 September 2022", "2022-08-19"),
        ("Certificate date: 3 September 2022\nDate of completion: 19 August 2022", "2022-08-19"),
        ("has participated in a course\non August 19-21, 2022\nExpires August 2024", "2022-08-21"),
        ("Original release date: March 1, 2021. She completed it on May 5, 2022.", "2022-05-05"),
        ("Date of birth: 2 May 1970\nattended on 19 August 2022", "2022-08-19"),
        ("a participé à la formation du 3 au 5 mars 2025", "2025-03-05"),
        ("ha participado en el curso celebrado el 4 de junio de 2025", "2025-06-04"),
    ],
)
def test_the_day_of_completion_is_told_from_the_others(text: str, day: str) -> None:
    one = read(text)["completed"]
    assert (values(one), one.is_certain) == ([day], True)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Completed: 03/04/2022", ["2022-03-04", "2022-04-03"]),
        ("Date: 3 May 2022\nDate: 9 May 2022", ["2022-05-03", "2022-05-09"]),
        ("Completed: 3 May 2022\nCompletion date: 9 May 2022", ["2022-05-03", "2022-05-09"]),
        ("Issued on 3 May 2022", ["2022-05-03"]),
        ("has registered for the course titled Sepsis\non 3 May 2022", ["2022-05-03"]),
        ("Date of course: 9 May 2022\nDate completed: 3 May 2022", ["2022-05-03", "2022-05-09"]),
        ("Completed: 13/05/22", ["2022-05-13"]),
        ("Signed 3 May 2022\n\n9 May 2022", ["2022-05-09", "2022-05-03"]),
    ],
)
def test_what_could_be_another_day_is_offered_and_not_chosen(text: str, days: list[str]) -> None:
    one = read(text)["completed"]
    assert (values(one), one.is_certain) == (days, False)


def test_a_day_to_come_is_not_proposed() -> None:
    assert "completed" not in read("Completed on 3 May 2031, 2 AMA PRA Category 1 Credits")


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("is awarded 1.00 AMA PRA Category 1 Credits(TM)", "AMA_PRA_1", "1"),
        ("was awarded 12,5 AMA PRA Category 1 Credit(s)™.", "AMA_PRA_1", "12.5"),
        (
            (
                "designates this for a maximum of 6.0 AMA PRA Category 1 Credits™. She claimed 4.25 "
                "AMA PRA Category 1 Credits™."
            ),
            "AMA_PRA_1",
            "4.25",
        ),
        ("Credits awarded: 2.0 AAFP Prescribed", "AAFP_PRESCRIBED", "2"),
        ("has earned 8 AOA Category 1-A credits", "AOA_1A", "8"),
        ("3.0 ANCC contact hours were awarded", "ANCC", "3"),
        (
            (
                "has earned 6.0 contact hours. Approved by the California Board of Registered Nursing, CEP "
                "12345."
            ),
            "CA_BRN",
            "6",
        ),
        ("was awarded 1.5 contact hours (0.15 CEU) of pharmacy education accredited by ACPE", "ACPE", "1.5"),
        (
            "earned 4.0 MOC points in the American Board of Internal Medicine’s (ABIM) program",
            "ABIM_MOC_POINT",
            "4",
        ),
        ("erhielt 13 Fortbildungspunkte", "DE_FORTBILDUNGSPUNKT", "13"),
        ("Credits claimed: AMA PRA Category 1: 3.25", "AMA_PRA_1", "3.25"),
        ("awarded two (2) AMA PRA Category 2 Credits", "AMA_PRA_2", "2"),
    ],
)
def test_what_was_awarded_is_certain(text: str, kind: str, value: str) -> None:
    one = read(text)[f"credit {kind}"]
    assert (values(one), one.is_certain) == ([value], True)


@pytest.mark.parametrize(
    ("text", "kind", "offered"),
    [
        ("designates this activity for a maximum of 6.5 AMA PRA Category 1 Credits™", "AMA_PRA_1", ["6.5"]),
        ("acceptable for up to 5 AAFP Prescribed credits", "AAFP_PRESCRIBED", ["5"]),
        (
            "enables the participant to earn up to 2.5 MOC points in the ABIM program",
            "ABIM_MOC_POINT",
            ["2.5"],
        ),
        ("AMA PRA Category 1 Credits: 6.00", "AMA_PRA_1", ["6"]),
        (
            "awarded 4 AMA PRA Category 1 Credits and awarded 5 AMA PRA Category 1 Credits",
            "AMA_PRA_1",
            ["4", "5"],
        ),
        ("is awarded 6.7 AMA PRA Category 1 Credits", "AMA_PRA_1", ["6.7"]),
        ("You have earned 12.0 of 50.0 AMA PRA Category 1 Credits required", "AMA_PRA_1", ["50"]),
        ("was not awarded 6 AMA PRA Category 1 Credits", "AMA_PRA_1", ["6"]),
        ("may be awarded 6 AMA PRA Category 1 Credits", "AMA_PRA_1", ["6"]),
        (
            "awarded 9 AMA PRA Category 1 Credits of a maximum of 6 AMA PRA Category 1 Credits",
            "AMA_PRA_1",
            ["9", "6"],
        ),
    ],
)
def test_what_could_be_earned_is_offered_and_not_chosen(text: str, kind: str, offered: list[str]) -> None:
    one = read(text)[f"credit {kind}"]
    assert (values(one), one.is_certain) == (offered, False)


def test_hours_that_say_not_whose_are_asked() -> None:
    found = read("She was awarded 3.5 hours of continuing education on 4 May 2025.")
    assert (values(found["credit"]), found["credit"].is_certain) == (["3.5"], False)
    mixed = read("was awarded 3 contact hours by ANCC and the Accreditation Council for Pharmacy Education")
    assert not any(one.is_certain for name, one in mixed.items() if name.startswith("credit"))


@pytest.mark.parametrize(
    ("text", "title", "is_certain"),
    [
        (
            "has completed the activity titled “Sepsis: The First\nHour” on 4 May 2025",
            "Sepsis: The First Hour",
            True,
        ),
        ("Course title: Sepsis, the First Hour\nDate completed: 4 May 2025", "Sepsis, the First Hour", True),
        ("has participated in the live activity\nSepsis Update\non 4 May 2025", "Sepsis Update", True),
        ("participated in the Sepsis Update 2025 on 4 May 2025", "Sepsis Update 2025", False),
        ("Title: Sepsis Update\nBoston, Massachusetts\n4 May 2025", "Sepsis Update", False),
    ],
)
def test_a_title_is_certain_where_its_end_is_plain(text: str, title: str, is_certain: bool) -> None:
    one = read(text)["title"]
    assert title in values(one)
    assert one.is_certain is is_certain


@pytest.mark.parametrize(
    ("text", "provider", "is_certain"),
    [
        (
            "In support of improving patient care, Oak University is jointly accredited by ACCME",
            "Oak University",
            True,
        ),
        (
            (
                "Elm Hospital designates this live activity for 1 credit.\nOak University is accredited "
                "by ACCME."
            ),
            "Oak University",
            False,
        ),
        ("Provider: Oak Learning Group", "Oak Learning Group", True),
        ("Oak University certifies that", "Oak University", True),
        ("Oak University\nElm Street 4", "Oak University", False),
    ],
)
def test_a_provider_is_certain_where_only_one_is_named(text: str, provider: str, is_certain: bool) -> None:
    one = read(text + "\nCompleted on 4 May 2025")["provider"]
    assert provider in values(one)
    assert one.is_certain is is_certain


def test_the_hours_of_a_topic_are_offered() -> None:
    found = read("This program qualifies for 1.0 hours CME Credit in Opioid Pain Management. On 4 May 2025.")
    assert values(found["topic pain-management"]) == ["1"]
    assert not found["topic pain-management"].is_certain


def test_topics_are_those_of_the_vocabulary() -> None:
    assert set(ALSO) <= set(load_vocabulary().topics)


def test_a_page_that_is_no_certificate_proposes_nothing_as_certain() -> None:
    proposals, remarks = proposals_of(
        pages_of("Dear all,\nlunch is at noon.\nName: Ann Other" + FILLER), AS_OF
    )
    assert not any(one.is_certain for one in proposals)
    assert [one.code for one in remarks] == ["no-certificate"]


def test_the_dot_of_a_saint_ends_no_name() -> None:
    found = read(
        "Dear Dr. Raman:\n\nThis letter confirms that you attended Surgery Grand Rounds.\n\n"
        "St. Brendan's Medical Center is accredited by the Maine Medical Association to provide education."
    )
    assert values(found["provider"]) == ["St. Brendan's Medical Center"]
    assert values(found["learner"]) == ["Raman"]
    assert not found["learner"].is_certain


def test_an_accredited_provider_of_nursing_development_is_the_provider() -> None:
    found = read(
        "has successfully completed Preventing Falls on 18 February 2025.\n\n"
        "Lakeshore Nursing Collaborative is accredited as a provider of nursing continuing professional "
        "development by the American Nurses Credentialing Center's Commission on Accreditation."
    )
    assert values(found["provider"]) == ["Lakeshore Nursing Collaborative"]


def test_an_amount_claimed_apart_from_its_type_is_offered_beside_the_most_there_was() -> None:
    found = read(
        "Participant: Lee Ann Kowalczyk, DO\nCredits claimed: 18.25\n\nIt was deemed acceptable for "
        "up to 24.50 In-Person, Live AAFP Prescribed credit(s). Term of Approval is from 04/03/2025 to "
        "04/06/2025.\n\nDates: April 3-6, 2025"
    )
    credit = found["credit AAFP_PRESCRIBED"]
    assert (values(credit), credit.is_certain) == (["18.25", "24.5"], False)
    assert values(found["completed"]) == ["2025-04-06"]


def test_points_of_a_college_are_offered_and_its_category_is_no_amount() -> None:
    found = read(
        "Approved by the Federation for 5 category 1 (external) CPD credits.\nCPD points claimed: 4.5\n"
        "Attended on 6 November 2025"
    )
    assert (values(found["credit"]), found["credit"].is_certain) == (["4.5", "5"], False)


def test_a_sum_of_points_is_not_its_first_part() -> None:
    found = read(
        "Thema: Sepsis und ihre Leitlinien\nFortbildungspunkte: 4 + 1 (Lernerfolgskontrolle)\n\n"
        "Die Maßnahme wurde mit 5 Fortbildungspunkten zertifiziert.\nEnde: 08.10.2025, 20:15 Uhr"
    )
    assert values(found["credit DE_FORTBILDUNGSPUNKT"]) == ["5"]
    assert values(found["completed"])[0] == "2025-10-08"
