"""The colours people read keep WCAG 2.2's contrast, computed from the stylesheet itself, in both modes."""

import re
from pathlib import Path

import pytest

import osler.web

TOKENS = Path(osler.web.__file__).parent / "static/osler/css/tokens.css"
GROUNDS = ("paper", "surface", "sunken")
INKS = ("ink", "ink-2", "ink-3", "accent", "accent-strong", "met", "short", "overdue", "unknown", "quiet")
ON_SOFT = [
    ("met", "met-soft"),
    ("short", "short-soft"),
    ("overdue", "overdue-soft"),
    ("unknown", "unknown-soft"),
    ("quiet", "quiet-soft"),
    ("accent", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("ink", "accent-soft"),
    *(("ink", f"{tone}-soft") for tone in ("met", "short", "overdue", "unknown", "quiet")),
    ("ink-2", "quiet-soft"),
    ("ink-2", "accent-soft"),
]


def palette(mode: str) -> dict[str, str]:
    text = TOKENS.read_text()
    light, _, dark = text.partition("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", light))
    if mode == "dark":
        found |= dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", dark))
    return found


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_21_to_1() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"), [*((ink, ground) for ink in INKS for ground in GROUNDS), *ON_SOFT]
)
def test_text_is_readable(mode: str, ink: str, ground: str) -> None:
    colours = palette(mode)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "surface"])
def test_the_edges_of_controls_are_visible(mode: str, ground: str) -> None:
    # WCAG 1.4.11: what one needs to see to find a control has at least 3 to 1.
    colours = palette(mode)
    assert contrast(colours["line-strong"], colours[ground]) >= 3


def test_dark_mode_names_every_colour_anew() -> None:
    text = TOKENS.read_text()
    light, _, dark = text.partition("@media (prefers-color-scheme: dark)")
    names = set(re.findall(r"--([a-z0-9-]+): #", light))
    assert names == set(re.findall(r"--([a-z0-9-]+): #", dark))
