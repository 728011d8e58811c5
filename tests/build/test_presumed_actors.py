"""A bare surname in one document and the full name in another, from texts to rows."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from kg.store.difference import find_differences
from tests.cli.desk import run

FULL = """Envoys meet in the harbour hall

By Leelo Randmaa
BERGEN, 3 March 2026

Norwegian Deputy Foreign Minister Torunn Bekkhaug said on Tuesday that Russia was stalling the talks.
Bekkhaug met the Estonian delegation in the evening.
"""
BARE = """Live: second day in the harbour hall

4 March 2026

The delegations arrived at nine. Reporters waited outside the hall.

Bekkhaug: "Russia is playing for time, and we will not wait for it."

The doors closed again at ten.
"""


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "full.txt").write_text(FULL, "utf-8")
    (folder / "bare.txt").write_text(BARE, "utf-8")
    return folder


def build(store: Path, *inputs: Path) -> Path:
    for path in inputs:
        assert run("build", path, "-s", store).exit_code == 0
    return store


def ask(store: Path, name: str, parameter: str) -> list[dict[str, str]]:
    answer = run("query", name, "-p", parameter, "-f", "csv", "-s", store)
    assert answer.exit_code == 0
    return list(csv.DictReader(io.StringIO(answer.stdout)))


def find_speakers(store: Path, name: str, parameter: str) -> set[tuple[str, str]]:
    """Return (speaker, slug of the document) of the claims about Russia."""
    rows = [row for row in ask(store, name, parameter) if row["about"] == "Russia"]
    return {(row["speaker"], row["document"].rpartition("/")[2].partition("-")[0]) for row in rows}


@pytest.mark.parametrize("order", [("full.txt", "bare.txt"), ("bare.txt", "full.txt")])
def test_a_full_name_finds_the_claims_under_the_bare_surname_in_either_order(
    tmp_path: Path, texts: Path, order: tuple[str, str]
) -> None:
    store = build(tmp_path / "store", *(texts / name for name in order))
    both = {("Torunn Bekkhaug", "full"), ("Torunn Bekkhaug", "bare")}
    assert find_speakers(store, "claims-by", "speaker=Torunn Bekkhaug") == both
    assert find_speakers(store, "claims-by", "speaker=Bekkhaug") == both
    assert find_speakers(store, "who-claims", "about=Russia") == both
    assert {row["document"].rpartition("/")[2][:4] for row in ask(store, "claims-about", "about=Torunn Bekkhaug")} == {"bare"}
    assert run("validate", "-s", store).exit_code == 0
    assert list(find_differences(store, build(tmp_path / "clean", texts))) == []


def test_a_bare_surname_is_by_itself_again_when_the_full_name_is_removed(tmp_path: Path, texts: Path) -> None:
    store = build(tmp_path / "store", texts)
    assert run("remove", texts / "full.txt", "-s", store).exit_code == 0
    assert find_speakers(store, "claims-by", "speaker=Bekkhaug") == {("Bekkhaug", "bare")}
    clean = build(tmp_path / "clean", texts / "bare.txt")
    answer = run("diff", store, clean)
    assert (answer.exit_code, answer.stdout) == (0, "")
