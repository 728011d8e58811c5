"""The lexicon of furniture: complete, checked when it is read, and quick on hostile lines."""

from __future__ import annotations

import dataclasses
import re
import time
from pathlib import Path

import pytest

from kg.errors import ResourceInvalidError
from kg.read.furniture import _BIOGRAPHY, _CREDIT, _NOTE_NAME
from kg.read.header import _DATELINE, _LABEL, _NAME_AND_PLACE
from kg.read.lexicon import load_lexicon, read_lexicon
from kg.read.names import is_name, read_names
from kg.resources import find_resource

SHIPPED = find_resource("ontology/lexicons/boilerplate.toml")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("lines = [", "lines = [3, "), "lines must be a list"),
        (("lines = [", "lines = ['(', "), "invalid regular expression"),
        (("headings = [", "headers = ["), "headings must be a list"),
        (("[opinion]", "[views]"), "opinion.titles must be a list"),
        (("lines = [", "lines = "), "cannot be read as TOML"),
    ],
)
def test_a_broken_lexicon_is_refused_by_name(tmp_path: Path, change: tuple[str, str], problem: str) -> None:
    path = tmp_path / "boilerplate.toml"
    path.write_text(SHIPPED.read_text("utf-8").replace(*change, 1), "utf-8")
    with pytest.raises(ResourceInvalidError, match=problem):
        read_lexicon(path)


def test_a_lexicon_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResourceInvalidError, match="cannot be read"):
        read_lexicon(tmp_path / "none.toml")


def test_no_pattern_takes_long_on_a_line_of_one_word_repeated() -> None:
    lexicon = load_lexicon()
    patterns = [getattr(lexicon, field.name) for field in dataclasses.fields(lexicon)]
    patterns += [_BIOGRAPHY, _CREDIT, _NOTE_NAME, _DATELINE, _LABEL, _NAME_AND_PLACE]
    words = sorted(set(re.findall(r"[a-z]{1,12}", SHIPPED.read_text("utf-8"))))
    words += ["Ab", "Ab de", "A.", "AB,", "AB (", "By Ab", " ", "-", "A-", "Ab and"]
    start = time.process_time()
    for word in words:
        for line in ((word + " ") * 150, (word + " | ") * 100, word * 150, (word.title() + " ") * 150):
            for pattern in patterns:
                pattern.fullmatch(line[:300] + "!")
                pattern.match(line[:300] + "!")
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    "name",
    [
        "Ines Valdarra",
        "Ursula von der Brandt",
        "J. K. O’Neil",
        "Jean-Luc d'Arvor",
        "María José Ñuñez",
        "Oleh Їжак",
        "Ana de la Cruz Reis",
    ],
)
def test_full_names_of_many_kinds_are_names(name: str) -> None:
    assert is_name(name)
    assert read_names(f"By {name}"[3:]) == name


@pytest.mark.parametrize(
    "text", ["Ines", "the mayor", "Harbour Post Staff", "Reuters Newsroom", "ines valdarra", "Ines Valdarra left town."]
)
def test_what_is_no_full_name_is_told(text: str) -> None:
    assert not is_name(text)


def test_a_name_that_is_listed_twice_is_given_once() -> None:
    assert read_names("Ines Valdarra; Ines Valdarra and Tomas Brook") == "Ines Valdarra; Tomas Brook"
