"""`osler sets list`, `show` and `check`, and `osler schema`, as they are started from a shell."""

import json
import os
import subprocess
import sys
from pathlib import Path


def osler(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "osler.cli.main", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        timeout=120,
        check=False,
    )


def test_the_list_can_be_searched_and_narrowed_to_a_country() -> None:
    found = json.loads(osler("sets", "list", "--format", "json", "--search", "california").stdout)
    assert [each["id"] for each in found] == ["us-ca-md"]
    assert {
        each["country"]
        for each in json.loads(osler("sets", "list", "--format", "json", "--country", "au").stdout)
    } == {"AU"}
    table = osler("sets", "list", "--search", "california").stdout
    assert "Medical Board of California" in table
    assert "\x1b" not in table


def test_a_narrow_list_keeps_names_whole() -> None:
    lines = osler("sets", "list", COLUMNS="60").stdout.splitlines()
    assert max(len(line) for line in lines) <= 60
    assert any(line.startswith("us-ca-md") and "California physician" in line for line in lines)


def test_a_set_is_shown_with_its_ids_rules_sources_and_questions() -> None:
    text = osler("sets", "show", "us-ca-md").stdout
    for words in (
        "total  50 hours",
        "geriatrics  20% of total",
        "Source: ",
        "Do you",
        "https://",
        "patients-65-plus-share",
    ):
        assert words in text or words.replace("Do you", "How many") in text


def test_a_set_as_data_names_every_requirement_and_fact() -> None:
    data = json.loads(osler("sets", "show", "us-ca-md", "--format", "json").stdout)
    ids = [each["id"] for each in data["versions"][-1]["requirements"]]
    assert {"total", "pain-management", "geriatrics"} <= set(ids)
    asked = {each["fact"]: each for each in data["facts"]}
    assert asked["patients-65-plus-share"]["kind"] == "percent"
    cited = {name for each in data["versions"][-1]["requirements"] for name in each["references"]}
    assert cited <= {each["id"] for each in data["references"]}


def test_an_unknown_set_is_refused_with_the_closest_id() -> None:
    done = osler("sets", "show", "us-ca-mdd")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Did you mean us-ca-md?" in done.stderr


def test_check_ends_with_one_where_there_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "us-xx.yaml").write_text("requirement_set: us-xx\nkind: permit\n", "utf-8")
    done = osler("sets", "check", str(tmp_path))
    assert done.returncode == 1
    assert "us-xx.yaml:2: kind: unknown kind 'permit'" in done.stdout


def test_schemas_are_printed() -> None:
    for name in ("portfolio", "answer"):
        schema = json.loads(osler("schema", name).stdout)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
