"""Runs every step of `steps.py`, two at a time, and tells how long each took.

`python tools/checks.py` runs all, `python tools/checks.py types docs` those two. What a step says goes to
var/checks/<step>.log and to the terminal where the step fails. The exit code is 1 where any step failed.
"""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from machine import Missing
from steps import ROOT, Step, all_steps

LOGS = ROOT / "var" / "checks"
LANES = 2
TICK_SECONDS = 15
TAIL = 80
PERCENT = re.compile(r"\[ *(\d+)%\]")
CLOSING_LINE = re.compile(r"^=* ?(\d+ (passed|failed|skipped|error|deselected|xfailed).* in [\d.]+s.*?) ?=*$")


@dataclass(frozen=True)
class Result:
    """How a step ended."""

    step: Step
    is_passed: bool
    seconds: float
    output: str

    @property
    def closing_line(self) -> str | None:
        """pytest's last word, where the step ran pytest."""
        found = [match[1] for line in self.output.splitlines() if (match := CLOSING_LINE.match(line.strip()))]
        return found[-1] if found else None


def main() -> None:
    """Runs the steps that were named, or all."""
    steps = all_steps()
    wanted = sys.argv[1:]
    unknown = set(wanted) - {step.name for step in steps}
    if unknown:
        sys.exit(f"No step {', '.join(sorted(unknown))}. There are: {', '.join(s.name for s in steps)}.")
    chosen = [step for step in steps if not wanted or step.name in wanted]
    LOGS.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    results = [*run_side_by_side([step for step in chosen if not step.is_alone])]
    results += [run_and_tell(step) for step in chosen if step.is_alone]
    failed = [result for result in results if not result.is_passed]
    print_summary(results, time.monotonic() - began)
    sys.exit(1 if failed else 0)


def run_side_by_side(steps: list[Step]) -> Iterable[Result]:
    """Runs the steps on as many lanes as there are cores to spare, telling now and then how far they are."""
    with ThreadPoolExecutor(LANES) as pool:
        open_steps: set[Future[Result]] = {pool.submit(run_and_tell, step) for step in steps}
        while open_steps:
            done, open_steps = wait(open_steps, TICK_SECONDS, FIRST_COMPLETED)
            yield from (future.result() for future in done)
            if not done:
                say("  … " + ", ".join(how_far(name) for name in sorted(running)))


running: dict[str, float] = {}
_printing = threading.Lock()


def run_and_tell(step: Step) -> Result:
    """Runs one step and prints its outcome."""
    running[step.name] = time.monotonic()
    result = run(step)
    del running[step.name]
    say(f"{'ok    ' if result.is_passed else 'FAILED'} {step.name:<14}{result.seconds:6.1f} s")
    if not result.is_passed:
        last_words = "\n".join("    " + line for line in result.output.splitlines()[-TAIL:])
        say(f"{last_words}\n  Alone: make test STEP={step.name}   All it said: var/checks/{step.name}.log")
    elif step.is_shown:
        say("\n".join("    " + line for line in result.output.splitlines() if line.strip()))
    return result


def run(step: Step) -> Result:
    """Runs the commands of one step, its words into the log."""
    began = time.monotonic()
    log = LOGS / f"{step.name}.log"
    is_passed = True
    with log.open("w") as file:
        try:
            environment = clean_environment() | step.needs()
        except Missing as missing:
            file.write(f"{missing}\n")
            is_passed, commands = False, ()
        else:
            commands = step.commands
        for command in commands:
            done = subprocess.run(
                command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
            is_passed = is_passed and done.returncode == 0
    return Result(step, is_passed, time.monotonic() - began, log.read_text(errors="replace"))


def clean_environment() -> dict[str, str]:
    """The environment without what a developer set, or keeps, for a server of their own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OSLER_")}
    ours = {"PYTHONUNBUFFERED": "1", "COLUMNS": "110", "HYPOTHESIS_PROFILE": "judge"}
    return kept | ours | {"OSLER_DATA_DIR": str(LOGS / "data")}


def how_far(name: str) -> str:
    """A running step with its seconds and, where it is known, its share."""
    log: Path = LOGS / f"{name}.log"
    shares = PERCENT.findall(log.read_text(errors="replace")) if log.exists() else []
    share = f", {shares[-1]} %" if shares else ""
    return f"{name} ({time.monotonic() - running.get(name, time.monotonic()):.0f} s{share})"


def print_summary(results: list[Result], seconds: float) -> None:
    """Every step with its seconds; the closing lines of pytest come last."""
    say("\nSeconds per step")
    for result in results:
        say(f"  {'ok    ' if result.is_passed else 'FAILED'} {result.step.name:<14}{result.seconds:6.1f}")
    failed = [result.step.name for result in results if not result.is_passed]
    say(f"  {seconds:.0f} s in all. {'Failed: ' + ', '.join(failed) if failed else 'Everything passed'}.\n")
    for result in results:
        if result.closing_line:
            say(f"{result.step.name}:\n=== {result.closing_line} ===")


def say(line: str) -> None:
    """Prints at once and whole, whichever lane speaks."""
    with _printing:
        print(line, flush=True)


if __name__ == "__main__":
    main()
