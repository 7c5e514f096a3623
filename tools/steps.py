"""What a change must pass, step by step. `checks.py` runs them; `make test STEP=name` runs one alone."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import machine

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CORE_COVERAGE = 98
# What needs no database: it runs once by itself, its coverage measured, and once more with all the rest.
DECISIONS = ("tests/core", "tests/requirement_sets")

Environment = dict[str, str]


@dataclass(frozen=True)
class Step:
    """One thing to pass: commands that run one after another, and what they need from the machine."""

    name: str
    commands: tuple[tuple[str, ...], ...]
    needs: Callable[[], Environment] = field(default=dict)
    # Nothing runs beside it: its figures would suffer.
    is_alone: bool = False
    # What it prints is worth reading when it passes, too.
    is_shown: bool = False


def tool(name: str, *arguments: str) -> tuple[str, ...]:
    """A command of the environment."""
    return (str(BIN / name), *arguments)


def pytest(*arguments: str) -> tuple[str, ...]:
    """pytest without its cache, which two runs at once would fight over."""
    return tool("pytest", "-q", "-p", "no:cacheprovider", "--durations=5", "--durations-min=2", *arguments)


def templates() -> list[str]:
    """Every page and part of a page."""
    return sorted(
        str(path.relative_to(ROOT)) for path in (ROOT / "osler" / "web" / "templates").rglob("*.html")
    )


def benchmarks() -> tuple[tuple[str, ...], ...]:
    """One command per promise of speed."""
    found = sorted((ROOT / "benchmarks").glob("[a-z]*.py"))
    return tuple((sys.executable, str(path.relative_to(ROOT)), "--quick") for path in found)


def all_steps() -> list[Step]:
    """Every step, the longest first where two run side by side."""
    return [
        Step(
            "sqlite",
            (pytest("-m", "not journey", *(f"--ignore={folder}" for folder in DECISIONS), "tests"),),
            machine.with_redis_and_tesseract,
        ),
        Step("lint", (tool("ruff", "check", "."),)),
        Step("format", (tool("ruff", "format", "--check", "."),)),
        Step("templates", (tool("djade", "--check", *templates()),)),
        Step("imports", (tool("lint-imports", "--no-logo"),)),
        Step("dependencies", (tool("deptry", "osler", "--no-ansi"),)),
        Step("migrations", (tool("osler", "manage", "makemigrations", "--check", "--dry-run"),)),
        Step("docs", (tool("osler", "docs", "build", "--check"),)),
        Step("types", (tool("mypy"),)),
        Step("core", (core_tests(),), is_shown=True),
        # A snapshot whose test the second database is not asked for is not superfluous.
        Step(
            "postgresql", (pytest("--snapshot-warn-unused", "tests"),), machine.with_postgresql_and_chromium
        ),
        Step("journeys", (pytest("-m", "journey", "tests"),), machine.with_chromium),
        Step("benchmarks", benchmarks(), machine.with_postgresql, is_alone=True, is_shown=True),
    ]


def core_tests() -> tuple[str, ...]:
    """The decisions and their worked cases, with the coverage they must reach."""
    return pytest(
        *DECISIONS,
        *("--cov=osler.core", "--cov-branch", "--cov-report=term:skip-covered"),
        f"--cov-fail-under={CORE_COVERAGE}",
    )
