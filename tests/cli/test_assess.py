"""`osler assess` as a person or a program starts it: what it prints, where, and with which exit status."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PORTFOLIO = """\
portfolio: 1
clinician:
  profession: physician
  degree: MD
  specialties: [surgery]
credentials:
  - {requirement_set: us-ca-md, number: A12345, issued: 2015-06-30, expires: 2026-06-30}
credits:
  - id: c1
    title: Grand rounds, autumn series
    completed: 2025-03-02
    format: live
    credits: {AMA_PRA_1: 32.25}
    topics: {pain-management: 12.0}
  - {id: c9, title: An old course, completed: 2020-01-01, credits: {AMA_PRA_1: 5}}
"""


def osler(*arguments: str, text: str | bytes = "", **environment: str) -> subprocess.CompletedProcess[str]:
    env = {
        key: value for key, value in os.environ.items() if key not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR")
    }
    done = subprocess.run(
        [sys.executable, "-m", "osler.cli.main", *arguments],
        input=text.encode() if isinstance(text, str) else text,
        capture_output=True,
        env={**env, "PYTHONIOENCODING": "utf-8", **environment},
        timeout=60,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_the_answer_as_json_is_all_that_stands_on_standard_output(tmp_path: Path) -> None:
    file = tmp_path / "portfolio.yaml"
    file.write_text(PORTFOLIO, "utf-8")
    done = osler("assess", str(file), "--as-of", "2026-01-31", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert answer["as_of"] == "2026-01-31"
    (credential,) = answer["credentials"]
    assert (credential["requirement_set"], credential["status"]) == ("us-ca-md", "short")
    assert credential["cycle"] == {"start": "2024-07-01", "end": "2026-06-30"}
    total = next(each for each in credential["requirements"] if each["id"] == "total")
    assert [total[key] for key in ("status", "required", "counted", "remaining", "unit", "due")] == [
        "short",
        "50",
        "32.25",
        "17.75",
        "hour",
        "2026-06-30",
    ]
    assert total["counted_records"][0]["id"] == "c1"
    assert total["counted_records"][0]["amount"] == "32.25"
    assert {each["id"]: each["reason"] for each in total["not_counted"]} == {"c9": "outside-window"}


def test_the_table_says_the_answer_first_and_what_is_missing() -> None:
    done = osler("assess", "-", "--as-of", "2026-01-31", text=PORTFOLIO)
    assert done.returncode == 0
    first = done.stdout.splitlines()[0]
    assert first.startswith("As of 31 January 2026 California physician licence")
    assert "17.75 hours" in done.stdout
    assert "30 June 2026" in done.stdout
    assert "◐ short" in done.stdout


def test_no_colour_where_nobody_looks() -> None:
    done = osler("assess", "-", "--as-of", "2026-01-31", text=PORTFOLIO)
    assert "\x1b" not in done.stdout


def test_an_explanation_names_every_record_and_its_reason() -> None:
    done = osler("assess", "-", "--as-of", "2026-01-31", "--explain", text=PORTFOLIO)
    assert "Grand rounds, autumn series (c1)" in done.stdout
    assert "An old course (c9)" in done.stdout
    assert "Source:" in done.stdout


def test_records_refused_for_one_reason_share_a_line_whatever_their_days() -> None:
    old = "".join(
        f"  - {{id: o{n}, title: T{n}, completed: 2020-01-0{n}, credits: {{AMA_PRA_1: 1}}}}\n"
        for n in range(1, 6)
    )
    done = osler("assess", "-", "--as-of", "2026-01-31", "--explain", text=PORTFOLIO + old)
    total = done.stdout[done.stdout.index("(total)") :]
    assert "6 records: completed before the window opened on 2024-07-01" in " ".join(total.split())


def test_the_table_fits_a_narrow_terminal() -> None:
    done = osler("assess", "-", "--as-of", "2026-01-31", "--explain", text=PORTFOLIO, COLUMNS="60")
    assert max(len(line) for line in done.stdout.splitlines() if "http" not in line) <= 60


@pytest.mark.parametrize("columns", ["30", "60", "80"])
def test_no_terminal_is_too_narrow_for_names_states_and_amounts(columns: str) -> None:
    done = osler("assess", "-", "--as-of", "2026-01-31", text=PORTFOLIO, COLUMNS=columns)
    table = " ".join(done.stdout.partition("us-ca-md")[2].split())
    assert "Approved continuing" in table
    assert "◐ short" in table
    assert "32.25" in table
    assert "30 June 2026" in table


def test_what_presses_most_stands_first() -> None:
    text = PORTFOLIO.replace(
        "credits:\n",
        "  - {requirement_set: us-fl-md, issued: 2015-06-30, expires: 2025-12-31}\ncredits:\n",
        1,
    )
    table = osler("assess", "-", "--as-of", "2026-01-31", text=text).stdout
    assert table.index("us-fl-md") < table.index("us-ca-md")
    florida = table[table.index("us-fl-md") : table.index("us-ca-md")]
    states = [line for line in florida.splitlines() if "overdue" in line or "not applicable" in line][1:]
    assert "overdue" in states[0]
    assert "not applicable" in states[-1]
    data = osler("assess", "-", "--as-of", "2026-01-31", "--format", "json", text=text).stdout
    held = [each["requirement_set"] for each in json.loads(data)["credentials"]]
    assert held == ["us-ca-md", "us-fl-md"]


def test_a_title_cannot_turn_the_direction_of_reading() -> None:
    text = PORTFOLIO.replace("Grand rounds", '"\\u202eGrand rounds').replace("series", 'series"')
    done = osler("assess", "-", "--as-of", "2026-01-31", "--explain", text=text)
    assert done.returncode == 0
    assert "�Grand rounds" in done.stdout
    assert "\u202e" not in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("form", ["table", "json"])
def test_a_full_disk_is_told_in_one_line_and_is_no_success(form: str, tmp_path: Path) -> None:
    file = tmp_path / "portfolio.yaml"
    file.write_text(PORTFOLIO, "utf-8")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "osler.cli.main", "assess", str(file), "--format", form],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == "The answer could not be written: No space left on device.\n"


def test_an_answer_is_given_where_the_output_knows_ascii_alone() -> None:
    table = osler("assess", "-", "--as-of", "2026-01-31", text=PORTFOLIO, PYTHONIOENCODING="ascii")
    assert table.returncode == 0
    assert "~ short" in table.stdout
    data = osler(
        "assess", "-", "--as-of", "2026-01-31", "--format", "json", text=PORTFOLIO, PYTHONIOENCODING="ascii"
    )
    assert json.loads(data.stdout)["credentials"][0]["status"] == "short"


def test_a_set_that_is_not_held_can_be_asked_about() -> None:
    done = osler(
        "assess", "-", "--as-of", "2026-01-31", "--set", "dea-mate", "--format", "json", text=PORTFOLIO
    )
    assert [each["requirement_set"] for each in json.loads(done.stdout)["credentials"]] == ["dea-mate"]


def test_an_overdue_licence_is_an_answer_and_no_failure() -> None:
    done = osler("assess", "-", "--as-of", "2026-07-01", "--format", "json", text=PORTFOLIO)
    assert done.returncode == 0
    assert json.loads(done.stdout)["credentials"][0]["status"] == "overdue"


def test_the_same_question_has_the_same_answer() -> None:
    one, two = (
        osler("assess", "-", "--as-of", "2026-01-31", "--format", "json", text=PORTFOLIO, PYTHONHASHSEED=seed)
        for seed in ("1", "2")
    )
    assert one.stdout
    assert one.stdout == two.stdout


def test_a_warning_goes_to_standard_error_and_the_answer_is_given() -> None:
    text = PORTFOLIO.replace("pain-management", "pain-managment")
    done = osler("assess", "-", "--as-of", "2026-01-31", "--format", "json", text=text)
    assert done.returncode == 0
    assert "warning: " in done.stderr
    assert "Did you mean pain-management?" in done.stderr
    assert json.loads(done.stdout)


def test_each_fault_is_one_line_and_nothing_is_answered() -> None:
    text = PORTFOLIO.replace("us-ca-md", "us-ca-mdd").replace("2025-03-02", "2026-02-30")
    done = osler("assess", "-", "--format", "json", text=text)
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert lines == [
        "credentials[0].requirement_set, line 7: unknown requirement set 'us-ca-mdd'. Did you mean us-ca-md?",
        "credits[0].completed, line 11: 2026-02-30 is not a day of the calendar",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, 12)),
            "split",
        ),
        ("x" * (20 * 1024 * 1024), "larger than 8 MB"),
        ("[" * 100_000, "nested deeper"),
        (b"\xff\xfe\x00\x01", "UTF-8"),
        ("", "empty"),
    ],
    ids=["bomb", "20 MB", "deep", "binary", "empty"],
)
def test_hostile_input_is_refused(text: str | bytes, expected: str) -> None:
    done = osler("assess", "-", text=text)
    assert (done.returncode, done.stdout) == (2, "")
    assert expected in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["no-such-file.yaml"], "No such file"),
        (["."], "directory"),
        (["-", "--as-of", "2026-02-30"], "--as-of: expected a day"),
        (["-", "--as-of", "2026-W05-1"], "--as-of: expected a day"),
        (["-", "--as-of", "9999-12-31"], "--as-of: 9999-12-31 lies outside the years 1900 to 2200"),
        (["no\nsuch\x1b[31m.yaml"], "no�such�[31m.yaml: No such file"),
        (["-", "--set", "us-ca-mdd"], "unknown requirement set 'us-ca-mdd'"),
        (["-", "--format", "xml"], "--format"),
    ],
)
def test_a_malformed_command_is_refused_in_words(arguments: list[str], expected: str) -> None:
    done = osler("assess", *arguments, text=PORTFOLIO)
    assert (done.returncode, done.stdout) == (2, "")
    assert expected in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_asked_of_every_period_is_told_by_the_periods(tmp_path: Path) -> None:
    years = "".join(
        f"  - {{id: c{year}, title: Course, completed: {year}-06-01, credits: {{ABIM_MOC_POINT: 5}}}}\n"
        for year in (2024, 2025, 2026)
    )
    file = tmp_path / "portfolio.yaml"
    file.write_text(
        "portfolio: 1\nclinician: {profession: physician, degree: MD, specialties: [internal-medicine]}\n"
        "credentials:\n  - {requirement_set: abim-moc, issued: 2011-08-22, expires: 2028-12-31}\n"
        f"credits:\n{years}",
        "utf-8",
    )
    done = osler("assess", str(file), "--as-of", "2026-11-22", COLUMNS="120")
    assert "An activity in every two years · three of four periods met" in done.stdout
    narrow = osler("assess", str(file), "--as-of", "2026-11-22", COLUMNS="60")
    assert "three of four periods met" in narrow.stdout
    assert "1 activity in each of 4 periods" in narrow.stdout
