"""Positions as statements and as matrices."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from kg.analyse.relations import Filters
from kg.export.discourse import (
    Matrix,
    Position,
    count_affiliations,
    count_conflict,
    count_congruence,
    count_difference,
    read_positions,
    write_matrix,
    write_statements,
)
from kg.export.table_layouts import run_table_export
from kg.store.reader import Reader


def take(actor: str, concept: str, *, agrees: bool, claim: str = "") -> Position:
    name = actor.rpartition("/")[2]
    return Position("2024-01-02", "doc", claim or f"{actor}{concept}{agrees}", actor, name, "", concept, agrees, "words", "title")


POSITIONS = (
    take("x/Ada", "ferry", agrees=True),
    take("x/Ada", "ferry", agrees=True, claim="again"),
    take("x/Ada", "bridge", agrees=False),
    take("x/Bo", "ferry", agrees=True),
    take("x/Bo", "bridge", agrees=True),
    take("x/Cleo", "ferry", agrees=False),
)


def test_positions_come_by_date_with_agreement_and_what_was_said(reader: Reader) -> None:
    positions, left_out = read_positions(reader, Filters())
    assert [(p.date, p.name, p.concept, p.is_agreement) for p in positions] == [
        ("2025-03-01", "Anna Noor", "stalling", True),
        ("2025-03-01", "Anna Noor", "threat", True),
        ("2025-03-01", "Bram Veld", "stalling", False),
        ("2025-03-08", "Anna Noor", "stalling", False),
    ]
    assert left_out == ()


def test_filters_choose_concepts_and_confidence(reader: Reader) -> None:
    positions, left_out = read_positions(reader, Filters(kinds=frozenset({"stalling"}), min_confidence=0.6))
    assert [p.name for p in positions] == ["Anna Noor", "Anna Noor"]
    assert left_out == (("below the confidence asked for", 1), ("of another kind", 1))


def test_statements_have_numbers_and_agreement_as_one_or_nothing() -> None:
    stream = io.StringIO()
    write_statements(POSITIONS[1:3], stream)
    rows = list(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))
    assert [(row["id"], row["person"], row["concept"], row["agreement"]) for row in rows] == [
        ("1", "Ada", "ferry", "1"),
        ("2", "Ada", "bridge", "0"),
    ]


def test_an_affiliation_is_agreement_less_disagreement() -> None:
    assert count_affiliations(POSITIONS) == Matrix(("Ada", "Bo", "Cleo"), ("bridge", "ferry"), ((-1, 2), (1, 1), (0, -1)))


def test_congruence_counts_the_concepts_on_which_two_stand_alike() -> None:
    assert count_congruence(POSITIONS).cells == ((0, 1, 0), (1, 0, 0), (0, 0, 0))


def test_conflict_counts_the_concepts_on_which_two_stand_against_each_other() -> None:
    assert count_conflict(POSITIONS).cells == ((0, 1, 1), (1, 0, 1), (1, 1, 0))


def test_the_difference_takes_conflict_from_congruence() -> None:
    assert count_difference(POSITIONS).cells == ((0, 0, -1), (0, 0, -1), (-1, -1, 0))


def test_who_has_said_both_shares_each_with_others() -> None:
    positions = (*POSITIONS, take("x/Cleo", "ferry", agrees=True))
    assert count_congruence(positions).cells[0] == (0, 1, 1)
    assert count_conflict(positions).cells[0] == (0, 1, 1)


def test_two_actors_of_one_name_are_told_apart() -> None:
    positions = (take("x/Ada", "ferry", agrees=True), take("y/Ada", "ferry", agrees=False))
    assert count_affiliations(positions).rows == ("Ada <x/Ada>", "Ada <y/Ada>")


def test_a_matrix_is_written_with_its_names_and_an_empty_one_with_an_empty_cell() -> None:
    stream = io.StringIO()
    write_matrix(Matrix(("=Ada",), ("ferry",), ((-1,),)), stream)
    write_matrix(count_congruence(()), stream)
    assert stream.getvalue() == '"","ferry"\r\n"\'=Ada",-1\r\n""\r\n'


@pytest.mark.parametrize("layout", ["dna", "affiliation", "congruence", "conflict", "subtract"])
def test_every_layout_is_written_to_a_file(reader: Reader, tmp_path: Path, layout: str) -> None:
    summary = run_table_export(reader, str(tmp_path / "discourse.csv"), layout)
    rows = list(csv.reader(io.StringIO((tmp_path / "discourse.csv").read_text("utf-8"), newline="")))
    assert (summary.view, summary.format) == (layout, "csv")
    assert len(rows) == {"dna": 5}.get(layout, 3)
    assert len({len(row) for row in rows}) == 1
