"""The sets that Osler carries can all be read, and only those asked for are."""

from pathlib import Path

import pytest

from osler.requirement_sets.fault import TextFaults
from osler.requirement_sets.loader import SetLibrary, load_examples, load_set, load_sets

TWENTY_ONE = (
    *(
        "abim-moc",
        "abs-cc",
        "au-mba",
        "ca-rcpsc",
        "dea-mate",
        "nccpa-pac",
        "us-ca-md",
        "us-ct-mddo",
        "us-fl-do",
    ),
    *(
        "us-fl-md",
        "us-il-mddo",
        "us-ks-mddo",
        "us-ma-mddo",
        "us-mi-md",
        "us-nc-mddo",
        "us-nv-md",
        "us-ny-mddo",
    ),
    *("us-pa-md", "us-tx-mddo", "us-wa-md", "us-wv-md"),
)


def test_the_first_sets_are_all_there() -> None:
    assert set(TWENTY_ONE) <= set(load_sets())


@pytest.mark.parametrize("set_id", sorted({*load_sets(), *load_examples()}))
def test_a_set_can_be_read_and_is_filed_under_its_id(set_id: str) -> None:
    library = load_sets() if set_id in load_sets() else load_examples()
    assert library[set_id].id == set_id
    assert library[set_id].versions[-1].requirements


def test_examples_are_offered_to_nobody() -> None:
    assert not set(load_sets()) & set(load_examples())
    assert all(rules.kind == "example" for rules in load_examples().values())
    assert all(rules.kind != "example" for rules in load_sets().values())


def test_a_set_is_read_once_and_only_when_it_is_asked_for(tmp_path: Path) -> None:
    good = tmp_path / "dea-mate.yaml"
    good.write_text(Path(str(load_sets().place("dea-mate"))).read_text("utf-8"), "utf-8")
    (tmp_path / "broken.yaml").write_text("requirement_set: [", "utf-8")
    library = SetLibrary({"dea-mate": good, "broken": tmp_path / "broken.yaml"}, {})
    assert library["dea-mate"] is library["dea-mate"]
    assert list(library) == ["broken", "dea-mate"]
    with pytest.raises(TextFaults):
        library["broken"]


def test_a_file_under_another_name_is_a_fault(tmp_path: Path) -> None:
    place = tmp_path / "us-zz.yaml"
    place.write_text(Path(str(load_sets().place("dea-mate"))).read_text("utf-8"), "utf-8")
    with pytest.raises(TextFaults, match=r"dea-mate\.yaml"):
        load_set(place)
