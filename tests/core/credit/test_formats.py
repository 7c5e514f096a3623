"""The controlled list of formats and the fixed values of the AMA."""

from __future__ import annotations

import pytest

from osler.core.credit import formats
from osler.core.credit.amount import TICKS
from osler.core.credit.formats import AWARDS, FORMATS, NEVER, Format, award_for, find_format
from osler.core.credit.types import CREDIT_TYPES


def test_the_list_is_the_published_one() -> None:
    assert list(FORMATS) == [
        "live",
        "enduring",
        "journal",
        "test-item-writing",
        "manuscript-review",
        "pi",
        "point-of-care",
        "committee",
        "teaching",
        "self-study",
        "other",
    ]


@pytest.mark.parametrize("kind", FORMATS.values(), ids=lambda kind: kind.code)
def test_each_format_is_found_by_every_one_of_its_names(kind: Format) -> None:
    for name in (kind.code, kind.name, kind.name.upper(), *kind.synonyms):
        assert find_format(name) is kind


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Live Activity", "live"),
        ("Regularly-Scheduled Series", "live"),
        ("Internet Activity Enduring Material", "enduring"),
        ("Journal-based CME Activity", "journal"),
        ("PI CME", "pi"),
        ("Internet Searching and Learning", "point-of-care"),
        ("Committee Learning", "live"),
        ("Learning from Teaching", "teaching"),
    ],
)
def test_the_accreditors_labels_map_onto_the_list(text: str, code: str) -> None:
    found = find_format(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["", "something", "x" * 100_000])
def test_an_unknown_format_finds_nothing(text: str) -> None:
    assert find_format(text) is None


@pytest.mark.parametrize(
    ("format_code", "values"),
    [
        ("journal", (1,)),
        ("manuscript-review", (3,)),
        ("test-item-writing", (10,)),
        ("pi", (5, 10, 20)),
    ],
)
def test_the_fixed_values_of_the_ama(format_code: str, values: tuple[int, ...]) -> None:
    award = award_for("AMA_PRA_1", format_code)
    assert award is not None
    assert award.values == tuple(value * TICKS for value in values)


def test_point_of_care_is_half_a_credit_a_cycle() -> None:
    award = award_for("AMA_PRA_1", "point-of-care")
    assert award is not None
    assert award.values == (TICKS // 2,)


def test_every_rule_names_known_types_and_formats_and_its_source() -> None:
    for (code, format_code), award in AWARDS.items():
        assert code in CREDIT_TYPES
        assert format_code in FORMATS
        assert (award.counting == "time") == (award.minutes_per_credit is not None) == (not award.values)
        assert list(award.values) == sorted(award.values)
        assert award.source.url.startswith("http")
    assert not set(NEVER) & set(AWARDS)


def test_two_formats_never_share_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    twin = Format("twin", "Podcast", "", True)
    monkeypatch.setattr(formats, "FORMATS", {**FORMATS, "twin": twin})
    with pytest.raises(ValueError, match="Podcast"):
        formats._synonym_table()
