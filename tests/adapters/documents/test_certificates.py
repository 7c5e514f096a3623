"""Ten certificates set for this, and the sample: nothing wrong is proposed as certain, typeset or scanned."""

import csv
from datetime import date
from pathlib import Path

import pytest

from osler.adapters.documents import Reading
from osler.adapters.documents.child import read
from osler.adapters.documents.kinds import PDF, PNG
from osler.adapters.documents.tesseract import is_installed
from tests import certificates as made
from tests.certificates.answers import verdicts

AS_OF = date(2026, 1, 31)
needs_tesseract = pytest.mark.skipif(not is_installed(), reason="Tesseract is not installed")


def by_text(name: str, folder: Path) -> Reading:
    return read(made.typeset(name), PDF, folder, AS_OF, may_look=False)


def certain_fields(reading: Reading) -> set[str]:
    return {one.field for one in reading.proposals if one.is_certain}


@pytest.mark.parametrize("name", made.corpus_names())
def test_a_typeset_certificate_is_read(name: str, tmp_path: Path) -> None:
    reading, expected = by_text(name, tmp_path), made.expected_of(name)
    found = verdicts(reading, expected)
    assert "WRONG" not in found.values(), found
    assert set(expected["certain"]) <= certain_fields(reading)
    for field, verdict in found.items():
        is_named = any(field.startswith(each) for each in expected["certain"])
        assert verdict == "right" or (verdict == "offered" and not is_named) or field == "learner", found
    for code in expected.get("remarks", []):
        assert code in [one.code for one in reading.remarks]


@needs_tesseract
@pytest.mark.parametrize("name", made.corpus_names())
def test_nothing_wrong_is_certain_in_a_scan(name: str, tmp_path: Path) -> None:
    reading = read(made.scanned(name), PNG, tmp_path, AS_OF, may_look=True)
    found = verdicts(reading, made.expected_of(name))
    assert "WRONG" not in found.values(), found
    right = sum(verdict in ("right", "offered") for verdict in found.values())
    assert right >= len(found) * 0.6, found


def test_the_place_of_a_value_is_where_its_words_stand(tmp_path: Path) -> None:
    reading = by_text("centred", tmp_path)
    title = next(one for one in reading.proposals if one.field == "title").best
    (page,) = reading.pages
    assert title.place.words.startswith("Antimicrobial Stewardship")
    assert 0 < title.place.box.left < title.place.box.right < page.width
    middle = (title.place.box.left + title.place.box.right) / 2
    assert abs(middle - page.width / 2) < 10
    assert 0.4 < title.place.box.top / page.height < 0.6


@pytest.fixture
def brown() -> tuple[str, dict[str, object]]:
    markup = made.brown_markup()
    if markup is None:
        pytest.skip("the sample certificate does not come with the code")
    with (made.BROWN / "expected_fields.csv").open(encoding="utf-8") as file:
        return markup, made.brown_expected(next(csv.DictReader(file)))


def test_the_sample_matches_in_every_field(brown: tuple[str, dict[str, object]], tmp_path: Path) -> None:
    markup, expected = brown
    reading = read(made.pdf_of(markup), PDF, tmp_path, AS_OF, may_look=False)
    found = verdicts(reading, expected)
    fields = ("title", "provider", "completed", "credit AMA_PRA_1", "format", "learner")
    assert [found[field] for field in fields] == ["right"] * 6
    assert next(one for one in reading.proposals if one.field == "provider").best.value.startswith(
        "The Warren"
    )


@needs_tesseract
def test_the_scanned_sample_matches_in_every_field(
    brown: tuple[str, dict[str, object]], tmp_path: Path
) -> None:
    markup, expected = brown
    reading = read(made.picture_of(markup, 180), PNG, tmp_path, AS_OF, may_look=True)
    found = verdicts(reading, expected)
    fields = ("title", "provider", "completed", "credit AMA_PRA_1", "format")
    assert [found[field] for field in fields] == ["right"] * 5
