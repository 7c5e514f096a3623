"""The shape of the house, as docs/explanation and architecture say it; the imports are import-linter's."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAX_LINES = 400
VAGUE = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "base",
    "misc",
    "services",
    "service",
    "managers",
    "manager",
}
VENDORED = "osler/web/static/vendor/"
# Texts of laws and licences, locks and made pages are as long as they are.
UNLIMITED = {".lock", ".md", ".json", ".svg", ".woff2", ".txt", ".yaml", ".csv"}
TEMPLATE_TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.S)
MACHINE_PATH = re.compile(r"(?<![\w.])/(work|root|home)/[a-z]")
REGISTRY_HOST = re.compile(
    r"(pypi|pythonhosted|npmjs|jsdelivr|unpkg|artifactory|nexus)[\w.-]*\.(org|com|io|net)", re.I
)


def tracked() -> list[Path]:
    """Every file that belongs to the project, tracked or about to be."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


FILES = tracked()
OURS = [path for path in FILES if VENDORED not in path.as_posix()]


def texts(paths: list[Path]) -> list[tuple[Path, str]]:
    """The files that can be read as text."""
    found = []
    for path in paths:
        try:
            found.append((path, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def test_no_file_is_too_long_to_read() -> None:
    long = {
        str(path.relative_to(ROOT)): text.count("\n")
        for path, text in texts([path for path in OURS if path.suffix not in UNLIMITED])
        if text.count("\n") > MAX_LINES and path.name != "LICENSE"
    }
    assert long == {}


def test_every_module_is_named_by_a_noun_of_the_field() -> None:
    modules = [path.relative_to(ROOT) for path in OURS if path.suffix == ".py"]
    assert [str(path) for path in modules if VAGUE & {path.stem, *path.parts[:-1]}] == []


def test_no_folder_is_empty() -> None:
    empty = [
        str(folder.relative_to(ROOT))
        for top in ("osler", "tests", "docs", "tools", "benchmarks")
        for folder in (ROOT / top).rglob("*")
        if folder.is_dir()
        and "__pycache__" not in folder.parts
        and not any(folder in path.parents for path in FILES)
    ]
    assert empty == []


def test_no_file_names_a_path_of_one_machine_or_the_host_of_a_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path, text in texts([path for path in OURS if path != Path(__file__)])
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE_PATH.search(line) or REGISTRY_HOST.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("path", [p for p in OURS if p.suffix == ".html"], ids=lambda p: p.name)
def test_no_page_runs_or_styles_anything_inline(path: Path) -> None:
    text = TEMPLATE_TAG.sub("", path.read_text(encoding="utf-8"))
    inline = re.findall(r"<style\b|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)[^>]*>", text, re.I)
    assert [hit for hit in inline if 'type="application/json"' not in hit] == []
