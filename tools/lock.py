"""Writes requirements.lock and requirements-dev.lock: every version with its hashes, for every platform.

The locks name no host, so they hold wherever packages are taken from.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = {"requirements.lock": ("build",), "requirements-dev.lock": ("build", "dev")}
OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--upgrade",
    "--quiet",
)


def main() -> None:
    """Installs uv into the environment if it is not there, and compiles both locks."""
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "uv>=0.8"], check=True)
    for name, groups in LOCKS.items():
        chosen = [f"--group=pyproject.toml:{group}" for group in groups]
        command = [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "compile",
            "pyproject.toml",
            *chosen,
            *OPTIONS,
            "-o",
            name,
        ]
        subprocess.run(command, check=True, cwd=ROOT)
        text = (ROOT / name).read_text()
        if "://" in text:
            sys.exit(f"{name} names a host; it must not.")
        print(f"{name}: {text.count('==')} packages")


if __name__ == "__main__":
    main()
