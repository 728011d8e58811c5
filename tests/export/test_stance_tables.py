"""Stances as the tables of discourse network analysis: the concepts are the actors who are supported or criticised."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from kg.analyse.relations import Filters
from kg.export.discourse import read_positions
from kg.export.table_layouts import run_table_export
from kg.store.reader import Reader


def read_table(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))


def test_each_stance_that_is_not_neutral_is_a_statement_on_an_actor(stances: Reader) -> None:
    positions, left_out = read_positions(stances, Filters(), "stance-statements")
    assert [(p.date, p.person, p.organization, p.concept, p.is_agreement) for p in positions] == [
        ("", "Bram Veld", "", "Ostia", False),
        ("", "", "Belmar", "Ostia", True),
        ("2031-03-01", "Anna Noor", "Belmar", "Ostia", False),
    ]
    assert left_out == ()


def test_a_file_named_stances_holds_statements_on_actors(stances: Reader, tmp_path: Path) -> None:
    summary = run_table_export(stances, str(tmp_path / "stances.csv"), "stances-dna")
    rows = read_table(tmp_path / "stances.csv")
    assert summary.view == "stances-dna"
    assert [row[4:7] for row in rows[1:]] == [
        ["Ostia", "0", "Ostia cheats"],
        ["Ostia", "1", "Ostia keeps its word"],
        ["Ostia", "0", "Ostia lied to Belmar"],
    ]


@pytest.mark.parametrize(
    ("layout", "critics", "critic_and_friend"),
    [("stances-congruence", "1", "0"), ("stances-conflict", "0", "1"), ("stances-subtract", "1", "-1")],
)
def test_who_criticises_the_same_is_congruent_and_in_conflict_with_who_supports_it(
    stances: Reader, tmp_path: Path, layout: str, critics: str, critic_and_friend: str
) -> None:
    run_table_export(stances, str(tmp_path / "matrix.csv"), layout)
    names, *rows = read_table(tmp_path / "matrix.csv")
    cells = {(row[0], name): cell for row in rows for name, cell in zip(names[1:], row[1:], strict=True)}
    assert cells["Anna Noor", "Bram Veld"] == critics
    assert cells["Anna Noor", "Belmar"] == critic_and_friend
