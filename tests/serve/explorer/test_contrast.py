"""The palette: what is read on what, in the light and in the dark, by WCAG 2.2, 1.4.3 and 1.4.11."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kg.serve.explorer

CSS = (Path(kg.serve.explorer.__file__).parent / "static" / "explorer.css").read_text("utf-8")
GROUNDS = ("paper", "raised")
MARKS = ("content", "content-2", "content-3", "cue", "source", "trigger", "party", "role")
TEXTS = [
    *((text, ground) for text in ("ink", "soft", "link", "seen", "yes", "no", "accent") for ground in GROUNDS),
    *(("ink", ground) for ground in MARKS),
    ("on-accent", "accent"),
    ("events", "paper"),
    *((kind, "paper") for kind in ("person", "state", "organisation", "group", "place")),
]
SHAPES = [
    *((shape, "paper") for shape in ("claims", "events", "register", "critical", "supportive", "edge")),
    *(("focus", ground) for ground in GROUNDS),
]


def read_palette(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", css))


LIGHT = read_palette(CSS.partition("@media (prefers-color-scheme: dark)")[0])
DARK = {**LIGHT, **read_palette(CSS.partition("@media (prefers-color-scheme: dark)")[2].partition("\n}\n")[0])}


def measure_light(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def compare(one: str, other: str) -> float:
    high, low = sorted((measure_light(one), measure_light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_has_the_contrast_that_the_guideline_says() -> None:
    assert compare("#000000", "#ffffff") == pytest.approx(21)
    assert compare("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_can_be_read_on_its_ground(palette: dict[str, str], text: str, ground: str) -> None:
    assert compare(palette[text], palette[ground]) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_a_shape_can_be_told_from_its_ground(palette: dict[str, str], shape: str, ground: str) -> None:
    assert compare(palette[shape], palette[ground]) >= 3


def test_both_palettes_are_whole() -> None:
    assert len(LIGHT) > 30
    assert len(read_palette(CSS.partition("prefers-color-scheme: dark)")[2].partition("\n}\n")[0])) == len(LIGHT)


def test_colours_stand_in_the_palette_alone() -> None:
    rules = CSS.partition("*, *::before")[2].partition("@media print")[0]
    found = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", rules))
    assert found <= {"#ffffff", "#1a1d21"}  # the grounds of pictures that are not ours, which are light in the dark, too
