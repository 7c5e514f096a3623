"""`check_all` and `check_paths` say in words what is wrong with sets and cases, and what to look at again."""

from datetime import date
from pathlib import Path

import pytest

from osler.requirement_sets.checker import Finding, check_all, check_paths

SET = """\
requirement_set: us-xx-md
name: Example licence
authority: Example board
country: US
kind: licence
professions: [physician]
checked: 2025-10-01
status: verified
unit: hour
references:
  rule-1: {title: "Rule 1", url: "https://example.org/1", as_of: 2025-10, checked: 2025-10-01}
cycle: {anchor: expiry, months: 24}
accepts: {credits: [AMA_PRA_1]}
versions:
  - effective: 2022-01-01
    requirements:
      - id: total
        title: Continuing education
        rule: Fifty hours in each cycle.
        at_least: 50
        references: [rule-1]
"""

CASE = """\
  - name: {name}
    as_of: {as_of}
    credential: {{issued: 2015-07-01, expires: 2026-06-30}}
    credits: [{{id: c1, completed: 2025-06-30, credits: {{AMA_PRA_1: {hours}}}}}]
    expect: {{status: {status}, requirements: {{total: {{status: {status}, counted: {hours}}}}}}}
"""


def cases(*rows: tuple[str, str, str, str]) -> str:
    keys = ("name", "as_of", "hours", "status")
    return "requirement_set: us-xx-md\ncases:\n" + "".join(
        CASE.format(**dict(zip(keys, row, strict=True))) for row in rows
    )


FIVE = (
    ("Just met", "2026-06-30", "50", "met"),
    ("A quarter hour short", "2026-06-30", "49.75", "short"),
    ("A day too late", "2026-07-01", "49.75", "overdue"),
    ("More than enough", "2026-06-30", "60", "met"),
    ("Little", "2026-01-30", "1", "short"),
)


def found(tmp_path: Path, rules: str, worked: str, today: date = date(2026, 1, 1)) -> list[Finding]:
    folder = tmp_path / "us"
    folder.mkdir(exist_ok=True)
    (folder / "us-xx-md.yaml").write_text(rules, "utf-8")
    (folder / "us-xx-md.cases.yaml").write_text(worked, "utf-8")
    return check_paths([tmp_path], today)


def told(findings: list[Finding]) -> str:
    return "\n".join(f"{'fault' if each.is_fault else 'reminder'}: {each}" for each in findings)


def test_a_sound_set_with_five_cases_has_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path, SET, cases(*FIVE)) == []


def test_a_case_that_the_evaluator_answers_otherwise_is_a_fault_in_words(tmp_path: Path) -> None:
    wrong = ("Just met", "2026-06-30", "50", "short")
    text = told(found(tmp_path, SET, cases(wrong, *FIVE[1:])))
    assert "fault: us/us-xx-md.cases.yaml:3: Just met: status: expected short, found met" in text
    assert "Just met: total: status: expected short, found met" in text


def test_too_few_cases_are_a_fault_and_a_side_without_a_case_a_reminder(tmp_path: Path) -> None:
    text = told(found(tmp_path, SET, cases(FIVE[0])))
    assert "fault: us/us-xx-md.yaml: 1 worked cases; expected at least 5" in text
    assert "reminder: us/us-xx-md.yaml: no case falls short of total (50)" in text


def test_a_set_that_nobody_has_checked_for_a_year_is_a_reminder(tmp_path: Path) -> None:
    assert found(tmp_path, SET, cases(*FIVE), date(2026, 10, 1)) == []
    (finding,) = found(tmp_path, SET, cases(*FIVE), date(2026, 10, 2))
    assert not finding.is_fault
    assert "2025-10-01" in finding.message


def test_a_reference_that_no_rule_cites_is_a_reminder(tmp_path: Path) -> None:
    rules = SET.replace("cycle:", "  rule-2: {title: Rule 2, as_of: unknown}\ncycle:", 1)
    assert "no rule cites the reference rule-2" in told(found(tmp_path, rules, cases(*FIVE)))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("total: {", "totl: {", "unknown requirement 'totl'. Did you mean total?"),
        ("status: met", "status: ok", "unknown status 'ok'"),
        ("as_of: 2026-06-30", "as_of: 2026-06-31", "not a day of the calendar"),
        ("us-xx-md", "us-yy-md", "unknown requirement set 'us-yy-md'"),
        ("counted: 50", "countd: 50", "no key 'countd'"),
    ],
)
def test_a_malformed_case_is_a_fault_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = told(found(tmp_path, SET, cases(*FIVE).replace(old, new, 1)))
    assert "fault: us/us-xx-md.cases.yaml:" in text
    assert message in text


def test_a_set_that_cannot_be_read_is_a_fault_and_a_missing_file_too(tmp_path: Path) -> None:
    assert "unknown kind 'permit'" in told(found(tmp_path, SET.replace("kind: licence", "kind: permit"), ""))
    assert "there is no such file" in told(check_paths([tmp_path / "none.yaml"], date(2026, 1, 1)))


def test_a_series_of_records_is_written_as_one(tmp_path: Path) -> None:
    series = """\
requirement_set: us-xx-md
cases:
  - name: Fifty weekly rounds
    as_of: 2026-06-30
    credential: {issued: 2015-07-01, expires: 2026-06-30}
    credits:
      - {id: week, completed: 2025-01-06, credits: {AMA_PRA_1: 1}, repeat: {count: 50, every_days: 7}}
    expect: {requirements: {total: {counted: 50, counted_records: {week-1: 1, week-50: 1}}}}
"""
    assert [each for each in found(tmp_path, SET, series) if "expected at least 5" not in each.message] == [
        Finding("us/us-xx-md.yaml", "no case meets total (50)", is_fault=False),
        Finding("us/us-xx-md.yaml", "no case falls short of total (50)", is_fault=False),
    ]


def test_what_osler_carries_has_no_fault() -> None:
    assert [str(each) for each in check_all(date(2026, 11, 22)) if each.is_fault] == []


def test_files_that_are_no_text_are_faults_and_never_a_crash(tmp_path: Path) -> None:
    (tmp_path / "us-bin.yaml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "us-big.yaml").write_bytes(b"x" * (9 * 1024 * 1024))
    (tmp_path / "us-empty.yaml").write_bytes(b"")
    (tmp_path / "us-folder.yaml").mkdir()
    (tmp_path / "us-gone.yaml").symlink_to(tmp_path / "nowhere")
    found = {each.place.split("/")[-1]: each.message for each in check_paths([tmp_path], date(2026, 1, 31))}
    assert "is not" in found["us-bin.yaml:1"]
    assert "larger than 8 MB" in found["us-big.yaml:1"]
    assert "empty" in found["us-empty.yaml:1"]
    assert "directory" in found["us-folder.yaml"]
    assert "no such file" in found["us-gone.yaml"]
