"""Finds the requirement sets that Osler carries and reads each when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from osler.core.rules.requirement import RequirementSet
from osler.requirement_sets.fault import Fault, TextFaults
from osler.requirement_sets.set_reader import read_set

CASES = ".cases.yaml"
EXAMPLES = "examples"


class SetLibrary(Mapping[str, RequirementSet]):
    """Requirement sets by id, in the order of their ids; a set is parsed when it is first looked up.

    Looking up a broken set raises ``TextFaults``; ``osler sets check`` says the same for all of them.
    """

    def __init__(self, places: Mapping[str, Traversable], cases: Mapping[str, Traversable]) -> None:
        self._places = dict(sorted(places.items()))
        self._cases = cases
        self._read: dict[str, RequirementSet] = {}

    def __getitem__(self, set_id: str) -> RequirementSet:
        found = self._read.get(set_id)
        if found is None:
            found = self._read[set_id] = load_set(self._places[set_id])
        return found

    def __contains__(self, set_id: object) -> bool:
        return set_id in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def place(self, set_id: str) -> Traversable:
        """The file of a set."""
        return self._places[set_id]

    def cases_place(self, set_id: str) -> Traversable | None:
        """The file of its worked cases, where there is one."""
        return self._cases.get(set_id)


@cache
def load_sets() -> SetLibrary:
    """Every set that Osler carries; only the folders are read, the files when they are needed."""
    return _library([folder for folder in _folders() if folder.name != EXAMPLES])


@cache
def load_examples() -> SetLibrary:
    """Sets that show one shape of rule in small; they are checked like the others and offered to nobody."""
    return _library([folder for folder in _folders() if folder.name == EXAMPLES])


def _library(folders: list[Traversable]) -> SetLibrary:
    files = [file for folder in folders for file in folder.iterdir()]
    cases = {_before(file, CASES): file for file in files if file.name.endswith(CASES)}
    sets = {_before(file, ".yaml"): file for file in files if file.name.endswith(".yaml")}
    return SetLibrary({name: file for name, file in sets.items() if not name.endswith(".cases")}, cases)


def load_set(place: Path | Traversable) -> RequirementSet:
    """The set in one file; ``TextFaults`` holds everything wrong with it, each with file and line."""
    file = shown_name(place)
    found = read_set(place.read_bytes(), file)
    if found.id != place.name[: -len(".yaml")]:
        raise TextFaults(
            [Fault("requirement_set", f"the file is named for {found.id}: {found.id}.yaml", 1, file)]
        )
    return found


def _folders() -> Iterator[Traversable]:
    for folder in resources.files("osler.requirement_sets").iterdir():
        if folder.is_dir() and folder.name not in ("vocabulary", "__pycache__"):
            yield folder


def _before(file: Traversable, ending: str) -> str:
    return file.name.removesuffix(ending)


def shown_name(place: Path | Traversable) -> str:
    """A file as messages name it: its folder and its name."""
    parts = str(place).replace("\\", "/").split("/")
    return "/".join(parts[-2:])
